"""Documents are reviewed: what came of it is signed, and says when they are looked at again."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assurance import Oversight
from app.core.base.actor import Capability, Grant
from app.core.base.errors import NotAllowed
from app.core.base.paging import PageRequest
from app.core.base.reasons import ReasonMissing
from app.core.reports import Reports
from app.core.reports.columns import Value
from app.core.signatures import ReadOtherwise, SignatureState
from app.core.training import TrainingRefused
from app.core.training.controlled import (
    DocumentChange,
    DocumentSummary,
    NewReview,
    ReviewOutcome,
)
from app.core.training.controlled.review_rules import (
    MOST_MONTHS,
    check_next,
    months_between,
    next_offered,
)
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, Office, an_office, people_adder
from tests.support.in_touch import first_pc

DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)
STAYS, REVISE = ReviewOutcome.STAYS, ReviewOutcome.REVISE
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


def summary(office: Office) -> DocumentSummary:
    (one,) = office.documents.all(AUTHOR)
    return one


def test_a_document_that_stays_as_it_is_is_due_again_on_the_day_that_was_signed(
    office: Office, clock: TurnedClock
) -> None:
    sop = office.document()
    five = office.issue(sop, "5", review_due=TODAY + 10 * DAY)
    clock.turn(10 * DAY)
    assert summary(office).is_review_due
    until = date(2028, 12, 3)

    made = office.review(sop, until, "Compared  with the line:\nnothing changed")

    one = summary(office)
    assert (one.review_due, one.is_review_due) == (until, False)
    detail = office.documents.detail(AUTHOR, sop)
    (review,) = detail.reviews
    assert review == one.last_review
    assert (review.id, review.revision_id, review.label) == (made, five, "5")
    assert (review.due_on, review.next_due) == (date(2026, 12, 3), until)
    assert (review.remark, review.by_name) == (
        "Compared with the line: nothing changed",
        office.meera.name,
    )
    (line,) = office.door.signatures.under(made)
    kept = office.door.signatures.signature(office.meera, line.id)
    assert kept.state is SignatureState.VALID
    assert kept.line.meaning == "reviewed"
    assert kept.shown.splitlines() == [
        "SOP-123, revision 5",
        "Lock and tag",
        "In force from 23 Nov 2026",
        "Its review is due on 3 Dec 2026.",
        "Reviewed: Stays as it is",
        "Next review by 3 Dec 2028",
        "Compared with the line: nothing changed",
        f"SHA-256 {detail.revisions[0].content_sha256}",
    ]
    assert verified(office.site)
    clock.turn((until - office.today).days * DAY)
    assert summary(office).is_review_due


def test_where_a_new_revision_is_needed_the_review_stays_due_until_it_is_in_force(
    office: Office, clock: TurnedClock
) -> None:
    sop = office.document()
    office.issue(sop, "5", review_due=TODAY + 10 * DAY)
    clock.turn(10 * DAY)
    office.review(sop, TODAY + 30 * DAY)
    office.review(sop, None, "Step 4 is another one", REVISE)

    one = summary(office)
    assert one.last_review is not None
    assert (one.last_review.outcome, one.last_review.remark) == (REVISE, "Step 4 is another one")
    assert one.review_due == TODAY + 30 * DAY
    clock.turn(30 * DAY)
    assert summary(office).is_review_due

    office.issue(sop, "6", office.today, review_due=office.today + 700 * DAY)

    one = summary(office)
    assert (one.is_review_due, one.last_review) == (False, None)
    said = [(each.label, each.outcome) for each in office.documents.detail(AUTHOR, sop).reviews]
    assert said == [("5", REVISE), ("5", STAYS)]


def test_only_what_is_in_force_is_reviewed_with_a_remark_and_a_day_that_can_be(
    office: Office, clock: TurnedClock
) -> None:
    sop, reviewing = office.document(), office.documents.reviewing
    new = NewReview(next_due=TODAY + 365 * DAY, remark="Fine")
    with pytest.raises(TrainingRefused, match="No revision of SOP-123 is in force"):
        reviewing.text(office.meera, sop, new)
    office.issue(sop, "5")
    for wrong in (
        replace(new, next_due=None),
        replace(new, next_due=TODAY),
        replace(new, next_due=date(2036, 11, 24)),
        replace(new, outcome=REVISE),
    ):
        with pytest.raises(TrainingRefused):
            reviewing.text(office.meera, sop, wrong)
    with pytest.raises(ReasonMissing):
        reviewing.text(office.meera, sop, replace(new, remark=" \n"))
    looks = replace(office.meera, grants=frozenset({Grant(capability=Capability.VIEW_RECORDS)}))
    with pytest.raises(NotAllowed):
        reviewing.text(looks, sop, new)
    office.retire(sop, office.today)
    with pytest.raises(TrainingRefused, match="No revision of SOP-123 is in force"):
        reviewing.text(office.meera, sop, new)


def test_a_revision_that_came_in_force_meanwhile_was_not_reviewed(
    office: Office, clock: TurnedClock
) -> None:
    sop, reviewing = office.document(), office.documents.reviewing
    office.issue(sop, "5")
    clock.turn(DAY)
    new = NewReview(next_due=office.today + 365 * DAY, remark="Fine")
    words = reviewing.text(office.meera, sop, new)
    office.issue(sop, "6", office.today)
    with pytest.raises(ReadOtherwise):
        reviewing.review(office.meera, sop, new, office.signed(words))
    assert office.documents.detail(AUTHOR, sop).reviews == ()


def test_the_next_day_that_is_offered_leaves_the_span_of_before(
    office: Office, clock: TurnedClock
) -> None:
    sop = office.document()
    assert office.documents.detail(AUTHOR, sop).next_review is None
    office.issue(sop, "5")
    assert office.documents.detail(AUTHOR, sop).next_review == date(2028, 11, 23)
    clock.turn(DAY)
    office.issue(sop, "6", office.today, review_due=date(2027, 11, 24))
    clock.turn(5 * DAY)
    assert office.documents.detail(AUTHOR, sop).next_review == date(2027, 11, 29)
    office.review(sop, date(2027, 5, 29))
    clock.turn(31 * DAY)
    assert office.documents.detail(AUTHOR, sop).next_review == date(2027, 6, 30)


@given(DAYS, DAYS, DAYS)
def test_what_is_offered_may_always_be_given(today: date, begun: date, due: date) -> None:
    offered = next_offered(today, begun, due)
    check_next(NewReview(next_due=offered, remark="Fine"), today)
    assert 1 <= min(months_between(begun, due), MOST_MONTHS) <= MOST_MONTHS


def test_who_sees_to_it_is_named_by_number_and_by_each_site_for_itself(
    office: Office, clock: TurnedClock
) -> None:
    add = people_adder(office.site)
    sop, first = office.document(), add("E-2")
    office.documents.change(AUTHOR, sop, DocumentChange(keeper="e-2"))
    (keeper,) = summary(office).keepers
    assert (keeper.person_id, keeper.number, keeper.site_id) == (first, "E-2", office.site.site_id)
    office.documents.change(AUTHOR, sop, DocumentChange(keeper="E-2"))
    assert summary(office).keepers == (keeper,)  # said again, it is the same saying
    add("E-3")
    office.documents.change(AUTHOR, sop, DocumentChange(keeper="E-3"))
    assert [one.number for one in summary(office).keepers] == ["E-3"]
    office.documents.change(AUTHOR, sop, DocumentChange(title="Lock and tag out"))
    assert [one.number for one in summary(office).keepers] == ["E-3"]
    office.documents.change(AUTHOR, sop, DocumentChange(keeper=""))
    assert summary(office).keepers == ()
    assert verified(office.site)


def test_what_is_due_stands_in_the_reports_and_what_is_late_on_the_overview(
    office: Office, clock: TurnedClock
) -> None:
    people_adder(office.site)("E-2")
    sop, reports = office.document(), Reports(office.site)
    office.issue(sop, "4", review_due=TODAY + 2 * DAY)
    office.documents.change(AUTHOR, sop, DocumentChange(keeper="E-2"))
    other = office.document("SOP-9")
    office.issue(other, "1", review_due=TODAY + 40 * DAY)
    office.issue(office.document("SOP-7"), "1")
    clock.turn(DAY)
    office.issue(sop, "5", office.today, review_due=TODAY + 3 * DAY)
    clock.turn(3 * DAY)

    def listed(report: str, review: str = "") -> list[tuple[Value, ...]]:
        request = PageRequest(filters=(("review", review),) if review else ())
        return list(reports.page(SYSTEM, report, request).rows)

    def late() -> list[str]:
        checks = Oversight(office.site, clock.now).checks()
        return [one.says for one in checks if one.key == "document-reviews"]

    assert [row[0] for row in listed("document-reviews")] == ["SOP-123", "SOP-9", "SOP-7"]
    (due,) = listed("document-reviews", "due")
    assert due[2:7] == ("5", "Quality", "Person E-2 (E-2)", TODAY + 3 * DAY, 1)
    assert len(listed("document-reviews", "soon")) == 2
    (unsaid,) = listed("document-reviews", "unsaid")
    assert unsaid[0] == "SOP-7"
    (shown,) = listed("documents", "yes")  # revision 4 was superseded: nobody reviews it
    assert (shown[0], shown[3]) == ("SOP-123", "5")
    assert late() == ["The review of 1 document is overdue: SOP-123"]

    office.review(sop, TODAY + 400 * DAY, "Compared")

    assert listed("documents", "yes") == []
    reviewed = next(row for row in listed("documents") if row[3] == "5")
    assert TODAY + 400 * DAY in reviewed
    assert late() == []
    (row,) = [row for row in listed("document-reviews") if row[0] == "SOP-123"]
    assert row[5:] == (
        TODAY + 400 * DAY, 0, TODAY + 4 * DAY, "stays", office.meera.name, "Compared",
    )  # fmt: skip
