"""A class is signed on one PC and its quiz is passed on another: one credit, whichever is heard of first."""

from collections.abc import Mapping
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.people import Audience, rebuild_listing
from app.core.training.assignments import State
from tests.core.training.conftest import SYSTEM, verified
from tests.core.training.sessions.test_quiz_after_class import a_class, learner, take
from tests.core.training.sessions.test_sessions_of_two_pcs import Two, headquarters, two
from tests.support.classes import BOSS, Room

__all__ = ["headquarters", "two"]  # fixtures


class TwoPcs:
    """Both PCs with a class held at the first, to which Asha came; what arrives is followed up."""

    def __init__(self, two: Two) -> None:
        self.two = two
        one = two.one
        with one.pc.opened.site.read() as session:
            found = session.execute(sa.text("SELECT id FROM person WHERE number = 'E-10'"))
            self.asha_id = UUID(bytes=found.scalar_one())
        self.asha = learner(self.asha_id, "E-10")
        audience = Audience(numbers=("E-10",))
        one.school.training.assign(BOSS, "FIRE", audience, due_on=None, origin="Works there")
        self.session_id = a_class(one, tapped="0010")
        self.carry(one, two.two)

    def carry(self, giver: Room, taker: Room) -> None:
        done = len(taker.pc.settled)
        self.two.carry(giver.pc, taker.pc)
        for touched in taker.pc.settled[done:]:
            _follow_up(taker, touched)

    def sign(self) -> None:
        self.two.one.sign(self.session_id)

    def take(self, *, passes: bool = True) -> None:
        take(self.two.two, self.asha, self.session_id, passes=passes)

    def check(self) -> None:
        """Both PCs say the same: one credit, the assignment done."""
        kept = []
        for room in (self.two.one, self.two.two):
            assert room.holds(self.asha_id) == {"FIRE"}
            (mine,) = room.school.training.assignments.of_person(BOSS, self.asha_id)
            assert mine.stands.state is State.COMPLETED
            with room.pc.opened.site.read() as session:
                given = sa.text("SELECT id FROM requirement_credit ORDER BY id")
                kept.append(session.scalars(given).all())
            assert verified(room.pc.opened.site)
        assert kept[0] == kept[1]
        assert len(kept[0]) == 1


def _follow_up(room: Room, touched: Mapping[str, list[UUID]]) -> None:
    """Do what the program does once a file was taken in."""
    room.school.learning.take_over(touched)
    room.sessions.quizzes.take_over(touched)
    with room.pc.opened.site.transaction(SYSTEM, "derived.settle") as unit:
        rebuild_listing(unit)


@pytest.fixture
def pcs(two: Two) -> TwoPcs:
    return TwoPcs(two)


def test_signed_first_and_heard_of_before_the_quiz_is_passed(pcs: TwoPcs) -> None:
    one, other = pcs.two.one, pcs.two.two
    pcs.sign()
    assert one.holds(pcs.asha_id) == frozenset()
    pcs.carry(one, other)
    pcs.take(passes=False)
    assert other.holds(pcs.asha_id) == frozenset()
    pcs.take()
    assert other.holds(pcs.asha_id) == {"FIRE"}
    pcs.carry(other, one)
    pcs.carry(one, other)
    pcs.check()


def test_passed_first_and_heard_of_before_it_is_signed(pcs: TwoPcs) -> None:
    one, other = pcs.two.one, pcs.two.two
    pcs.take()
    assert other.holds(pcs.asha_id) == frozenset()
    pcs.carry(other, one)
    assert one.holds(pcs.asha_id) == frozenset()
    pcs.sign()
    assert one.holds(pcs.asha_id) == {"FIRE"}
    pcs.carry(one, other)
    pcs.carry(other, one)
    pcs.check()


@pytest.mark.parametrize("first", [0, 1])
def test_signed_and_passed_apart_whichever_hears_first(pcs: TwoPcs, first: int) -> None:
    rooms = (pcs.two.one, pcs.two.two)
    pcs.sign()
    pcs.take()
    for room in rooms:
        assert room.holds(pcs.asha_id) == frozenset()
    giver, taker = rooms[first], rooms[1 - first]
    pcs.carry(giver, taker)
    assert taker.holds(pcs.asha_id) == {"FIRE"}
    pcs.carry(taker, giver)
    pcs.carry(giver, taker)
    pcs.check()


def test_both_that_credit_apart_leave_one_credit(pcs: TwoPcs) -> None:
    one, other = pcs.two.one, pcs.two.two
    pcs.sign()
    pcs.take()
    from_one, from_other = one.pc, other.pc
    sticks = []
    for giver, taker in ((from_one, from_other), (from_other, from_one)):
        stick = pcs.two.folder / f"crossing {len(sticks)}"
        stick.mkdir()
        sticks.append((taker, giver.send(stick, taker)))
    for (taker, file), room in zip(sticks, (other, one), strict=True):
        done = len(taker.settled)
        taker.take(file)
        for touched in taker.settled[done:]:
            _follow_up(room, touched)
        assert room.holds(pcs.asha_id) == {"FIRE"}
    for giver_room, taker_room in ((one, other), (other, one), (one, other)):
        pcs.carry(giver_room, taker_room)
    pcs.check()
