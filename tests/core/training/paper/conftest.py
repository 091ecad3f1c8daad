"""A PC with a founder who signs, people of the shop floor, and what they must hold."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability
from app.core.people import NewPerson, People
from app.core.signatures import Proof, Undersigned
from app.core.spreadsheets import GivenFile
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.legacy import Legacy
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, somebody
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, first_pc
from tests.support.signers import LOGIN, PASSWORD, Door, door_of, found_administrator
from tests.support.teaching import School, a_school

LIST = (
    "Emp No,Training,Date,Valid Until,Result,Trainer,Reference\n"
    "E-2,FORK,12-03-2024,,82%,R. Patil,Register 4 p. 12\n"
    "E-3,Forklift licence,29-02-2024,28-02-2027,Pass,R. Patil,Register 4 p. 13\n"
    "E-2,FIRST-AID,01-06-2026,,,Dr. Rao,\n"
)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF"


@dataclass
class Shop:
    """One PC with everything that paper comes in by."""

    pc: Pc
    door: Door
    school: School
    people: People
    legacy: Legacy
    meera: Actor
    """The founder: she signs."""
    ravi: Actor
    """He brings in."""
    ids: dict[str, UUID]
    requirements: dict[str, UUID]

    def signed(self, shown: str) -> Undersigned:
        """Return Meera's pen over what she read."""
        proof = Proof(name=LOGIN, password=PASSWORD)
        return Undersigned(self.door.signatures.pen(self.meera, proof), shown)

    def add_person(self, number: str) -> UUID:
        """Add somebody."""
        self.ids[number] = self.people.add(
            SYSTEM, NewPerson(number=number, name=f"Person {number}")
        )
        return self.ids[number]

    def add_requirement(
        self, code: str, title: str, *, months: int | None = 12, rule: EvidenceRule | None = None
    ) -> UUID:
        """Add something that paper proves."""
        terms = Terms(
            from_on=date(2026, 11, 23),
            validity=Validity.FOR_GOOD if months is None else Validity.MONTHS,
            valid_count=months,
            evidence=rule or EvidenceRule.ENTERED,
        )
        new = NewRequirement(code=code, title=title, type=RequirementType.EXTERNAL, terms=terms)
        self.requirements[code] = self.school.training.catalogue.add(SYSTEM, new)
        return self.requirements[code]

    def bring(self, text: str = LIST, name: str = "old training.csv") -> UUID:
        """Let Ravi bring a list in, without what cannot be taken."""
        plan = self.legacy.look(self.ravi, GivenFile(name=name, content=text.encode()))
        return self.legacy.bring_in(self.ravi, plan).batch_id

    def sign(self, batch_id: UUID) -> int:
        """Let Meera sign a batch."""
        text = self.legacy.batch(self.meera, batch_id).text
        return self.legacy.sign(self.meera, batch_id, self.signed(text))

    def held(self, number: str, code: str) -> date | None:
        """Return until when somebody holds something; None where they do not."""
        from app.core.training.held import held_until
        from app.core.training.requirements.queries import by_id

        with self.pc.opened.site.read() as session:
            row = by_id(session, self.requirements[code])
            return held_until(session, self.ids[number], row)


def shop_of(pc: Pc) -> Shop:
    """Return a PC with its services; the founder has accepted the statement."""
    door = door_of(pc)
    meera = door.enter()
    door.accept(meera)
    site = pc.opened.site
    return Shop(
        pc=pc,
        door=door,
        school=a_school(site),
        people=People(site),
        legacy=Legacy(site, pc.assets),
        meera=meera,
        ravi=somebody("Ravi Das", Capability.ASSIGN),
        ids={},
        requirements={},
    )


@pytest.fixture
def shop(tmp_path: Path, clock: TurnedClock) -> Shop:
    """A site with two people, a licence of a year and first aid of three."""
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    made = shop_of(pc)
    for number in ("E-2", "E-3"):
        made.add_person(number)
    made.add_requirement("FORK", "Forklift licence")
    made.add_requirement("FIRST-AID", "First aid", months=36)
    return made


__all__ = ["LIST", "PDF", "Shop", "shop", "shop_of"]
