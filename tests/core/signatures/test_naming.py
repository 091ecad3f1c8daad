"""Whom signatures go on naming once they are erased: said before two people decide (ADR 56)."""

from datetime import date
from pathlib import Path

from app.core.base.actor import system_actor
from app.core.people import NewPerson, People
from app.core.signatures import Meaning, Proof, Undersigned, signatures_naming
from app.core.signatures.models import AccountabilityRow
from tests.support.clock import TurnedClock
from tests.support.in_touch import first_pc
from tests.support.signers import LOGIN, PASSWORD, door_of, found_administrator

SYSTEM = system_actor()


def test_the_plan_of_an_erasure_counts_the_signatures_that_go_on_naming_somebody(
    tmp_path: Path, clock: TurnedClock
) -> None:
    pc = first_pc(tmp_path / "pc", clock)
    found_administrator(pc)
    site, door = pc.opened.site, door_of(pc)
    people = People(site)
    people.erasures.signed_texts.append(signatures_naming)
    meera = door.enter()
    door.accept(meera)
    kamala, ravi = (
        people.add(SYSTEM, NewPerson(number=number, name=name, joined_on=date(2010, 1, 1)))
        for number, name in (("K-4711", "Kamala “Kam” Devi"), ("R-1", "Ravi Iyer"))
    )
    pen = door.signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD))
    with site.transaction(meera, "signature.accept-statement") as unit:
        row = AccountabilityRow(account_id=meera.account_id, text="-", at=clock.now())
        unit.add(row)
        read = "Who was there: K-4711 Kamala “Kam” Devi"
        Undersigned(pen, read).sign(unit, row, Meaning.ACKNOWLEDGED, read)

    def counted(person_id: object) -> int:
        return people.erasures.plan(SYSTEM, person_id).signed_texts  # type: ignore[arg-type]  # an id

    assert meera.person_id is not None
    assert (counted(meera.person_id), counted(kamala), counted(ravi)) == (2, 1, 0)
