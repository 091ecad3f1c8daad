"""Two PCs issue for one credit, or one corrects what the other certifies: both end with one truth."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.certificates import CertificateState, CertificateSummary, VerificationStatus
from app.core.people import rebuild_listing
from app.core.signatures import Proof, Undersigned
from app.core.training import RequirementType
from app.core.training.corrections import COUNTS, VOID, RecordKind, ToCorrect
from app.core.training.held import held_until
from app.core.training.models import RequirementCreditRow, RequirementRow
from app.core.training.requirements import RequirementChange
from app.core.training.requirements.queries import by_id
from tests.core.certificates.test_credits import correct, enter, say
from tests.core.training.conftest import SYSTEM, verified
from tests.support.classes import BOSS, Room, another_trainer
from tests.support.clock import TurnedClock
from tests.support.in_touch import another_pc, first_pc
from tests.support.signers import LOGIN, PASSWORD, found_administrator

MOVED = "2026-11-01"


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
        self.settle(taker)

    def settle(self, room: Room) -> None:
        """Let certificates follow what a PC took in, or what was decided there."""
        for touched in room.pc.settled:
            room.certificates.take_over(touched)
        room.pc.settled.clear()

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
        told = [room.certificates.verify(paper) for paper in papers]
        assert {one.status for one in told} == {
            VerificationStatus.VALID,
            VerificationStatus.DUPLICATE,  # and no false one
        }
        assert any(only.number in one.why for one in told)
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


def one_credit_each(two: Two, person: str, code: str) -> UUID:
    """Return the credit that both PCs show, alike: the only one of somebody."""
    both = [credits_of(room, person, code) for room in (two.one, two.two)]
    assert both[0] == both[1]
    (only,) = both[0]
    return only


def credits_of(room: Room, number: str, code: str) -> list[UUID]:
    credit = RequirementCreditRow
    with room.pc.opened.site.read() as session:
        return list(
            session.scalars(
                sa.select(credit.id)
                .join(RequirementRow, RequirementRow.id == credit.requirement_id)
                .where(
                    credit.person_id == room.people.find(BOSS, number).id,
                    RequirementRow.code == code,
                )
            )
        )


def signed_on_both(two: Two) -> UUID:
    """Let one class be taken and signed on two PCs, neither of which knows of the other's signature."""
    session_id = two.one.opened()
    two.one.tap(session_id, "E-10")
    two.one.pass_by(60)
    two.one.end(session_id)
    two.meet()
    for room in (two.one, two.two):
        room.sign(session_id)
        room.pass_by(3)
    return session_id


def decide(two: Two, room: Room, keep: str) -> None:
    """Let Meera keep one of two corrections on a PC, which settles what follows."""
    room.pass_by(60)
    (conflict,) = [one for one in room.pc.sync.conflicts(BOSS) if one.column == "corrections"]
    chosen = next(one for one in conflict.values if one.reason == keep)
    meera = room.door.enter()
    pen = room.door.signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD))
    signed = Undersigned(pen, room.pc.sync.decision_text(meera, conflict, chosen))
    room.pc.sync.decide(meera, conflict, chosen, f"Keep {keep}", signed)
    two.settle(room)


@pytest.mark.parametrize(
    ("rounds", "issued"),
    [
        ([("Moved", "")], 3),
        ([("Moved", "Moved")], 3),
        ([("Withdrawn", "Moved"), ("", "Moved")], 4),
    ],
    ids=["one decides", "both decide alike", "decided apart, and again"],
)
def test_i11_what_a_decision_keeps_is_certified_again_once_and_what_was_revoked_stays_so(
    two: Two, rounds: list[tuple[str, str]], issued: int
) -> None:
    aid = two.one.require("AID", RequirementType.EXTERNAL)
    say(two.one, "AID", gives=True)
    evidence_id = enter(two.one, two.one.people.find(BOSS, "E-10").id, aid)
    two.meet()
    two.one.pass_by(60)
    correct(two.one, evidence_id, "obtained_on", MOVED, reason="Moved")
    two.two.pass_by(60)
    correct(two.two, evidence_id, "counts", "void", reason="Withdrawn")
    two.meet()
    assert {one.state for one in register(two.one)} == {CertificateState.REVOKED}
    put_aside = next(one for one in register(two.one) if one.completed_on.isoformat() == MOVED)
    papers = [two.one.certificates.document(BOSS, put_aside.id)]

    for kept in rounds:
        for room, keep in zip((two.one, two.two), kept, strict=True):
            if keep:
                decide(two, room, keep)
        two.meet()

    assert register(two.one) == register(two.two)
    (valid,) = [one for one in register(two.one) if one.state is not CertificateState.REVOKED]
    assert valid.completed_on.isoformat() == MOVED
    numbers = sorted(int(one.number.rsplit("-", 1)[1]) for one in register(two.one))
    assert numbers == list(range(1, issued + 1))
    for room in (two.one, two.two):
        assert verified(room.pc.opened.site)
        told = room.certificates.verify(papers[0])
        assert told.status is VerificationStatus.REVOKED
        assert "Withdrawn" in told.why
        assert told.why.endswith(f"Certificate {valid.number} counts in its place.")
        assert room.certificates.waiting() == 0


@pytest.mark.parametrize("first", [0, 1])
def test_i1_i4_a_class_that_two_pcs_signed_gives_one_credit_and_one_certificate(
    two: Two, first: int
) -> None:
    two.one.require()
    two.meet()
    session_id = signed_on_both(two)
    papers = [room.certificates.document(BOSS, register(room)[0].id) for room in (two.one, two.two)]
    ways = [(two.one, two.two), (two.two, two.one)]
    for giver, taker in (ways[first], ways[1 - first], ways[first], ways[1 - first]):
        two.carry(giver, taker)

    one_credit_each(two, "E-10", "FIRE")
    assert register(two.one) == register(two.two)
    assert len(register(two.one)) == 1
    for room in (two.one, two.two):
        assert verified(room.pc.opened.site)
        assert room.pc.sync.conflicts(BOSS) == ()
        told = [room.certificates.verify(paper).status for paper in papers]
        assert sorted(told) == [VerificationStatus.DUPLICATE, VerificationStatus.VALID]
        given = room.certificates.of_class(BOSS, room.sessions.detail(BOSS, session_id))
        assert [one.number for one in given] == [register(two.one)[0].number]


def test_what_stands_in_for_another_is_one_credit_too_and_falls_with_it(two: Two) -> None:
    fire, spill = two.one.require(), two.one.require("SPILL", RequirementType.DECLARATION)
    catalogue = two.one.school.training.catalogue
    catalogue.change(BOSS, spill, RequirementChange(substitutes=(fire,)))
    two.meet()
    signed_on_both(two)
    two.meet()

    one_credit_each(two, "E-10", "FIRE")
    one_credit_each(two, "E-10", "SPILL")
    assert all(until is not None for until in held(two, spill))
    withdraw(two.two, "E-10")
    two.meet()
    assert held(two, spill) == [None, None]


def held(two: Two, requirement_id: UUID) -> list[date | None]:
    """Return until when Asha holds something, as each of the two PCs says it."""
    found = []
    for room in (two.one, two.two):
        with room.pc.opened.site.read() as session:
            asha = room.people.find(BOSS, "E-10").id
            found.append(held_until(session, asha, by_id(session, requirement_id)))
    return found


def withdraw(room: Room, number: str) -> None:
    """Let two people say that what somebody met does not count."""
    corrections = room.school.training.corrections
    (record,) = corrections.records(room.meera, room.people.find(BOSS, number).id)
    wanted = ToCorrect(
        kind=RecordKind.CREDIT, record_id=record.id, field=COUNTS, new=VOID, reason="Slept"
    )
    corrections.approve(another_trainer(), corrections.correct(room.meera, wanted))


def test_i11_what_one_pc_withdrew_the_other_does_not_bring_back_by_having_given_it_too(
    two: Two,
) -> None:
    two.one.require()
    two.meet()
    signed_on_both(two)
    asha = two.one.people.find(BOSS, "E-10").id
    withdraw(two.two, "E-10")
    two.meet()

    for room in (two.one, two.two):
        assert [one.state for one in register(room)] == [CertificateState.REVOKED]
        (record,) = room.school.training.corrections.records(room.meera, asha)
        assert record.values[COUNTS] == VOID
        assert verified(room.pc.opened.site)
