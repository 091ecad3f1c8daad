"""The register: who may assess which practical, or hold sessions of what, from when to when, and who said so."""

from datetime import date
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.paging import Page, PageRequest, has_words
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import place_of, printed_person
from app.core.training.assignments.reaching import a_reason
from app.core.training.errors import TrainingRefused
from app.core.training.neighbours import neighbours
from app.core.training.practicals import register_queries as queries
from app.core.training.practicals.models import AssessorAppointmentRow, AssessorEndRow
from app.core.training.practicals.qualifying import Qualification
from app.core.training.practicals.types import AssessorLine
from app.core.training.requirements.queries import by_id

EXPIRES_SOON = 60
"""Days before the last day from which the register says that somebody's time runs out."""


class Assessors:
    """Appoints and ends. Who may: holders of ASSIGN, in their scope; never for themselves."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def page(self, actor: Actor, request: PageRequest) -> Page[AssessorLine]:
        """Return one stretch of the register, searched in people and what they are on it for.

        Filters: kind (Registered), state (Qualified), expiring (yes), requirement, person (ids). Sorts: name, title, until.
        """
        scope = actor.scope_of(Capability.ASSIGN)
        today = self._today()
        with self._site.read() as session:
            found = [
                one
                for one in queries.lines(session, scope, today)
                if _is_asked(one, request, today)
            ]
        if request.sort == "title":
            found.sort(key=lambda one: one.title.casefold())
        elif request.sort == "until":
            found.sort(key=lambda one: one.qualification.until or date.max)
        if request.descending:
            found.reverse()
        return Page.cut(found, request)

    def of_person(self, actor: Actor, person_id: UUID) -> tuple[AssessorLine, ...]:
        """Return for what somebody is or was an assessor or trainer; everybody may ask for their own."""
        if actor.person_id != person_id:
            actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            if actor.person_id != person_id:
                actor.require(Capability.ASSIGN, place_of(session, person_id))
            return queries.lines(session, None, self._today(), person_id)

    def qualification(
        self, person_id: UUID, requirement_id: UUID, on: date | None = None
    ) -> Qualification:
        """Return whether somebody may assess a practical on a day; today unless one is given."""
        with self._site.read() as session:
            return queries.qualification_of(session, person_id, requirement_id, on or self._today())

    def appoint(
        self,
        actor: Actor,
        person_id: UUID,
        requirement_id: UUID,
        *,
        from_on: date | None = None,
        until_on: date | None = None,
        reason: str,
    ) -> UUID:
        """Let somebody assess a practical, or hold sessions that prove another requirement.

        A renewal is another appointment, all of them stay. It counts from today on at the earliest: an earlier
        first day stays written, and makes nobody one for what was before it was recorded. Raises NotFound,
        ReasonNeeded, TrainingRefused.
        """
        said = a_reason(reason)
        first = from_on or self._today()
        if until_on is not None and until_on < first:
            raise TrainingRefused(_("It would end before it begins."), _("Give a later last day."))
        if until_on is not None and until_on < self._today():
            raise TrainingRefused(
                _("It would be over already: an appointment counts from today at the earliest."),
                _("Give a later last day."),
            )
        with self._site.transaction(actor, "assessor.appoint", reason=said) as unit:
            self._require(unit, actor, person_id, requirement_id)
            row = AssessorAppointmentRow(
                person_id=person_id,
                requirement_id=requirement_id,
                from_on=first,
                until_on=until_on,
                reason=said,
                at=self._site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
            unit.add(row)
            unit.flush()
            return row.id

    def end(
        self,
        actor: Actor,
        person_id: UUID,
        requirement_id: UUID,
        *,
        reason: str,
        on: date | None = None,
    ) -> int:
        """Let somebody assess, or teach, no more from a day on; return how many appointments ended.

        What was signed before stays valid. Raises ReasonNeeded, TrainingRefused.
        """
        said, first = a_reason(reason), on or self._today()
        with self._site.transaction(actor, "assessor.end", reason=said) as unit:
            _require_place(unit, actor, person_id)
            found = queries.lines(unit, None, self._today(), person_id)
            standing = [
                appointment
                for line in found
                if line.requirement_id == requirement_id
                for appointment in line.appointments
                if appointment.lasts_to(first)
            ]
            if not standing:
                raise TrainingRefused(
                    _("There is no appointment to end."), _("Look into the register again.")
                )
            unit.add_all(
                AssessorEndRow(
                    appointment_id=one.id,
                    end_on=first,
                    reason=said,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                    by_name=actor.name,
                )
                for one in standing
            )
        return len(standing)

    def _require(self, unit: Unit, actor: Actor, person_id: UUID, requirement_id: UUID) -> None:
        _require_place(unit, actor, person_id)
        self._refuse_leaver(unit, person_id)
        by_id(unit, requirement_id)
        until = queries.holds_until(unit, person_id, requirement_id)
        if until is None or until < self._today():
            needed = queries.required_of(unit, requirement_id)
            title = "" if needed is None else by_id(unit, needed).title
            told = (
                _("Who assesses this must hold {title} themselves.").format(title=title)
                if until is None
                else _("{title}, which an assessor must hold, ended {day}.").format(
                    title=title, day=day(until)
                )
            )
            raise TrainingRefused(told, _("Let them meet it first."))

    def _refuse_leaver(self, unit: Unit, person_id: UUID) -> None:
        person = unit.get_one(neighbours().person, person_id)
        if person.left_on is not None and person.left_on <= self._today():
            raise TrainingRefused(
                _("{name} left on {day}.").format(name=person.name, day=day(person.left_on)),
                _("Take them back first."),
            )

    def _today(self) -> date:
        return local_day(self._site.clock)


def _require_place(unit: Unit, actor: Actor, person_id: UUID) -> None:
    """Raise unless the actor may keep the person's records, who is somebody else."""
    printed_person(unit, person_id)
    actor.scope_of(Capability.ASSIGN)
    actor.require(Capability.ASSIGN, place_of(unit, person_id))
    if actor.person_id == person_id:
        raise TrainingRefused(
            _("Nobody appoints themselves."),
            _("Ask somebody else who keeps the register."),
        )


def _is_asked(one: AssessorLine, request: PageRequest, today: date) -> bool:
    said = {
        "state": one.state.value,
        "kind": one.kind.value,
        "person": str(one.person_id),
        "requirement": str(one.requirement_id),
    }
    if any((asked := request.values(key)) and value not in asked for key, value in said.items()):
        return False
    if request.values("expiring") and not one.expires_within(today, EXPIRES_SOON):
        return False
    return has_words(f"{one.name} {one.number} {one.code} {one.title}", request.text)
