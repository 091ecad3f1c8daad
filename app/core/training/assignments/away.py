"""Absences: while somebody is away their due dates stand still; when they are back these move on."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import place_of
from app.core.storage.columns import Day
from app.core.training.assignments.day import move_dues
from app.core.training.assignments.types import Absence
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.models import AbsenceRow
from app.core.training.neighbours import neighbours


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

    def note(
        self, actor: Actor, person_id: UUID, from_on: date, to_on: date | None, reason: str
    ) -> UUID:
        """Note that somebody is away; as `note_of` does. Return the absence's id."""
        (absence_id,) = self.note_of(actor, (person_id,), from_on, to_on, reason)
        return absence_id

    def note_of(
        self,
        actor: Actor,
        people: Iterable[UUID],
        from_on: date,
        to_on: date | None,
        reason: str,
    ) -> tuple[UUID, ...]:
        """Note that people are away from a day up to, but not on, a day (None: not known yet).

        All of them or, where one cannot be, none. Raises ReasonNeeded, and TrainingRefused for days
        that cannot be or that overlap others.
        """
        if not reason.split():
            raise ReasonNeeded
        if to_on is not None and to_on <= from_on:
            raise TrainingRefused(
                _("They would be back before they go."), _("Change one of the days.")
            )
        with self._site.transaction(actor, "absence.note", reason=reason) as unit:
            rows = [
                self._note(unit, actor, one, from_on, to_on, " ".join(reason.split()))
                for one in dict.fromkeys(people)
            ]
            self._tell_back(unit, rows)
            return tuple(row.id for row in rows)

    def _note(
        self,
        unit: Unit,
        actor: Actor,
        person_id: UUID,
        from_on: date,
        to_on: date | None,
        reason: str,
    ) -> AbsenceRow:
        actor.require(Capability.ASSIGN, place_of(unit, person_id))
        _refuse_overlap(unit, person_id, from_on, to_on)
        row = AbsenceRow(person_id=person_id, from_on=from_on, to_on=to_on, reason=reason)
        unit.add(row)
        unit.flush()
        if to_on is not None and to_on <= local_day(self._site.clock):
            move_dues(unit, actor, row, self._site.clock.now())
        return row

    def end(self, actor: Actor, absence_id: UUID, on: date, reason: str = "") -> int:
        """Note that somebody is back from a day on; return how many due dates moved.

        Raises TrainingRefused for a day before they went, or to come, or when they are back already.
        Raises NotFound.
        """
        today = local_day(self._site.clock)
        with self._site.transaction(actor, "absence.end", reason=reason) as unit:
            row = unit.get(AbsenceRow, absence_id)
            if row is None:
                raise NotFound(_("The absence"))
            actor.require(Capability.ASSIGN, place_of(unit, row.person_id))
            if row.has_moved_dues:
                raise TrainingRefused(
                    _("They are back already."), _("Note another absence if they went again.")
                )
            if not row.from_on < on <= today:
                raise TrainingRefused(
                    _("That is no day on which they can be back."),
                    _("Give a day after they went, today at the latest."),
                )
            row.to_on = on
            moved = move_dues(unit, actor, row, self._site.clock.now())
            self._tell_back(unit, [row])
            return moved

    def _tell_back(self, unit: Unit, rows: Iterable[AbsenceRow]) -> None:
        back = [row.person_id for row in rows if row.has_moved_dues]
        for act in self.on_back if back else ():
            act(unit, back)


def _refuse_overlap(unit: Unit, person_id: UUID, from_on: date, to_on: date | None) -> None:
    overlaps = [
        AbsenceRow.person_id == person_id,
        sa.or_(AbsenceRow.to_on.is_(None), AbsenceRow.to_on > sa.literal(from_on, Day)),
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
    )
