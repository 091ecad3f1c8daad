"""Who read a revision that was withdrawn since, and not the one that is in force again, is asked to read that.

What they read stays on record, and counts no more for the cycle that opens. It is done when the revision is
withdrawn, and on the next day change of every PC that hears of it later. Where no revision is in force nobody is
asked: there is nothing to read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.approvals import SubjectState as Approved
from app.core.approvals import state_in_sql, steps_of
from app.core.base.batches import batches
from app.core.journal import Unit
from app.core.people import still_here
from app.core.storage.columns import Day
from app.core.training.chosen import was_asked
from app.core.training.controlled.models import (
    AcknowledgementRow,
    ControlledDocumentRow,
    DocumentRequirementRow,
    DocumentRevisionRow,
)
from app.core.training.controlled.states import KIND, known_of, subject_of
from app.core.training.controlled.withdrawing import (
    asked_because,
    cycles_before,
    end_of,
    is_because,
    told_withdrawn,
)
from app.core.training.held import credit_stands_of_many
from app.core.training.in_force import in_force, is_waived
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow, RequirementCreditRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.queries import all_terms
from app.core.training.terms import Due, Terms, first_due, terms_on, with_grace

_Pair = tuple[UUID, UUID]
"""A person and a requirement."""
_TICK = timedelta(microseconds=1)
_GOES_ON = frozenset({Source.RULE, Source.MATRIX, Source.CHOSEN})
"""What can end a cycle that it opened goes on being able to."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A cycle that is over because somebody read a revision which was withdrawn since."""

    row: AssignmentRow
    read_at: datetime
    ended_at: datetime
    because: str

    @property
    def pair(self) -> _Pair:
        return self.row.person_id, self.row.requirement_id

    @property
    def counts_from(self) -> datetime:
        """Return from when on evidence counts: after what they read, also where the withdrawal was not known."""
        return max(self.ended_at, self.read_at + _TICK)


def ask_readers_of_withdrawn(unit: Unit, now: datetime) -> int:
    """Open the next cycle of whoever is left without having read anything that counts; return how many."""
    today = now.astimezone().date()
    withdrawn = _withdrawn(unit, today)
    found = list(_read(unit, withdrawn, today)) if withdrawn else []
    if not found:
        return 0
    asked = asked_because(unit, today)
    before = cycles_before(unit, [one.row for one in found if is_because(one.row, asked)], asked)
    beside = _beside(unit, found, withdrawn, today)
    terms = all_terms(unit, {one.row.requirement_id for one in found})
    rows = []
    for one in found:
        last = before.get(one.pair) if is_because(one.row, asked) else one.row
        if not _is_held_beside(last, beside.get(one.pair, ())):
            rows.append(_next_cycle(one, last or one.row, _due(terms, one, today), now))
    for requirement_id in sorted({row["requirement_id"] for row in rows}):
        unit.take_turn("assignments of", requirement_id)
    return unit.insert_many(AssignmentRow, rows)


def _withdrawn(unit: Unit, today: date) -> Mapping[UUID, tuple[datetime, str]]:
    """Return the withdrawn revisions that anybody read, of documents of which one is in force: when and why."""
    revision, document = DocumentRevisionRow, ControlledDocumentRow
    was_read = sa.exists().where(AcknowledgementRow.revision_id == revision.id)
    rows = unit.execute(
        sa.select(revision.id, revision.label, document.id.label("document_id"), document.number)
        .join(document, document.id == revision.document_id)
        .where(was_read, state_in_sql(KIND, revision.id, today) == Approved.RETIRED.value)
    ).all()
    known = known_of(unit, today, {row.document_id for row in rows}) if rows else {}
    found = {}
    for row in rows:
        if known[row.document_id].in_force(today) is not None:
            end = end_of(steps_of(unit, subject_of(row.id)))
            found[row.id] = end.at, told_withdrawn(row.number, row.label, end.reason)
    return found


def _read(
    unit: Unit, withdrawn: Mapping[UUID, tuple[datetime, str]], today: date
) -> Iterator[_Read]:
    """Yield the cycles in force that are over because of a withdrawn revision, of who is here."""
    credit, read, points = RequirementCreditRow, AcknowledgementRow, DocumentRequirementRow
    person, day = neighbours().person, sa.literal(today, Day)
    revision = DocumentRevisionRow
    rows = unit.execute(
        sa.select(AssignmentRow, credit.at.label("read_at"), read.revision_id)
        .join(credit, credit.id == AssignmentRow.credit_id)
        .join(read, read.id == credit.proof_id)
        .join(revision, revision.id == read.revision_id)
        .join(points, points.requirement_id == AssignmentRow.requirement_id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(person, person.id == AssignmentRow.person_id)
        .where(
            read.revision_id.in_(withdrawn),
            points.document_id == revision.document_id,
            AssignmentRow.closed_at.is_not(None),
            *in_force(),
            was_asked(AssignmentRow),
            ~is_waived(today),
            still_here(person.left_on, day),
            sa.or_(RequirementRow.retired_on.is_(None), RequirementRow.retired_on > day),
        )
        .order_by(AssignmentRow.id)
    )
    for row, read_at, revision_id in rows:
        ended_at, because = withdrawn[revision_id]
        yield _Read(row, read_at, ended_at, because)


def _beside(
    unit: Unit, found: Collection[_Read], withdrawn: Collection[UUID], today: date
) -> Mapping[_Pair, list[datetime]]:
    """Return when else something was met that still holds, by pair: by a revision that was not withdrawn."""
    credit, read = RequirementCreditRow, AcknowledgementRow
    is_gone = sa.exists().where(read.id == credit.proof_id, read.revision_id.in_(withdrawn))
    holds = sa.or_(credit.valid_until.is_(None), credit.valid_until >= sa.literal(today, Day))
    met: dict[_Pair, list[datetime]] = defaultdict(list)
    for people in batches(sorted({one.row.person_id for one in found})):
        rows = unit.execute(
            sa.select(credit.person_id, credit.requirement_id, credit.at).where(
                credit.person_id.in_(people),
                credit.requirement_id.in_({one.row.requirement_id for one in found}),
                credit_stands_of_many(credit),
                holds,
                ~is_gone.correlate_except(read),
            )
        )
        for person_id, requirement_id, at in rows:
            met[person_id, requirement_id].append(at)
    return met


def _is_held_beside(last: AssignmentRow | None, met: Collection[datetime]) -> bool:
    """Tell whether something else counts for the cycle that somebody had without the withdrawn revision."""
    since = None if last is None else last.counts_from
    return any(since is None or at >= since for at in met)


def _due(terms: Mapping[UUID, list[Terms]], one: _Read, today: date) -> Due:
    """Return when it is due: as the terms say, at once where they say nothing."""
    known = terms_on(today, terms.get(one.row.requirement_id, []))
    due = first_due(known, assigned_on=today, joined_on=None)
    return due if due.on is not None else with_grace(known, today)


def _next_cycle(one: _Read, last: AssignmentRow, due: Due, now: datetime) -> dict[str, Any]:
    row = one.row
    return {
        "person_id": row.person_id,
        "requirement_id": row.requirement_id,
        "cycle": row.cycle + 1,
        "assigned_at": now,
        "origin": one.because,
        "due_on": due.on,
        "late_after": due.late_after,
        "counts_from": one.counts_from,
        "source": last.source if last.source in _GOES_ON else Source.MANUAL,
        "rule_id": last.rule_id,
    }
