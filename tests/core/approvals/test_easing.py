"""That a site asks for less of approvals takes two people, whatever one of them does in which order (ADR 82)."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.approvals import (
    ApprovalKind,
    Approvals,
    EasingWaits,
    NotAskedFor,
    NotThatState,
    OwnWork,
    Subject,
    SubjectState,
)
from app.core.base.actor import Actor
from app.core.base.errors import NotAllowed, NotFound
from app.core.reports.settings_in_force import settings_fingerprint
from app.core.signatures import Meaning, SignatureState
from tests.support.approving import KIND, entered_again, found_to_be_one
from tests.support.approving import approve_less as approve
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc
from tests.support.signers import Door, second_administrator


def approvals_of(pc: Pc) -> Approvals:
    made = Approvals(pc.opened.site)
    made.register(
        ApprovalKind(kind=KIND, title="Documents", screen="document", called=lambda _s, _i: {})
    )
    return made


@pytest.fixture
def approvals(pc: Pc, meera: Actor) -> Approvals:
    """The approvals of a site that asks for one, of two people."""
    made = approvals_of(pc)
    made.ask(meera, KIND, is_asked=True, reason="QA wants it")
    made.count(meera, KIND, 2, "QA wants two")
    made.count(meera, KIND, 2, "QA still wants two")
    return made


@pytest.fixture
def ravi(pc: Pc, door: Door, meera: Actor) -> Actor:
    """Another administrator, who can sign."""
    return second_administrator(pc.opened.site, door.sign_in, door.signatures, meera)


def proposed_off(approvals: Approvals, meera: Actor) -> Subject:
    subject = approvals.ask(meera, KIND, is_asked=False, reason="One trainer is left")
    assert subject is not None
    return subject


def rule(approvals: Approvals, actor: Actor) -> tuple[bool, int]:
    found = approvals.rules(actor)[0]
    return found.is_asked, found.approvers


def test_is_01_one_person_alone_asks_for_nothing_less(
    approvals: Approvals, door: Door, meera: Actor
) -> None:
    off = proposed_off(approvals, meera)

    assert rule(approvals, meera) == (True, 2)
    assert approvals.rules(meera)[0].easing == off
    (line,) = approvals.waiting(meera)
    assert (line.title, line.detail, line.is_own, line.approvers) == (
        "Documents",
        "no approval to be asked for",
        True,
        2,  # as many as a document takes
    )
    with pytest.raises(OwnWork):
        approve(approvals, door, meera, off)
    with pytest.raises(EasingWaits):
        approvals.count(meera, KIND, 1, "Then one")
    assert rule(approvals, meera) == (True, 2)


def test_two_accounts_of_one_human_are_no_two_people(
    pc: Pc, approvals: Approvals, door: Door, meera: Actor
) -> None:
    twin = entered_again(pc, meera)
    off = proposed_off(approvals, twin)
    found_to_be_one(pc, meera, twin)

    with pytest.raises(OwnWork):
        approve(approvals, door, door.enter(), off)
    assert rule(approvals, meera) == (True, 2)


def test_somebody_else_signs_and_only_then_less_is_asked_for(
    pc: Pc, approvals: Approvals, door: Door, meera: Actor, ravi: Actor
) -> None:
    pc_site = pc.opened.site
    with pc_site.read() as session:
        before = settings_fingerprint(session, approvals.today)
    one = approvals.count(meera, KIND, 1, "Two were never there")
    assert one is not None
    review = approvals.acts(one.kind).review(ravi, one)
    assert "two" in str(review.comparison).lower()
    assert review.note == "Two were never there"
    approve(approvals, door, ravi, one)
    assert approvals.standing(one).state is SubjectState.IN_REVIEW  # of two, one has signed
    assert rule(approvals, meera) == (True, 2)
    with pc_site.read() as session:
        assert settings_fingerprint(session, approvals.today) == before


def test_where_one_approves_one_signature_of_somebody_else_turns_it_off_and_it_is_proved(
    pc: Pc, door: Door, meera: Actor, ravi: Actor, clock: TurnedClock
) -> None:
    approvals, site = approvals_of(pc), pc.opened.site
    approvals.ask(meera, KIND, is_asked=True, reason="QA wants it")
    with site.read() as session:
        asked = settings_fingerprint(session, approvals.today)
    off = proposed_off(approvals, meera)
    approve(approvals, door, ravi, off, days=1)
    assert rule(approvals, meera) == (True, 1)  # its day is yet to come
    clock.turn(timedelta(days=1))

    assert rule(approvals, meera) == (False, 1)
    with site.read() as session:
        assert settings_fingerprint(session, approvals.today) != asked
    given = approvals.standing(off).given[-1]
    (signed,) = door.signatures.under(given.id)
    assert (signed.name, signed.meaning) == ("Ravi Iyer", Meaning.APPROVED)
    state = door.signatures.signature(ACTOR, signed.id).state
    assert state is SignatureState.NOT_CONFIRMED  # who gave him his password made sure of him alone

    assert approvals.ask(meera, KIND, is_asked=True, reason="There are two again") is None
    assert rule(approvals, meera) == (True, 1)
    assert approvals.standing(off).state is SubjectState.RETIRED
    with pytest.raises(NotThatState):  # what was approved once is not used twice
        approve(approvals, door, ravi, off)


def test_a_rejection_on_another_pc_beats_the_approval_of_it(
    pc: Pc, second: Pc, stick: Path, door: Door, meera: Actor, ravi: Actor
) -> None:
    approvals = approvals_of(pc)
    approvals.ask(meera, KIND, is_asked=True, reason="QA wants it")
    off = proposed_off(approvals, meera)
    second.take(pc.send(stick, second))
    there = approvals_of(second)
    approve(approvals, door, ravi, off)
    assert not approvals.is_asked(KIND)
    there.acts(off.kind).reject(meera, off, "Nobody asked QA")

    pc.take(second.send(stick, pc))
    second.take(pc.send(stick, second))

    assert approvals.is_asked(KIND)
    assert there.is_asked(KIND)


def test_who_proposed_it_takes_it_back_and_what_is_not_asked_for_has_no_count(
    pc: Pc, approvals: Approvals, meera: Actor
) -> None:
    off = proposed_off(approvals, meera)
    acts = approvals.acts(off.kind)
    with pytest.raises(NotAllowed):
        acts.withdraw(replace(meera, grants=frozenset()), off, "no")
    acts.withdraw(meera, off, "She stays")
    assert approvals.waiting(meera) == ()
    assert approvals.rules(meera)[0].easing is None

    other = ApprovalKind(kind="thing", title="Things", screen="thing", called=lambda _s, _i: {})
    approvals.register(other)
    with pytest.raises(NotAskedFor, match="Things: this site asks for no approval"):
        approvals.count(meera, "thing", 2, "Two")
    assert approvals.ask(meera, "thing", is_asked=False, reason="As it is") is None
    with pytest.raises(NotFound):
        acts.review(meera, Subject("thing", off.id))
