"""Who may take a step, of what, and that it is signed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.approvals import (
    AlwaysAsked,
    Approval,
    ApprovalKind,
    Approvals,
    ChangedSince,
    DayIsPast,
    NoSuchKind,
    NotThatState,
    OwnWork,
    SubjectState,
    SubjectTitle,
    approve,
    steps_of,
)
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.clock import local_day
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.base.reasons import ReasonMissing
from app.core.signatures import Proof, SignatureState, Undersigned
from tests.support.approving import (
    AUTHOR,
    KIND,
    SHA,
    approved,
    entered_again,
    found_to_be_one,
    rejected,
    subject_of,
    submitted,
    withdrawn,
)
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc
from tests.support.signers import PASSWORD, Door, door_of


def state(pc: Pc, key: UUID) -> SubjectState:
    return Approvals(pc.opened.site).standing(subject_of(key)).state


def test_p11_15_an_approval_is_signed_under_its_own_step(
    pc: Pc, door: Door, meera: Actor, thing: UUID
) -> None:
    submitted(pc, thing)

    step = approved(door, meera, thing)

    assert state(pc, thing) is SubjectState.EFFECTIVE
    (line,) = door.signatures.under(step)
    assert (line.name, line.meaning, line.record_kind) == (
        "Meera Joshi",
        "approved",
        "approval_step",
    )
    assert door.signatures.signature(ACTOR, line.id).state is SignatureState.VALID


def test_is_01_nobody_approves_what_they_submitted(
    pc: Pc, door: Door, meera: Actor, thing: UUID
) -> None:
    submitted(pc, thing, meera)

    with pytest.raises(OwnWork) as refused:
        approved(door, meera, thing)

    assert "still waits" in refused.value.sentence
    assert state(pc, thing) is SubjectState.IN_REVIEW
    assert door.signatures.page(ACTOR, PageRequest()).total == 1  # the statement alone


def test_an_author_who_was_on_record_twice_is_still_the_author(
    pc: Pc, door: Door, meera: Actor, thing: UUID
) -> None:
    twin = entered_again(pc, meera)
    submitted(pc, thing, twin)
    found_to_be_one(pc, meera, twin)

    with pytest.raises(OwnWork):
        approved(door, door.enter(), thing)


def test_only_who_may_approve_does(pc: Pc, door: Door, meera: Actor, thing: UUID) -> None:
    submitted(pc, thing)
    writer = replace(meera, grants=frozenset({Grant(capability=Capability.AUTHOR_COURSES)}))

    with pytest.raises(NotAllowed):
        approved(door, writer, thing)
    with pytest.raises(NotAllowed):
        rejected(pc, writer, thing)
    assert state(pc, thing) is SubjectState.IN_REVIEW


def test_what_changed_after_it_was_submitted_is_not_approved(
    pc: Pc, door: Door, meera: Actor, thing: UUID
) -> None:
    submitted(pc, thing)

    with pytest.raises(ChangedSince):
        approved(door, meera, thing, sha256="b" * 64)

    assert state(pc, thing) is SubjectState.IN_REVIEW


def test_a_rejection_needs_a_reason_and_leads_back_to_the_draft(
    pc: Pc, meera: Actor, thing: UUID
) -> None:
    submitted(pc, thing)
    with pytest.raises(ReasonMissing):
        rejected(pc, meera, thing, "  ")

    rejected(pc, meera, thing, "step 3 is wrong")

    assert state(pc, thing) is SubjectState.DRAFT
    assert Approvals(pc.opened.site).steps(subject_of(thing))[-1].reason == "step 3 is wrong"
    submitted(pc, thing, sha256="b" * 64)
    assert state(pc, thing) is SubjectState.IN_REVIEW


def test_steps_that_do_not_follow_are_refused(
    pc: Pc, door: Door, meera: Actor, thing: UUID, clock: TurnedClock
) -> None:
    with pytest.raises(NotThatState):
        approved(door, meera, thing)
    submitted(pc, thing)
    with pytest.raises(NotThatState):
        submitted(pc, thing)
    with pytest.raises(DayIsPast):
        approved(door, meera, thing, on=local_day(clock) - timedelta(days=1))
    withdrawn(pc, AUTHOR, thing)
    with pytest.raises(NotThatState):
        rejected(pc, meera, thing)


def test_an_approval_and_a_rejection_at_once_on_two_pcs_leave_nothing_approved_on_either(
    pc: Pc, second: Pc, door: Door, meera: Actor, thing: UUID, stick: Path
) -> None:
    submitted(pc, thing)
    second.take(pc.send(stick, second))
    approved(door, meera, thing)
    rejected(second, ACTOR, thing)
    assert state(pc, thing) is SubjectState.EFFECTIVE

    second.take(pc.send(stick, second))
    pc.take(second.send(stick, pc))

    assert state(pc, thing) is state(second, thing) is SubjectState.DRAFT


def test_two_approvals_at_once_are_one_and_hold_from_the_earlier_day(
    pc: Pc, second: Pc, door: Door, meera: Actor, thing: UUID, stick: Path, clock: TurnedClock
) -> None:
    submitted(pc, thing)
    second.take(pc.send(stick, second))
    today = local_day(clock)
    other = door_of(second)
    approved(door, meera, thing, on=today + timedelta(days=3))
    approved(other, other.enter(), thing, on=today + timedelta(days=1))

    second.take(pc.send(stick, second))
    pc.take(second.send(stick, pc))

    for one in (pc, second):
        standing = Approvals(one.opened.site).standing(subject_of(thing))
        assert standing.effective_on == today + timedelta(days=1)
        assert standing.state is SubjectState.APPROVED


def test_an_act_that_breaks_off_leaves_neither_step_nor_signature(
    pc: Pc, door: Door, meera: Actor, thing: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(pc, thing)
    site = pc.opened.site
    signed = Undersigned(door.signatures.pen(meera, Proof(password=PASSWORD)), "text")
    approval = Approval(sha256=SHA, effective_on=local_day(site.clock), signed=signed)

    def break_off() -> None:
        with site.transaction(meera, "test") as unit:
            approve(unit, meera, subject_of(thing), approval, "text", site.clock.now())
            raise OSError("power")

    with pytest.raises(OSError, match="power"):
        break_off()

    pc.reopen()
    assert state(pc, thing) is SubjectState.IN_REVIEW
    with pc.opened.site.read() as session:
        assert len(steps_of(session, subject_of(thing))) == 1


def test_a11_10_the_site_asks_for_an_approval_only_after_somebody_said_why(
    pc: Pc, second: Pc, meera: Actor, stick: Path
) -> None:
    approvals = Approvals(pc.opened.site)
    approvals.register(
        ApprovalKind(kind=KIND, title="Documents", screen="document", called=lambda _s, _i: {})
    )
    assert not approvals.is_asked(KIND)
    with pytest.raises(ReasonMissing):
        approvals.ask(meera, KIND, is_asked=True, reason=" ")
    with pytest.raises(NoSuchKind):
        approvals.ask(meera, "rocket", is_asked=True, reason="QA wants it")
    with pytest.raises(NotAllowed):
        approvals.ask(replace(meera, grants=frozenset()), KIND, is_asked=True, reason="no")

    approvals.ask(meera, KIND, is_asked=True, reason="QA wants it")

    assert [(one.kind, one.is_asked) for one in approvals.rules(meera)] == [
        (KIND, True),
        ("approval_easing", True),  # that less is asked for is always approved
    ]
    second.take(pc.send(stick, second))
    assert Approvals(second.opened.site).is_asked(KIND)


def test_what_is_always_approved_cannot_be_switched_off_and_says_so(pc: Pc, meera: Actor) -> None:
    approvals = Approvals(pc.opened.site)
    approvals.register(
        ApprovalKind(
            kind=KIND, title="Documents", screen="document", called=lambda _s, _i: {}, always=True
        )
    )
    rule = approvals.rules(meera)[0]
    assert (rule.is_asked, rule.is_fixed) == (True, True)
    approvals.count(meera, KIND, 2, "QA wants it")
    rule = approvals.rules(meera)[0]
    assert (rule.is_asked, rule.approvers) == (True, 2)
    with pytest.raises(AlwaysAsked, match="Documents are always approved"):
        approvals.ask(meera, KIND, is_asked=False, reason="in a hurry")


def test_the_list_of_what_waits_names_every_kind_its_author_and_note(
    pc: Pc, meera: Actor, thing: UUID
) -> None:
    approvals = Approvals(pc.opened.site)
    submitted(pc, thing, meera)
    submitted(pc, new_id())  # of which this PC does not know what it is called
    assert approvals.waiting(meera) == ()
    approvals.register(
        ApprovalKind(
            kind=KIND,
            title="Documents",
            screen="document",
            called=lambda _session, ids: {
                one: SubjectTitle(code="SOP-1", title="Lockout") for one in ids if one == thing
            },
        )
    )

    (line,) = approvals.waiting(meera)

    assert (line.code, line.submitted_by_name, line.is_own) == ("SOP-1", "Meera Joshi", True)
    assert (line.screen, line.subject.id) == ("document", thing)
