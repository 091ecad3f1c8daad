"""Who sees to the review of a document is told of it by the ladder: before its day, and when it is over."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.paging import PageRequest
from app.core.links.mail.letters import reminder_letters
from app.core.links.mail.types import Letter
from app.core.people import Destination, People, PersonChange, PersonId
from app.core.training.controlled import DocumentChange
from app.core.training.reminders import LadderStep, LadderWords, Told, step_in_words, work_in_words
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, Office, an_office, people_adder
from tests.support.in_touch import first_pc

DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)
DUE = TODAY + 20 * DAY
LEARNER, LATE = LadderStep.LEARNER, LadderStep.LEARNER_LATE
SUPERVISOR, HEAD, QA = LadderStep.SUPERVISOR, LadderStep.HEAD, LadderStep.QA


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    """Asha sees to SOP-123, Ravi supervises her; the plant has a head and somebody for quality."""
    made = an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")
    add, people = people_adder(made.site), People(made.site)
    ravi = add("M-1")
    for number in ("H-1", "Q-1"):
        add(number)
    asha = add("E-2")
    place = people.person(AUTHOR, PersonId(asha)).placement
    assert place is not None
    unit = place.org_unit_id
    people.move(AUTHOR, PersonId(asha), Destination(org_unit_id=unit, manager_id=PersonId(ravi)))
    for number in ("E-2", "M-1", "H-1"):
        who = people.find(SYSTEM, number).id
        people.edit(SYSTEM, who, PersonChange(email=f"{number.lower()}@plant.example"))
    words = LadderWords(
        from_on=TODAY, learner_before=7, supervisor_after=0, head_after=5, qa_after=9,
        head="H-1", qa="Q-1",
    )  # fmt: skip
    made.training.reminders.set_ladder(SYSTEM, words)
    return made


@pytest.fixture
def sop(office: Office) -> UUID:
    made = office.document()
    office.issue(made, "5", review_due=DUE)
    office.documents.change(AUTHOR, made, DocumentChange(keeper="E-2"))
    return made


def told(office: Office, on: date | None = None) -> list[tuple[LadderStep, str]]:
    """Return each step with the number of who is told."""
    found = office.training.reminders.told(SYSTEM, on)
    assert all(one.due.is_review and one.due.code == "SOP-123" for one in found)
    return [(one.step, one.recipient.number if one.recipient else "") for one in found]


def test_who_sees_to_it_is_told_before_and_the_ladder_goes_up_when_it_is_over(
    office: Office, sop: UUID
) -> None:
    assert told(office, DUE - 8 * DAY) == []
    assert told(office, DUE - 7 * DAY) == [(LEARNER, "E-2")]
    assert told(office, DUE) == [(LEARNER, "E-2"), (SUPERVISOR, "M-1")]
    assert told(office, DUE + DAY) == [(LEARNER, "E-2"), (LATE, "E-2"), (SUPERVISOR, "M-1")]
    late = told(office, DUE + 9 * DAY)
    assert late[-2:] == [(HEAD, "H-1"), (QA, "Q-1")]
    (first, *_others) = office.training.reminders.told(SYSTEM, DUE)
    assert (work_in_words(first.due), step_in_words(first)) == (
        "Review of SOP-123: Lock and tag",
        "Who sees to the review",
    )
    assert (first.due.number, first.due.org_unit, first.due.days_late(DUE)) == (
        "E-2",
        "Department FIN",
        0,
    )


def test_nobody_is_told_once_it_is_reviewed_until_the_next_is_due(
    office: Office, sop: UUID, clock: TurnedClock
) -> None:
    clock.turn(19 * DAY)
    assert told(office) == [(LEARNER, "E-2")]
    office.review(sop, DUE + 365 * DAY)
    assert told(office) == []
    assert told(office, DUE + 363 * DAY) == [(LEARNER, "E-2")]


def test_a_document_that_is_retired_or_that_nobody_sees_to_tells_nobody(
    office: Office, sop: UUID, clock: TurnedClock
) -> None:
    other = office.document("SOP-9")
    office.issue(other, "1", review_due=DUE)
    assert told(office, DUE) == [(LEARNER, "E-2"), (SUPERVISOR, "M-1")]
    office.documents.change(AUTHOR, sop, DocumentChange(keeper=""))
    assert told(office, DUE) == []
    office.documents.change(AUTHOR, sop, DocumentChange(keeper="E-2"))
    clock.turn(DAY)
    office.retire(sop, office.today)
    assert told(office, DUE) == []


def test_instead_of_who_has_left_their_supervisor_is_told_and_then_who_the_ladder_names(
    office: Office, sop: UUID, clock: TurnedClock
) -> None:
    people = People(office.site)
    people.leave(SYSTEM, people.find(SYSTEM, "E-2").id, TODAY + DAY)
    on = DUE - DAY
    (one,) = office.training.reminders.told(SYSTEM, on)
    assert one.recipient is not None
    assert one.recipient.number in {"M-1", "H-1"}
    assert one.instead_of is not None
    assert one.instead_of.number == "E-2"
    people.leave(SYSTEM, people.find(SYSTEM, "M-1").id, TODAY + DAY)
    assert told(office, on) == [(LEARNER, "H-1")]


def test_each_step_is_told_once_and_anew_to_who_is_named_after(
    office: Office, sop: UUID, clock: TurnedClock
) -> None:
    reminders = office.training.reminders
    clock.turn(15 * DAY)

    def take() -> list[str]:
        fresh = reminders.fresh()
        with office.site.transaction(SYSTEM, "mail.compose") as unit:
            taken: tuple[Told, ...] = reminders.take(unit, fresh)
            assert reminders.take(unit, fresh) == ()
        return [one.recipient.number for one in taken if one.recipient]

    assert take() == ["E-2"]
    assert reminders.fresh() == ()
    office.documents.change(AUTHOR, sop, DocumentChange(keeper="M-1"))
    assert take() == ["M-1"]
    office.review(sop, DUE + 3 * DAY)
    clock.turn(3 * DAY)
    assert take() == ["M-1"]  # of the day that was moved
    assert len(reminders.still([one.due.work_id for one in reminders.told(SYSTEM)])) == 1
    assert verified(office.site)


def test_the_list_is_searched_sorted_and_narrowed_with_reviews_in_it(
    office: Office, sop: UUID
) -> None:
    page = office.training.reminders.page
    on = DUE + 9 * DAY
    for request, count in (
        (PageRequest(text="sop-123 e-2"), 5),
        (PageRequest(text="lock fin q-1"), 1),
        (PageRequest(text="gst"), 0),
        (PageRequest(filters=(("step", LadderStep.HEAD),)), 1),
        (PageRequest(sort="told", descending=True, limit=2), 5),
        (PageRequest(sort="title"), 5),
    ):
        assert page(SYSTEM, request, on).total == count
    elsewhere = PageRequest(filters=(("shift", "A"),))
    assert page(SYSTEM, elsewhere, on).total == 0


def test_letters_of_reviews_are_of_their_own_and_say_who_sees_to_it(
    office: Office, sop: UUID, clock: TurnedClock
) -> None:
    other = office.document("SOP-9")
    office.issue(other, "1", review_due=DUE)
    clock.turn(19 * DAY)
    (own,) = letters(office)
    assert (own.subject, own.address) == (
        "Review due on 13 Dec 2026: SOP-123 Lock and tag",
        "e-2@plant.example",
    )
    assert own.text.splitlines() == [
        "Person E-2,",
        "",
        "please see that these documents are reviewed:",
        "",
        "- SOP-123 Lock and tag: due on 13 Dec 2026",
        "",
        "Pune plant",
    ]
    office.documents.change(AUTHOR, other, DocumentChange(keeper="E-2"))
    clock.turn(2 * DAY)
    to_keeper, to_supervisor = sorted(letters(office), key=lambda one: one.address)
    assert to_keeper.subject == "The reviews of 2 documents are due"
    assert "- SOP-9 Lock and tag: 1 day overdue, E-2 Person E-2 sees to it" in (
        to_supervisor.text.splitlines()
    )


def letters(office: Office) -> list[Letter]:
    fresh = office.training.reminders.fresh()
    return reminder_letters(fresh, "Pune plant", office.today)
