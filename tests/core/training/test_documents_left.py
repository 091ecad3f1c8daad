"""A requirement that wants a document read no more: retired or pointed elsewhere with a reason and a signature."""

from uuid import UUID

import pytest

from app.core.base.reasons import ReasonMissing
from app.core.signatures import Meaning, NotSigned, ReadOtherwise, SignatureState
from app.core.training.controlled import DocumentChange, OwnRevision
from app.core.training.errors import TrainingRefused
from tests.core.training.conftest import verified
from tests.support.documents import AUTHOR, Office, learner, people_adder
from tests.support.in_touch import ACTOR


@pytest.fixture
def read(office: Office, sop: UUID) -> UUID:
    """The requirement to read it, which two people have; one of them has read it."""
    add = people_adder(office.site)
    reader = learner(add("E-2"))
    add("E-3")
    made = office.requirement(sop, signed=False)
    office.assign()
    office.acknowledge(reader, made)
    return made


def decisions(office: Office, document_id: UUID) -> list[tuple[str, str]]:
    """Return who signed what became of a document, with the words, each proved."""
    found = []
    for line in office.documents.detail(AUTHOR, document_id).decisions:
        proved = office.door.signatures.signature(ACTOR, line.id)
        assert (proved.state, line.meaning) == (SignatureState.VALID, Meaning.DECIDED)
        found.append((line.name, proved.shown))
    return found


def test_retiring_it_takes_a_reason_and_the_signature_of_somebody_who_did_not_write_the_document(
    office: Office, sop: UUID, read: UUID
) -> None:
    catalogue, meera, today = office.training.catalogue, office.meera, office.today
    with pytest.raises(ReasonMissing):
        catalogue.text_to_sign(meera, read, today, " ")
    with pytest.raises(OwnRevision):
        catalogue.text_to_sign(AUTHOR, read, today, "Nobody needs it")
    words = catalogue.text_to_sign(meera, read, today, "Line 3 is gone")
    assert words.splitlines() == [
        "READ  Read READ",
        "To read until now: SOP-123, revision 4",
        "Lock and tag",
        "3 people have it, 1 hold it.",
        "Who holds it keeps it.",
        f"Assigned no more from {today.day} Nov 2026 on: what is open ends, nobody reads it again.",
        "Line 3 is gone",
    ]
    with pytest.raises(NotSigned):
        catalogue.retire(meera, read, today, "Line 3 is gone")
    with pytest.raises(ReadOtherwise):
        catalogue.retire(meera, read, today, "Another reason", office.signed(words))
    assert catalogue.detail(meera, read).summary.retired_on is None

    catalogue.retire(meera, read, today, "Line 3 is gone", office.signed(words))

    assert catalogue.detail(meera, read).summary.retired_on == today
    assert catalogue.detail(meera, read).summary.open_assignments == 0
    assert decisions(office, sop) == [("Meera Joshi", words)]
    with pytest.raises(NotSigned):
        catalogue.bring_back(meera, read, "Line 3 is built again")
    again = catalogue.text_to_sign(meera, read, None, "Line 3 is built again")
    catalogue.bring_back(meera, read, "Line 3 is built again", office.signed(again))
    assert catalogue.detail(meera, read).summary.retired_on is None
    assert catalogue.detail(meera, read).summary.open_assignments == 2
    assert [shown for _name, shown in decisions(office, sop)] == [words, again]
    assert verified(office.site)


def test_pointing_it_elsewhere_or_nowhere_is_signed_with_what_follows(
    office: Office, sop: UUID
) -> None:
    read = office.requirement(sop, signed=False)
    people_adder(office.site)("E-3")
    office.assign()
    other = office.document("SOP-200")
    office.issue(other, "A")
    change = DocumentChange(requirements=(read,))
    documents, meera = office.documents, office.meera
    with pytest.raises(NotSigned):
        documents.change(meera, other, change, "It is in there now")
    with pytest.raises(ReasonMissing):
        documents.change_text(meera, other, change, "")
    with pytest.raises(OwnRevision):
        documents.change_text(AUTHOR, other, change, "It is in there now")
    words = documents.change_text(meera, other, change, "It is in there now")
    assert words.splitlines()[1:4] == [
        "To read until now: SOP-123, revision 4",
        "Lock and tag",
        "2 people have it, 0 hold it.",
    ]
    assert "From now on it wants SOP-200, revision A read; who has it open reads that." in words
    with pytest.raises(ReadOtherwise):
        documents.change(meera, other, change, "Another reason", office.signed(words))
    assert documents.detail(AUTHOR, other).requirements == ()

    documents.change(meera, other, change, "It is in there now", office.signed(words))

    assert [one.id for one in documents.detail(AUTHOR, other).requirements] == [read]
    assert decisions(office, sop) == [("Meera Joshi", words)]
    office.point(other, reason="Nobody has to read it")
    assert documents.detail(AUTHOR, other).requirements == ()
    ((_name, shown),) = decisions(office, other)
    assert "From now on it wants no document read." in shown
    assert verified(office.site)


def test_what_nobody_could_read_yet_is_pointed_and_retired_by_one_without_a_signature(
    office: Office,
) -> None:
    draft = office.document()
    office.revision(draft, "1")
    read = office.requirement(draft)
    other = office.document("SOP-200")
    change = DocumentChange(requirements=(read,))

    assert office.documents.change_text(AUTHOR, other, change, "") == ""
    office.documents.change(AUTHOR, other, change)
    office.documents.change(AUTHOR, other, DocumentChange(title="Renamed"))  # nobody approved it
    assert office.training.catalogue.text_to_sign(AUTHOR, read, office.today, "") == ""
    office.training.catalogue.retire(AUTHOR, read, office.today)
    assert office.training.catalogue.detail(AUTHOR, read).summary.retired_on == office.today


def test_what_people_read_under_one_document_is_refused_before_anybody_signs(
    office: Office, sop: UUID, read: UUID
) -> None:
    other = office.document("SOP-200")
    with pytest.raises(TrainingRefused, match="SOP-123"):
        office.documents.change_text(
            office.meera, other, DocumentChange(requirements=(read,)), "It is in there now"
        )
