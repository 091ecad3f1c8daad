"""Two PCs issue for one credit, or one corrects what the other certifies: both end with one truth."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.certificates import CertificateState, CertificateSummary, VerificationStatus
from app.core.people import rebuild_listing
from app.core.training import RequirementType
from tests.core.certificates.test_credits import correct, enter, say
from tests.core.training.conftest import SYSTEM, verified
from tests.support.classes import BOSS, Room
from tests.support.clock import TurnedClock
from tests.support.in_touch import another_pc, first_pc
from tests.support.signers import found_administrator


class Two:
    """Two PCs that hold the keys of one site, and a stick."""

    def __init__(self, one: Room, folder: Path, clock: TurnedClock) -> None:
        self.one, self._folder = one, folder
        other = another_pc(one.pc, folder / "two", clock)
        for key in (folder / "one" / "keys").rglob("site*"):
            shutil.copy(key, next((folder / "two" / "keys").rglob("station*")).parent / key.name)
        stick = folder / "first stick"
        stick.mkdir()
        other.take(one.pc.send(stick, other))
        self.two = Room(other, clock)

    def carry(self, giver: Room, taker: Room) -> None:
        """Take a stick from one PC to the other, which settles what it brought."""
        stick = self._folder / f"stick {new_id().hex}"
        stick.mkdir()
        taker.pc.take(giver.pc.send(stick, taker.pc))
        with taker.pc.opened.site.transaction(SYSTEM, "derived.settle") as unit:
            rebuild_listing(unit)
        for touched in taker.pc.settled:
            taker.certificates.take_over(touched)
        taker.pc.settled.clear()

    def meet(self) -> None:
        """Take sticks both ways, until both have everything."""
        for giver, taker in ((self.one, self.two), (self.two, self.one), (self.one, self.two)):
            self.carry(giver, taker)


@pytest.fixture
def two(tmp_path: Path, clock: TurnedClock) -> Two:
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    room = Room(pc, clock).can_sign()
    room.somebody("E-10", "Asha Kulkarni")
    return Two(room, tmp_path, clock)


def register(room: Room) -> tuple[CertificateSummary, ...]:
    return room.certificates.register(BOSS, PageRequest(limit=100)).rows


def test_what_two_pcs_issue_for_one_credit_is_one_certificate(two: Two) -> None:
    aid = two.one.require("AID", RequirementType.EXTERNAL)
    say(two.one, "AID", gives=True)
    two.one.clock.set_wall(two.one.clock.now() - timedelta(days=2))
    enter(two.one, two.one.people.find(BOSS, "E-10").id, aid)
    two.meet()
    assert [one.certificates.waiting() for one in (two.one, two.two)] == [1, 1]
    two.one.clock.turn(timedelta(days=3))

    for room in (two.one, two.two):
        assert room.certificates.issue_missing(NoProgress()) == 1
        assert room.certificates.make_missing_documents(NoProgress()) == 1
    papers = [room.certificates.document(BOSS, register(room)[0].id) for room in (two.one, two.two)]
    two.meet()

    assert register(two.one) == register(two.two)
    (only,) = register(two.one)
    for room in (two.one, two.two):
        assert room.certificates.waiting() == 0
        assert verified(room.pc.opened.site)
        for paper in papers:  # neither of those who print theirs holds a false one
            assert room.certificates.verify(paper).status is VerificationStatus.VALID
    assert only.course_title == "Aid safety"


def test_what_was_certified_on_one_pc_and_corrected_on_another_is_revoked_on_both(two: Two) -> None:
    aid = two.one.require("AID", RequirementType.EXTERNAL)
    say(two.one, "AID", gives=True)
    asha = two.one.people.find(BOSS, "E-10").id
    two.one.clock.set_wall(two.one.clock.now() - timedelta(days=2))
    evidence_id = enter(two.one, asha, aid)
    two.meet()
    two.one.clock.turn(timedelta(days=3))
    assert two.two.certificates.issue_missing(NoProgress()) == 1
    correct(two.one, evidence_id, "counts", "void")

    two.meet()

    for room in (two.one, two.two):
        (only,) = register(room)
        assert only.state is CertificateState.REVOKED
        assert room.certificates.waiting() == 0
        assert verified(room.pc.opened.site)
