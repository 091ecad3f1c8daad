"""Day passes of visitors, each with an escort, and of people of other sites; and who is under 18."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.egress import Document, FileKind, Leaving
from app.core.journal import Site, Unit
from app.core.people import PersonKind, person_numbered, place_of
from app.core.training.errors import TrainingRefused
from app.core.training.neighbours import neighbours
from app.core.training.permits import reading
from app.core.training.permits.answering import may_escort
from app.core.training.permits.day_passes import day_passes, is_foreign
from app.core.training.permits.models import DayPassRow, YoungPersonRow
from app.core.training.permits.pass_paper import pass_document
from app.core.training.permits.types import DayPass, YoungPerson
from app.core.training.requirements.checks import clean_text

_LATEST_AGE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said on a pass."""

    purpose: str = ""
    induction: str = ""


class Passes:
    """Who may: day passes holders of ASSIGN, in their scope; ages holders of MANAGE_PEOPLE."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def on(self, actor: Actor, day: date | None = None) -> tuple[DayPass, ...]:
        """Return the passes of a day, today's without one, by name."""
        actor.require_anywhere(Capability.VIEW_RECORDS)
        with self._site.read() as session:
            found = day_passes(session, day or self._today(), self._site.site_id)
        tells = actor.may(Capability.ASSIGN)
        return found if tells else tuple(replace(one, contact="") for one in found)

    def give(
        self, actor: Actor, number: str, escort: str, day: date | None = None, purpose: str = ""
    ) -> DayPass:
        """Give a visitor, or somebody of another site, a pass for a day, today without one; by their numbers.

        It ends with that day, by the clock of this PC. `escort` goes with a visitor; somebody of another
        site comes to them, and needs a purpose. Raises NotFound, TrainingRefused for who needs none, who
        is no employee of here, without a purpose, or for a day gone by.
        """
        on = day or self._today()
        if on < self._today():
            raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
        said = Said(purpose=clean_text(purpose, what=_("The purpose"), required=False))
        with self._site.transaction(actor, "day-pass.give", reason=said.purpose) as unit:
            visitor_id, escort_id = person_numbered(unit, number), person_numbered(unit, escort)
            return self.give_in(unit, actor, visitor_id, escort_id, on, said)

    def give_in(
        self, unit: Unit, actor: Actor, visitor_id: UUID, escort_id: UUID, on: date, said: Said
    ) -> DayPass:
        """Give a pass in a unit of work that does more. Raises as `give` does."""
        is_guest = self._is_guest(unit, visitor_id)
        # people of other sites have no department here: whom they come to has
        actor.require(Capability.ASSIGN, place_of(unit, escort_id if is_guest else visitor_id))
        self._refuse_strangers(unit, visitor_id, escort_id, on)
        if is_guest and not said.purpose:
            raise TrainingRefused(
                _("A day pass of somebody of another site says why they are here."),
                _("Give the purpose."),
            )
        self._write(unit, actor, visitor_id, escort_id, on, said)
        unit.flush()
        return day_passes(unit, on, self._site.site_id, visitor_id)[0]

    def take_back(
        self, actor: Actor, number: str, day: date | None = None, reason: str = ""
    ) -> None:
        """Let the pass of a day, today without one, stand no longer. Raises NotFound."""
        with self._site.transaction(actor, "day-pass.take-back", reason=reason) as unit:
            person_id = person_numbered(unit, number)
            on = day or self._today()
            given = day_passes(unit, on, self._site.site_id, person_id)
            is_guest = bool(given) and self._is_guest(unit, person_id)
            place = place_of(unit, given[0].escort_id if is_guest else person_id)
            actor.require(Capability.ASSIGN, place)
            self._write(unit, actor, person_id, None, on, Said(purpose=" ".join(reason.split())))

    def paper(self, given: DayPass, site_name: str) -> Document:
        """Return a pass as a page to print: visitor, escort, day."""
        content = pass_document(given, site_name, self._site.clock.now())
        title = _("Day pass {number}").format(number=given.number)
        leaving = Leaving(kind=FileKind.DAY_PASS, title=title, records=1, about=given.person_id)
        return Document(content=content, leaving=leaving)

    def young(self, actor: Actor) -> tuple[YoungPerson, ...]:
        """Return who is under 18 today, by number."""
        actor.require(Capability.MANAGE_PEOPLE)
        with self._site.read() as session:
            return reading.young_people(session, self._today())

    def note_age(self, actor: Actor, number: str, adult_on: date | None) -> None:
        """Note on which day somebody turns 18; None takes a mistake back.

        Raises NotFound, TrainingRefused for a day that is over or further away than 18 years.
        """
        today = self._today()
        if adult_on is not None and not 0 < (adult_on - today).days <= _LATEST_AGE * 366:
            raise TrainingRefused(
                _("{day} is no 18th birthday to come.").format(day=day_in_words(adult_on)),
                _("Who is 18 needs no note; give the day on which they turn 18."),
            )
        with self._site.transaction(actor, "person.note-age") as unit:
            person_id = person_numbered(unit, number)
            actor.require(Capability.MANAGE_PEOPLE, place_of(unit, person_id))
            row = unit.scalars(
                sa.select(YoungPersonRow).where(YoungPersonRow.person_id == person_id)
            ).first()
            if row is None:
                row = YoungPersonRow(person_id=person_id)
                unit.add(row)
            row.adult_on = adult_on

    def _write(
        self,
        unit: Unit,
        actor: Actor,
        visitor_id: UUID,
        escort_id: UUID | None,
        day: date,
        said: Said,
    ) -> None:
        unit.add(
            DayPassRow(
                person_id=visitor_id,
                day=day,
                escort_id=escort_id,
                purpose=said.purpose,
                induction=said.induction,
                at=self._site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
        )

    def _today(self) -> date:
        return local_day(self._site.clock)

    def _is_guest(self, unit: Unit, person_id: UUID) -> bool:
        """Tell whether somebody belongs to another site."""
        home = unit.get_one(neighbours().person, person_id).home_site_id
        return is_foreign(home, self._site.site_id)

    def _refuse_strangers(self, unit: Unit, visitor_id: UUID, escort_id: UUID, day: date) -> None:
        person = neighbours().person
        visitor, escort = unit.get_one(person, visitor_id), unit.get_one(person, escort_id)
        if visitor.kind is not PersonKind.VISITOR and not self._is_guest(unit, visitor_id):
            raise TrainingRefused(
                _("{name} is no visitor.").format(name=visitor.name),
                _("Visitors and people of other sites need a day pass; others show their badge."),
            )
        found = reading.standing(unit, escort_id, self._site.site_id, day)
        if not may_escort(found, day):
            raise TrainingRefused(
                _("{name} cannot be an escort.").format(name=escort.name),
                _("Name somebody grown up who works here on that day."),
            )
