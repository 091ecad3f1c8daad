"""A training room: a PC, people with badges, a requirement, and a trainer who signs."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.ids import new_id
from app.core.certificates import Certificates
from app.core.egress import Egress
from app.core.people import NewPerson, People
from app.core.people.account_models import AccountRow, CredentialKind
from app.core.people.credentials import set_credential
from app.core.people.secrets import badge_hash
from app.core.signatures import Proof, Undersigned
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.drills import Drills
from app.core.training.requirements import NewRequirement
from app.core.training.sessions import SessionPlan, Sessions, SignedSession
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc
from tests.support.signers import LOGIN, PASSWORD, Door, door_of
from tests.support.teaching import School, a_school

BOSS = system_actor()
HOUR = timedelta(hours=1)


@dataclass
class Room:
    """One PC of a plant on which classes are held. Meera (E-1) teaches and signs."""

    pc: Pc
    clock: TurnedClock
    door: Door = field(init=False)
    school: School = field(init=False)
    people: People = field(init=False)
    sessions: Sessions = field(init=False)
    drills: Drills = field(init=False)
    certificates: Certificates = field(init=False)
    egress: Egress = field(init=False)
    meera: Actor = field(init=False)

    def __post_init__(self) -> None:
        opened = self.pc.opened
        self.door = door_of(self.pc)
        self.school = a_school(opened.site)
        self.people = People(opened.site)
        assets = self.pc.assets
        self.sessions = Sessions(opened.site, self.school.releases, self.school.learning, assets)
        self.drills = Drills(opened.site, self.sessions, assets)
        self.certificates = Certificates(opened.site, assets, opened.authority, opened.code)
        self.school.learning.on_completed.append(self.certificates.issue)
        self.school.quizzes.on_scored.append(self.sessions.quizzes.take_result)
        for hooks in (
            self.sessions.signing.on_credited,
            self.sessions.confirming.on_credited,
            self.sessions.quizzes.on_credited,
            self.school.training.assignments.evidence.on_credited,
            self.school.training.corrections.on_credited,
        ):
            hooks.append(self.certificates.issue_for_credit)
        self.school.training.corrections.on_credit_fell.append(self.certificates.proof_fell)
        self.school.training.corrections.on_completion_fell.append(self.certificates.proof_fell)
        self.egress = Egress(opened.site)
        self.meera = self.door.enter()

    def can_sign(self) -> "Room":
        """Let Meera accept the statement, so that she signs from now on."""
        self.door.accept(self.meera)
        return self

    def somebody(self, number: str, name: str = "", *, badge: str = "") -> UUID:
        """Add a person; with a badge, an account that has it."""
        person_id: UUID = self.people.add(
            BOSS,
            NewPerson(
                number=number, name=name or number, joined_on=self.today - timedelta(days=400)
            ),
        )
        if badge:
            with self.pc.opened.site.transaction(BOSS, "account.set-badge") as unit:
                account = AccountRow(login=number.casefold(), person_id=person_id)
                unit.add(account)
                unit.flush()
                set_credential(
                    unit,
                    account.id,
                    CredentialKind.BADGE,
                    badge_hash(badge),
                    now=self.clock.now(),
                )
        return person_id

    def require(
        self,
        code: str = "FIRE",
        kind: RequirementType = RequirementType.SESSION,
        evidence: EvidenceRule = EvidenceRule.ENTERED,
        *,
        registered: bool = False,
    ) -> UUID:
        """Let a yearly requirement be on record; `registered`: only trainers of the register prove it."""
        terms = Terms(
            from_on=self.today,
            validity=Validity.MONTHS,
            valid_count=12,
            evidence=evidence,
            trainer_registered=registered,
        )
        new = NewRequirement(code=code, title=f"{code.title()} safety", type=kind, terms=terms)
        return self.school.training.catalogue.add(BOSS, new)

    def plan(self, **said: object) -> UUID:
        """Plan an hour that starts now, led by Meera, that proves FIRE; `said` says otherwise."""
        now = self.clock.now()
        plan = {
            "title": "Fire extinguishers",
            "starts_at": now,
            "ends_at": now + HOUR,
            "venue": "Shed 2",
            "requirements": ("FIRE",),
            **said,
        }
        return self.sessions.planning.plan(self.meera, SessionPlan(**plan))  # type: ignore[arg-type]  # test convenience

    def opened(self, **said: object) -> UUID:
        """Plan a session and open its roll."""
        session_id = self.plan(**said)
        self.sessions.rolling.open(self.meera, session_id)
        return session_id

    def tap(self, session_id: UUID, *typed: str) -> None:
        """Let people come, one after the other."""
        for one in typed:
            self.sessions.rolling.tap(self.meera, session_id, one)

    def pass_by(self, minutes: int) -> None:
        """Let time go by."""
        self.clock.turn(timedelta(minutes=minutes))

    def end(self, session_id: UUID) -> None:
        """End a session now."""
        self.sessions.rolling.end(self.meera, session_id)

    def sign(self, session_id: UUID) -> SignedSession:
        """Let Meera read and sign the attendance."""
        shown = self.sessions.signing.text(self.meera, session_id)
        pen = self.door.signatures.pen(self.meera, Proof(name=LOGIN, password=PASSWORD))
        return self.sessions.signing.sign(self.meera, session_id, Undersigned(pen, shown))

    def holds(self, person_id: UUID) -> frozenset[str]:
        """Return the codes of what somebody was credited with."""
        from app.core.training.models import RequirementCreditRow, RequirementRow

        with self.pc.opened.site.read() as session:
            rows = session.query(RequirementRow.code).join(
                RequirementCreditRow, RequirementCreditRow.requirement_id == RequirementRow.id
            )
            found = rows.filter(RequirementCreditRow.person_id == person_id)
            return frozenset(code for (code,) in found)

    @property
    def today(self) -> date:
        return self.clock.now().astimezone().date()


def another_trainer(name: str = "Ravi Das") -> Actor:
    """Return somebody else who may assign training here."""
    grants = frozenset({Grant(capability=Capability.ASSIGN)})
    return Actor(account_id=new_id(), person_id=None, name=name, grants=grants)
