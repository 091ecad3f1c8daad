"""The catalogue as a learner finds it: what they may take, ask for, and give back."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.words import _
from app.core.courses import Outline, Releases, languages_of
from app.core.journal import Site, Unit
from app.core.training.assignments.ending import cancel
from app.core.training.enrolment.matching import At
from app.core.training.errors import TrainingRefused
from app.core.training.kinds import Offering
from app.core.training.models import RequirementRow
from app.core.training.offers.reading import Offered, Placed, offered_to, places_of
from app.core.training.offers.types import CatalogueEntry, EntryState
from app.core.training.requests import TrainingReply, TrainingRequests
from app.core.training.requirements.queries import by_id
from app.core.training.taking import take_for


class Catalogue:
    """What a site offers to whoever looks. Everybody takes and asks for themselves."""

    def __init__(self, site: Site, releases: Releases, requests: TrainingRequests) -> None:
        self._site = site
        self._releases = releases
        self._requests = requests

    def entries(self, actor: Actor) -> tuple[CatalogueEntry, ...]:
        """Return what the actor is offered, by title; nothing to whoever is no person here."""
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            return ()
        at = self._at()
        with self._site.read() as session:
            offered = offered_to(session, actor.person_id, at)
            places = places_of(session, actor.person_id, [one.requirement for one in offered])
            found = (self._entry(session, one, places[one.requirement.id], at) for one in offered)
            return tuple(one for one in found if one is not None)

    def offers_anything(self, actor: Actor) -> bool:
        """Tell whether the actor is offered anything at all."""
        if actor.person_id is None or not actor.may(Capability.LEARN):
            return False
        with self._site.read() as session:
            return bool(offered_to(session, actor.person_id, self._at()))

    def take(self, actor: Actor, requirement_id: UUID) -> UUID:
        """Take what is open to take; return the assignment's id. Who has it already keeps that.

        Raises NotAllowed, NotFound for what is not offered to them, TrainingRefused for what somebody
        has to approve, and for what they hold.
        """
        person_id = _person(actor)
        with self._site.transaction(actor, "assignment.take") as unit:
            unit.take_turn("assignments of", requirement_id)
            one, place = self._offered(unit, person_id, requirement_id)
            state = place.state(one.offering, self._at().today)
            if one.offering is not Offering.OPEN and state is not EntryState.CHOSEN:
                raise TrainingRefused(
                    _("Somebody has to approve this first."), _("Ask for it in the catalogue.")
                )
            _refuse_held(one.requirement, state)
            origin = _("Chosen in the catalogue")
            now = self._site.clock.now()
            return take_for(unit, actor, person_id, one.requirement, origin=origin, now=now)

    def ask(self, actor: Actor, requirement_id: UUID, words: str = "") -> UUID:
        """Ask for what somebody has to approve; return the request's id. What waits is asked for once.

        Raises NotAllowed, NotFound for what is not offered to them, TrainingRefused for what they may
        take at once, have or hold.
        """
        person_id = _person(actor)
        with self._site.transaction(actor, "training-request.ask") as unit:
            one, place = self._offered(unit, person_id, requirement_id)
            state = place.state(one.offering, self._at().today)
            if state is EntryState.WAITING and place.asked is not None:
                return place.asked.id
            _refuse_held(one.requirement, state)
            if state is not EntryState.TO_ASK:
                raise TrainingRefused(
                    _("Nobody has to approve {title} for you.").format(title=one.requirement.title),
                    _("Take it in the catalogue, or find it on your home."),
                )
            return self._requests.ask_in(unit, actor, words.strip(), requirement_id)

    def drop(self, actor: Actor, requirement_id: UUID) -> None:
        """Give back what the actor chose and has not begun. Raises NotAllowed, NotFound, TrainingRefused."""
        person_id = _person(actor)
        with self._site.transaction(actor, "assignment.drop") as unit:
            unit.take_turn("assignments of", requirement_id)
            requirement = by_id(unit, requirement_id)
            place = places_of(unit, person_id, [requirement])[requirement.id]
            if not place.may_drop or place.assignment is None:
                raise TrainingRefused(
                    _("Only what you chose yourself and have not begun can be given back."),
                    _("Ask whoever assigned it."),
                )
            now, reason = self._site.clock.now(), _("Given back by whoever chose it")
            cancel(unit, actor, place.assignment, now, reason)

    def _offered(self, unit: Unit, person_id: UUID, requirement_id: UUID) -> tuple[Offered, Placed]:
        """Return one offer and where somebody stands with it. Raises NotFound."""
        for one in offered_to(unit, person_id, self._at(), requirement_id):
            return one, places_of(unit, person_id, [one.requirement])[requirement_id]
        raise NotFound(_("This entry of the catalogue"))

    def _entry(
        self, session: Session, one: Offered, place: Placed, at: At
    ) -> CatalogueEntry | None:
        """Return an entry; None for a course that nobody may begin any more."""
        outline = self._outline(session, one.requirement)
        if outline is None and one.requirement.course_id is not None:
            return None
        state = place.state(one.offering, at.today)
        refusal = _refusal(place, state)
        return CatalogueEntry(
            **_words(one.requirement, outline),
            requirement_id=one.requirement.id,
            code=one.requirement.code,
            type=one.requirement.type,
            course_id=one.requirement.course_id,
            state=state,
            may_drop=place.may_drop,
            valid_until=place.valid_until if state is EntryState.DONE else None,
            declined="" if refusal is None else refusal.words,
            declined_by="" if refusal is None else refusal.by,
        )

    def _outline(self, session: Session, requirement: RequirementRow) -> Outline | None:
        if requirement.course_id is None:
            return None
        try:
            return self._releases.current(session, requirement.course_id).outline
        except NotFound:
            return None

    def _at(self) -> At:
        return At(today=local_day(self._site.clock), site_id=self._site.site_id)


def _refusal(place: Placed, state: EntryState) -> TrainingReply | None:
    """Return with what somebody's last request was declined, while they may ask again."""
    reply = place.asked.reply if place.asked is not None else None
    if reply is None or reply.is_granted or state is not EntryState.TO_ASK:
        return None
    return reply


def _words(requirement: RequirementRow, outline: Outline | None) -> dict[str, Any]:
    """Return what is told of a requirement, of a course as its version says it."""
    if outline is None:
        titles, description = requirement.titles or {}, requirement.description
        told = (requirement.code, requirement.title, *titles.values(), description)
        return {
            "title": requirement.title,
            "titles": titles,
            "description": description,
            "descriptions": {},
            "search": " ".join(told),
        }
    told = (
        requirement.code, outline.title, *outline.titles.values(),
        outline.description, *outline.descriptions.values(),
    )  # fmt: skip
    return {
        "title": outline.title,
        "titles": outline.titles,
        "description": outline.description,
        "descriptions": outline.descriptions,
        "topic": outline.topic,
        "languages": languages_of(outline),
        "lessons": len(outline.lessons),
        "seconds": sum(lesson.seconds for lesson in outline.lessons),
        "search": " ".join(told),
    }


def _person(actor: Actor) -> UUID:
    actor.require_anywhere(Capability.LEARN)
    if actor.person_id is None:
        raise NotAllowed(_("without being a person here"))
    return actor.person_id


def _refuse_held(requirement: RequirementRow, state: EntryState) -> None:
    if state is EntryState.DONE:
        raise TrainingRefused(
            _("You hold {title} already.").format(title=requirement.title),
            _("It is among what you have done."),
        )
