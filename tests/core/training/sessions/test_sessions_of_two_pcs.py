"""Two PCs take one roll apart, and a session travels to headquarters with its signature."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.ids import new_id
from app.core.people import rebuild_listing
from app.core.signatures import SignatureState
from app.core.training.sessions import OnRoll, SessionState
from tests.core.training.conftest import SYSTEM, verified
from tests.support.classes import BOSS, Room
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc, know_each_other
from tests.support.signers import door_of, found_administrator


@dataclass
class Two:
    one: Room
    two: Room
    folder: Path

    def carry(self, giver: Pc, taker: Pc) -> None:
        """Take a stick from one PC to the other."""
        stick = self.folder / f"stick {new_id().hex}"
        stick.mkdir()
        taker.take(giver.send(stick, taker))
        with taker.opened.site.transaction(SYSTEM, "derived.settle") as unit:
            rebuild_listing(unit)

    def meet(self) -> None:
        """Take sticks both ways, until both have everything."""
        for giver, taker in ((self.one, self.two), (self.two, self.one), (self.one, self.two)):
            self.carry(giver.pc, taker.pc)


@pytest.fixture
def headquarters(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "hq", clock, code="HQ")


@pytest.fixture
def two(tmp_path: Path, clock: TurnedClock, headquarters: Pc) -> Two:
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    know_each_other(headquarters, pc)
    other = another_pc(pc, tmp_path / "two", clock)
    one = Room(pc, clock).can_sign()
    stick = tmp_path / "first stick"
    stick.mkdir()
    for number in ("E-10", "E-11", "E-12"):
        one.somebody(number, badge=f"00{number[-2:]}")
    one.require()
    other.take(pc.send(stick, other))
    with other.opened.site.transaction(SYSTEM, "derived.settle") as unit:
        rebuild_listing(unit)
    return Two(one, Room(other, clock), tmp_path)


def rolls(room: Room, session_id: UUID) -> list[tuple[str, int, bool]]:
    found: tuple[OnRoll, ...] = room.sessions.detail(room.meera, session_id).roll
    return sorted((one.number, one.seconds, one.is_enough) for one in found)


def test_two_pcs_that_take_one_roll_at_once_agree_afterwards(two: Two) -> None:
    session_id = two.one.opened(seats=2)
    two.one.sessions.planning.invite(
        two.one.meera, session_id, [_person(two.one, "E-10"), _person(two.one, "E-11")]
    )
    two.meet()
    two.one.tap(session_id, "0010")
    two.two.tap(session_id, "0010", "0011")
    two.one.pass_by(60)
    two.one.tap(session_id, "E-11")
    two.meet()
    two.one.end(session_id)
    two.meet()

    assert rolls(two.one, session_id) == rolls(two.two, session_id)
    assert rolls(two.one, session_id) == [("E-10", 3600, True), ("E-11", 3600, True)]
    for room in (two.one, two.two):
        assert room.sessions.detail(room.meera, session_id).summary.state is SessionState.HELD
        assert verified(room.pc.opened.site)


def test_what_another_pc_noted_before_it_was_signed_here_is_signed_again(two: Two) -> None:
    session_id = two.one.opened()
    two.meet()
    two.one.tap(session_id, "0010")
    two.two.tap(session_id, "0012")
    two.one.pass_by(60)
    two.one.end(session_id)
    first = two.one.sign(session_id)
    two.meet()
    assert first.credited == (_person(two.one, "E-10"),)

    again = two.one.sign(session_id)

    assert again.credited == (_person(two.one, "E-12"),)
    assert two.one.holds(_person(two.one, "E-12")) == {"FIRE"}


def test_two_rooms_that_two_pcs_signed_apart_are_told_on_both_rolls(two: Two) -> None:
    first = two.one.opened(title="Fire")
    second = two.two.opened(title="Gas", requirements=())
    two.one.tap(first, "0010")
    two.two.tap(second, "0010")
    two.one.pass_by(60)
    for room, key in ((two.one, first), (two.two, second)):
        room.end(key)
        assert len(room.sign(key).credited) == 1
    two.meet()

    for room in (two.one, two.two):
        for key, other in ((first, "Gas"), (second, "Fire")):
            (asha,) = room.sessions.detail(room.meera, key).roll
            assert asha.counts_twice
            assert [one.title for one in asha.elsewhere] == [other]
        assert verified(room.pc.opened.site)


def test_who_cancels_a_session_that_was_held_elsewhere_cancels_nothing(two: Two) -> None:
    session_id = two.one.plan()
    two.meet()
    two.two.sessions.planning.cancel(two.two.meera, session_id, "Nobody told us")
    two.one.sessions.rolling.open(two.one.meera, session_id)
    two.one.tap(session_id, "0010")
    two.meet()
    for room in (two.one, two.two):
        assert room.sessions.detail(room.meera, session_id).summary.state is SessionState.OPEN


def test_a_signed_session_is_the_same_at_headquarters(two: Two, headquarters: Pc) -> None:
    session_id = two.one.opened()
    two.one.tap(session_id, "0010")
    two.one.pass_by(60)
    two.one.end(session_id)
    signed = two.one.sign(session_id)
    stick = two.folder / "to headquarters"
    stick.mkdir()

    pc = two.one.pc
    headquarters.take(pc.sync.export(BOSS, [pc.sync.peer(BOSS, "Plant HQ")], stick).path)
    with headquarters.opened.site.transaction(SYSTEM, "derived.settle") as unit:
        rebuild_listing(unit)

    from app.core.training.sessions import Sessions
    from tests.support.teaching import a_school

    school = a_school(headquarters.opened.site)
    there = Sessions(
        headquarters.opened.site, school.releases, school.learning, headquarters.assets
    )
    detail = there.detail(BOSS, session_id)
    assert (detail.summary.state, detail.summary.came) == (SessionState.SIGNED, 1)
    assert there.between(BOSS, two.one.today, two.one.today) == ()  # a plant's, not its own
    signatures = door_of(headquarters).signatures
    (line,) = signatures.under(signed.signing_id)
    assert signatures.signature(BOSS, line.id).state is SignatureState.VALID


def _person(room: Room, number: str) -> UUID:
    found: UUID = room.people.find(BOSS, number).id
    return found
