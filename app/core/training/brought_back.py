"""What is asked for again once its requirement is brought back: of who had it when that was retired.

Who had it by a rule or the matrix gets it of them, as they ask now. Of all others the next cycle opens, due
by its terms, and what they hold still meets it. What somebody cancelled themselves stays as they said.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.words import _, plural
from app.core.journal import Site, Unit
from app.core.people import still_here
from app.core.training.covered import complete_held
from app.core.training.in_force import has_later_cycle
from app.core.training.kinds import AssignmentEvent, Source
from app.core.training.models import AssignmentEventRow, AssignmentRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.queries import open_assignments, terms_of
from app.core.training.standing_on import GIVEN_BY_ITSELF, began_as
from app.core.training.still_waived import let_off_still
from app.core.training.terms import Terms, anew


@dataclass(frozen=True, slots=True)
class _Had:
    """The newest cycle of somebody, which ended as its requirement was retired."""

    row: AssignmentRow
    joined_on: date | None
    began_as: Source | None
    """Of a renewal: what the first cycle came from."""

    @property
    def gives_itself(self) -> bool:
        """Tell whether a rule or the matrix gives it."""
        source = self.began_as if self.row.source is Source.RENEWAL else self.row.source
        return source in GIVEN_BY_ITSELF


class BroughtBack:
    """Asks again. `look_at` lets rules and matrix look at some people."""

    def __init__(self, site: Site, look_at: Callable[[Unit, Collection[UUID]], object]) -> None:
        self._site = site
        self._look_at = look_at

    def ask(self, unit: Unit, actor: Actor, requirement_id: UUID) -> int:
        """Ask again who had a requirement when it was retired; return of how many it is open now.

        Nobody gets it twice (hook of requirements and documents).
        """
        unit.take_turn("assignments of", requirement_id)
        before = open_assignments(unit, requirement_id)
        had = _had(unit, requirement_id, self._today())
        self._open(unit, actor, requirement_id, [one for one in had if not one.gives_itself])
        if given := {one.row.person_id for one in had if one.gives_itself}:
            self._look_at(unit, given)
        return open_assignments(unit, requirement_id) - before

    def would_ask(self, actor: Actor, requirement_id: UUID) -> int:
        """Return how many had a requirement when it was retired, and are here."""
        actor.require(Capability.ASSIGN)
        with self._site.read() as session:
            return len(_had(session, requirement_id, self._today()))

    def _open(self, unit: Unit, actor: Actor, requirement_id: UUID, had: Sequence[_Had]) -> None:
        if not had:
            return
        today, now = self._today(), self._site.clock.now()
        terms = terms_of(unit, requirement_id, today)
        unit.insert_many(AssignmentRow, (_next_cycle(one, terms, today, now) for one in had))
        pairs = [(one.row.person_id, requirement_id) for one in had]
        let_off_still(unit, actor, pairs, now)
        complete_held(unit, actor, today, now, pairs)

    def _today(self) -> date:
        return local_day(self._site.clock)


def had_in_words(count: int) -> str:
    """Return what comes of bringing a requirement back, by how many had it when it was retired."""
    if not count:
        return _("Nobody had it open when it ended. It can be assigned again.")
    return plural(
        "{count} person had it when it ended. They have it to do again, unless they hold it, or a rule asks no more.",
        "{count} people had it when it ended. They have it to do again, unless they hold it, or a rule asks no more.",
        count,
    )


def asked_in_words(count: int) -> str:
    """Return of how many people it is asked again."""
    back = _("It can be assigned again.")
    if not count:
        return back
    has = plural("{count} person has it to do.", "{count} people have it to do.", count)
    return f"{back} {has}"


def _next_cycle(one: _Had, terms: Terms, today: date, now: datetime) -> dict[str, Any]:
    row = one.row
    assigned_on = row.assigned_at.astimezone().date()
    due = anew(terms, row.due_on, assigned_on, today, joined_on=one.joined_on or today)
    return {
        "person_id": row.person_id,
        "requirement_id": row.requirement_id,
        "cycle": row.cycle + 1,
        "assigned_at": now,
        "origin": _("Asked for again: {origin}").format(origin=row.origin),
        "due_on": due.on,
        "late_after": due.late_after,
        "counts_from": row.counts_from,
        "source": Source.MANUAL if row.source is Source.RENEWAL else row.source,
        "rule_id": None if row.source is Source.RENEWAL else row.rule_id,
    }


def _had(session: Session, requirement_id: UUID, today: date) -> Sequence[_Had]:
    """Return the newest cycles that the retirement ended, of who is here."""
    person = neighbours().person
    rows = session.execute(
        sa.select(AssignmentRow, person.joined_on, began_as())
        .join(person, person.id == AssignmentRow.person_id)
        .where(
            AssignmentRow.requirement_id == requirement_id,
            AssignmentRow.source != Source.CHOSEN,
            AssignmentRow.cancelled_reason != "",
            ~has_later_cycle(),
            sa.or_(_ended_by_retiring(), _was_over_at_once()),
            still_here(person.left_on, today),
        )
        .order_by(AssignmentRow.person_id)
    )
    return [_Had(*row) for row in rows]


def _ended_by_retiring() -> sa.ColumnElement[bool]:
    """Return the condition that the last act that ended a cycle was the retirement."""
    ended, later = aliased(AssignmentEventRow), aliased(AssignmentEventRow)
    ended_later = sa.exists().where(
        later.assignment_id == ended.assignment_id,
        later.event == AssignmentEvent.CANCELLED,
        later.id > ended.id,
    )
    by_it = sa.exists().where(
        ended.assignment_id == AssignmentRow.id,
        ended.event == AssignmentEvent.CANCELLED,
        ended.retired_on.is_not(None),
        ~ended_later.correlate_except(later),
    )
    return by_it.correlate_except(ended)


def _was_over_at_once() -> sa.ColumnElement[bool]:
    """Return the condition that a renewal was over as it began: what was held expired meanwhile."""
    return sa.and_(
        AssignmentRow.source == Source.RENEWAL,
        AssignmentRow.closed_at == AssignmentRow.assigned_at,
    )
