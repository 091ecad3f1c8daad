"""Films in pieces: what a package's are made of, and how the pieces become one recording again."""

import hashlib
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.base.words import _
from app.core.content.assets import AssetStore
from app.core.content.conversion.recipes import plays_in_pages
from app.core.content.formats import named
from app.core.content.packages import PLAYLIST, FilmInPieces, PackageIndex, films_in_pieces
from app.core.content.probe import MediaFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A film in pieces that can be put together."""

    name: str
    """Of its list, without the folder."""
    streams: tuple[tuple[str, ...], ...]
    """SHA-256 of the pieces of its picture, and of its sound where that lies apart."""
    duration_ms: int

    @property
    def sha256(self) -> str:
        """Return what its conversion is kept under. Two films may have the same list, never this."""
        text = "\n\n".join("\n".join(pieces) for pieces in self.streams)
        return hashlib.sha256(f"film\n{text}".encode()).hexdigest()


def has_lists(index: PackageIndex) -> bool:
    """Tell whether there may be films in pieces in a package."""
    return any(one.name.casefold().endswith(PLAYLIST) for one in index.files)


def films_of(
    assets: AssetStore, index: PackageIndex, stored: Collection[str]
) -> tuple[FilmInPieces, ...]:
    """Return the films in pieces of a package, of those files whose SHA-256 are in the store."""
    here = {file.name: file for file in index.files if file.sha256 in stored}
    sizes = {name: file.size for name, file in here.items()}
    return films_in_pieces(sizes, lambda name: assets.read(here[name].sha256))


def film_from(index: PackageIndex, found: FilmInPieces) -> Film | None:
    """Return a film of a package as it can be put together; None where it cannot."""
    if not found.streams:
        return None
    hashes = {file.name: file.sha256 for file in index.files}
    return Film(
        name=found.name.rpartition("/")[2],
        streams=tuple(tuple(hashes[piece] for piece in stream) for stream in found.streams),
        duration_ms=found.duration_ms,
    )


def film_facts(film: Film, look: Callable[[str], MediaFacts]) -> MediaFacts:
    """Return what a film holds, by the first piece of its picture and of its sound."""
    facts = look(film.streams[0][0])
    if len(film.streams) > 1:
        facts = replace(facts, audio_codec=look(film.streams[-1][0]).audio_codec)
    return replace(facts, duration_ms=film.duration_ms)


def put_together(streams: Sequence[Sequence[Path]], folder: Path) -> tuple[Path, ...]:
    """Write each stream's pieces one after the other, as RFC 8216 (3) lets them be played."""
    made = []
    for number, pieces in enumerate(streams):
        whole = folder / f"stream-{number}"
        with whole.open("wb") as out:
            for piece in pieces:
                with piece.open("rb") as source:
                    shutil.copyfileobj(source, out)
        made.append(whole)
    return tuple(made)


def why_silent(found: FilmInPieces, film: Film | None, facts: MediaFacts) -> str:
    """Return why a film in pieces does not play; empty when it does."""
    if found.absent or not found.pieces:
        names = named(found.absent or (found.name,))
        return _("It is a film in pieces (HLS), and pieces of it are missing: {names}").format(
            names=names
        )
    if facts.container == "MPEG-4" and plays_in_pages(facts):
        return ""
    if film is None:
        return _(
            "It is a film in pieces (HLS) that are encrypted, which pages here do not play. "
            "Put it into the package as one MP4 or WebM file."
        )
    codecs = ", ".join(filter(None, (facts.video_codec, facts.audio_codec)))
    return _("It is not converted yet ({codecs}).").format(codecs=codecs or "?")
