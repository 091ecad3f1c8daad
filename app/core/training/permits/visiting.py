"""Visitors at the gate who are not on record: known again or added, told the rules, and given a pass for today."""

from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import note_contact, person_numbered, visitor_added, visitors_meant
from app.core.storage.columns import Day, Id
from app.core.training.assignments import EnteredEvidence
from app.core.training.assignments.proving import Proving
from app.core.training.errors import TrainingRefused
from app.core.training.held import Pair, held_until_of, newest_evidence
from app.core.training.models import RequirementRow
from app.core.training.permits.models import DayPassRow
from app.core.training.permits.passes import Passes, Said
from app.core.training.permits.types import DayPass, KnownVisitor, NewVisitor
from app.core.training.requirements.checks import clean_text
from app.core.training.requirements.queries import by_code


class Visiting:
    """Welcomes visitors. Who may: holders of ASSIGN for the whole site, for visitors have no department."""

    def __init__(self, site: Site, passes: Passes, evidence: Proving) -> None:
        self._site = site
        self._passes = passes
        self._evidence = evidence
        self.on_added: list[Callable[[Unit, Collection[UUID]], object]] = []
        """Called with a visitor who was put on record, in the unit that does it."""

    def known(self, actor: Actor, name: str, company: str = "") -> tuple[KnownVisitor, ...]:
        """Return the visitors on record who are called so and sent by that company; without one, by any."""
        actor.require(Capability.ASSIGN)
        with self._site.read() as session:
            return _known(session, self._site.site_id, name, company)

    def holds(self, actor: Actor, number: str, induction: str) -> bool:
        """Tell whether a visitor need not read an induction again today: what they hold is valid. Raises NotFound."""
        actor.require(Capability.ASSIGN)
        with self._site.read() as session:
            person_id = person_numbered(session, number)
            return _holds(session, person_id, by_code(session, induction), self._today())

    def welcome(
        self,
        actor: Actor,
        visitor: NewVisitor,
        escort: str,
        *,
        purpose: str = "",
        induction: str = "",
        acknowledged: bool,
        somebody_else: bool = False,
    ) -> DayPass:
        """Give a visitor a pass for today; who was here before is the same person, others are put on record.

        Somebody is the same who has name and company, and was not noted with another contact, unless they are
        `somebody_else`, who comes on record whoever is called so. `induction` is
        the code of what a visitor reads at the gate, and is credited to them; without one they are told the
        rules. `acknowledged`: they say that they have read it and keep to it. Raises TrainingRefused where
        they did not and hold it no more, NotFound, and as giving a pass does.
        """
        actor.require(Capability.ASSIGN)
        said = _checked(visitor)
        purpose = clean_text(purpose, what=_("The purpose"), required=False)
        with self._site.transaction(actor, "day-pass.welcome", reason=purpose) as unit:
            escort_id = person_numbered(unit, escort)
            visitor_id = self._added(unit, said) if somebody_else else self._who(unit, said)
            told = self._told(unit, actor, visitor_id, induction, acknowledged=acknowledged)
            on_pass = Said(purpose=purpose, induction=told)
            today = self._today()
            return self._passes.give_in(unit, actor, visitor_id, escort_id, today, on_pass)

    def _who(self, unit: Unit, visitor: NewVisitor) -> UUID:
        """Return who that is: somebody on record, or who is put there now. Raises TrainingRefused for several."""
        here = self._site.site_id
        found = visitors_meant(unit, here, visitor.name, visitor.company, visitor.contact)
        if len(found) > 1:
            numbers = ", ".join(one.number for one in found)
            raise TrainingRefused(
                _("Several visitors are called so: {numbers}.").format(numbers=numbers),
                _(
                    "Give the pass by the number of the one who is here, or say that it is somebody else."
                ),
            )
        if found:
            note_contact(unit, found[0].id, visitor.contact)
            return found[0].id
        return self._added(unit, visitor)

    def _added(self, unit: Unit, visitor: NewVisitor) -> UUID:
        here = self._site.site_id
        added = visitor_added(
            unit, here, visitor.name, visitor.company, visitor.contact, self._today()
        )
        for act in self.on_added:
            act(unit, [added])
        return added

    def _told(
        self, unit: Unit, actor: Actor, visitor_id: UUID, code: str, *, acknowledged: bool
    ) -> str:
        """Return what a visitor has read, and credit it. Raises TrainingRefused where they did not acknowledge it."""
        asked = by_code(unit, code) if code else None
        today = self._today()
        if not acknowledged:
            if asked is not None and _holds(unit, visitor_id, asked, today):
                return _("{title} ({code}), held").format(title=asked.title, code=asked.code)
            raise TrainingRefused(
                _("The visitor has not acknowledged the rules."),
                _("Let them read these, and say that they keep to them; then give the pass."),
            )
        if asked is None:
            return _("The rules for visitors")
        shown = EnteredEvidence(
            issuer=_("Reception"), obtained_on=today, note=_("Read and acknowledged at the gate")
        )
        self._evidence.enter_in(unit, actor, visitor_id, asked.id, shown)
        return f"{asked.title} ({asked.code})"

    def _today(self) -> date:
        return local_day(self._site.clock)


def _checked(visitor: NewVisitor) -> NewVisitor:
    return NewVisitor(
        name=clean_text(visitor.name, what=_("The name")),
        company=clean_text(visitor.company, what=_("The company")),
        contact=clean_text(visitor.contact, what=_("Phone or ID"), required=False),
    )


def _holds(session: Session, person_id: UUID, requirement: RequirementRow, today: date) -> bool:
    pair = Pair(
        person_id=sa.literal(person_id, Id),
        requirement_id=requirement.id,
        course_id=requirement.course_id,
    )
    until = session.scalar(sa.select(sa.type_coerce(newest_evidence(held_until_of, pair), Day)))
    return until is not None and until >= today


def _known(
    session: Session, here: UUID | None, name: str, company: str
) -> tuple[KnownVisitor, ...]:
    return tuple(
        KnownVisitor(
            person_id=one.id,
            number=one.number,
            name=one.name,
            company=one.company,
            last_on=_last_pass(session, one.id),
            contact=one.contact,
        )
        for one in visitors_meant(session, here, name, company)
    )


def _last_pass(session: Session, person_id: UUID) -> date | None:
    given = DayPassRow.person_id == person_id, DayPassRow.escort_id.is_not(None)
    return session.scalar(sa.select(sa.func.max(DayPassRow.day, type_=Day())).where(*given))
