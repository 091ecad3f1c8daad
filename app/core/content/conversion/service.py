"""Converting stored recordings: once for each file, whatever courses show it."""

import logging
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import UserFacingError
from app.core.base.figures import size
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.content.assets import STAGING_PREFIX, AssetStore
from app.core.content.conversion.ffmpeg import (
    ConversionFailed,
    Converter,
    ConverterMissing,
    find_ffmpeg,
)
from app.core.content.conversion.recipes import Recipe, recipe_for
from app.core.content.models import ConversionRow
from app.core.content.probe import MediaFacts, probe_media
from app.core.journal import Site

log = logging.getLogger(__name__)

WEBM = "video/webm"
_ROOM_LEFT = 200_000_000
_FEW = 500


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


class Conversions:
    """What was converted on any PC of the site, and the converting itself."""

    def __init__(self, site: Site, assets: AssetStore, converter: Converter | None = None) -> None:
        self._site = site
        self._assets = assets
        self._converter = converter
        self._has_looked = converter is not None

    @property
    def is_possible(self) -> bool:
        """Tell whether this PC can convert. Runs a program the first time."""
        return self._found() is not None

    def played_instead(self, session: Session, hashes: Iterable[str]) -> dict[str, str]:
        """Return, by the SHA-256 of an original, that of the file which is served in its place."""
        wanted = sorted(set(hashes))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _FEW):
            rows = session.execute(
                sa.select(ConversionRow.original, ConversionRow.converted)
                .where(ConversionRow.original.in_(wanted[start : start + _FEW]))
                .order_by(ConversionRow.at.desc(), ConversionRow.id.desc())
            )
            found.update((original, converted) for original, converted in rows)
        return found

    def convert(self, actor: Actor, hashes: Sequence[str], progress: Progress) -> ConversionReport:
        """Convert what of the stored files pages cannot play; each is kept as soon as it is done.

        Stopped and begun again, it goes on with the first file that is not done. Progress counts
        milliseconds of film. Raises ConverterMissing, NotEnoughRoomToConvert, Cancelled.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.read() as session:
            done = self.played_instead(session, hashes)
            names = {
                sha256: asset.name for sha256, asset in self._assets.stored(session, hashes).items()
            }
        work = [job for sha256 in names if sha256 not in done for job in self._jobs(sha256, names)]
        if work and self._found() is None:
            raise ConverterMissing
        whole = sum(job.facts.duration_ms for job in work)
        before, converted = 0, []
        failed = [_lost(sha256) for sha256 in dict.fromkeys(hashes) if sha256 not in names]
        for job in work:
            try:
                self._convert_one(actor, job, _Part(progress, before, whole, job.name))
                converted.append(job.sha256)
            except ConversionFailed as failure:
                log.warning("conversion of %s failed: %s", job.sha256[:12], failure)
                failed.append(_damaged(job))
            before += job.facts.duration_ms
        return ConversionReport(
            converted=tuple(converted),
            already=len(set(hashes)) - len(converted) - len(failed),
            failed=tuple(failed),
        )

    def _jobs(self, sha256: str, names: dict[str, str]) -> Iterator["_Job"]:
        """Yield what is to be done with a file: nothing when it plays as it is."""
        path = self._assets.path(sha256)
        facts = probe_media(path)
        recipe = recipe_for(facts, facts.video_bits)
        if recipe is not None:
            yield _Job(sha256, names[sha256], path, facts, recipe)

    def _convert_one(self, actor: Actor, job: "_Job", progress: Progress) -> None:
        converter = self._found()
        assert converter is not None  # noqa: S101  asked before the first file
        self._require_room(job)
        with (
            self._assets.staging() as staging,
            tempfile.TemporaryDirectory(
                prefix=STAGING_PREFIX, dir=self._assets.folder, ignore_cleanup_errors=True
            ) as corner,
        ):
            target = Path(corner) / "converted.webm"
            try:
                converter.convert(job.path, target, job.recipe, job.facts.duration_ms, progress)
            except ConversionFailed:
                self._require_room(job)  # a full disk is no fault of the file
                raise
            staging.copy(target, NoProgress())
            with self._site.transaction(actor, "media.convert") as unit:
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

    def _require_room(self, job: "_Job") -> None:
        needed = job.path.stat().st_size
        if self._assets.room() < needed + _ROOM_LEFT:
            raise NotEnoughRoomToConvert(job.name, needed)

    def _found(self) -> Converter | None:
        if not self._has_looked:
            self._converter = find_ffmpeg()
            self._has_looked = True
        return self._converter


class NotEnoughRoomToConvert(UserFacingError):
    """The disk of the data folder is too small for one more converted file."""

    def __init__(self, name: str, needed: int) -> None:
        super().__init__(
            _("Converting {name} needs about {size}, and the disk is nearly full.").format(
                name=name, size=size(needed)
            ),
            safe=_("What was converted so far is kept."),
            remedy=_("Make room on the disk of the data folder and convert again."),
        )


@dataclass(frozen=True, slots=True)
class _Job:
    sha256: str
    name: str
    path: Path
    facts: MediaFacts
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class _Part:
    """One film's progress, told as part of all of them."""

    progress: Progress
    before: int
    whole: int
    name: str

    def step(self, done: int, total: int, note: str = "") -> None:  # noqa: ARG002  the whole's total is told
        self.progress.step(self.before + done, self.whole, note or self.name)


def _lost(sha256: str) -> NotConverted:
    why = _("A stored file is missing or damaged ({name}).").format(name=sha256[:12])
    return NotConverted(sha256=sha256, name=sha256[:12], why=why)


def _damaged(job: _Job) -> NotConverted:
    why = _("ffmpeg could not convert {name}; it may be damaged.").format(name=job.name)
    return NotConverted(sha256=job.sha256, name=job.name, why=why)
