"""Signing the attendance: who is credited, who waits, who is not, and what the signature is bound to."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Capability, Grant
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.certificates import CertificateBasis
from app.core.courses import CompletionRule, Outline
from app.core.people import Destination, NewPerson
from app.core.signatures import (
    AnothersPen,
    Proof,
    ReadOtherwise,
    SignatureState,
    Undersigned,
)
from app.core.training import EvidenceRule, Terms, TrainingRefused, Validity
from app.core.training.requirements import RequirementChange
from app.core.training.sessions import Method, Outcome, SessionState, WrongState
from tests.core.training.conftest import verified
from tests.support.classes import BOSS, HOUR, Room, another_trainer
from tests.support.signers import (
    LOGIN,
    PASSWORD,
    SECOND,
    SECOND_PASSWORD,
    second_administrator,
)
from tests.support.teaching import a_lesson, published


def test_who_was_there_long_enough_is_credited_once_the_trainer_has_signed(room: Room) -> None:
    asha, bina, chitra = (room.somebody(one) for one in ("E-10", "E-11", "E-12"))
    room.require()
    session_id = room.plan()
    room.sessions.planning.invite(room.meera, session_id, [asha, bina, chitra])
    room.sessions.rolling.open(room.meera, session_id)
    room.tap(session_id, "E-10")
    room.pass_by(30)
    room.tap(session_id, "E-11")
    room.pass_by(30)
    room.end(session_id)
    assert room.holds(asha) == frozenset()

    signed = room.sign(session_id)

    assert (signed.credited, signed.too_short, signed.absent) == ((asha,), (bina,), (chitra,))
    assert room.holds(asha) == {"FIRE"}
    assert room.holds(bina) == room.holds(chitra) == frozenset()
    (line,) = room.door.signatures.under(signed.signing_id)
    found = room.door.signatures.signature(BOSS, line.id)
    assert (found.state, line.meaning) == (SignatureState.VALID, "performed")
    assert "E-10" in found.shown
    assert "too short, does not count" in found.shown
    assert verified(room.pc.opened.site)


def test_an_assignment_is_closed_by_a_signed_session(room: Room) -> None:
    from app.core.people import Audience
    from app.core.training.assignments import State

    room.somebody("E-10")
    asha = room.somebody("E-11")
    room.require()
    room.school.training.assign(
        BOSS, "FIRE", Audience(numbers=("E-11",)), due_on=None, origin="Works there"
    )
    session_id = room.opened()
    room.tap(session_id, "E-11")
    room.pass_by(60)
    room.end(session_id)
    room.sign(session_id)

    (mine,) = room.school.training.assignments.of_person(BOSS, asha)
    assert mine.stands.state is State.COMPLETED
    assert mine.valid_until == room.today.replace(year=room.today.year + 1)


def test_an_assignment_is_in_progress_from_the_roll_to_the_signature(room: Room) -> None:
    from app.core.people import Audience
    from app.core.training.assignments import State

    asha, bina = room.somebody("E-10"), room.somebody("E-11")
    room.require()
    everybody = Audience(numbers=("E-10", "E-11"))
    room.school.training.assign(BOSS, "FIRE", everybody, due_on=None, origin="Works there")

    def states() -> tuple[State, State]:
        of_person = room.school.training.assignments.of_person
        (first,), (second,) = of_person(BOSS, asha), of_person(BOSS, bina)
        return first.stands.state, second.stands.state

    session_id = room.opened()
    assert states() == (State.ASSIGNED, State.ASSIGNED)
    room.tap(session_id, "E-10")
    assert states() == (State.IN_PROGRESS, State.ASSIGNED)
    room.pass_by(30)
    room.tap(session_id, "E-11")
    room.pass_by(30)
    room.end(session_id)
    assert states() == (State.IN_PROGRESS, State.IN_PROGRESS)
    room.sign(session_id)
    assert states() == (State.COMPLETED, State.ASSIGNED)  # Bina came too late


def test_a_line_that_was_struck_out_begins_nothing(room: Room) -> None:
    from app.core.people import Audience
    from app.core.training.assignments import State

    asha = room.somebody("E-10")
    room.require()
    room.school.training.assign(
        BOSS, "FIRE", Audience(numbers=("E-10",)), due_on=None, origin="Works there"
    )
    session_id = room.opened()
    room.tap(session_id, "E-10")
    ((line,),) = (one.lines for one in room.sessions.detail(BOSS, session_id).roll)
    room.sessions.rolling.correct(room.meera, session_id, line.id, reason="Wrong badge")

    (mine,) = room.school.training.assignments.of_person(BOSS, asha)
    assert mine.stands.state is State.ASSIGNED


def test_signing_again_credits_nobody_twice_and_who_came_to_be_known_since(room: Room) -> None:
    asha, bina = room.somebody("E-10"), room.somebody("E-11")
    room.require()
    session_id = room.opened()
    room.tap(session_id, "E-10")
    room.pass_by(60)
    room.end(session_id)
    room.sign(session_id)

    with pytest.raises(WrongState, match="signed already"):
        room.tap(session_id, "E-11")
    with pytest.raises(TrainingRefused, match="nobody to sign for"):
        room.sign(session_id)
    assert room.holds(asha) == {"FIRE"}
    assert room.holds(bina) == frozenset()


def test_what_has_changed_since_it_was_read_is_not_signed(room: Room) -> None:
    room.somebody("E-10")
    bina = room.somebody("E-11")
    room.require()
    session_id = room.opened()
    room.tap(session_id, "E-10")
    room.pass_by(60)
    room.end(session_id)
    shown = room.sessions.signing.text(room.meera, session_id)
    room.sessions.rolling.tick(room.meera, session_id, bina)

    pen = room.door.signatures.pen(room.meera, Proof(name=LOGIN, password=PASSWORD))
    with pytest.raises(ReadOtherwise, match="it changed meanwhile"):
        room.sessions.signing.sign(room.meera, session_id, Undersigned(pen, shown))
    assert room.holds(bina) == frozenset()


def test_only_who_leads_a_session_signs_it(room: Room) -> None:
    room.somebody("E-10")
    room.somebody("E-20", "Ravi")
    room.require()
    session_id = room.opened(trainers=("E-20",))
    room.tap(session_id, "E-10")
    room.pass_by(60)
    room.end(session_id)
    with pytest.raises(TrainingRefused, match="signed by who leads the session: Ravi"):
        room.sign(session_id)


def test_a_session_led_from_outside_is_signed_by_who_holds_it_here(room: Room) -> None:
    asha = room.somebody("E-10")
    room.require()
    session_id = room.opened(trainers=("Fire brigade, Baddi",))
    room.tap(session_id, "E-10")
    room.pass_by(60)
    room.end(session_id)
    room.sign(session_id)
    assert room.holds(asha) == {"FIRE"}
    (trainer,) = room.sessions.detail(room.meera, session_id).trainers
    assert (trainer.name, trainer.account_id) == ("Fire brigade, Baddi", None)


def test_a_session_that_is_not_over_is_not_signed(room: Room) -> None:
    room.somebody("E-10")
    room.require()
    session_id = room.opened()
    room.tap(session_id, "E-10")
    with pytest.raises(WrongState, match="still under way"):
        room.sign(session_id)


def test_a11_06_attendance_typed_by_hand_waits_for_a_second_person(room: Room) -> None:
    asha, bina = room.somebody("E-10", badge="0011"), room.somebody("E-11")
    room.require(evidence=EvidenceRule.CONFIRMED)
    session_id = room.opened()
    room.tap(session_id, "0011")
    room.sessions.rolling.tick(room.meera, session_id, bina)
    room.pass_by(60)
    room.end(session_id)

    signed = room.sign(session_id)

    assert (signed.credited, signed.waiting) == ((asha,), (bina,))
    assert room.holds(asha) == {"FIRE"}
    assert room.holds(bina) == frozenset()
    confirming = room.sessions.confirming
    (waits,) = confirming.waiting(room.meera)
    with pytest.raises(TrainingRefused, match="does not confirm it"):
        confirming.confirm(room.meera, waits)
    confirming.confirm(another_trainer(), waits)
    assert room.holds(bina) == {"FIRE"}
    assert confirming.waiting(room.meera) == ()
    with pytest.raises(TrainingRefused, match="answered this already"):
        confirming.refuse(another_trainer(), waits, "Was not there")


def test_a11_06_what_a_second_person_refuses_does_not_count(room: Room) -> None:
    bina = room.somebody("E-11")
    room.require(evidence=EvidenceRule.CONFIRMED)
    session_id = room.opened()
    room.sessions.rolling.tick(room.meera, session_id, bina, method=Method.TICK)
    room.pass_by(60)
    room.end(session_id)
    room.sign(session_id)
    (waits,) = room.sessions.confirming.waiting(room.meera)

    room.sessions.confirming.refuse(another_trainer(), waits, "Was on leave")

    assert room.holds(bina) == frozenset()
    assert room.sessions.confirming.waiting(room.meera) == ()


def test_a11_06_what_waited_when_it_was_signed_waits_whatever_is_asked_since(room: Room) -> None:
    bina = room.somebody("E-11")
    fire = room.require(evidence=EvidenceRule.CONFIRMED)
    session_id = room.opened()
    room.sessions.rolling.tick(room.meera, session_id, bina)
    room.pass_by(60)
    room.end(session_id)
    room.sign(session_id)
    entered = Terms(
        from_on=room.today, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
    )
    room.school.training.catalogue.change(BOSS, fire, RequirementChange(terms=entered))

    (waits,) = room.sessions.confirming.waiting(room.meera)
    room.sessions.confirming.confirm(another_trainer(), waits)

    assert room.holds(bina) == {"FIRE"}
    assert room.sessions.confirming.waiting(room.meera) == ()


def test_who_is_moved_after_the_roll_is_signed_for_and_a_stranger_is_left_out(room: Room) -> None:
    press, yard, store = (
        room.people.organisation.add_org_unit(BOSS, code, code) for code in ("PRS", "YRD", "STO")
    )
    room.require()
    since = room.today - timedelta(days=400)
    asha, bina, chitra = (
        room.people.add(
            BOSS,
            NewPerson(
                number=number, name=number, joined_on=since, place=Destination(org_unit_id=unit)
            ),
        )
        for number, unit in (("E-10", press), ("E-11", press), ("E-12", store))
    )
    grant = Grant(capability=Capability.ASSIGN, org_units=frozenset({press}))
    room.meera = replace(room.meera, grants=frozenset({grant}))
    session_id = room.opened()
    room.tap(session_id, "E-10", "E-11")
    room.sessions.rolling.tap(BOSS, session_id, "E-12")  # by who may for all
    room.pass_by(60)
    room.people.move(BOSS, bina, Destination(org_unit_id=yard))
    room.sessions.rolling.went(room.meera, session_id, "E-11")
    room.end(session_id)

    text = room.sessions.signing.text(room.meera, session_id)
    assert "E-12 E-12: 1 h, you may not assign training to them" in text
    assert set(room.sign(session_id).credited) == {asha, bina}
    assert room.holds(chitra) == frozenset()


def test_who_signs_for_a_trainer_from_outside_is_told_that_it_does_not_count_for_them(
    room: Room,
) -> None:
    asha = room.somebody("E-10")
    room.require()
    session_id = room.opened(trainers=("Fire brigade, Baddi",))
    room.tap(session_id, "E-1", "E-10")
    room.pass_by(60)
    room.end(session_id)
    assert "E-1 Meera Joshi: 1 h, signs the attendance" in room.sessions.signing.text(
        room.meera, session_id
    )
    assert room.sign(session_id).credited == (asha,)


def test_who_missed_a_session_is_moved_to_another_one(room: Room) -> None:
    asha, bina = room.somebody("E-10"), room.somebody("E-11")
    room.require()
    session_id = room.plan()
    room.sessions.planning.invite(room.meera, session_id, [asha, bina])
    room.sessions.rolling.open(room.meera, session_id)
    room.tap(session_id, "E-10")
    room.pass_by(60)
    room.end(session_id)
    signed = room.sign(session_id)
    later = room.clock.now() + timedelta(days=3)
    thursday = room.plan(starts_at=later, ends_at=later + HOUR)

    assert room.sessions.planning.rebook(room.meera, session_id, thursday, signed.absent) == 1
    assert room.sessions.planning.rebook(room.meera, session_id, thursday, signed.absent) == 0

    (invited,) = room.sessions.detail(room.meera, thursday).roll
    assert invited.person_id == bina


def test_a_closed_session_takes_nothing_more(room: Room) -> None:
    room.somebody("E-10")
    room.require()
    session_id = room.opened()
    room.tap(session_id, "E-10")
    room.pass_by(60)
    room.end(session_id)
    with pytest.raises(WrongState):
        room.sessions.signing.close(room.meera, session_id)
    room.sign(session_id)
    room.sessions.signing.close(room.meera, session_id)

    detail = room.sessions.detail(room.meera, session_id)
    assert detail.summary.state is SessionState.CLOSED
    assert [one.outcome for one in detail.signed] == [Outcome.CREDITED]
    with pytest.raises(WrongState, match="closed"):
        room.sign(session_id)


def test_man_hours_are_what_each_was_there(room: Room) -> None:
    for number in ("E-10", "E-11"):
        room.somebody(number)
    room.require()
    session_id = room.opened()
    room.tap(session_id, "E-10")
    room.pass_by(30)
    room.tap(session_id, "E-11")
    room.pass_by(30)
    room.end(session_id)
    assert room.sessions.detail(room.meera, session_id).man_hours == 1 + 1 / 2


def test_a_toolbox_talk_is_three_fields_badges_and_a_signature(room: Room) -> None:
    asha = room.somebody("E-10", badge="0011")
    talk = room.sessions.talk(room.meera, "Hot work near the solvent store", 10)
    room.tap(talk, "0011")
    room.pass_by(10)
    room.end(talk)

    signed = room.sign(talk)

    assert signed.credited == (asha,)
    assert room.holds(asha) == frozenset()  # evidence and man-hours, no requirement
    assert room.sessions.detail(room.meera, talk).man_hours * 60 == 10


def test_what_was_shown_to_all_counts_from_the_joining_minute_and_issues_certificates(
    room: Room,
) -> None:
    site = room.pc.opened.site
    film = a_lesson("video", "The film", rule=CompletionRule())
    film = replace(film, seconds=1200)
    outline = Outline(
        title="Extinguishers", lessons=(film,), certificate="classic", valid_months=12
    )
    course_id = published(site, outline, code="EXT")
    with site.transaction(BOSS, "course.require") as unit:
        from app.core.training.models import RequirementRow

        unit.add(RequirementRow(code="EXT", title="Extinguishers", course_id=course_id))
    asha, bina = room.somebody("E-10", badge="0011"), room.somebody("E-11", badge="0012")
    room.require()
    session_id = room.opened(course="EXT", threshold=50)
    room.tap(session_id, "0011")
    (lesson,) = room.sessions.showing.lessons(room.meera, session_id)
    begins = room.clock.now()
    room.pass_by(10)
    room.tap(session_id, "0012")
    room.pass_by(10)
    room.sessions.showing.note(room.meera, session_id, lesson.lesson_id, (begins, room.clock.now()))
    room.end(session_id)

    signed = room.sign(session_id)

    assert set(signed.credited) == {asha, bina}  # both were there for half of the session
    assert signed.completed == (asha,)  # bina saw half of the film
    page = room.certificates.register(BOSS, PageRequest())
    numbers = [(one.person_name, one.basis) for one in page.rows]
    of_film, attended = CertificateBasis.COURSE, CertificateBasis.SESSION
    assert numbers == [("E-10", of_film), ("E-11", attended), ("E-10", attended)]
    given = room.certificates.of_class(BOSS, room.sessions.detail(room.meera, session_id))
    folder = room.pc.opened.folder
    assert room.certificates.save_all(BOSS, given, folder, NoProgress()) == 3
    assert (folder / f"{given[0].number}.pdf").read_bytes().startswith(b"%PDF")
    assert verified(site)


def test_a_show_of_hands_is_kept_and_the_newest_count_stands(room: Room) -> None:
    from app.core.training.sessions import Tally

    room.require()
    session_id = room.opened()
    showing = room.sessions.showing
    showing.tally(room.meera, session_id, Tally(question="Class B fire", knew=20, missed=9))
    room.pass_by(1)
    showing.tally(room.meera, session_id, Tally(question="Class B fire", knew=21, missed=8))
    with pytest.raises(TrainingRefused, match="No hands"):
        showing.tally(room.meera, session_id, Tally(question="Class C fire", knew=0, missed=0))
    (stands,) = room.sessions.detail(room.meera, session_id).tallies
    assert (stands.knew, stands.missed) == (21, 8)


def test_a_class_counts_for_whom_something_comes_first_once_they_hold_that(room: Room) -> None:
    asha, bina = room.somebody("E-10"), room.somebody("E-11")
    fire = room.require()
    basic = room.require("BASIC")
    room.school.training.catalogue.change(BOSS, fire, RequirementChange(prerequisites=(basic,)))

    def held(code: str, *numbers: str) -> UUID:
        session_id = room.opened(requirements=(code,))
        for number in numbers:
            room.tap(session_id, number)
        room.pass_by(60)
        room.end(session_id)
        return session_id

    room.sign(held("BASIC", "E-10"))
    session_id = held("FIRE", "E-10", "E-11")
    told = room.sessions.signing.text(room.meera, session_id)
    assert "E-11 E-11: 1 h, comes after Basic safety" in told
    assert room.sign(session_id).credited == (asha,)
    assert room.holds(bina) == frozenset()

    room.sign(held("BASIC", "E-11"))
    assert room.sign(session_id).credited == (bina,)
    assert room.holds(bina) == {"BASIC", "FIRE"}


def test_the_attendance_is_signed_by_who_leads_with_no_pen_but_their_own(room: Room) -> None:
    asha = room.somebody("E-10")
    room.require()
    site, door = room.pc.opened.site, room.door
    ravi = second_administrator(site, door.sign_in, door.signatures, room.meera)
    session_id = room.opened()
    room.tap(session_id, "E-10")
    room.pass_by(60)
    room.end(session_id)
    shown = room.sessions.signing.text(room.meera, session_id)
    pen = door.signatures.pen(ravi, Proof(name=SECOND, password=SECOND_PASSWORD))

    with pytest.raises(AnothersPen):
        room.sessions.signing.sign(room.meera, session_id, Undersigned(pen, shown))

    assert room.holds(asha) == frozenset()
