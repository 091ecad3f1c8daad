"""What must be done to a recording so that a page plays it."""

import pytest

from app.core.content.conversion import Recipe, plays_in_pages, recipe_for
from app.core.content.probe import MediaFacts


def facts(
    container: str, video: str, audio: str, size: tuple[int, int] = (1280, 720)
) -> MediaFacts:
    width, height = size if video else (0, 0)
    return MediaFacts(
        container=container, video_codec=video, audio_codec=audio, width=width, height=height
    )


@pytest.mark.parametrize(
    "found",
    [
        facts("WebM", "VP9", "Opus"),
        facts("WebM", "VP8", "Vorbis"),
        facts("MPEG-4", "AV1", "Opus"),
        facts("MPEG Audio", "", "MPEG Audio"),
        facts("Wave", "", "PCM"),
    ],
)
def test_what_pages_play_is_left_as_it_is(found: MediaFacts) -> None:
    assert plays_in_pages(found)
    assert recipe_for(found) is None


@pytest.mark.parametrize(
    ("found", "copies_video", "copies_audio"),
    [
        (facts("MPEG-4", "AVC", "AAC"), False, False),
        (facts("MPEG-4", "HEVC", ""), False, False),
        (facts("Matroska", "AVC", "Opus"), False, True),
        (facts("WebM", "VP9", "AAC"), True, False),
        (facts("AVI", "MPEG-4 Visual", "MPEG Audio"), False, False),
    ],
)
def test_only_what_does_not_play_is_encoded_anew(
    found: MediaFacts, copies_video: bool, copies_audio: bool
) -> None:
    recipe = recipe_for(found)

    assert recipe is not None
    assert (recipe.copies_video, recipe.copies_audio) == (copies_video, copies_audio)
    assert recipe.has_audio == bool(found.audio_codec)


def test_sound_alone_stays_sound_alone() -> None:
    assert recipe_for(facts("MPEG-4", "", "AAC")) == Recipe(has_video=False, has_audio=True)


@pytest.mark.parametrize(
    ("told", "taken"), [(900_000, 900_000), (1, 150_000), (90_000_000, 6_000_000)]
)
def test_the_picture_takes_the_rate_of_its_source_within_reason(told: int, taken: int) -> None:
    recipe = recipe_for(facts("MPEG-4", "AVC", "AAC"), told)

    assert recipe is not None
    assert recipe.video_bits == taken


def test_without_a_rate_the_size_decides() -> None:
    small = recipe_for(facts("MPEG-4", "AVC", "AAC", (320, 180)))
    large = recipe_for(facts("MPEG-4", "AVC", "AAC", (1920, 1080)))

    assert small is not None
    assert large is not None
    assert small.video_bits < large.video_bits


def test_what_holds_neither_picture_nor_sound_is_not_converted() -> None:
    assert recipe_for(facts("MPEG-4", "", "")) is None
