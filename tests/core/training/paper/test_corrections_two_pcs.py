"""Two PCs correct one record before they hear of each other: one correction holds, and both are told."""

from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest

from app.core.people import Audience, rebuild_listing
from app.core.reports import Reports
from app.core.signatures import Proof, Undersigned
from app.core.sync import Conflict
from app.core.training.assignments import EnteredEvidence
from app.core.training.corrections import RecordKind, ToCorrect
from app.core.training.held import held_until
from app.core.training.models import RequirementRow
from app.core.training.requirements import RequirementChange
from tests.core.training.conftest import SYSTEM, verified
from tests.core.training.paper.conftest import Shop
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc
from tests.support.signers import LOGIN, PASSWORD, door_of
from tests.support.teaching import School, a_school

OBTAINED = date(2026, 6, 1)


class Two:
    """The shop's PC and another, which both know the licence of E-2."""

    def __init__(self, shop: Shop, second: Pc, folder: Path, clock: TurnedClock) -> None:
        self.shop, self.folder, self.clock = shop, folder, clock
        self.pcs = (shop.pc, second)
        self.schools: tuple[School, ...] = (shop.school, a_school(second.opened.site))
        shop.school.training.assign(SYSTEM, "FORK", Audience(), due_on=None, origin="Drives")
        entered = EnteredEvidence(issuer="RTO", number="F-1", obtained_on=OBTAINED)
        self.evidence: UUID = shop.school.training.assignments.evidence.enter(
            shop.ravi, shop.ids["E-2"], shop.requirements["FORK"], entered
        )
        self.carry(0)
        self.second_door = door_of(second)

    def carry(self, sender: int) -> None:
        self.clock.turn(timedelta(minutes=1))
        stick = self.folder / f"stick {len(list(self.folder.iterdir()))}"
        stick.mkdir()
        giver, taker = self.pcs[sender], self.pcs[1 - sender]
        taker.take(giver.send(stick, taker))
        with taker.opened.site.transaction(SYSTEM, "derived.settle") as unit:
            rebuild_listing(unit)

    def correct(self, number: int, field: str, new: str) -> None:
        """Let a PC correct the licence: one asks, another agrees."""
        self.clock.turn(timedelta(minutes=1))
        corrections = self.schools[number].training.corrections
        wanted = ToCorrect(
            kind=RecordKind.EVIDENCE,
            record_id=self.evidence,
            field=field,
            new=new,
            reason=f"PC {number}",
        )
        waiting = corrections.correct(self.shop.ravi, wanted)
        corrections.approve(self.shop.meera, waiting)

    def decide(self, number: int, *, keep: int) -> None:
        """Let a PC keep what one of them wrote; Meera has the same password at both."""
        self.clock.turn(timedelta(minutes=1))
        (conflict,) = self.disputed(number)
        chosen = next(one for one in conflict.values if one.reason == f"PC {keep}")
        door = self.shop.door if number == 0 else self.second_door
        pen = door.signatures.pen(self.shop.meera, Proof(name=LOGIN, password=PASSWORD))
        meera, sync = self.shop.meera, self.pcs[number].sync
        signed = Undersigned(pen, sync.decision_text(meera, conflict, chosen))
        sync.decide(meera, conflict, chosen, f"As PC {keep} says", signed)

    def until(self, number: int) -> date | None:
        """Return until when E-2 holds the licence by what a PC knows."""
        with self.schools[number].site.read() as session:
            row = session.get_one(RequirementRow, self.shop.requirements["FORK"])
            return held_until(session, self.shop.ids["E-2"], row)

    def disputed(self, number: int) -> list[Conflict]:
        found = self.pcs[number].sync.conflicts(SYSTEM)
        return [one for one in found if one.table == "requirement_credit"]


@pytest.fixture
def two(shop: Shop, tmp_path: Path, clock: TurnedClock) -> Two:
    second = another_pc(shop.pc, tmp_path / "two", clock)
    folder = tmp_path / "sticks"
    folder.mkdir()
    return Two(shop, second, folder, clock)


WITHDRAWN: tuple[str, str] = ("counts", "void")
MOVED: tuple[str, str] = ("obtained_on", "2026-07-01")
MOVED_FURTHER: tuple[str, str] = ("obtained_on", "2026-08-01")
ORDERS = list(permutations((0, 1)))


@pytest.mark.parametrize("order", ORDERS)
def test_what_one_let_it_stand_in_for_falls_by_what_the_other_withdrew(
    two: Two, order: tuple[int, int]
) -> None:
    crane = two.shop.add_requirement("CRANE", "Crane", months=None)
    training = two.shop.school.training
    training.assign(SYSTEM, "CRANE", Audience(numbers=("E-2",)), due_on=None, origin="Lifts")
    link = RequirementChange(substitutes=(two.shop.requirements["FORK"],))
    training.catalogue.change(SYSTEM, crane, link)
    assert two.shop.held("E-2", "CRANE") == date(2027, 6, 1)
    two.correct(1, *WITHDRAWN)
    for sender in (*order, order[0]):
        two.carry(sender)

    for number in (0, 1):
        with two.schools[number].site.read() as session:
            row = session.get_one(RequirementRow, crane)
            assert held_until(session, two.shop.ids["E-2"], row) is None
        two.schools[number].training.begin_day(SYSTEM)
    for sender in (0, 1, 0):
        two.carry(sender)
    for number in (0, 1):
        assignments = two.schools[number].training.assignments
        found = [
            (one.code, one.cycle, one.stands.state.value, one.origin)
            for one in assignments.of_person(SYSTEM, two.shop.ids["E-2"])
            if one.closed_at is None
        ]
        assert sorted(found) == [
            ("CRANE", 2, "assigned", "PC 1"),
            ("FORK", 2, "assigned", "PC 1"),
        ]
        assert two.schools[number].training.begin_day(SYSTEM).opened == 0
        assert verified(two.schools[number].site)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("withdraws", [0, 1])
def test_what_one_withdrew_is_not_held_by_the_day_that_another_moved(
    two: Two, order: tuple[int, int], withdraws: int
) -> None:
    said = {withdraws: WITHDRAWN, 1 - withdraws: MOVED}
    for number in (0, 1):
        two.correct(number, *said[number])
    for sender in (*order, order[0]):
        two.carry(sender)

    for number in (0, 1):
        assert two.until(number) is None
        (conflict,) = two.disputed(number)
        assert conflict.needs_signature
        assert conflict.values[0].reason == f"PC {withdraws}"
        assert verified(two.schools[number].site)


@pytest.mark.parametrize("keep", ["Counts", "Obtained on"])
def test_a_signed_decision_holds_on_both(two: Two, keep: str) -> None:
    two.correct(0, *WITHDRAWN)
    two.correct(1, *MOVED)
    for sender in (0, 1, 0):
        two.carry(sender)
    (conflict,) = two.disputed(0)
    worded = Reports(two.pcs[0].opened.site).travel.worded(SYSTEM, [conflict])[0]
    chosen = next(one for one in worded.values if one.text.startswith(keep))
    meera, sync = two.shop.meera, two.pcs[0].sync
    signed = two.shop.signed(sync.decision_text(meera, conflict, chosen.standing))
    sync.decide(meera, conflict, chosen.standing, "Saw the paper", signed)
    two.carry(0)

    held = None if keep == "Counts" else date(2027, 7, 1)
    for number in (0, 1):
        assert two.until(number) == held
        assert two.disputed(number) == []
        (record,) = two.schools[number].training.corrections.records(
            two.shop.ravi, two.shop.ids["E-2"]
        )
        assert (record.values["counts"] == "void") == (held is None)
        assert verified(two.schools[number].site)


def test_of_two_days_the_first_holds_until_somebody_decides(two: Two) -> None:
    two.correct(0, *MOVED_FURTHER)
    two.correct(1, *MOVED)
    for sender in (0, 1, 0):
        two.carry(sender)

    assert two.until(0) == two.until(1) == date(2027, 8, 1)
    (conflict,) = two.disputed(1)
    later = next(one for one in conflict.values if one.reason == "PC 1")
    meera, sync, (here,) = two.shop.meera, two.pcs[0].sync, two.disputed(0)
    signed = two.shop.signed(sync.decision_text(meera, here, later))
    sync.decide(meera, here, later, "Saw the paper", signed)
    two.carry(0)

    assert two.until(0) == two.until(1) == date(2027, 7, 1)
    assert two.disputed(0) == two.disputed(1) == []


@pytest.mark.parametrize(
    ("said", "order", "keep"), [(WITHDRAWN, (0, 1), 0), (MOVED_FURTHER, (1, 0), 1)]
)
def test_decided_apart_it_is_open_again_on_both_with_who_decided_what(
    two: Two, said: tuple[str, str], order: tuple[int, int], keep: int
) -> None:
    two.correct(0, *said)
    two.correct(1, *MOVED)
    for sender in (0, 1, 0):
        two.carry(sender)
    as_first = two.until(0)
    for times in (1, 2):
        for number in (0, 1):
            two.decide(number, keep=(number + times) % 2)
            assert two.disputed(number) == []
        for sender in (*order, order[0]):
            two.carry(sender)

        for number in (0, 1):
            assert two.until(number) == as_first
            assert two.pcs[number].sync.conflicts_open(SYSTEM) == 1
            (conflict,) = two.disputed(number)
            for value in conflict.values:
                decided = [f"As {value.reason} says"] * times
                assert [one.reason for one in value.chosen] == decided
    two.decide(1, keep=keep)
    two.carry(1)

    held = as_first if keep == 0 else date(2027, 7, 1)
    for number in (0, 1):
        assert two.until(number) == held
        assert two.disputed(number) == []
        assert verified(two.schools[number].site)


def test_two_that_withdraw_one_record_say_one_thing(two: Two) -> None:
    for number in (0, 1):
        two.correct(number, *WITHDRAWN)
    for sender in (0, 1, 0):
        two.carry(sender)

    for number in (0, 1):
        assert two.until(number) is None
        assert two.disputed(number) == []
