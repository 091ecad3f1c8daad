"""What must be done to a recording so that a page in the web view can play it. Pure.

QtWebEngine from PyPI has VP8, VP9, AV1, Opus, Vorbis, MP3, FLAC and PCM; it has no H.264, HEVC, AAC.
It goes by the bytes, not by the name: WebM under a name that ends in .mp4 plays and seeks.
"""

from dataclasses import dataclass

from app.core.content.probe import MediaFacts

_VIDEO_PLAYED = frozenset({"VP8", "VP9", "AV1"})
_SOUND_PLAYED = frozenset({"Opus", "Vorbis", "MPEG Audio", "FLAC", "PCM"})
_CONTAINERS_PLAYED = frozenset({"WebM", "Matroska", "MPEG-4", "Ogg", "MPEG Audio", "Wave", "FLAC"})

_LEAST_BITS = 150_000
_MOST_BITS = 6_000_000
_BITS_A_PIXEL = 2
"""A second, where the source does not tell its rate."""
_USUAL_PIXELS = 1280 * 720


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a recording is converted."""

    has_video: bool
    has_audio: bool
    copies_video: bool = False
    """The picture is good as it is; only the sound or the wrapping is not."""
    copies_audio: bool = False
    video_bits: int = 0
    """Bits a second that the picture may take."""


def plays_in_pages(facts: MediaFacts) -> bool:
    """Tell whether a page in the web view plays a recording as it is."""
    return (
        facts.container in _CONTAINERS_PLAYED
        and facts.video_codec in {"", *_VIDEO_PLAYED}
        and facts.audio_codec in {"", *_SOUND_PLAYED}
    )


def recipe_for(facts: MediaFacts, video_bits: int = 0) -> Recipe | None:
    """Return how a recording becomes playable; None when it plays already or holds nothing.

    `video_bits` is the source's own rate, 0 when it is not known: more than that gains nothing.
    """
    if plays_in_pages(facts) or not (facts.video_codec or facts.audio_codec):
        return None
    pixels = facts.width * facts.height or _USUAL_PIXELS
    wanted = video_bits or pixels * _BITS_A_PIXEL
    return Recipe(
        has_video=bool(facts.video_codec),
        has_audio=bool(facts.audio_codec),
        copies_video=facts.video_codec in _VIDEO_PLAYED,
        copies_audio=facts.audio_codec in {"Opus", "Vorbis"},  # the only sound that WebM takes
        video_bits=min(max(wanted, _LEAST_BITS), _MOST_BITS) if facts.video_codec else 0,
    )
