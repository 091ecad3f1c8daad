"""Absences: while somebody is away their due dates stand still; when they are back these move on."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import place_of
from app.core.storage.columns import Day
from app.core.training.assignments.reaching import a_reason
from app.core.training.assignments.standing_still import come_back, take_back
from app.core.training.assignments.types import Absence
from app.core.training.errors import AbsenceFarBack, TrainingRefused
from app.core.training.in_force import is_open
from app.core.training.models import AbsenceRow, AssignmentRow
from app.core.training.neighbours import neighbours

_LONG_AGO = timedelta(days=365)


class Away:
    """Keeps absences. Who may: holders of ASSIGN, in their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.on_back: list[Callable[[Unit, Collection[UUID]], object]] = []
        """Called with people whose absence is over, in the unit that says so."""

    def of_person(self, actor: Actor, person_id: UUID) -> tuple[Absence, ...]:
        """Return somebody's absences, the newest first."""
        with self._site.read() as session:
            if actor.person_id != person_id:
                actor.require(Capability.ASSIGN, place_of(session, person_id))
            rows = session.scalars(
                sa.select(AbsenceRow)
                .where(AbsenceRow.person_id == person_id)
                .order_by(AbsenceRow.from_on.desc())
            )
            return tuple(_absence(row) for row in rows)

    def lasting(self, actor: Actor, person_id: UUID) -> Absence:
        """Return the absence that somebody is away by today, the one that began first. Raises NotFound."""
        today = local_day(self._site.clock)
        for one in reversed(self.of_person(actor, person_id)):
            if not one.is_over and one.from_on <= today:
                return one
        raise NotFound(_("An absence"))

    def note(
        self,
        actor: Actor,
        person_id: UUID,
        from_on: date,
        to_on: date | None,
        reason: str,
        *,
        is_sure: bool = False,
    ) -> UUID:
        """Note that somebody is away; as `note_of` does. Return the absence's id."""
        people = (person_id,)
        (absence_id,) = self.note_of(actor, people, from_on, to_on, reason, is_sure=is_sure)
        return absence_id

    def note_of(
        self,
        actor: Actor,
        people: Iterable[UUID],
        from_on: date,
        to_on: date | None,
        reason: str,
        *,
        is_sure: bool = False,
    ) -> tuple[UUID, ...]:
        """Note that people are away from a day up to, but not on, a day (None: not known yet).

        All of them or, where one cannot be, none. Raises ReasonNeeded, TrainingRefused for days that
        cannot be or that overlap others, and AbsenceFarBack for days far back unless `is_sure`.
        """
        reason = a_reason(reason)
        if to_on is not None and to_on <= from_on:
            raise TrainingRefused(
                _("They would be back before they go."), _("Change one of the days.")
            )
        with self._site.transaction(actor, "absence.note", reason=reason) as unit:
            noted = []
            for one in dict.fromkeys(people):
                actor.require(Capability.ASSIGN, place_of(unit, one))
                _refuse_overlap(unit, one, from_on, to_on)
                if not is_sure:
                    self._refuse_far_back(unit, one, from_on)
                row = AbsenceRow(person_id=one, from_on=from_on, to_on=to_on, reason=reason)
                noted.append(self._noted(unit, actor, row))
            self._tell_back(unit, noted)
            return tuple(row.id for row in noted)

    def _noted(self, unit: Unit, actor: Actor, row: AbsenceRow) -> AbsenceRow:
        unit.add(row)
        unit.flush()
        if row.to_on is not None and row.to_on <= local_day(self._site.clock):
            come_back(unit, actor, row.person_id, [row], self._site.clock.now())
        return row

    def _refuse_far_back(self, unit: Unit, person_id: UUID, from_on: date) -> None:
        """Raise AbsenceFarBack for a day more than a year ago, or before all that is open was asked for."""
        today = local_day(self._site.clock)
        oldest = unit.scalar(
            sa.select(AssignmentRow.assigned_at)
            .where(
                AssignmentRow.person_id == person_id, AssignmentRow.due_on.is_not(None), *is_open()
            )
            .order_by(AssignmentRow.assigned_at)
            .limit(1)
        )
        since = today if oldest is None else oldest.astimezone().date()
        is_before_all = oldest is not None and from_on < since
        if from_on < today and (is_before_all or from_on < today - _LONG_AGO):
            raise AbsenceFarBack(_name(unit, person_id), from_on)

    def end(self, actor: Actor, absence_id: UUID, on: date, reason: str = "") -> int:
        """Note that somebody is back from a day on; return how many due dates moved.

        Where the same absence was noted more than once, all of them end. Raises TrainingRefused for a day
        before they went, or to come, or when they are back already. Raises NotFound.
        """
        today = local_day(self._site.clock)
        with self._site.transaction(actor, "absence.end", reason=reason) as unit:
            row = self._managed(unit, actor, absence_id)
            if row.has_moved_dues:
                raise TrainingRefused(
                    _("They are back already."), _("Note another absence if they went again.")
                )
            if not row.from_on < on <= today:
                raise TrainingRefused(
                    _("That is no day on which they can be back."),
                    _("Give a day after they went, today at the latest."),
                )
            over = _not_over(unit, row.person_id, on)
            for one in over:
                one.to_on = on if one is row or one.to_on is None else min(one.to_on, on)
            moved = come_back(unit, actor, row.person_id, over, self._site.clock.now())
            self._tell_back(unit, [row])
            return moved

    def take_back(self, actor: Actor, absence_id: UUID, reason: str) -> int:
        """Let an absence that was noted wrongly never have been; return how many due dates moved back.

        It may be over, last or lie ahead. Raises NotFound, ReasonNeeded, TrainingRefused.
        """
        reason = a_reason(reason)
        with self._site.transaction(actor, "absence.take-back", reason=reason) as unit:
            row = self._managed(unit, actor, absence_id)
            if row.to_on == row.from_on:
                raise TrainingRefused(
                    _("This absence was taken back already."),
                    _("Note another absence if they were away after all."),
                )
            return take_back(unit, actor, row, self._site.clock.now(), reason)

    def _managed(self, unit: Unit, actor: Actor, absence_id: UUID) -> AbsenceRow:
        row = unit.get(AbsenceRow, absence_id)
        if row is None:
            raise NotFound(_("The absence"))
        actor.require(Capability.ASSIGN, place_of(unit, row.person_id))
        return row

    def _tell_back(self, unit: Unit, rows: Iterable[AbsenceRow]) -> None:
        back = [row.person_id for row in rows if row.has_moved_dues]
        for act in self.on_back if back else ():
            act(unit, back)


def _not_over(unit: Unit, person_id: UUID, on: date) -> list[AbsenceRow]:
    """Return the absences that began before a day and that nobody has come back from."""
    rows = sa.select(AbsenceRow).where(
        AbsenceRow.person_id == person_id,
        AbsenceRow.has_moved_dues.is_(False),
        AbsenceRow.from_on < sa.literal(on, Day),
    )
    return list(unit.scalars(rows))


def _refuse_overlap(unit: Unit, person_id: UUID, from_on: date, to_on: date | None) -> None:
    overlaps = [
        AbsenceRow.person_id == person_id,
        sa.or_(AbsenceRow.to_on.is_(None), AbsenceRow.to_on > sa.literal(from_on, Day)),
        sa.or_(AbsenceRow.to_on.is_(None), AbsenceRow.to_on > AbsenceRow.from_on),
    ]
    if to_on is not None:
        overlaps.append(AbsenceRow.from_on < sa.literal(to_on, Day))
    if unit.scalars(sa.select(AbsenceRow.id).where(*overlaps)).first() is not None:
        raise TrainingRefused(
            _("{name} is away in those days already.").format(name=_name(unit, person_id)),
            _("End the other absence first."),
        )


def _name(unit: Unit, person_id: UUID) -> str:
    listing = neighbours().listing
    return unit.scalar(sa.select(listing.name).where(listing.person_id == person_id)) or ""


def _absence(row: AbsenceRow) -> Absence:
    return Absence(
        id=row.id,
        person_id=row.person_id,
        from_on=row.from_on,
        to_on=row.to_on,
        reason=row.reason,
        is_over=row.has_moved_dues,
    )
