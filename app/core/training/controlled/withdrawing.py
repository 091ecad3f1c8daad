"""What people were asked because of a revision ends with it: they stand as before, with the one before.

It is done when the revision is withdrawn, and on the next day change of every PC that hears of it
later. The cycle because of it is cancelled with the reason, and the next is as the one before was:
what was held is held, what was open is open.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.approvals import Step, StepTaken, state_in_sql, steps_of
from app.core.approvals import SubjectState as Approved
from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Unit
from app.core.training.assignments.ending import cancel
from app.core.training.controlled.kinds import ImpactSubject
from app.core.training.controlled.models import (
    ControlledDocumentRow,
    DocumentRequirementRow,
    DocumentRevisionRow,
    ImpactAssessmentRow,
)
from app.core.training.controlled.states import KIND, subject_of
from app.core.training.in_force import is_open
from app.core.training.kinds import Outcome, Source
from app.core.training.models import AssignmentRow

Asked = Mapping[tuple[UUID, str], tuple[datetime, str]]
"""By requirement and what the revision was called: until when it could be asked for, and why no more."""
_SOME = 500


def end_withdrawn(unit: Unit, actor: Actor, now: datetime) -> int:
    """End what is open because of revisions that are withdrawn; return how many cycles that are."""
    asked = asked_because(unit, now.astimezone().date())
    ended = [row for row in _open(unit, asked) if is_because(row, asked)]
    for one in sorted({row.requirement_id for row in ended}):
        unit.take_turn("assignments of", one)
    before = cycles_before(unit, ended, asked)
    for row in ended:
        cancel(unit, actor, row, now, asked[_key(row)][1])
    unit.flush()
    found = ((row, before.get((row.person_id, row.requirement_id))) for row in ended)
    again = [_as_before(row, last, now) for row, last in found if last is not None]
    unit.insert_many(AssignmentRow, again)
    return len(ended)


def asked_because(unit: Unit, today: date) -> Asked:
    """Return what was asked because of revisions that are withdrawn."""
    row, revision, document = ImpactAssessmentRow, DocumentRevisionRow, ControlledDocumentRow
    points = DocumentRequirementRow
    rows = unit.execute(
        sa.select(points.requirement_id, row.called, revision.id, document.number, revision.label)
        .select_from(row)
        .join(revision, revision.id == row.subject_id)
        .join(document, document.id == revision.document_id)
        .join(points, points.document_id == document.id)
        .where(
            row.subject == ImpactSubject.REVISION,
            state_in_sql(KIND, revision.id, today) == Approved.RETIRED.value,
        )
    ).all()
    ends = {one: end_of(steps_of(unit, subject_of(one))) for one in {row.id for row in rows}}
    found: dict[tuple[UUID, str], tuple[datetime, str]] = {}
    for requirement_id, called, revision_id, number, label in rows:
        end = ends[revision_id]
        said = (end.at, told_withdrawn(number, label, end.reason))
        key = (requirement_id, called)
        found[key] = max(found.get(key, said), said)  # of several of one label the last
    return found


def told_withdrawn(number: str, label: str, reason: str) -> str:
    """Return that a revision was withdrawn, and why."""
    words = _("Revision {label} of {number} was withdrawn: {reason}")
    return words.format(label=label, number=number, reason=reason)


def end_of(steps: Iterable[StepTaken]) -> StepTaken:
    """Return the step by which a revision was withdrawn."""
    return next(one for one in steps if one.step is Step.RETIRED)


def _open(unit: Unit, asked: Asked) -> list[AssignmentRow]:
    if not asked:
        return []
    statement = sa.select(AssignmentRow).where(
        AssignmentRow.requirement_id.in_({requirement_id for requirement_id, _called in asked}),
        AssignmentRow.origin.in_({called for _requirement, called in asked}),
        AssignmentRow.source == Source.REVISION,
        *is_open(),
    )
    return list(unit.scalars(statement))


def is_because(row: AssignmentRow, asked: Asked) -> bool:
    """Tell whether a cycle was opened because of a withdrawn revision: another may have its label since."""
    until = asked.get(_key(row))
    is_of_revision = row.source is Source.REVISION
    return is_of_revision and until is not None and row.assigned_at <= until[0]


def _key(row: AssignmentRow) -> tuple[UUID, str]:
    return row.requirement_id, row.origin


def cycles_before(
    unit: Unit, ended: list[AssignmentRow], asked: Asked
) -> dict[tuple[UUID, UUID], AssignmentRow]:
    """Return by pair the last cycle that was not because of a withdrawn revision, nor cancelled."""
    cycles = {(row.person_id, row.requirement_id): row.cycle for row in ended}
    people = sorted({row.person_id for row in ended})
    found: dict[tuple[UUID, UUID], AssignmentRow] = {}
    for start in range(0, len(people), _SOME):
        earlier = (
            sa.select(AssignmentRow)
            .where(
                AssignmentRow.person_id.in_(people[start : start + _SOME]),
                AssignmentRow.requirement_id.in_({row.requirement_id for row in ended}),
                AssignmentRow.cancelled_reason == "",
            )
            .order_by(AssignmentRow.cycle)
        )
        for row in unit.scalars(earlier):
            pair = (row.person_id, row.requirement_id)
            if row.cycle < cycles.get(pair, 0) and not is_because(row, asked):
                found[pair] = row
    return found


def _as_before(row: AssignmentRow, last: AssignmentRow, now: datetime) -> Mapping[str, Any]:
    """Return the next cycle of a pair: as its last one was before the revision was asked for.

    What was open then is due no sooner than somebody has been told since.
    """
    is_met = last.outcome is Outcome.COMPLETED or (last.outcome is None and last.closed_at)
    due = last if is_met or last.due_on is None else max((last, row), key=_last_day)
    return {
        "person_id": row.person_id,
        "requirement_id": row.requirement_id,
        "cycle": row.cycle + 1,
        "assigned_at": now,
        "origin": last.origin,
        "due_on": due.due_on,
        "late_after": due.late_after,
        "counts_from": last.counts_from,
        "source": last.source,
        "rule_id": last.rule_id,
        "waived_until": row.waived_until,
        "completion_id": last.completion_id if is_met else None,
        "credit_id": last.credit_id if is_met else None,
        "closed_at": now if is_met else None,
        "outcome": Outcome.COMPLETED if is_met else None,
    }


def _last_day(row: AssignmentRow) -> date:
    return row.late_after or row.due_on or date.max
