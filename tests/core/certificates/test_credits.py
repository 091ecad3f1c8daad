"""Certificates of requirements: for a class, a practical, a drill, what was read; once, and as the terms say."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pypdfium2 import PdfDocument

from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.certificates import (
    CertificateBasis,
    CertificateState,
    CertificateSummary,
    VerificationStatus,
    verify_with,
)
from app.core.documents import codes_in_pdf
from app.core.keys import TrustedSite
from app.core.links import MailPlan, Outbox
from app.core.people.erasing.models import PersonErasureRow
from app.core.people.models import PersonRow
from app.core.training import EvidenceRule, RequirementType, Terms, TrainingRefused
from app.core.training.assignments import EnteredEvidence
from app.core.training.corrections import COUNTS, VOID, RecordKind, ToCorrect
from app.core.training.reminders import Reminders
from app.core.training.requirements import RequirementChange
from app.core.training.requirements.checks import check_terms
from app.core.training.sessions import SessionKind
from tests.core.training.conftest import verified
from tests.support.classes import BOSS, Room, another_trainer
from tests.support.clock import TurnedClock
from tests.support.in_touch import first_pc
from tests.support.signers import found_administrator

ALL = PageRequest(limit=100)


@pytest.fixture
def room(tmp_path: Path, clock: TurnedClock) -> Room:
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    return Room(pc, clock).can_sign()


def register(room: Room) -> tuple[CertificateSummary, ...]:
    return room.certificates.register(BOSS, ALL).rows


def a_class(room: Room, *numbers: str, **said: object) -> UUID:
    """Hold an hour to which some come, and sign it."""
    session_id = room.opened(**said)
    room.tap(session_id, *numbers)
    room.pass_by(60)
    room.end(session_id)
    room.sign(session_id)
    return session_id


def trust_of(room: Room) -> TrustedSite:
    return room.pc.opened.authority.trusted()


def say(room: Room, code: str, *, gives: bool) -> None:
    catalogue = room.school.training.catalogue
    found = catalogue.coded(BOSS, code).summary
    terms = replace(found.terms, gives_certificate=gives, from_on=room.today)
    catalogue.change(BOSS, found.id, RequirementChange(terms=terms))


def test_a_class_of_three_with_one_absent_gives_two_certificates_that_verify_offline(
    room: Room, tmp_path: Path
) -> None:
    people = [room.somebody(one, name) for one, name in _CLASS]
    room.require()
    session_id = room.plan()
    room.sessions.planning.invite(room.meera, session_id, people)
    room.sessions.rolling.open(room.meera, session_id)
    room.tap(session_id, "E-10", "E-11")
    room.pass_by(60)
    room.end(session_id)
    assert register(room) == ()

    room.sign(session_id)

    given = room.certificates.of_class(BOSS, room.sessions.detail(BOSS, session_id))
    assert [one.person_number for one in given] == ["E-10", "E-11"]
    assert {one.basis for one in given} == {CertificateBasis.SESSION}
    assert {one.course_title for one in given} == {"Fire safety"}
    until = room.today.replace(year=room.today.year + 1)
    assert {one.valid_until for one in given} == {until}
    assert room.certificates.save_all(BOSS, given, tmp_path, NoProgress()) == 2
    for one in given:
        found = verify_with(
            [trust_of(room)], (tmp_path / f"{one.number}.pdf").read_bytes(), room.today
        )
        assert (found.status, found.is_document) == (VerificationStatus.VALID, True)
        assert found.claims is not None
        assert (found.claims.person_name, found.claims.course_title) == (
            one.person_name,
            "Fire safety",
        )
    assert verified(room.pc.opened.site)


_CLASS = (("E-10", "Asha Kulkarni"), ("E-11", "Bina Rao"), ("E-12", "Chitra Iyer"))


def test_beside_the_files_of_a_class_lie_its_pages_to_print_its_cards_and_stickers(
    room: Room, tmp_path: Path
) -> None:
    numbers = [f"E-{one}" for one in range(10, 22)]
    for one in numbers:
        room.somebody(one, f"Learner {one}")
    room.require()
    session_id = a_class(room, *numbers)
    given = room.certificates.of_class(BOSS, room.sessions.detail(BOSS, session_id))

    assert room.certificates.save_all(BOSS, given, tmp_path, NoProgress()) == 12

    first, last = given[0].number, given[-1].number
    stack = tmp_path / f"{first} - {last} pages to print.pdf"
    cards = tmp_path / f"{first} - {last} cards.pdf"
    stickers = tmp_path / f"{first} - {last} stickers.pdf"
    assert len(list(tmp_path.glob("*.pdf"))) == 15
    with PdfDocument(stack) as pages:
        assert len(pages) == 12
    with PdfDocument(cards) as pages:
        assert len(pages) == 2
    tokens = {room.certificates.detail(BOSS, one.id).token for one in given}
    for sheet in (cards, stickers):  # each proves itself by a telephone's camera
        assert set(codes_in_pdf(sheet.read_bytes())) == tokens


def test_who_was_erased_is_left_out_of_the_files_of_a_class(room: Room, tmp_path: Path) -> None:
    asha, _bina = room.somebody("E-10", "Asha Kulkarni"), room.somebody("E-11", "Bina Rao")
    room.require()
    session_id = a_class(room, "E-10", "E-11")
    site = room.pc.opened.site
    paper = room.certificates.document(BOSS, register(room)[1].id)
    with site.transaction(BOSS, "person.erase") as unit:
        unit.erase(
            PersonErasureRow(
                person_id=asha, request_id=None, at=room.clock.now(), by_name="Two people"
            )
        )
    assert room.certificates.destroy_documents([asha]) == 1

    given = room.certificates.of_class(BOSS, room.sessions.detail(BOSS, session_id))

    assert [one.person_number for one in given] == ["E-11"]
    assert room.certificates.save_all(BOSS, given, tmp_path, NoProgress()) == 1
    assert not any("Asha" in one.person_name for one in register(room))
    assert room.certificates.verify(paper).status is VerificationStatus.VALID  # the paper holds


def test_a_certificate_of_a_class_is_mailed_on_issue(room: Room) -> None:
    asha = room.somebody("E-10", "Asha Kulkarni")
    opened = room.pc.opened
    with opened.site.transaction(BOSS, "person.edit") as unit:
        unit.get_one(PersonRow, asha).email = "asha@plant.example"
    room.require()
    outbox = Outbox(
        opened.site,
        opened.authority.folder,
        room.pc.assets,
        Reminders(opened.site),
        room.certificates,
        "Pune",
    )
    outbox.plans.keep(
        BOSS, MailPlan(sender="t@plant.example", mails_certificates=True, sends_here=True)
    )
    a_class(room, "E-10")

    assert (outbox.compose(BOSS), outbox.compose(BOSS)) == (1, 0)


def test_signing_again_gives_nobody_a_second_certificate(room: Room) -> None:
    room.somebody("E-10")
    room.require()
    session_id = a_class(room, "E-10")
    with pytest.raises(TrainingRefused):
        room.sign(session_id)
    assert len(register(room)) == 1


def test_a_class_gives_one_for_each_requirement_that_gives_one(room: Room) -> None:
    room.somebody("E-10")
    room.require()
    room.require("SPILL")
    room.require("BRIEF", RequirementType.DECLARATION)
    a_class(room, "E-10", requirements=("FIRE", "SPILL", "BRIEF"))
    assert {one.course_title for one in register(room)} == {"Fire safety", "Spill safety"}


def test_a_requirement_that_says_so_gives_none(room: Room) -> None:
    asha = room.somebody("E-10")
    room.require()
    say(room, "FIRE", gives=False)
    a_class(room, "E-10")
    assert room.holds(asha) == {"FIRE"}
    assert register(room) == ()


def test_a_drill_gives_one_only_where_its_requirement_says_so(room: Room) -> None:
    room.somebody("E-10")
    room.require("EVAC", RequirementType.DRILL)
    a_class(room, "E-10", requirements=("EVAC",), kind=SessionKind.DRILL)
    assert register(room) == ()
    say(room, "EVAC", gives=True)
    a_class(room, "E-10", requirements=("EVAC",), kind=SessionKind.DRILL)
    assert [one.basis for one in register(room)] == [CertificateBasis.DRILL]


def test_attendance_by_hand_gives_one_once_a_second_person_confirms_it(room: Room) -> None:
    bina = room.somebody("E-11")
    room.require(evidence=EvidenceRule.CONFIRMED)
    session_id = room.opened()
    room.sessions.rolling.tick(room.meera, session_id, bina)
    room.pass_by(60)
    room.end(session_id)
    room.sign(session_id)
    assert register(room) == ()
    (waits,) = room.sessions.confirming.waiting(room.meera)

    room.sessions.confirming.confirm(another_trainer(), waits)

    given = room.certificates.of_class(BOSS, room.sessions.detail(BOSS, session_id))
    assert [one.person_number for one in given] == ["E-11"]


def test_a_paper_of_another_issuer_gives_none_unless_its_requirement_says_so(room: Room) -> None:
    asha = room.somebody("E-10")
    first_aid = room.require("AID", RequirementType.EXTERNAL)
    fire = room.require()
    for one in (first_aid, fire):
        enter(room, asha, one)
    assert register(room) == ()
    say(room, "AID", gives=True)

    enter(room, asha, first_aid)

    assert [one.basis for one in register(room)] == [CertificateBasis.PAPER]


def enter(room: Room, person: UUID, requirement: UUID) -> UUID:
    paper = EnteredEvidence(issuer="Red Cross", number="RC-1", obtained_on=room.today)
    evidence_id: UUID = room.school.training.assignments.evidence.enter(
        BOSS, person, requirement, paper
    )
    return evidence_id


def correct(room: Room, evidence_id: UUID, field: str, new: str, reason: str = "Misread") -> None:
    """Let one correct evidence, and a second agree."""
    corrections = room.school.training.corrections
    wanted = ToCorrect(
        kind=RecordKind.EVIDENCE, record_id=evidence_id, field=field, new=new, reason=reason
    )
    made = corrections.correct(room.meera, wanted)
    corrections.approve(another_trainer(), made)


def test_what_takes_the_place_of_a_corrected_credit_is_certified_in_its_place(room: Room) -> None:
    aid = room.require("AID", RequirementType.EXTERNAL)
    say(room, "AID", gives=True)
    evidence_id = enter(room, room.somebody("E-10"), aid)
    (before,) = register(room)
    yesterday = room.today - timedelta(days=1)

    correct(room, evidence_id, "obtained_on", yesterday.isoformat())

    right, wrong = register(room)
    assert (wrong.id, wrong.state) == (before.id, CertificateState.REVOKED)
    assert (right.state, right.completed_on, right.basis) == (
        CertificateState.VALID,
        yesterday,
        CertificateBasis.PAPER,
    )
    gone = room.certificates.detail(BOSS, wrong.id).revocation
    assert gone is not None
    assert gone.reason == "The record was corrected: Misread"
    told = room.certificates.verify(room.certificates.document(BOSS, wrong.id))
    assert told.status is VerificationStatus.REVOKED


def test_a_credit_that_counts_no_more_takes_its_certificate_with_it(room: Room) -> None:
    aid = room.require("AID", RequirementType.EXTERNAL)
    say(room, "AID", gives=True)
    evidence_id = enter(room, room.somebody("E-10"), aid)

    correct(room, evidence_id, COUNTS, VOID)

    (only,) = register(room)
    assert only.state is CertificateState.REVOKED
    assert verified(room.pc.opened.site)


def test_a_course_does_not_say_in_its_requirement_that_it_gives_one(room: Room) -> None:
    terms = Terms(from_on=room.today, gives_certificate=True)
    with pytest.raises(TrainingRefused, match="says itself"):
        check_terms(terms, RequirementType.COURSE, room.today)


def test_a_requirement_chooses_the_look_and_is_called_as_its_reader_says_it(room: Room) -> None:
    asha, _bina = room.somebody("E-10", "Asha Kulkarni"), room.somebody("E-11", "Bina Rao")
    with room.pc.opened.site.transaction(BOSS, "person.edit") as unit:
        unit.get_one(PersonRow, asha).language = "hi"
    fire = room.require()
    catalogue = room.school.training.catalogue
    terms = replace(catalogue.detail(BOSS, fire).summary.terms, template="modern")
    titles = {"hi": "अग्नि सुरक्षा", "ta": " "}
    catalogue.change(BOSS, fire, RequirementChange(terms=terms, titles=titles))
    assert catalogue.detail(BOSS, fire).titles == {"hi": "अग्नि सुरक्षा"}

    a_class(room, "E-10", "E-11")

    given = {one.person_number: room.certificates.detail(BOSS, one.id) for one in register(room)}
    assert {one.template for one in given.values()} == {"modern"}
    assert given["E-10"].summary.course_title == "अग्नि सुरक्षा"
    assert given["E-11"].summary.course_title == "Fire safety"
    with pytest.raises(TrainingRefused, match="no language"):
        catalogue.change(BOSS, fire, RequirementChange(titles={"xx": "?"}))
