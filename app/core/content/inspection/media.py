"""Media and programs in a package that the web view does not play, or never runs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from app.core.base.words import _
from app.core.content.conversion import find_ffmpeg
from app.core.content.formats import named
from app.core.content.packages import Archive, Entry, FilmInPieces

_HEAD_BYTES = 65_536
_RECORDINGS = (
    ".mp4", ".m4v", ".mov", ".f4v", ".m4a", ".aac", ".3gp", ".avi", ".wmv", ".wma", ".mpg", ".mpeg",
    ".mkv", ".flv", ".ts", ".m4s",
)  # fmt: skip
_FREE_CODECS = (b"vp09", b"vp08", b"av01", b"V_VP8", b"V_VP9", b"V_AV1")
"""What the web view decodes, as MP4 and Matroska name it."""
_PATENTED_CODECS = (b"avc1", b"avc3", b"hvc1", b"hev1", b"mp4a", b"mp4v", b"V_MPEG", b"A_AAC")
_PLUGINS = (".swf", ".xap", ".dcr", ".jar", ".class", ".unity3d")
_PROGRAMS = (".exe", ".msi", ".bat", ".cmd", ".com", ".scr", ".vbs", ".ps1", ".dll", ".dmg", ".apk")


class Trouble(Enum):
    """Why a file will not do what its author meant."""

    RECORDING = auto()
    """It is not played as it is."""
    PLUGIN = auto()
    """It needs what no longer exists."""
    PROGRAM = auto()
    """It is never run."""


def trouble_of(archive: Archive, entry: Entry) -> Trouble | None:
    """Judge a file by its ending; a recording by what is in it as well."""
    name = entry.name.casefold()
    if name.endswith(_RECORDINGS) and entry.size and not _plays(archive, entry):
        return Trouble.RECORDING
    if name.endswith(_PLUGINS):
        return Trouble.PLUGIN
    return Trouble.PROGRAM if name.endswith(_PROGRAMS) else None


@dataclass(slots=True)
class Media:
    """Names of files that will not do what their author meant."""

    recordings: list[str] = field(default_factory=list)
    in_pieces: list[str] = field(default_factory=list)
    """Films (HLS) that nobody can put together from their pieces, by their lists."""
    plugins: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)

    def add(self, trouble: Trouble, name: str) -> None:
        """Note a file."""
        names = {
            Trouble.RECORDING: self.recordings,
            Trouble.PLUGIN: self.plugins,
            Trouble.PROGRAM: self.programs,
        }
        names[trouble].append(name)

    def put_together(self, films: Iterable[FilmInPieces]) -> None:
        """Judge films in pieces as wholes: a piece is no recording, and is not converted alone."""
        silent = frozenset(self.recordings)
        for film in films:
            plays = bool(film.streams) and silent.isdisjoint(film.pieces)
            self.recordings = [name for name in self.recordings if name not in film.files]
            if not plays:
                (self.recordings if film.streams else self.in_pieces).append(film.name)

    def sentences(self) -> Iterator[str]:
        """Yield what an author should know of it."""
        if self.recordings and find_ffmpeg() is not None:
            text = _("Recordings that must be converted before they play: {names}")
            yield text.format(names=named(self.recordings))
        elif self.recordings:
            text = _(
                "Recordings that will not play (H.264 or AAC), because the program ffmpeg, "
                "which converts them, is not on this PC: {names}"
            )
            yield text.format(names=", ".join(self.recordings))  # every one: nothing else tells
        if self.in_pieces:
            text = _(
                "Films in pieces (HLS) that will not play, because pieces are missing or encrypted. "
                "Put each into the package as one MP4 or WebM file: {names}"
            )
            yield text.format(names=", ".join(self.in_pieces))
        if self.plugins:
            text = _("It needs Flash or another plug-in, which no longer exists: {names}")
            yield text.format(names=named(self.plugins))
        if self.programs:
            text = _("Programs in it are never run: {names}")
            yield text.format(names=named(self.programs))


def _plays(archive: Archive, entry: Entry) -> bool:
    """Tell whether a recording holds nothing but free codecs, as far as its beginning shows."""
    head = archive.head(entry, _HEAD_BYTES)
    return _any_in(_FREE_CODECS, head) and not _any_in(_PATENTED_CODECS, head)


def _any_in(signs: Iterable[bytes], content: bytes) -> bool:
    return any(sign in content for sign in signs)
