"""Who reads a revision again is assessed with its draft, signed with its approval, and asked by itself."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.approvals import Approvals, ApprovedAlready, NoSuchCount, OwnWork
from app.core.approvals.models import ApprovalStepRow, Step
from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.people import Audience, rebuild_listing
from app.core.training import TrainingRefused
from app.core.training.assignments import State
from app.core.training.controlled import (
    Ask,
    AskFrom,
    ImpactDecision,
    ImpactSubject,
    Reach,
    RevisionState,
)
from app.core.training.errors import ReasonNeeded
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, Office, an_office, learner, office_of, people_adder
from tests.support.in_touch import another_pc, first_pc

DAY = timedelta(days=1)
KIND = "document_revision"


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


@pytest.fixture
def asha(office: Office) -> Actor:
    return learner(people_adder(office.site)("E-2"))


@pytest.fixture
def sop(office: Office, asha: Actor) -> UUID:
    """SOP-123 with revision 4, which Asha has read and Meera has open."""
    made = office.document()
    office.issue(made, "4")
    read = office.requirement(made, signed=False)
    office.assign()
    office.acknowledge(asha, read)
    return made


def plan(
    office: Office,
    revision_id: UUID,
    reach: Reach | None = None,
    begins: AskFrom = AskFrom.EFFECTIVE,
    due_on: date | None = None,
    actor: Actor = AUTHOR,
) -> int:
    reason = "Step 4 is another one"
    said = ImpactDecision(reach=reach or Reach(ask=Ask.ALL), due_on=due_on, reason=reason)
    return office.documents.plans.keep(actor, revision_id, said, begins).asked


def cycles(office: Office, person_id: UUID | None) -> list[tuple[int, State]]:
    assert person_id is not None
    found = office.training.assignments.of_person(AUTHOR, person_id)
    return sorted((one.cycle, one.stands.state) for one in found)


def test_what_a_draft_says_is_signed_with_its_approval_and_asked_on_its_day(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    five = office.revision(sop, "5", office.today + DAY)
    without = office.documents.detail(AUTHOR, sop).revisions[0].content_sha256
    assert plan(office, five) == 2
    (newest, _four) = office.documents.detail(AUTHOR, sop).revisions
    assert newest.impact is not None
    assert (newest.impact.people, newest.impact.held, newest.impact.asked) == (2, 1, 2)
    assert newest.content_sha256 != without

    office.release(five)
    signed = office.door.signatures.page(office.meera, PageRequest()).rows[0]
    shown = office.door.signatures.signature(office.meera, signed.id).shown
    assert "2 people read it again." in shown
    assert "Step 4 is another one" in shown
    assert office.documents.impacts.waiting(AUTHOR) == ()
    assert cycles(office, asha.person_id) == [(1, State.COMPLETED)]

    clock.turn(DAY)
    office.training.begin_day(AUTHOR)
    office.training.begin_day(AUTHOR)
    assert cycles(office, asha.person_id) == [(1, State.COMPLETED), (2, State.ASSIGNED)]
    assert cycles(office, office.meera.person_id)[0] == (1, State.SUPERSEDED)
    (kept,) = office.documents.detail(AUTHOR, sop).impacts
    assert (kept.ask, kept.asked, kept.by_name) == (Ask.ALL, 2, "Meera Joshi")
    assert verified(office.site)


def test_it_is_asked_with_the_approval_where_people_are_to_read_it_before(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    clock.turn(timedelta(hours=1))
    due = office.today + 5 * DAY
    five = office.revision(sop, "5", due)
    plan(office, five, begins=AskFrom.APPROVED, due_on=due)
    office.release(five)
    (mine,) = office.documents.readings.mine(asha)
    assert (mine.label, mine.due_on, mine.is_done) == ("5", due, False)
    office.acknowledge(asha, mine.requirement_id)
    clock.turn(5 * DAY)
    office.training.begin_day(AUTHOR)
    assert len(cycles(office, asha.person_id)) == 2
    trained = office.documents.statuses.of_revision(AUTHOR, five).trained
    assert (trained.trained, trained.before_effective) == (1, 1)


def test_some_or_nobody_is_asked_as_it_was_planned(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    impact = office.documents.impacts.assess(office.meera, ImpactSubject.REVISION, four(office))
    role = next(one.id for one in impact.job_roles if one.name == "Role OPR")
    assert role is not None
    five = office.revision(sop, "5", office.today + DAY)
    assert plan(office, five, Reach(ask=Ask.SOME, job_role_ids=frozenset({role}))) == 1
    office.release(five)
    clock.turn(DAY)
    office.training.begin_day(AUTHOR)
    assert len(cycles(office, asha.person_id)) == 2
    assert len(cycles(office, office.meera.person_id)) == 1

    six = office.revision(sop, "6", office.today + DAY)
    assert plan(office, six, Reach(ask=Ask.NONE)) == 0
    office.release(six)
    clock.turn(DAY)
    office.training.begin_day(AUTHOR)
    assert len(cycles(office, asha.person_id)) == 2
    assert [one.ask for one in office.documents.detail(AUTHOR, sop).impacts] == [
        Ask.NONE,
        Ask.SOME,
    ]


def four(office: Office) -> UUID:
    return office.documents.numbered(AUTHOR, "SOP-123").revisions[-1].id


def test_only_a_draft_takes_it_and_who_assessed_it_does_not_approve(
    office: Office, sop: UUID
) -> None:
    five = office.revision(sop, "5", office.today + DAY)
    with pytest.raises(ReasonNeeded):
        office.documents.plans.keep(
            AUTHOR, five, ImpactDecision(reach=Reach(ask=Ask.ALL), reason=" ")
        )
    plan(office, five, actor=office.meera)
    office.documents.steps.submit(AUTHOR, five)
    with pytest.raises(OwnWork):
        office.documents.steps.approve(office.meera, five, office.approving(five))
    with pytest.raises(TrainingRefused, match="no draft any more"):
        plan(office, five)
    office.documents.steps.take_back(AUTHOR, five, "Meera approves")
    plan(office, five)
    office.release(five)
    with pytest.raises(TrainingRefused, match="was decided with its approval"):
        office.decide(five)


def test_where_two_approve_nothing_counts_or_is_asked_before_the_second(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    clock.turn(DAY)
    approvals = Approvals(office.site)
    approvals.register(office.documents.approval_kind())
    with pytest.raises(NoSuchCount):
        approvals.count(office.meera, KIND, 3, "More")
    approvals.count(office.meera, KIND, 2, "QA wants it")
    five = office.revision(sop, "5", office.today)
    plan(office, five)
    office.release(five)
    newest = office.documents.detail(AUTHOR, sop).revisions[0]
    assert (newest.state, newest.approvers) == (RevisionState.IN_REVIEW, 2)
    assert newest.given == (office.meera.account_id,)
    (line,) = approvals.waiting(office.meera)
    assert (line.given, line.approvers, line.has_approved) == (1, 2, True)
    with pytest.raises(ApprovedAlready):
        office.documents.steps.approve(office.meera, five, office.approving(five))
    assert len(cycles(office, asha.person_id)) == 1

    with office.site.transaction(AUTHOR, "test") as unit:  # as it comes from the PC of another one
        first = unit.scalars(
            sa.select(ApprovalStepRow).where(ApprovalStepRow.step == Step.APPROVED)
        ).all()[-1]
        told = ("subject_kind", "subject_id", "step", "answers", "at", "effective_on", "sha256")
        same = {name: getattr(first, name) for name in told}
        unit.add(ApprovalStepRow(**same, by=new_id(), authors=[]))
    assert office.documents.detail(AUTHOR, sop).revisions[0].state is RevisionState.EFFECTIVE
    assert approvals.waiting(office.meera) == ()
    office.training.begin_day(AUTHOR)
    assert len(cycles(office, asha.person_id)) == 2


def test_two_pcs_that_both_ask_have_asked_once(tmp_path: Path, clock: TurnedClock) -> None:
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    office = an_office(one, tmp_path / "files")
    sop = office.document()
    office.issue(sop, "4")
    office.requirement(sop, signed=False)
    office.assign()
    five = office.revision(sop, "5", office.today + DAY)
    plan(office, five)
    office.release(five)

    def carry(giver_is_one: bool) -> None:
        stick = tmp_path / f"stick {new_id().hex}"
        stick.mkdir()
        giver, taker = (one, two) if giver_is_one else (two, one)
        taker.take(giver.send(stick, taker))
        with taker.opened.site.transaction(SYSTEM, "derived.settle") as unit:
            rebuild_listing(unit)

    carry(giver_is_one=True)
    other = office_of(two, tmp_path / "others")
    clock.turn(DAY)
    for each in (office, other):
        each.training.begin_day(SYSTEM)
    carry(giver_is_one=True)
    carry(giver_is_one=False)
    for each in (office, other):
        (kept,) = each.documents.detail(AUTHOR, sop).impacts
        assert kept.asked == 1
        states = [state for _n, state in cycles(each, office.meera.person_id)]
        assert states == [State.SUPERSEDED, State.ASSIGNED]
        newest = each.documents.detail(AUTHOR, sop).revisions[0]
        assert newest.state is RevisionState.EFFECTIVE
        assert verified(each.site)


def _two_in_a_row(office: Office, sop: UUID, last: Ask) -> tuple[UUID, UUID]:
    """Approve revision 5, which everybody reads again, and revision 6 for the day after it."""
    five = office.revision(sop, "5", office.today + 2 * DAY)
    plan(office, five)
    office.release(five)
    six = office.revision(sop, "6", office.today + 3 * DAY)
    plan(office, six, Reach(ask=last))
    office.release(six)
    return five, six


def test_what_took_effect_while_no_pc_ran_is_asked_on_the_next_day_change(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    clock.turn(timedelta(hours=1))
    _two_in_a_row(office, sop, Ask.NONE)
    clock.turn(4 * DAY)
    office.training.begin_day(AUTHOR)
    office.training.begin_day(AUTHOR)
    assert cycles(office, asha.person_id) == [(1, State.COMPLETED), (2, State.ASSIGNED)]
    (mine,) = office.documents.readings.mine(asha)
    assert (mine.label, mine.origin, mine.is_done) == ("6", "revision 5 of SOP-123", False)
    kept = office.documents.detail(AUTHOR, sop).impacts
    assert sorted((one.called, one.asked) for one in kept) == [
        ("revision 5 of SOP-123", 2),
        ("revision 6 of SOP-123", 0),
    ]
    office.acknowledge(asha, mine.requirement_id)
    clock.turn(DAY)
    office.training.begin_day(AUTHOR)
    assert cycles(office, asha.person_id) == [(1, State.COMPLETED), (2, State.COMPLETED)]


def test_who_read_the_later_revision_meanwhile_is_not_asked_for_the_one_before(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    clock.turn(timedelta(hours=1))
    _two_in_a_row(office, sop, Ask.NONE)
    clock.turn(3 * DAY)
    (mine,) = office.documents.readings.mine(office.meera)
    assert mine.label == "6"
    office.acknowledge(office.meera, mine.requirement_id)
    office.training.begin_day(AUTHOR)
    assert cycles(office, office.meera.person_id) == [(1, State.COMPLETED)]
    assert cycles(office, asha.person_id)[-1] == (2, State.ASSIGNED)


def test_a_withdrawn_revision_is_asked_no_more_and_the_one_before_is_held_as_before(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    clock.turn(timedelta(hours=1))
    due = office.today + 5 * DAY
    five = office.revision(sop, "5", due)
    plan(office, five, begins=AskFrom.APPROVED, due_on=due)
    office.release(five)
    assert cycles(office, asha.person_id)[-1] == (2, State.ASSIGNED)

    clock.turn(timedelta(hours=1))
    office.withdraw(five)
    clock.turn(6 * DAY)
    office.training.begin_day(AUTHOR)
    assert cycles(office, asha.person_id) == [
        (1, State.COMPLETED),
        (2, State.CANCELLED),
        (3, State.COMPLETED),
    ]
    assert asha.person_id is not None
    lines = office.training.assignments.of_person(AUTHOR, asha.person_id)
    ended, now = (next(one for one in lines if one.cycle == cycle) for cycle in (2, 3))
    last = office.training.assignments.detail(AUTHOR, ended.id).acts[-1]
    assert last.reason == "Revision 5 of SOP-123 was withdrawn: A step is wrong"
    assert now.is_held
    assert not now.stands.is_overdue
    (mine,) = office.documents.readings.mine(asha)
    assert (mine.label, mine.is_done) == ("4", True)
    # Meera had not read revision 4 either: it is asked of her as it was
    (hers,) = office.documents.readings.mine(office.meera)
    assert (hers.label, hers.is_done) == ("4", False)
    assert cycles(office, office.meera.person_id)[-1] == (3, State.ASSIGNED)
    assert verified(office.site)


def test_who_read_only_what_was_withdrawn_reads_what_is_in_force_again(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    clock.turn(timedelta(hours=1))
    five = office.revision(sop, "5", office.today + DAY)
    plan(office, five)
    office.release(five)
    clock.turn(2 * DAY)
    office.training.begin_day(AUTHOR)
    bina = learner(people_adder(office.site)("E-3", "PAINT", "PAINTER"), "E-3")
    office.assign(audience=Audience(numbers=("E-3",)))
    (mine,) = office.documents.readings.mine(asha)
    for who in (asha, office.meera, bina):
        clock.turn(timedelta(hours=1))
        office.acknowledge(who, mine.requirement_id)
    clock.turn(timedelta(hours=1))

    office.withdraw(five)

    for _time in range(2):
        assert cycles(office, asha.person_id)[-1] == (2, State.COMPLETED)  # she had read 4, too
        assert cycles(office, office.meera.person_id)[-2:] == [
            (2, State.COMPLETED),
            (3, State.ASSIGNED),
        ]
        assert cycles(office, bina.person_id) == [(1, State.COMPLETED), (2, State.ASSIGNED)]
        clock.turn(DAY)
        office.training.begin_day(AUTHOR)
    (hers,) = office.documents.readings.mine(bina)
    assert (hers.label, hers.read_label, hers.is_done) == ("4", "5", False)
    assert hers.origin == "Revision 5 of SOP-123 was withdrawn: A step is wrong"
    office.acknowledge(bina, hers.requirement_id)
    office.training.begin_day(AUTHOR)
    assert cycles(office, bina.person_id)[-1] == (2, State.COMPLETED)
    assert office.documents.readings.mine(bina)[0].is_done
    assert verified(office.site)


def test_of_two_withdrawn_revisions_neither_is_asked_and_a_new_one_of_the_same_label_is(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    clock.turn(timedelta(hours=1))
    five, six = (
        office.revision(sop, label, office.today + days * DAY)
        for label, days in (("5", 5), ("6", 6))
    )
    for each in (five, six):
        plan(office, each, begins=AskFrom.APPROVED)
        office.release(each)
        clock.turn(timedelta(hours=1))
    assert cycles(office, asha.person_id)[-1] == (3, State.ASSIGNED)
    for each in (five, six):
        office.withdraw(each)
        clock.turn(timedelta(hours=1))
    assert cycles(office, asha.person_id)[-2:] == [(3, State.CANCELLED), (4, State.COMPLETED)]
    again = office.revision(sop, "5", office.today + 5 * DAY)
    plan(office, again, begins=AskFrom.APPROVED)
    office.release(again)
    office.training.begin_day(AUTHOR)
    assert cycles(office, asha.person_id)[-1] == (5, State.ASSIGNED)
