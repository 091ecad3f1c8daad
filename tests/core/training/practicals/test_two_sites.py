"""Two assessors at once, on two PCs: their facts merge, nothing is lost, and both PCs say the same."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.ids import new_id
from app.core.people import RoleName, rebuild_listing
from app.core.training import Training
from app.core.training.models import RequirementCreditRow
from app.core.training.practicals import Hand, RunState, Stage
from tests.core.training.conftest import verified
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc
from tests.support.practicals import SYSTEM, Floor, furnish
from tests.support.signers import Door, door_of, found_administrator
from tests.support.teaching import a_school


class TwoPcs:
    """Two PCs that know the same people, each with its services, and a stick."""

    def __init__(self, one: Pc, two: Pc, folder: Path) -> None:
        self.pcs, self.folder = (one, two), folder
        found_administrator(one)
        self.here = furnish(door_of(one), a_school(one.opened.site).training)
        kavita = self.here.add_person("E-11", "Kavita Shah")
        self.kavita = self.here.let_sign(kavita, "E-11", "green tall grass", RoleName.TRAINER)
        self.here.practicals.assessors.appoint(SYSTEM, kavita, self.here.loto, reason="Fitter")
        self.carry(0)
        self.there = self._same_people(door_of(two), a_school(two.opened.site).training)

    def _same_people(self, door: Door, training: Training) -> Floor:
        here = self.here
        return Floor(
            door, training, here.loto, here.shop, here.asha_id, here.ravi_id, here.asha, here.ravi,
            here.passwords,
        )  # fmt: skip

    def carry(self, sender: int) -> None:
        """Take a stick from one PC to the other."""
        stick = self.folder / f"stick {new_id().hex}"
        stick.mkdir()
        giver, taker = self.pcs[sender], self.pcs[1 - sender]
        taker.take(giver.send(stick, taker))
        with taker.opened.site.transaction(SYSTEM, "derived.settle") as unit:
            rebuild_listing(unit)
        if sender == 0 and not hasattr(self, "there"):
            return
        floor = (self.here, self.there)[1 - sender]
        for touched in taker.settled:
            floor.practicals.signing.take_over(touched)
        taker.settled.clear()

    def meet(self) -> None:
        """Take sticks both ways, until both have everything."""
        for sender in (0, 1, 0, 1):
            self.carry(sender)


@pytest.fixture
def pcs(tmp_path: Path, clock: TurnedClock) -> TwoPcs:
    one = first_pc(tmp_path / "one", clock)
    return TwoPcs(one, another_pc(one, tmp_path / "two", clock), tmp_path)


def test_rounds_that_two_watched_at_once_are_in_one_run(pcs: TwoPcs) -> None:
    pcs.here.round()
    pcs.there.round(by=pcs.kavita)
    pcs.meet()
    pcs.here.round()
    pcs.there.round(by=pcs.kavita)
    pcs.meet()

    records = [floor.record() for floor in (pcs.here, pcs.there)]
    for record in records:
        assert {one.by_name for one in record.facts.rounds} == {"Ravi Das", "Kavita Shah"}
        assert len(record.facts.rounds) == 4
        assert record.stands.counted[Stage.OBSERVED] == 2
        assert (record.run, record.earlier) == (1, ())
        assert record.stands.stage is Stage.INDEPENDENT
    assert records[0].facts == records[1].facts
    assert all(verified(floor.door.pc.opened.site) for floor in (pcs.here,))


def test_the_two_signatures_may_be_given_on_two_pcs_that_do_not_know_of_each_other(
    pcs: TwoPcs,
) -> None:
    pcs.here.practise()
    result = pcs.here.assess()
    pcs.carry(0)
    assert pcs.there.record().stands.state is RunState.TO_SIGN
    assert pcs.here.sign(result, Hand.ASSESSOR, pcs.here.ravi).credit_id is None
    assert pcs.there.sign(result, Hand.LEARNER, pcs.there.asha).credit_id is None
    assert pcs.there.record().held_until is None

    pcs.meet()
    for floor in (pcs.here, pcs.there):
        record = floor.record()
        assert record.stands.state is RunState.COMPETENT
        assert record.held_until is not None
        (mine,) = floor.training.assignments.of_person(SYSTEM, floor.asha_id)
        assert mine.stands.state.value == "completed"
        lines = floor.door.signatures.under(*record.signing_ids)
        assert {line.name for line in lines} == {"Asha Kulkarni", "Ravi Das"}
    # each of the two gave it when it had both signatures: that is one credit, and the same
    given = [_credits(pc) for pc in pcs.pcs]
    assert given[0] == given[1]
    assert len(given[0]) == 1
    assert all(verified(pc.opened.site) and not pc.sync.conflicts(SYSTEM) for pc in pcs.pcs)


def _credits(pc: Pc) -> list[tuple[object, ...]]:
    credit = RequirementCreditRow
    with pc.opened.site.read() as session:
        found = session.execute(sa.select(credit.id, credit.proof_id, credit.valid_until))
        return [tuple(one) for one in found]
