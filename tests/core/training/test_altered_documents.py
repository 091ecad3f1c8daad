"""What a signature under a document's approval or acknowledgement stands for is proved with it."""

from pathlib import Path

import pytest

from app.core.base.paging import PageRequest
from app.core.signatures import SignatureState
from tests.support.altering import alter
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, Office, an_office
from tests.support.in_touch import first_pc

VALID = (SignatureState.VALID, ())


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


def proved(office: Office, kind: str) -> set[tuple[SignatureState, tuple[str, ...]]]:
    """Prove the signatures under records of a kind."""
    request = PageRequest().filtered_by([("kind", kind)])
    return {(one.state, one.changed) for one in office.door.signatures.check(AUTHOR, request)}


def test_p11_15_an_approval_fails_where_who_wrote_what_was_approved_is_altered(
    office: Office,
) -> None:
    """P11-15: the submission that it answers is of what was signed."""
    office.issue(office.document(), "1")
    assert proved(office, "approval_step") == {VALID}

    alter(
        office.door.pc.opened.site,
        "UPDATE approval_step SET authors = '[]' WHERE step = 'submitted'",
    )

    assert proved(office, "approval_step") == {(SignatureState.RECORD_CHANGED, ("approval_step",))}


def test_p11_15_an_approval_whose_submission_is_gone_says_so(office: Office) -> None:
    office.issue(office.document(), "1")

    alter(office.door.pc.opened.site, "DELETE FROM approval_step WHERE step = 'submitted'")

    assert proved(office, "approval_step") == {(SignatureState.RECORD_MISSING, ("approval_step",))}


def test_p11_15_an_acknowledgement_fails_where_the_revision_is_altered(office: Office) -> None:
    document = office.document()
    office.issue(document, "1")
    required = office.requirement(document)
    office.assign()
    pinned = office.read(office.meera, office.documents.readings.open(office.meera, required))
    office.documents.readings.acknowledge(office.meera, pinned, office.acknowledging(pinned))
    assert proved(office, "acknowledgement") == {VALID}

    alter(office.door.pc.opened.site, "UPDATE document_revision SET summary = 'Other words'")

    assert proved(office, "acknowledgement") == {
        (SignatureState.RECORD_CHANGED, ("document_revision",))
    }


def test_p11_15_a_review_fails_where_it_or_the_revision_that_was_reviewed_is_altered(
    office: Office,
) -> None:
    """P11-15: who looked at a revision signed that one, and the day of the next review."""
    sop = office.document()
    office.issue(sop, "1")
    office.review(sop, office.today.replace(year=office.today.year + 1))
    assert proved(office, "document_review") == {VALID}

    alter(office.door.pc.opened.site, "UPDATE document_revision SET summary = 'Other words'")
    assert proved(office, "document_review") == {
        (SignatureState.RECORD_CHANGED, ("document_revision",))
    }
    alter(office.door.pc.opened.site, "UPDATE document_review SET next_due = '2099-01-01'")
    ((state, changed),) = proved(office, "document_review")
    assert (state, "next_due" in changed) == (SignatureState.RECORD_CHANGED, True)
