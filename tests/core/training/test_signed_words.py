"""Nothing of documents is signed over words that the signer did not read."""

from pathlib import Path
from uuid import UUID

import pytest

from app.core.signatures import AnothersPen, Proof, ReadOtherwise, Undersigned
from app.core.training.controlled import (
    Ask,
    DocumentChange,
    ImpactDecision,
    ImpactSubject,
    Reach,
    RevisionState,
)
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, Office, an_office
from tests.support.in_touch import first_pc
from tests.support.signers import SECOND, SECOND_PASSWORD, second_administrator


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


def renamed(office: Office, document_id: UUID) -> None:
    office.documents.change(
        AUTHOR, document_id, DocumentChange(title="Lock, tag and try"), "As the law says"
    )


def revision_state(office: Office, document_id: UUID) -> list[RevisionState]:
    return [one.state for one in office.documents.detail(AUTHOR, document_id).revisions]


def test_a_document_that_was_renamed_since_it_was_read_is_not_approved(office: Office) -> None:
    document = office.document()
    made = office.revision(document, "1")
    office.documents.steps.submit(AUTHOR, made)
    signed = office.approving(made)
    renamed(office, document)

    with pytest.raises(ReadOtherwise):
        office.documents.steps.approve(office.meera, made, signed)
    assert revision_state(office, document) == [RevisionState.IN_REVIEW]

    office.documents.steps.approve(office.meera, made, office.approving(made))
    assert revision_state(office, document) == [RevisionState.EFFECTIVE]


def test_whom_a_change_concerns_is_decided_by_the_numbers_that_were_read(office: Office) -> None:
    document = office.document()
    made = office.issue(document, "1")
    office.requirement(document)
    decision = ImpactDecision(reach=Reach(ask=Ask.ALL), due_on=None, reason="Step 4 is new")
    impacts, subject = office.documents.impacts, (ImpactSubject.REVISION, made)
    shown = impacts.text(office.meera, *subject, decision)

    with pytest.raises(ReadOtherwise):
        impacts.decide(office.meera, *subject, decision, office.signed(f"{shown}, or not"))
    assert impacts.of_subject(office.meera, made) == ()


def test_a_document_that_was_renamed_since_it_was_read_is_not_acknowledged(office: Office) -> None:
    document = office.document()
    office.issue(document, "1")
    required = office.requirement(document)
    office.assign()
    pinned = office.read(office.meera, office.documents.readings.open(office.meera, required))
    signed = office.acknowledging(pinned)
    renamed(office, document)

    with pytest.raises(ReadOtherwise):
        office.documents.readings.acknowledge(office.meera, pinned, signed)

    office.documents.readings.acknowledge(office.meera, pinned, office.acknowledging(pinned))


def test_an_acknowledgement_is_signed_by_who_read_it(office: Office) -> None:
    """With the pen of another, over the very words, it closes nothing."""
    ravi = second_administrator(
        office.door.pc.opened.site, office.door.sign_in, office.door.signatures, office.meera
    )
    document = office.document()
    office.issue(document, "1")
    required = office.requirement(document)
    office.assign()
    pinned = office.read(office.meera, office.documents.readings.open(office.meera, required))
    words = office.documents.readings.text(office.meera, pinned)
    pen = office.door.signatures.pen(ravi, Proof(name=SECOND, password=SECOND_PASSWORD))

    with pytest.raises(AnothersPen):
        office.documents.readings.acknowledge(office.meera, pinned, Undersigned(pen, words))
