"""Converting stored recordings: once for each file, whatever courses show it."""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import UserFacingError
from app.core.base.figures import number, size
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.content.assets import AssetStore
from app.core.content.conversion.corner import clear_abandoned, corner_in
from app.core.content.conversion.ffmpeg import (
    ConversionFailed,
    Converter,
    ConverterMissing,
    find_ffmpeg,
)
from app.core.content.conversion.films import (
    Film,
    film_facts,
    film_from,
    films_of,
    has_lists,
    put_together,
    why_silent,
)
from app.core.content.conversion.finding import Recording, may_be_recording, played_instead
from app.core.content.conversion.recipes import Recipe, plays_in_pages, recipe_for
from app.core.content.models import ConversionRow
from app.core.content.packages import FilmInPieces, PackageFile, PackageIndex
from app.core.content.probe import MediaFacts, probe_media
from app.core.journal import Site

log = logging.getLogger(__name__)

WEBM = "video/webm"
_ROOM_LEFT = 200_000_000
_LISTEN_SECONDS = 0.2
"""How long a wait may last before it is asked whether to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotConverted:
    """A file that could not be converted, and why, as a sentence."""

    sha256: str
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionReport:
    """What became of the files that were to be converted."""

    converted: tuple[str, ...]
    """SHA-256 of the originals that play now and did not before."""
    already: int
    """How many played, or were converted before."""
    failed: tuple[NotConverted, ...]


def _whole_files(index: PackageIndex, films: Iterable[FilmInPieces]) -> list[PackageFile]:
    """Return the files that may be recordings by themselves: those of no film in pieces."""
    of_films = {name for film in films for name in film.files}
    return [one for one in index.files if may_be_recording(one) and one.name not in of_films]


class Conversions:
    """What was converted on any PC of the site, and the converting itself, one file at a time."""

    def __init__(self, site: Site, assets: AssetStore, converter: Converter | None = None) -> None:
        self._site = site
        self._assets = assets
        self._converter = converter
        self._has_looked = converter is not None
        self._facts: dict[str, MediaFacts] = {}
        """By SHA-256: what a file holds never changes, and looking into it takes time."""
        self._refused: dict[str, str] = {}
        """By SHA-256: why a file could not be converted since the program was started."""
        self._films: dict[str, Film] = {}
        """By what its conversion is kept under: films in pieces that were met in packages."""
        self._turn = threading.Lock()

    @property
    def is_possible(self) -> bool:
        """Tell whether this PC can convert. Runs a program the first time."""
        return self._found() is not None

    def recordings(self, session: Session, index: PackageIndex) -> tuple[Recording, ...]:
        """Return the recordings in a package; what is missing from the store is none of them.

        Only a film in pieces that was returned here can be converted.
        """
        films = self._films_in(session, index)
        files = _whole_files(index, films)
        hashes = {file.sha256 for file in files}
        stored = self._assets.stored(session, hashes)
        done = played_instead(session, self._assets, hashes)
        whole = tuple(
            self._recording(file.name, file.sha256, is_converted=file.sha256 in done)
            for file in files
            if file.sha256 in stored and self._is_media(file.name, file.sha256)
        )
        return (*whole, *(self._in_pieces(session, index, film) for film in films))

    def convert(self, actor: Actor, hashes: Sequence[str], progress: Progress) -> ConversionReport:
        """Convert what of the stored files pages cannot play; each is kept as soon as it is done.

        Stopped and begun again, it goes on with the first file that is not done. Progress counts
        milliseconds of film. Raises ConverterMissing, NotEnoughRoomToConvert, Cancelled.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._in_turn(progress):
            clear_abandoned(self._assets.folder)
            return self._convert(actor, hashes, progress)

    def _convert(self, actor: Actor, hashes: Sequence[str], progress: Progress) -> ConversionReport:
        wanted = tuple(dict.fromkeys(hashes))
        work, failed = self._sorted_out(wanted)
        if work and self._found() is None:
            raise ConverterMissing
        whole = sum(job.facts.duration_ms for job in work)
        before, converted = 0, []
        for place, job in enumerate(work, start=1):
            note = _("{place} of {count}: {name}").format(
                place=number(place), count=number(len(work)), name=job.name
            )
            try:
                self._convert_one(actor, job, _Part(progress, before, whole, note))
                converted.append(job.sha256)
            except ConversionFailed as failure:
                log.warning("conversion of %s failed: %s", job.sha256[:12], failure)
                failed.append(_damaged(job))
            before += job.facts.duration_ms
        self._refused.update({one.sha256: one.why for one in failed})
        return ConversionReport(
            converted=tuple(converted),
            already=len(wanted) - len(converted) - len(failed),
            failed=tuple(failed),
        )

    def _sorted_out(self, wanted: Sequence[str]) -> tuple[list["_Job"], list[NotConverted]]:
        """Return what is to be done, and what cannot be; the rest plays already."""
        with self._site.read() as session:
            done = played_instead(session, self._assets, wanted)
            stored = self._assets.stored(session, wanted)
        failed, work = [], []
        for sha256 in wanted:
            film = self._films.get(sha256)
            if film is None and sha256 not in stored:
                failed.append(_lost(sha256))
            elif sha256 not in done:
                name = stored[sha256].name if film is None else film.name
                facts = self._look(sha256) if film is None else film_facts(film, self._look)
                streams = ((sha256,),) if film is None else film.streams
                recipe = recipe_for(facts, facts.video_bits)
                if recipe is not None:
                    work.append(_Job(sha256, name, self._paths(streams), facts, recipe))
                elif _is_unread(facts):
                    failed.append(_unread(sha256, name))
        return work, failed

    def _paths(self, streams: Sequence[Sequence[str]]) -> tuple[tuple[Path, ...], ...]:
        return tuple(tuple(map(self._assets.path, pieces)) for pieces in streams)

    def _recording(self, name: str, sha256: str, *, is_converted: bool) -> Recording:
        facts = self._look(sha256)
        if is_converted or plays_in_pages(facts):
            return Recording(name=name, sha256=sha256, plays=True, can_be_converted=False)
        refused = self._refused.get(sha256) or (
            _unread(sha256, name).why if _is_unread(facts) else ""
        )
        codecs = ", ".join(filter(None, (facts.video_codec, facts.audio_codec)))
        waits = _("It is not converted yet ({codecs}).").format(codecs=codecs)
        return Recording(
            name=name,
            sha256=sha256,
            plays=False,
            can_be_converted=not refused,
            why=refused or waits,
        )

    def _films_in(self, session: Session, index: PackageIndex) -> tuple[FilmInPieces, ...]:
        if not has_lists(index):
            return ()
        stored = self._assets.stored(session, {file.sha256 for file in index.files})
        return films_of(self._assets, index, stored)

    def _in_pieces(self, session: Session, index: PackageIndex, found: FilmInPieces) -> Recording:
        film, facts, sha256 = film_from(index, found), MediaFacts(), ""
        if film is not None:
            facts, sha256 = film_facts(film, self._look), film.sha256
            self._films[sha256] = film
        is_converted = sha256 in played_instead(session, self._assets, [sha256])
        refused = self._refused.get(sha256, "")
        why = "" if is_converted else refused or why_silent(found, film, facts)
        return Recording(
            name=found.name,
            sha256=sha256,
            plays=not why,
            can_be_converted=film is not None and bool(why) and not refused,
            why=why,
        )

    def _is_media(self, name: str, sha256: str) -> bool:
        """Tell whether a file is a recording, or at least says so: programs end in .ts as well."""
        return not name.casefold().endswith(".ts") or not _is_unread(self._look(sha256))

    def _look(self, sha256: str) -> MediaFacts:
        facts = self._facts.get(sha256)
        if facts is None:
            facts = self._facts[sha256] = probe_media(self._assets.path(sha256))
        return facts

    def _convert_one(self, actor: Actor, job: "_Job", progress: Progress) -> None:
        converter = self._found()
        assert converter is not None  # noqa: S101  asked before the first file
        self._require_room(job)
        with self._assets.staging() as staging, corner_in(self._assets.folder) as corner:
            target = corner / "converted.webm"
            sources = job.sources or put_together(job.streams, corner)
            try:
                converter.convert(sources, target, job.recipe, job.facts.duration_ms, progress)
            except ConversionFailed:
                self._require_room(job)  # a full disk is no fault of the file
                raise
            staging.copy(target, NoProgress())
            with self._site.transaction(actor, "conversion.add") as unit:
                stored = staging.add_file(unit, target, WEBM, NoProgress())
                unit.add(
                    ConversionRow(
                        original=job.sha256,
                        converted=stored.sha256,
                        tool=converter.name,
                        at=self._site.clock.now(),
                    )
                )
                staging.settle()

    @contextmanager
    def _in_turn(self, progress: Progress) -> Iterator[None]:
        """Wait until nobody else converts: one film takes all of the PC."""
        while not self._turn.acquire(timeout=_LISTEN_SECONDS):
            progress.step(0, 0, _("Other recordings are converted first"))
        try:
            yield
        finally:
            self._turn.release()

    def _require_room(self, job: "_Job") -> None:
        copies = 1 if job.sources else 2
        needed = copies * sum(path.stat().st_size for pieces in job.streams for path in pieces)
        free = self._assets.room()
        if free < needed + _ROOM_LEFT:
            raise NotEnoughRoomToConvert(job.name, needed + _ROOM_LEFT, free)

    def _found(self) -> Converter | None:
        if not self._has_looked:
            self._converter = find_ffmpeg()
            self._has_looked = True
        return self._converter


class NotEnoughRoomToConvert(UserFacingError):
    """The disk of the data folder is too small for one more converted file."""

    def __init__(self, name: str, needed: int, free: int) -> None:
        super().__init__(
            _("Converting {name} needs {needed} on the disk, and {free} are free.").format(
                name=name, needed=size(needed), free=size(free)
            ),
            safe=_("What was converted so far is kept."),
            remedy=_("Make room on the disk of the data folder and convert again."),
        )


@dataclass(frozen=True, slots=True)
class _Job:
    sha256: str
    name: str
    streams: tuple[tuple[Path, ...], ...]
    """The files of the picture, and of the sound where that lies apart."""
    facts: MediaFacts
    recipe: Recipe

    @property
    def sources(self) -> tuple[Path, ...]:
        """Return the files to be read where they need not be put together first."""
        whole = all(len(pieces) == 1 for pieces in self.streams)
        return tuple(pieces[0] for pieces in self.streams) if whole else ()


@dataclass(frozen=True, slots=True)
class _Part:
    """One film's progress, told as part of all of them."""

    progress: Progress
    before: int
    whole: int
    words: str

    def step(self, done: int, total: int, note: str = "") -> None:  # noqa: ARG002  the whole's total is told
        self.progress.step(self.before + done, self.whole, note or self.words)


def _lost(sha256: str) -> NotConverted:
    why = _("A stored file is missing or damaged ({name}).").format(name=sha256[:12])
    return NotConverted(sha256=sha256, name=sha256[:12], why=why)


def _damaged(job: _Job) -> NotConverted:
    why = _("ffmpeg could not convert it; it may be damaged.")
    return NotConverted(sha256=job.sha256, name=job.name, why=why)


def _unread(sha256: str, name: str) -> NotConverted:
    why = _("It cannot be read as a recording; it may be damaged.")
    return NotConverted(sha256=sha256, name=name, why=why)


def _is_unread(facts: MediaFacts) -> bool:
    return not (facts.video_codec or facts.audio_codec)
