"""A class or a practical that was written down wrongly: withdrawn, moved to another day or to who earned it."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.paging import PageRequest
from app.core.certificates import (
    CertificateBasis,
    CertificateState,
    CertificateSummary,
    VerificationStatus,
)
from app.core.people import Audience
from app.core.reports import Reports
from app.core.reports.sessions_held import held_sessions
from app.core.signatures import Meaning, Proof, Undersigned
from app.core.training import TrainingRefused
from app.core.training.assignments import AssignmentSummary
from app.core.training.corrections import COUNTS, PERSON, VOID, RecordKind, ToCorrect
from app.core.training.permits import TaskWords, Verdict
from app.core.training.practicals import Hand, RunState
from app.core.training.sessions import Outcome
from app.core.training.signing import NotOneself, SigningRule, SigningTerms
from tests.core.certificates.test_credits import a_class
from tests.core.training.conftest import verified
from tests.support.classes import BOSS, Room, another_trainer
from tests.support.clock import TurnedClock
from tests.support.in_touch import first_pc
from tests.support.practicals import Floor, furnish
from tests.support.signers import LOGIN, PASSWORD, found_administrator


@pytest.fixture
def room(tmp_path: Path, clock: TurnedClock) -> Room:
    """A class to which Asha came, who was asked for it; Bina was asked and did not come."""
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    made = Room(pc, clock).can_sign()
    made.require()
    for number, name in (("E-10", "Asha Kulkarni"), ("E-11", "Bina Rao")):
        made.somebody(number, name)
    everybody = Audience(numbers=("E-10", "E-11"))
    made.school.training.assign(BOSS, "FIRE", everybody, due_on=None, origin="Works in shed 2")
    a_class(made, "E-10")
    return made


def record(room: Room, number: str = "E-10") -> UUID:
    """Return the id of what somebody met by the class."""
    person_id = room.people.find(BOSS, number).id
    (one,) = room.school.training.corrections.records(room.meera, person_id)
    assert one.kind is RecordKind.CREDIT
    return one.id


def wanted(record_id: UUID, field: str, new: str) -> ToCorrect:
    return ToCorrect(
        kind=RecordKind.CREDIT, record_id=record_id, field=field, new=new, reason="Wrong badge"
    )


def correct(room: Room, field: str, new: str) -> None:
    """Let Meera correct what Asha met, and a second person agree."""
    corrections = room.school.training.corrections
    made = corrections.correct(room.meera, wanted(record(room), field, new))
    (waits,) = corrections.waiting(room.meera)
    assert waits.id == made
    corrections.approve(another_trainer(), made)


def certificates(room: Room) -> dict[str, list[CertificateSummary]]:
    found: dict[str, list[CertificateSummary]] = {"E-10": [], "E-11": []}
    for one in room.certificates.register(BOSS, PageRequest(limit=100)).rows:
        found[one.person_number].append(one)
    return found


def assigned(room: Room, number: str) -> list[AssignmentSummary]:
    person_id = room.people.find(BOSS, number).id
    return sorted(
        room.school.training.assignments.of_person(BOSS, person_id), key=lambda one: one.cycle
    )


def hours_of(room: Room) -> dict[UUID, int]:
    """Return who was there how long, as reports count it."""
    with room.pc.opened.site.read() as session:
        (one,) = held_sessions(session, None)
        return one.seconds


def verdict(room: Room, number: str) -> Verdict:
    """Return whether somebody may do what the class is for."""
    return room.school.training.permits.may(BOSS, number, "BAY").answer.verdict


def test_who_was_corrected_may_not_any_more_and_who_earned_it_may(room: Room) -> None:
    room.school.training.permits.tasks.add(
        BOSS, TaskWords(code="BAY", title="Hot work bay", needs=("FIRE",))
    )
    assert (verdict(room, "E-10"), verdict(room, "E-11")) == (Verdict.ALLOWED, Verdict.NOT_ALLOWED)
    room.pass_by(1)
    before = room.clock.now()
    room.pass_by(1)

    correct(room, PERSON, "E-11")

    assert (verdict(room, "E-10"), verdict(room, "E-11")) == (Verdict.NOT_ALLOWED, Verdict.ALLOWED)
    permits = room.school.training.permits
    as_known = permits.may(BOSS, "E-10", "BAY", on=room.today, known_at=before)
    assert as_known.answer.verdict is Verdict.ALLOWED  # as it was known before the correction


def test_attendance_that_is_withdrawn_takes_credit_certificate_and_assignment_with_it(
    room: Room,
) -> None:
    (given,) = certificates(room)["E-10"]
    paper = room.certificates.document(BOSS, given.id)

    correct(room, COUNTS, VOID)

    found = room.certificates.verify(paper)
    assert found.status is VerificationStatus.REVOKED
    assert "Wrong badge" in found.why
    assert room.certificates.document(BOSS, given.id) == paper  # its bytes never change
    ((only, *_none),) = [room.sessions.between(BOSS, room.today, room.today)]
    signed = room.sessions.detail(BOSS, only.id)
    assert [one.outcome for one in signed.signed] == [Outcome.WITHDRAWN]
    assert [one.is_withdrawn for one in signed.roll] == [True]
    assert hours_of(room) == {}
    first, again = assigned(room, "E-10")
    assert (first.is_held, again.closed_at) == (False, None)
    assert verified(room.pc.opened.site)
    with pytest.raises(TrainingRefused, match="not count"):
        room.school.training.corrections.text(
            room.meera, wanted(record(room), "met_on", "2026-11-20")
        )


def test_what_the_wrong_person_was_given_goes_to_who_earned_it(room: Room) -> None:
    correct(room, PERSON, "e-11")

    held = certificates(room)
    assert [one.state for one in held["E-10"]] == [CertificateState.REVOKED]
    (new,) = held["E-11"]
    assert (new.state, new.basis) == (CertificateState.VALID, CertificateBasis.SESSION)
    assert new.valid_until == held["E-10"][0].valid_until
    assert assigned(room, "E-10")[-1].closed_at is None
    assert [one.is_held for one in assigned(room, "E-11")] == [True]
    assert hours_of(room) == {room.people.find(BOSS, "E-11").id: 3600}
    ((only, *_none),) = [room.sessions.between(BOSS, room.today, room.today)]
    of_class = room.certificates.of_class(BOSS, room.sessions.detail(BOSS, only.id))
    assert [one.number for one in of_class] == [new.number]
    (told,) = room.school.training.corrections.of_person(BOSS, room.people.find(BOSS, "E-10").id)
    assert (told.old, told.new) == ("Asha Kulkarni (E-10)", "Bina Rao (E-11)")
    # what she has now is a record of hers, and can be corrected like any other
    (mine,) = room.school.training.corrections.records(
        room.meera, room.people.find(BOSS, "E-11").id
    )
    assert mine.values[PERSON] == "Bina Rao (E-11)"
    assert verified(room.pc.opened.site)


def test_a_wrong_day_moves_until_when_it_holds(room: Room) -> None:
    day = room.today - timedelta(days=30)

    correct(room, "met_on", day.isoformat())

    revoked, valid = sorted(certificates(room)["E-10"], key=lambda one: one.state.value)
    assert (revoked.state, valid.state) == (CertificateState.REVOKED, CertificateState.VALID)
    assert (valid.completed_on, valid.valid_until) == (day, day.replace(year=day.year + 1))
    assert [one.is_held for one in assigned(room, "E-10")] == [True]
    correct(room, "met_on", (day - timedelta(days=1)).isoformat())  # the newest counts
    assert _valid(room) == [day - timedelta(days=1)]


def _valid(room: Room) -> list[date]:
    held = certificates(room)["E-10"]
    return [one.completed_on for one in held if one.state is CertificateState.VALID]


def test_a_correction_is_in_the_record_with_what_it_corrects(room: Room) -> None:
    correct(room, PERSON, "E-11")
    dossiers = Reports(room.pc.opened.site).dossiers

    asha = dossiers.of(BOSS, room.people.find(BOSS, "E-10").id)
    bina = dossiers.of(BOSS, room.people.find(BOSS, "E-11").id)

    (before,), (after,) = asha.evidence, bina.evidence
    assert (before.kind, before.state, before.marks) == ("session", "void", "Δ1")
    assert (after.kind, after.state) == ("corrected", "counts")
    (footnote,) = asha.corrections
    assert (footnote.what, footnote.field) == ("Requirement met", "Who met it")
    assert (footnote.old, footnote.new) == ("Asha Kulkarni (E-10)", "Bina Rao (E-11)")
    assert footnote.second == "Ravi Das"


def test_nobody_gets_the_same_twice_and_nobody_gives_to_themselves(room: Room) -> None:
    a_class(room, "E-10", "E-11")
    corrections = room.school.training.corrections
    first, *_others = corrections.records(room.meera, room.people.find(BOSS, "E-10").id)
    with pytest.raises(TrainingRefused, match="same occasion"):
        corrections.text(room.meera, wanted(first.id, PERSON, "E-11"))
    with pytest.raises(NotOneself):
        corrections.text(room.meera, wanted(first.id, PERSON, "E-1"))
    with pytest.raises(TrainingRefused, match="already"):
        corrections.text(room.meera, wanted(first.id, PERSON, "E-10"))


def test_who_corrects_signs_where_the_site_asks_for_it(room: Room) -> None:
    terms = SigningTerms(from_on=room.today, corrections=SigningRule.SIGNED)
    room.school.training.signing.say(BOSS, terms, "As the plant wants it")
    asked = wanted(record(room), PERSON, "E-11")
    corrections = room.school.training.corrections
    text = corrections.text(room.meera, asked)
    assert "Asha Kulkarni (E-10) becomes Bina Rao (E-11)" in text
    pen = room.door.signatures.pen(room.meera, Proof(name=LOGIN, password=PASSWORD))

    made = corrections.correct(room.meera, asked, Undersigned(pen, text))

    (line,) = room.door.signatures.under(made)
    assert line.meaning == Meaning.CORRECTED


def test_a_practical_that_is_withdrawn_is_done_again(tmp_path: Path, clock: TurnedClock) -> None:
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    room = Room(pc, clock)
    floor: Floor = furnish(room.door, room.school.training)
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    corrections = room.school.training.corrections
    (one,) = corrections.records(room.meera, floor.asha_id)

    made = corrections.correct(room.meera, wanted(one.id, COUNTS, VOID))
    corrections.approve(another_trainer(), made)

    again = floor.record()
    assert (again.held_until, again.run, again.stands.state) == (None, 2, RunState.OPEN)
    assert again.due_on is None or again.due_on >= room.today
    assert verified(pc.opened.site)
