"""The matrix at work inside a unit: after a change of it, on a new day, for people who have just changed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Unit
from app.core.training.assignments.ending import cancel
from app.core.training.enrolment.running import how_many_here
from app.core.training.enrolment.types import is_many
from app.core.training.kinds import Source
from app.core.training.matrix.asking import Asking, entries, things
from app.core.training.matrix.finding import Cells, Given, gaining, given_of, losing
from app.core.training.matrix.kept import KeptStatements
from app.core.training.matrix.models import MatrixChangeRow, MatrixEntryRow
from app.core.training.matrix.types import RunOfMatrix
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.opening import Grant, Granted, Opened, open_each
from app.core.training.requirements.queries import all_terms
from app.core.training.terms import Terms, terms_on

Pairs = Collection[tuple[UUID, UUID]]
AskedOtherwise = Callable[[Unit, Pairs], set[tuple[UUID, UUID]]]
"""Tells for which of some pairs of person and requirement something else asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRun:
    """One run, in one unit, at one moment."""

    unit: Unit
    actor: Actor
    asking: Asking
    now: datetime
    asked_otherwise: AskedOtherwise
    kept: KeptStatements
    is_used: bool = True
    """Whether the matrix ever asked for anything; where it did not, nobody is looked at."""

    def end(self, cells: Cells = None, allowed: int | None = None) -> RunOfMatrix:
        """End what is no longer asked for, unless a rule asks for it."""
        if not self.is_used:
            return RunOfMatrix()
        by_requirement: dict[UUID, list[AssignmentRow]] = defaultdict(list)
        for row in self._asked_no_more(cells):
            by_requirement[row.requirement_id].append(row)
        held = self._held_back({one: len(found) for one, found in by_requirement.items()}, allowed)
        reason = _("The training matrix asks for it no more")
        ended = 0
        for requirement_id, found in by_requirement.items():
            if requirement_id in held:
                continue
            for row in found:
                cancel(self.unit, self.actor, row, self.now, reason)
            ended += len(found)
        self.unit.flush()
        return RunOfMatrix(cancelled=ended, held_back=self._titles(held))

    def give(self, cells: Cells = None, allowed: int | None = None) -> RunOfMatrix:
        """Assign what is asked for of who does not have it."""
        if not self.is_used:
            return RunOfMatrix()
        found = self._gaining(cells)
        by_requirement: dict[UUID, list[Given]] = defaultdict(list)
        for one in found:
            by_requirement[one.requirement_id].append(one)
        held = self._held_back({one: len(some) for one, some in by_requirement.items()}, allowed)
        chosen = [one for one in found if one.requirement_id not in held]
        assigned = open_each(self.unit, self.actor, self.now, self._grants(chosen))
        return RunOfMatrix(assigned=assigned, held_back=self._titles(held))

    def _asked_no_more(self, cells: Cells) -> list[AssignmentRow]:
        """Return what neither the matrix nor a rule asks for."""
        rows = self._losing(cells)
        pairs = {(row.person_id, row.requirement_id) for row in rows}
        kept = self.asked_otherwise(self.unit, pairs) if pairs else set()
        return [row for row in rows if (row.person_id, row.requirement_id) not in kept]

    def _losing(self, cells: Cells) -> list[AssignmentRow]:
        people = self.asking.at.people
        if people is None or cells is not None:
            return list(self.unit.scalars(losing(self.asking, cells)))
        return self.kept.losing(self.unit, self.asking, people)

    def _gaining(self, cells: Cells) -> list[Given]:
        people = self.asking.at.people
        if people is None or cells is not None:
            return given_of(self.unit.execute(gaining(self.asking, cells)))
        return self.kept.gaining(self.unit, self.asking, people)

    def _grants(self, found: Iterable[Given]) -> list[Granted]:
        together: dict[tuple[UUID, str], list[Opened]] = defaultdict(list)
        for one in found:
            opened = Opened(person_id=one.person_id, joined_on=one.joined_on, cycle=one.cycle)
            together[one.requirement_id, one.label].append(opened)
        said = all_terms(self.unit, {requirement_id for requirement_id, _label in together})
        return [
            (self._grant(requirement_id, label, said.get(requirement_id, [])), people)
            for (requirement_id, label), people in together.items()
        ]

    def _grant(self, requirement_id: UUID, label: str, said: list[Terms]) -> Grant:
        return grant_of(requirement_id, label, terms_on(self.asking.at.today, said), self.now)

    def _held_back(self, counts: dict[UUID, int], allowed: int | None) -> set[UUID]:
        """Return which requirements would suddenly change something for many, unasked."""
        if self.asking.at.people is not None or not counts:
            return set()  # whoever changed them knows how many they are
        here = how_many_here(self.unit, self.asking.at)
        many = {one for one, count in counts.items() if is_many(count, here)}
        if not many:
            return set()
        said = _numbers_said(self.unit, self.asking) if allowed is None else {}
        return {one for one in many if is_many(counts[one] - said.get(one, allowed or 0), here)}

    def _titles(self, requirement_ids: set[UUID]) -> tuple[str, ...]:
        if not requirement_ids:
            return ()
        titles = sa.select(RequirementRow.title).where(RequirementRow.id.in_(requirement_ids))
        return tuple(sorted(self.unit.scalars(titles)))


def grant_of(requirement_id: UUID, label: str, terms: Terms, now: datetime) -> Grant:
    """Return what the matrix gives to who is of a row."""
    return Grant(
        requirement_id=requirement_id,
        terms=terms,
        at=now,
        origin=_("Required for {who}").format(who=label),
        source=Source.MATRIX,
    )


def _numbers_said(unit: Unit, asking: Asking) -> dict[UUID, int]:
    """Return by requirement the greatest number that was said of a change that asks for it now."""
    entry = entries(asking).subquery()
    thing = things(asking, with_retired=True).subquery()
    row, change = MatrixEntryRow, MatrixChangeRow
    statement = (
        sa.select(thing.c.requirement_id, sa.func.max(change.people))
        .select_from(entry)
        .join(thing, thing.c.thing_id == entry.c.thing_id)
        .join(
            row,
            sa.and_(
                sa.func.coalesce(row.job_role_id, row.audience_id) == entry.c.owner_id,
                sa.func.coalesce(row.requirement_id, row.curriculum_id) == entry.c.thing_id,
            ),
        )
        .join(change, change.id == row.change_id)
        .where(change.is_confirmed)
        .group_by(thing.c.requirement_id)
    )
    return dict(unit.execute(statement).all())
