"""A plant that locks out machines: an assessor and a learner who sign, a practical and its form."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from app.core.base.actor import Actor, system_actor
from app.core.people import (
    Audience,
    Destination,
    NewPerson,
    OrgUnitId,
    People,
    PersonId,
    RoleName,
)
from app.core.signatures import Proof, Undersigned
from app.core.training import RequirementType, Terms, Training, Validity
from app.core.training.practicals import (
    AssessmentVerdict,
    FormContent,
    FormSection,
    FormStep,
    Hand,
    PracticalRecord,
    Practicals,
    SignedPractical,
    Stage,
    StepMark,
)
from app.core.training.requirements import NewRequirement
from tests.support.signers import Door

SYSTEM = system_actor()
TODAY = date(2026, 11, 23)
SECRETS = {"E-7": "quiet green river", "E-9": "seven brass locks"}
"""Passwords of Asha, who learns, and Ravi, who assesses."""

FORM = FormContent(
    title="Lock out and tag out",
    titles={"hi": "लॉक आउट टैग आउट"},
    observed=1,
    guided=2,
    independent=1,
    sections=(
        FormSection(
            title="Before",
            steps=(
                FormStep(text="Tells everybody who is affected", texts={"hi": "सबको बताता है"}),
                FormStep(text="Shuts the machine down"),
            ),
        ),
        FormSection(
            title="Locks",
            steps=(
                FormStep(text="Puts on the own lock and tag", is_critical=True),
                FormStep(text="Tries to start: nothing moves", is_critical=True),
            ),
        ),
    ),
)
YEARLY = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=12, window_days=30)


def published_practical(training: Training, code: str = "LOTO-P", form: FormContent = FORM) -> UUID:
    """Add a requirement of type practical with a published form; return its id."""
    new = NewRequirement(code=code, title=form.title, type=RequirementType.PRACTICAL, terms=YEARLY)
    added = training.catalogue.add(SYSTEM, new)
    training.practicals.forms.save_draft(SYSTEM, added, form)
    training.practicals.forms.publish(SYSTEM, added)
    return added


@dataclass
class Floor:
    """Who works here, and how they do it in tests."""

    door: Door
    training: Training
    loto: UUID
    shop: OrgUnitId
    asha_id: PersonId
    ravi_id: PersonId
    asha: Actor
    ravi: Actor
    passwords: dict[str, str] = field(default_factory=lambda: dict(SECRETS))

    @property
    def practicals(self) -> Practicals:
        """Return the service."""
        return self.training.practicals

    def record(self, who: PersonId | None = None) -> PracticalRecord:
        """Return the record of Asha, or of another."""
        return self.practicals.record(SYSTEM, who or self.asha_id, self.loto)

    def round(
        self,
        stage: Stage | None = None,
        *,
        missed: int | None = None,
        by: Actor | None = None,
        of: PersonId | None = None,
    ) -> UUID:
        """Watch one whole round; the step at `missed` is not done."""
        actor, doing = by or self.ravi, self.practicals.doing
        person = of or self.asha_id
        one = doing.begin(actor, person, self.loto, stage)
        record = self.record(person)
        seen = next(found for found in record.facts.rounds if found.id == one)
        for place, step in enumerate(seen.steps):
            doing.mark(
                actor, one, step.key, StepMark.NOT_DONE if place == missed else StepMark.DONE
            )
        return one

    def practise(self, of: PersonId | None = None) -> None:
        """Bring somebody to where the assessment comes next."""
        while self.record(of).stands.stage is not Stage.ASSESSED:
            self.round(of=of)

    def assess(
        self,
        verdict: AssessmentVerdict = AssessmentVerdict.COMPETENT,
        *,
        of: PersonId | None = None,
        missed: int | None = None,
        remark: str = "",
    ) -> UUID:
        """Watch the assessment and conclude it; return the result."""
        one = self.round(Stage.ASSESSED, of=of, missed=missed)
        return self.practicals.doing.conclude(self.ravi, one, verdict, remark)

    def sign(
        self,
        result: UUID,
        hand: Hand,
        actor: Actor,
        *,
        of: PersonId | None = None,
        alone: bool = False,
    ) -> SignedPractical:
        """Sign a result with number and password, or `alone` with the password."""
        reader = SYSTEM if hand is Hand.LEARNER else actor
        sheet = self.practicals.sheet(reader, of or self.asha_id, self.loto, result, hand)
        proof = Proof(name=None if alone else actor.number, password=self.passwords[actor.number])
        signed = Undersigned(self.door.signatures.pen(actor, proof), sheet.shown)
        return self.practicals.signing.sign(actor, signed, sheet)

    def add_person(self, number: str, name: str, unit: OrgUnitId | None = None) -> PersonId:
        """Add somebody to the shop, or to another department."""
        place = Destination(org_unit_id=unit or self.shop)
        people = People(self.door.pc.opened.site)
        return people.add(SYSTEM, NewPerson(number=number, name=name, place=place))

    def let_sign(
        self, person: PersonId, number: str, password: str, role: RoleName = RoleName.LEARNER
    ) -> Actor:
        """Give somebody an account with which they can sign."""
        self.passwords[number] = password
        return let_sign(self.door, person, number, password, role, None)


def let_sign(
    door: Door,
    person: PersonId,
    number: str,
    password: str,
    role: RoleName,
    unit: OrgUnitId | None,
) -> Actor:
    """Give somebody an account, a role and a password of their own; check who they are."""
    accounts = door.sign_in.accounts
    roles = (role,) if unit is None else (RoleName.LEARNER,)
    account = accounts.give_account(SYSTEM, person, roles=roles)
    if unit is not None:
        accounts.grant_role(SYSTEM, account, role, unit)
    accounts.set_pin(SYSTEM, account, "739201", must_change=False)
    actor = door.sign_in.sign_in(number, "739201").actor
    door.sign_in.choose_password(actor, "739201", password)
    door.signatures.check_signer(SYSTEM, account, "Company badge")
    door.signatures.accept_statement(actor, Proof(name=number, password=password))
    door.signatures.end_series()
    return actor


def furnish(door: Door, training: Training) -> Floor:
    """Bring people, the practical and its assessor to a plant."""
    people = People(door.pc.opened.site)
    shop = people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop")
    asha, ravi = (
        people.add(SYSTEM, NewPerson(number=number, name=name, place=Destination(org_unit_id=shop)))
        for number, name in (("E-7", "Asha Kulkarni"), ("E-9", "Ravi Das"))
    )
    loto = published_practical(training)
    learner = let_sign(door, asha, "E-7", SECRETS["E-7"], RoleName.LEARNER, None)
    assessor = let_sign(door, ravi, "E-9", SECRETS["E-9"], RoleName.TRAINER, shop)
    training.practicals.assessors.appoint(
        SYSTEM, ravi, loto, until_on=TODAY + timedelta(days=90), reason="Fitter for ten years"
    )
    training.assign(
        SYSTEM, "LOTO-P", Audience(numbers=("E-7",)), due_on=None, origin="Works at the press"
    )
    return Floor(door, training, loto, shop, asha, ravi, learner, assessor)
