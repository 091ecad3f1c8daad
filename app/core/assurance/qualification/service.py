"""Qualifying the program: looked at, tried out, reported, signed, kept."""

import logging
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app import VERSION
from app.core.assurance.qualification.installation import look_at_installation
from app.core.assurance.qualification.models import QualificationRow
from app.core.assurance.qualification.types import (
    Qualification,
    QualificationPart,
    Rehearse,
    Step,
    StepFailed,
    StepResult,
    Trial,
)
from app.core.base.actor import Actor, Capability
from app.core.base.computer import this_pc
from app.core.base.errors import Cancelled, NotFound, UserFacingError
from app.core.base.figures import moment
from app.core.base.ids import new_id
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.egress import Document, FileKind, Leaving
from app.core.operations import OpenSite

_log = logging.getLogger(__name__)
_PDF = "application/pdf"


class Qualifications:
    """The qualifications of a site. `rehearse` gives the trials, on sites that are thrown away."""

    def __init__(self, opened: OpenSite, assets: AssetStore, rehearse: Rehearse) -> None:
        self._opened = opened
        self._site = opened.site
        self._assets = assets
        self._rehearse = rehearse

    def run(
        self, actor: Actor, parts: Collection[QualificationPart], progress: Progress
    ) -> Qualification:
        """Qualify the program on this PC and keep what came of it. Takes up to a minute. Raises Cancelled.

        Where this PC does not hold the site's key, or its clock is in doubt, the report is not signed
        and says so.
        """
        actor.require(Capability.MANAGE_SITE)
        steps: list[Step] = []
        if QualificationPart.INSTALLATION in parts:
            steps += look_at_installation(self._opened, progress)
        if QualificationPart.OPERATION in parts:
            steps += self._tried(progress)
        return self._kept(actor, tuple(steps))

    def past(self, actor: Actor) -> tuple[Qualification, ...]:
        """Return what was qualified on any PC of the site, the newest first."""
        actor.require(Capability.VIEW_JOURNAL)
        newest = sa.select(QualificationRow).order_by(
            QualificationRow.at.desc(), QualificationRow.id.desc()
        )
        with self._site.read() as session:
            return tuple(_qualification(row) for row in session.scalars(newest))

    def report(self, actor: Actor, qualification_id: UUID) -> Document:
        """Return the report as it was made, to be taken away. Raises NotFound, AssetMissing."""
        actor.require(Capability.VIEW_JOURNAL)
        with self._site.read() as session:
            row = session.get(QualificationRow, qualification_id)
            if row is None:
                raise NotFound(_("This qualification"))
            done = _qualification(row)
        leaving = Leaving(
            kind=FileKind.QUALIFICATION,
            title=_("Qualification of {moment}").format(moment=moment(done.at)),
            records=len(done.steps),
        )
        return Document(content=self._assets.read(done.sha256), leaving=leaving)

    def _tried(self, progress: Progress) -> Iterator[Step]:
        with self._rehearse() as trials:
            for done, trial in enumerate(trials):
                progress.step(done, len(trials), trial.title)
                yield _step_of(trial)
            progress.step(len(trials), len(trials))

    def _kept(self, actor: Actor, steps: tuple[Step, ...]) -> Qualification:
        from app.core.assurance.qualification.paper import (  # fonts and ReportLab, only here
            report_pdf,
            signed,
        )

        at = self._site.clock.now()
        authority = self._opened.authority
        done = Qualification(
            id=new_id(),
            parts=tuple(part for part in QualificationPart if any(part is s.part for s in steps)),
            version=VERSION,
            pc=this_pc(),
            at=at,
            by=actor.name,
            steps=steps,
            is_signed=authority.can_sign and not self._site.clock_backstep(),
            sha256="",
        )
        pdf = report_pdf(done, self._opened.name)
        if done.is_signed:
            pdf = signed(pdf, authority, at)
        with self._site.transaction(actor, "qualification.run") as unit:
            stored = self._assets.add_bytes(unit, pdf, _PDF, _file_name(done.version, at))
            row = _row(actor, done, self._site.station.fingerprint, stored.sha256)
            unit.add(row)
            unit.flush()
            return _qualification(row)


def _row(actor: Actor, done: Qualification, station: bytes, sha256: str) -> QualificationRow:
    """Return a qualification as it is kept; `sha256` is that of its report."""
    return QualificationRow(
        id=done.id,
        station=station,
        pc=done.pc,
        version=done.version,
        parts=[part.value for part in done.parts],
        steps=[_json(step) for step in done.steps],
        failed=len(done.failed),
        is_signed=done.is_signed,
        sha256=sha256,
        at=done.at,
        by=actor.account_id,
        by_name=actor.name,
    )


def _step_of(trial: Trial) -> Step:
    """Try something. Whatever goes wrong in it is what came of it, not a fault of the qualification."""
    result = StepResult.PASSED
    try:
        actual = trial.run()
    except StepFailed as failed:
        actual, result = failed.actual, StepResult.FAILED
    except Cancelled:
        raise
    except UserFacingError as refusal:
        actual, result = refusal.sentence, StepResult.FAILED
    except Exception as fault:  # noqa: BLE001  a trial may break anywhere, and that is its outcome
        _log.exception("a trial broke: %s", trial.key)
        actual, result = f"{type(fault).__name__}: {fault}", StepResult.FAILED
    return Step(
        key=trial.key,
        part=QualificationPart.OPERATION,
        title=trial.title,
        expected=trial.expected,
        actual=actual,
        result=result,
    )


def _file_name(version: str, at: datetime) -> str:
    return f"qualification-{version}-{at.astimezone():%Y-%m-%d-%H%M}.pdf"


def _json(step: Step) -> dict[str, str]:
    return {
        "key": step.key,
        "part": step.part.value,
        "title": step.title,
        "expected": step.expected,
        "actual": step.actual,
        "result": step.result.value,
    }


def _qualification(row: QualificationRow) -> Qualification:
    return Qualification(
        id=row.id,
        parts=tuple(QualificationPart(one) for one in row.parts),
        version=row.version,
        pc=row.pc,
        at=row.at,
        by=row.by_name,
        steps=tuple(_step(one) for one in row.steps),
        is_signed=row.is_signed,
        sha256=row.sha256,
    )


def _step(told: dict[str, Any]) -> Step:
    return Step(
        key=told["key"],
        part=QualificationPart(told["part"]),
        title=told["title"],
        expected=told["expected"],
        actual=told["actual"],
        result=StepResult(told["result"]),
    )
