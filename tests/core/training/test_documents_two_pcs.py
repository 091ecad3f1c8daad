"""Two PCs revise one document apart: what differs in the same revision waits for a decision."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.errors import NotOne
from app.core.base.ids import new_id
from app.core.people import rebuild_listing
from app.core.training.assignments import State
from app.core.training.controlled import DocumentChange, ReadingTerms, RevisionState
from app.core.training.controlled.errors import TwoRevisions
from app.core.training.controlled.types import NewDocument, NewRevision
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.documents import (
    AUTHOR,
    Office,
    a_pdf,
    an_office,
    learner,
    office_of,
    people_adder,
)
from tests.support.in_touch import another_pc, first_pc

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


class Pair:
    """Two PCs with a document whose revision 4 is in force, and a stick."""

    def __init__(self, folder: Path, clock: TurnedClock) -> None:
        self.folder = folder
        one = first_pc(folder / "one", clock)
        two = another_pc(one, folder / "two", clock)
        self.pcs = (one, two)
        self.office: Office = an_office(one, folder / "files")
        self.sop: UUID = self.office.document()
        self.office.issue(self.sop, "4")
        self.carry(0)
        self.other: Office = office_of(two, folder / "others")
        self.meet()

    def carry(self, sender: int) -> None:
        stick = self.folder / f"stick {new_id().hex}"
        stick.mkdir()
        giver, taker = self.pcs[sender], self.pcs[1 - sender]
        taker.take(giver.send(stick, taker))
        with taker.opened.site.transaction(SYSTEM, "derived.settle") as unit:
            rebuild_listing(unit)

    def meet(self) -> None:
        for sender in (0, 1, 0):
            self.carry(sender)

    def states(self, office: Office) -> dict[str, RevisionState]:
        found = office.documents.detail(AUTHOR, self.sop).revisions
        return {one.label: one.state for one in found}


@pytest.fixture
def pair(tmp_path: Path, clock: TurnedClock) -> Pair:
    return Pair(tmp_path, clock)


def revise(office: Office, document_id: UUID, label: str, words: str, on: date) -> UUID:
    path = a_pdf(office.folder / f"{words}.pdf", 2, words)
    new = NewRevision(label=label, effective_from=on, files={"en": path})
    return office.documents.add_revision(AUTHOR, document_id, new)


def test_both_know_the_document_and_the_file_of_its_revision_travels(pair: Pair) -> None:
    assert pair.states(pair.other) == {"4": RevisionState.EFFECTIVE}
    (four,) = pair.other.documents.detail(AUTHOR, pair.sop).revisions
    assert verified(pair.other.site)
    sha256 = four.files[0].sha256
    assert len(pair.office.documents.readings.content(AUTHOR, four.files[0], four.id)) > 0
    with pair.office.site.read() as session:
        assert sha256 in pair.pcs[0].assets.stored(session, [sha256])


def test_a_revision_that_both_added_is_shown_twice_until_one_is_withdrawn(pair: Pair) -> None:
    ours = revise(pair.office, pair.sop, "5", "ours", TODAY + 5 * DAY)
    theirs = revise(pair.other, pair.sop, "5", "theirs", TODAY + 5 * DAY)
    pair.meet()

    for office in (pair.office, pair.other):
        found = office.documents.detail(AUTHOR, pair.sop).revisions
        assert [(one.label, one.is_double) for one in found if one.label == "5"] == [
            ("5", True),
            ("5", True),
        ]
    with pytest.raises(TwoRevisions, match="two revisions 5 of SOP-123"):
        pair.office.release(ours)
    pair.office.documents.steps.withdraw(AUTHOR, theirs, "The other file is the right one")
    pair.office.documents.steps.approve(pair.office.meera, ours, pair.office.approving(ours))
    pair.meet()
    assert pair.states(pair.other) == pair.states(pair.office)
    assert {one.id: one.state for one in pair.other.documents.detail(AUTHOR, pair.sop).revisions}[
        ours
    ] is RevisionState.APPROVED
    assert verified(pair.office.site)
    assert verified(pair.other.site)


def test_two_revisions_approved_for_one_day_leave_one_in_force_on_both_pcs(
    pair: Pair, clock: TurnedClock
) -> None:
    pair.office.release(revise(pair.office, pair.sop, "5", "ours", TODAY + DAY))
    clock.turn(timedelta(minutes=5))
    pair.other.release(revise(pair.other, pair.sop, "6", "theirs", TODAY + DAY))
    pair.meet()
    clock.turn(DAY)

    assert pair.states(pair.office) == pair.states(pair.other)
    assert pair.states(pair.office) == {
        "4": RevisionState.SUPERSEDED,
        "5": RevisionState.SUPERSEDED,
        "6": RevisionState.EFFECTIVE,
    }


def test_a_number_that_both_gave_is_refused_by_number_and_both_are_listed(pair: Pair) -> None:
    for office in (pair.office, pair.other):
        new = NewDocument(number="SOP-9", title="Spill", owner="EHS", terms=ReadingTerms())
        office.documents.add(AUTHOR, new)
    pair.meet()
    for documents in (pair.office.documents, pair.other.documents):
        assert len(documents.all(AUTHOR, "SOP-9")) == 2
        with pytest.raises(NotOne):
            documents.numbered(AUTHOR, "SOP-9")


def test_what_is_opened_on_one_pc_is_in_progress_on_the_other(pair: Pair) -> None:
    asha = learner(people_adder(pair.office.site)("E-2"))
    requirement = pair.office.requirement(pair.sop, signed=False)
    pair.office.assign()
    pair.office.documents.readings.open(asha, requirement)
    pair.meet()

    def state() -> State:
        assert asha.person_id is not None
        (mine,) = pair.other.training.assignments.of_person(AUTHOR, asha.person_id)
        return mine.stands.state

    assert state() is State.IN_PROGRESS
    pair.office.acknowledge(asha, requirement)
    pair.meet()
    assert state() is State.COMPLETED
    assert verified(pair.other.site)


def test_reviews_that_were_made_apart_are_all_kept_and_the_later_one_holds(
    pair: Pair, clock: TurnedClock
) -> None:
    add = people_adder(pair.office.site)
    add("E-2")
    pair.office.documents.change(AUTHOR, pair.sop, DocumentChange(keeper="E-2"))
    pair.office.review(pair.sop, TODAY + 300 * DAY, "Looked at here")
    clock.turn(timedelta(minutes=5))
    pair.other.review(pair.sop, TODAY + 200 * DAY, "Looked at there")
    pair.meet()

    for office in (pair.office, pair.other):
        (one,) = office.documents.all(AUTHOR)
        reviews = office.documents.detail(AUTHOR, pair.sop).reviews
        assert [each.remark for each in reviews] == ["Looked at there", "Looked at here"]
        assert one.review_due == TODAY + 200 * DAY
        assert [each.number for each in one.keepers] == ["E-2"]
        assert {each.by_name for each in reviews} == {office.meera.name}
        assert verified(office.site)
