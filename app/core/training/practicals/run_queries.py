"""Reading runs: their facts, in one statement each, however many runs are asked for."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.batches import batches
from app.core.base.clock import start_of
from app.core.storage.columns import Instant
from app.core.training.models import AssignmentRow
from app.core.training.practicals.deriving import (
    MarkFact,
    ResultFact,
    RoundFact,
    RunFacts,
    SigningFact,
)
from app.core.training.practicals.form_service import versions_named
from app.core.training.practicals.kinds import Hand
from app.core.training.practicals.models import (
    PracticalMarkRow,
    PracticalRequestRow,
    PracticalResultRow,
    PracticalRoundRow,
    PracticalRunRow,
    PracticalSigningRow,
)
from app.core.training.practicals.types import Request
from app.core.training.rejoining import back_since

T = TypeVar("T")
_AT_ONCE = 500


def runs_of(session: Session, person_id: UUID, requirement_id: UUID) -> list[PracticalRunRow]:
    """Return the runs of a pair, the newest first."""
    return list(
        session.scalars(
            sa.select(PracticalRunRow)
            .where(
                PracticalRunRow.person_id == person_id,
                PracticalRunRow.requirement_id == requirement_id,
            )
            .order_by(PracticalRunRow.number.desc())
        )
    )


def begun_by(session: Session, person_id: UUID) -> list[UUID]:
    """Return the practicals of which somebody has a run, the newest first."""
    return list(
        session.scalars(
            sa.select(PracticalRunRow.requirement_id)
            .where(PracticalRunRow.person_id == person_id)
            .group_by(PracticalRunRow.requirement_id)
            .order_by(sa.func.max(PracticalRunRow.opened_at).desc())
        )
    )


def assessor_signings(session: Session, results: Collection[UUID]) -> tuple[UUID, ...]:
    """Return under which facts the assessors' signatures of results stand; none for other ids."""
    row = PracticalSigningRow
    return tuple(
        session.scalars(
            sa.select(row.id).where(row.result_id.in_(results), row.hand == Hand.ASSESSOR)
        )
    )


def facts_of(session: Session, runs: Collection[PracticalRunRow]) -> dict[UUID, RunFacts]:
    """Return all that is known of some runs, by their ids."""
    rounds = _some(session, PracticalRoundRow, PracticalRoundRow.run_id, [one.id for one in runs])
    ids = [one.id for one in rounds]
    marks = _some(session, PracticalMarkRow, PracticalMarkRow.round_id, ids)
    results = _some(session, PracticalResultRow, PracticalResultRow.round_id, ids)
    hands = _some(
        session,
        PracticalSigningRow,
        PracticalSigningRow.result_id,
        [one.id for one in results],
    )
    made = _rounds(session, rounds, marks)
    signings: dict[UUID, list[SigningFact]] = defaultdict(list)
    for hand in hands:
        signings[hand.result_id].append(
            SigningFact(id=hand.id, hand=hand.hand, at=hand.at, by=hand.by)
        )
    run_of = {one.id: one.run_id for one in rounds}
    found: dict[UUID, list[RoundFact]] = defaultdict(list)
    concluded: dict[UUID, list[ResultFact]] = defaultdict(list)
    for row in rounds:
        found[row.run_id].append(made[row.id])
    for result in results:
        concluded[run_of[result.round_id]].append(_result(result, signings[result.id]))
    asked = _asked_since(session, runs)
    return {
        run.id: RunFacts(
            number=run.number,
            rounds=tuple(found[run.id]),
            results=tuple(concluded[run.id]),
            since=asked.get((run.person_id, run.requirement_id)),
        )
        for run in runs
    }


def _asked_since(
    session: Session, runs: Collection[PracticalRunRow]
) -> Mapping[tuple[UUID, UUID], datetime]:
    """Return from when on rounds of pairs count: retraining was ordered then, or the person came back."""
    people = {one.person_id for one in runs}
    back = {person: start_of(on) for person, on in back_since(session, people).items()}
    asked = _ordered(session, people, {one.requirement_id for one in runs})
    found: dict[tuple[UUID, UUID], datetime] = {}
    for one in runs:
        pair = one.person_id, one.requirement_id
        times = [at for at in (asked.get(pair), back.get(one.person_id)) if at is not None]
        if times:
            found[pair] = max(times)
    return found


def _ordered(
    session: Session, people: Collection[UUID], requirements: Collection[UUID]
) -> Mapping[tuple[UUID, UUID], datetime]:
    """Return from when on evidence of pairs counts by the newest of their cycles that was not called off."""
    row, found = AssignmentRow, dict[tuple[UUID, UUID], datetime]()
    for some in batches(people):
        for person_id, requirement_id, since in session.execute(
            sa.select(
                row.person_id, row.requirement_id, sa.func.max(row.counts_from, type_=Instant())
            )
            .where(
                row.person_id.in_(some),
                row.requirement_id.in_(requirements),
                row.counts_from.is_not(None),
                row.cancelled_reason == "",
            )
            .group_by(row.person_id, row.requirement_id)
        ):
            if since is not None:
                found[person_id, requirement_id] = since
    return found


def request_of(
    session: Session, person_id: UUID, requirement_id: UUID, facts: RunFacts
) -> Request | None:
    """Return what a learner asked for last, unless somebody watched them since."""
    row = session.scalars(
        sa.select(PracticalRequestRow)
        .where(
            PracticalRequestRow.person_id == person_id,
            PracticalRequestRow.requirement_id == requirement_id,
        )
        .order_by(PracticalRequestRow.at.desc(), PracticalRequestRow.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None or any(one.at >= row.at for one in facts.rounds):
        return None
    return Request(at=row.at, wanted_on=row.wanted_on, note=row.note)


def _rounds(
    session: Session,
    rounds: Collection[PracticalRoundRow],
    marks: Collection[PracticalMarkRow],
) -> dict[UUID, RoundFact]:
    seen: dict[UUID, list[MarkFact]] = defaultdict(list)
    for mark in marks:
        seen[mark.round_id].append(
            MarkFact(
                id=mark.id,
                step=mark.step,
                mark=mark.mark,
                remark=mark.remark,
                photo=mark.photo,
                at=mark.at,
                by_name=mark.by_name,
            )
        )
    forms = versions_named(session, {one.version_id for one in rounds})
    return {
        row.id: RoundFact(
            id=row.id,
            stage=row.stage,
            at=row.at,
            steps=forms[row.version_id].content.steps,
            marks=tuple(seen[row.id]),
            version=forms[row.version_id].number,
            version_sha256=forms[row.version_id].sha256,
            assessor_id=row.assessor_id,
            by_name=row.by_name,
        )
        for row in rounds
    }


def _result(row: PracticalResultRow, signings: list[SigningFact]) -> ResultFact:
    return ResultFact(
        id=row.id,
        round_id=row.round_id,
        verdict=row.verdict,
        remark=row.remark,
        retry_on=row.retry_on,
        sha256=row.sha256,
        at=row.at,
        assessor_id=row.assessor_id,
        by_name=row.by_name,
        signings=tuple(sorted(signings, key=lambda one: (one.at, one.id))),
    )


def _some(
    session: Session,
    model: type[T],
    column: sa.orm.InstrumentedAttribute[UUID],
    ids: Collection[UUID],
) -> list[T]:
    """Return the rows that name some others, oldest first."""
    wanted = list(ids)
    found: list[T] = []
    for start in range(0, len(wanted), _AT_ONCE):
        found += session.scalars(
            sa.select(model).where(column.in_(wanted[start : start + _AT_ONCE]))
        ).all()
    return sorted(found, key=lambda row: (row.at, row.id))  # type: ignore[attr-defined]  # every fact here has both
