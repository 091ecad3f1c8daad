"""What goes out of force or comes back is signed, by somebody who did not write it."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.approvals import steps_of
from app.core.people import People
from app.core.signatures import NotSigned, ReadOtherwise, SignatureState
from app.core.training import TrainingRefused
from app.core.training.controlled import NotReadable, OwnRevision, RevisionState
from app.core.training.controlled.states import document_subject, subject_of
from tests.core.training.conftest import verified
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, Office, an_office, learner, people_adder
from tests.support.in_touch import first_pc

DAY = timedelta(days=1)
EFFECTIVE, RETIRED = RevisionState.EFFECTIVE, RevisionState.RETIRED


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


@pytest.fixture
def sop(office: Office, clock: TurnedClock) -> UUID:
    """SOP-123 with revision 4 superseded by 5, which one person has still to read."""
    made = office.document()
    office.issue(made, "4")
    requirement = office.requirement(made, signed=False)
    asha = learner(people_adder(office.site)("E-2"))
    office.assign()
    for who in (asha, office.meera):
        office.acknowledge(who, requirement)
    clock.turn(DAY)
    five = office.issue(made, "5", office.today)
    office.decide(five)
    clock.turn(timedelta(hours=1))
    office.acknowledge(office.meera, requirement)
    return made


def states(office: Office, document_id: UUID) -> dict[str, RevisionState]:
    found = office.documents.detail(AUTHOR, document_id).revisions
    return {one.label: one.state for one in found}


def newest(office: Office, document_id: UUID) -> UUID:
    return office.documents.detail(AUTHOR, document_id).revisions[0].id


def signatures(office: Office, record_id: UUID) -> list[tuple[str, str]]:
    """Return of a record who signed it, and what they read."""
    door, meera = office.door, office.meera
    kept = [door.signatures.signature(meera, one.id) for one in door.signatures.under(record_id)]
    assert {one.state for one in kept} == {SignatureState.VALID}
    return [(one.line.name, one.shown) for one in kept]


def test_an_approved_revision_is_withdrawn_by_another_over_what_follows(
    office: Office, sop: UUID
) -> None:
    steps, five = office.documents.steps, newest(office, sop)
    with pytest.raises(OwnRevision, match="wrote or submitted SOP-123, revision 5"):
        steps.withdraw(AUTHOR, five, "Mine")
    with pytest.raises(NotSigned):
        steps.withdraw(office.meera, five, "A step is wrong")
    words = steps.withdrawal_text(office.meera, five, "A step is  wrong")
    assert words.splitlines() == [
        "SOP-123, revision 5",
        "Lock and tag",
        "In force from 24 Nov 2026",
        "It is withdrawn for good.",
        "In force after it: SOP-123, revision 4",
        "1 person is asked to read it no more.",
        "A step is wrong",
    ]
    with pytest.raises(ReadOtherwise):
        steps.withdraw(office.meera, five, "Another reason", office.signed(words))
    assert states(office, sop)["5"] is EFFECTIVE

    steps.withdraw(office.meera, five, "A step is wrong", office.signed(words))

    assert states(office, sop) == {"5": RETIRED, "4": EFFECTIVE}
    with office.site.read() as session:
        step = steps_of(session, subject_of(five))[-1]
    assert signatures(office, step.id) == [(office.meera.name, words)]
    assert verified(office.site)


def test_what_a_learner_has_open_is_shown_no_more_once_it_is_withdrawn(
    office: Office, sop: UUID
) -> None:
    asha = learner(People(office.site).find(AUTHOR, "E-2").id)
    (read,) = (one.id for one in office.documents.detail(AUTHOR, sop).requirements)
    readings = office.documents.readings
    reading = readings.open(asha, read)
    assert (
        reading.revision.label,
        bool(readings.content(asha, reading.file, reading.revision.id)),
    ) == (
        "5",
        True,
    )

    office.withdraw(newest(office, sop))

    with pytest.raises(NotReadable, match="Revision 5 of SOP-123 is retired"):
        readings.content(asha, reading.file, reading.revision.id)
    with pytest.raises(NotReadable):
        office.documents.readings.acknowledge(asha, office.read(asha, reading))
    assert readings.content(
        office.meera, reading.file, reading.revision.id
    )  # who keeps it reads it


def test_what_nobody_approved_is_withdrawn_by_its_author_without_a_signature(
    office: Office, sop: UUID, clock: TurnedClock
) -> None:
    steps = office.documents.steps
    for label, is_submitted in (("6", False), ("7", True)):
        clock.turn(DAY)
        made = office.revision(sop, label, office.today + DAY)
        if is_submitted:
            steps.submit(AUTHOR, made)
        assert steps.withdrawal_text(AUTHOR, made, "Not needed") == ""
        steps.withdraw(AUTHOR, made, "Not needed")
        assert states(office, sop)[label] is RETIRED
    assert states(office, sop)["5"] is EFFECTIVE


def test_a_document_is_retired_and_brought_back_by_another_with_a_signature(
    office: Office, sop: UUID
) -> None:
    retiring, today = office.documents.retiring, office.today
    with pytest.raises(OwnRevision):
        retiring.retirement_text(AUTHOR, sop, today, "Line 3 is gone")
    words = retiring.retirement_text(office.meera, sop, today, "Line 3 is gone")
    assert words.splitlines() == [
        "SOP-123, revision 5",
        "Lock and tag",
        "Retired from 24 Nov 2026 on: no revision of it is in force then.",
        "1 person is asked to read it no more.",
        "Line 3 is gone",
    ]
    for who, expected in ((AUTHOR, OwnRevision), (office.meera, ReadOtherwise)):
        with pytest.raises(expected):
            retiring.retire(who, sop, today, "Line 3 is gone", office.signed("Something else"))
    with pytest.raises(TrainingRefused, match="is not retired"):
        retiring.return_text(office.meera, sop, "x")
    assert states(office, sop)["5"] is EFFECTIVE

    retiring.retire(office.meera, sop, today, "Line 3 is gone", office.signed(words))

    assert states(office, sop)["5"] is RETIRED
    with pytest.raises(OwnRevision):
        retiring.return_text(AUTHOR, sop, "Line 3 is built again")
    back = retiring.return_text(office.meera, sop, "Line 3 is built again")
    assert back.splitlines()[2:] == [
        "Brought back; in force again: SOP-123, revision 5",
        "Requirements: READ",
        "Line 3 is built again",
    ]
    with pytest.raises(ReadOtherwise):
        retiring.bring_back(office.meera, sop, "Another reason", office.signed(back))
    retiring.bring_back(office.meera, sop, "Line 3 is built again", office.signed(back))
    assert states(office, sop)["5"] is EFFECTIVE
    (read,) = office.school.training.catalogue.all(office.meera)
    assert read.open_assignments == 1
    with office.site.read() as session:
        retired, returned = steps_of(session, document_subject(sop))
    assert returned.answers == retired.id
    assert signatures(office, retired.id) == [(office.meera.name, words)]
    assert signatures(office, returned.id) == [(office.meera.name, back)]
    assert verified(office.site)
