"""What counts of a class: who was really there, by whose word, and of which plan."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.core.base.paging import PageRequest
from app.core.courses import CompletionRule, Outline
from app.core.reports import Reports
from app.core.training import EvidenceRule, ReasonNeeded, RequirementType, TrainingRefused
from app.core.training.drills import DrillKind, DrillPlan
from app.core.training.models import RequirementRow
from app.core.training.sessions import SessionPlan
from app.core.training.sessions.errors import NotYetHere
from tests.support.classes import BOSS, HOUR, Room, another_trainer
from tests.support.teaching import a_lesson, published


@pytest.fixture
def strict(room: Room) -> Room:
    """What is entered by hand waits for a second person."""
    room.require(evidence=EvidenceRule.CONFIRMED)
    return room


def film(title: str) -> object:
    return replace(a_lesson("video", title, rule=CompletionRule()), seconds=1200)


def course(room: Room, *titles: str) -> UUID:
    """Publish a course of films, with a certificate."""
    site = room.pc.opened.site
    outline = Outline(
        title="Extinguishers",
        lessons=tuple(map(film, titles)),  # type: ignore[arg-type]  # films are lessons
        certificate="classic",
        valid_months=12,
    )
    course_id = published(site, outline, code="EXT")
    with site.transaction(BOSS, "course.require") as unit:
        unit.add(RequirementRow(code="EXT", title="Extinguishers", course_id=course_id))
    return course_id


def certificates(room: Room) -> list[str]:
    return [one.person_name for one in room.certificates.register(BOSS, PageRequest()).rows]


def shown_to_whoever_is_ticked(room: Room) -> tuple[UUID, UUID]:
    course(room, "The film")
    absent = room.somebody("E-10", "Absent")
    session_id = room.opened(course="EXT", threshold=50)
    (lesson,) = room.sessions.showing.lessons(room.meera, session_id)
    began = room.clock.now()
    room.pass_by(30)
    room.sessions.showing.note(room.meera, session_id, lesson.lesson_id, (began, room.clock.now()))
    room.pass_by(30)
    room.end(session_id)
    room.sessions.rolling.tick(room.meera, session_id, absent)
    return session_id, absent


def test_a11_06_what_was_shown_counts_for_a_hand_entry_only_once_it_is_confirmed(
    strict: Room,
) -> None:
    session_id, absent = shown_to_whoever_is_ticked(strict)
    told = strict.sessions.signing.text(strict.meera, session_id)
    assert "Shown: The film" in told
    assert "counts in its course" in told
    assert strict.sign(session_id).completed == ()
    assert certificates(strict) == []

    (waiting,) = strict.sessions.confirming.waiting(strict.meera)
    strict.sessions.confirming.confirm(another_trainer(), waiting)
    assert set(certificates(strict)) == {"Absent"}
    assert strict.holds(absent) >= {"FIRE"}


def test_a11_06_what_was_refused_completes_no_course(strict: Room) -> None:
    session_id, absent = shown_to_whoever_is_ticked(strict)
    strict.sign(session_id)
    (waiting,) = strict.sessions.confirming.waiting(strict.meera)
    strict.sessions.confirming.refuse(another_trainer(), waiting, "Was on leave")
    assert (certificates(strict), strict.holds(absent)) == ([], frozenset())


def test_a11_06_a_badge_after_the_class_proves_no_hand_entry(strict: Room) -> None:
    absent = strict.somebody("E-20", "Absent", badge="B20")
    session_id = strict.opened()
    strict.pass_by(60)
    strict.end(session_id)
    strict.pass_by(300)
    strict.sessions.rolling.tick(strict.meera, session_id, absent)
    late = strict.sessions.rolling.tap(strict.meera, session_id, "B20")
    assert "was on the roll already" in late.words
    assert strict.sign(session_id).waiting == (absent,)


def test_a11_06_a_going_that_is_struck_out_by_hand_waits_for_a_second_person(strict: Room) -> None:
    early = strict.somebody("E-22", "Left early", badge="B22")
    session_id = strict.opened()
    strict.tap(session_id, "B22")
    strict.pass_by(5)
    strict.sessions.rolling.went(strict.meera, session_id, "B22")
    strict.pass_by(55)
    strict.end(session_id)
    (one,) = strict.sessions.detail(strict.meera, session_id).roll
    strict.sessions.rolling.correct(
        strict.meera, session_id, one.lines[-1].id, reason="Was only at the door"
    )
    assert strict.sign(session_id).waiting == (early,)


def test_whoever_comes_after_the_end_is_told_so_and_counts_for_nothing(room: Room) -> None:
    room.require()
    late = room.somebody("E-23", "Late", badge="B23")
    session_id = room.opened(threshold=0)
    room.pass_by(60)
    room.end(session_id)
    room.pass_by(60)
    told = room.sessions.rolling.tap(room.meera, session_id, "B23")
    assert "it ended at" in told.words
    assert room.sign(session_id).too_short == (late,)
    assert room.holds(late) == frozenset()


def test_fa_02_whoever_comes_after_the_all_clear_took_no_part_in_the_drill(room: Room) -> None:
    room.require("EVAC", kind=RequirementType.DRILL)
    there = room.somebody("E-60", "There", badge="B60")
    at_home = room.somebody("E-61", "At home", badge="B61")
    plan = DrillPlan(
        drill=DrillKind.FIRE, title="Fire", at=room.clock.now(), requirements=("EVAC",)
    )
    session_id = room.drills.plan(room.meera, plan)
    room.drills.start(room.meera, session_id)
    room.tap(session_id, "B60")
    room.pass_by(3)
    room.drills.all_clear(room.meera, session_id)
    room.pass_by(240)
    room.tap(session_id, "B61")
    room.sign(session_id)
    assert (room.holds(there), room.holds(at_home)) == (frozenset({"EVAC"}), frozenset())


def test_r7_a_class_that_shows_the_course_it_counts_for_goes_back_to_hr_once(room: Room) -> None:
    course(room, "The film")
    room.require()
    for number in ("E-10", "E-11"):
        room.somebody(number)
    session_id = room.opened(course="EXT", requirements=("FIRE", "EXT"), threshold=50)
    room.tap(session_id, "E-10")
    (lesson,) = room.sessions.showing.lessons(room.meera, session_id)
    began = room.clock.now()
    room.pass_by(10)
    room.tap(session_id, "E-11")
    room.pass_by(10)
    room.sessions.showing.note(room.meera, session_id, lesson.lesson_id, (began, room.clock.now()))
    room.end(session_id)
    room.sign(session_id)

    told = Reports(room.pc.opened.site).table(BOSS, "hr-completions", PageRequest()).rows

    assert sorted((row[0], row[2]) for row in told) == [
        ("E-10", "Extinguishers"),
        ("E-10", "Fire safety"),
        ("E-11", "Extinguishers"),  # who came late: by the class alone
        ("E-11", "Fire safety"),
    ]
    of_course = [row for row in told if row[:3:2] == ("E-10", "Extinguishers")]
    assert all(row[5] for row in of_course)  # with the certificate of the course


def test_nobody_was_at_a_class_before_they_joined(room: Room) -> None:
    room.require()
    new = room.somebody("E-70", "New")
    with room.pc.opened.site.transaction(BOSS, "person.edit") as unit:
        from app.core.people.models import PersonRow

        unit.get_one(PersonRow, new).joined_on = room.today
    before = room.clock.now() - timedelta(days=30)
    session_id = room.plan(starts_at=before, ends_at=before + HOUR)
    room.sessions.rolling.open(room.meera, session_id)
    with pytest.raises(NotYetHere):
        room.sessions.rolling.tick(room.meera, session_id, new)


def test_what_a_class_is_is_changed_after_it_only_with_a_reason_that_is_signed(room: Room) -> None:
    room.require()
    room.somebody("E-30", badge="B30")
    session_id = room.opened()
    room.tap(session_id, "B30")
    room.pass_by(60)
    room.end(session_id)
    now = room.clock.now()
    plan = SessionPlan(
        title="Fire", starts_at=now - HOUR, ends_at=now, requirements=("FIRE",), threshold=5
    )
    with pytest.raises(ReasonNeeded):
        room.sessions.planning.change(room.meera, session_id, plan)
    room.sessions.planning.change(room.meera, session_id, plan, "The rule of the plant says 5")
    told = room.sessions.signing.text(room.meera, session_id)
    assert "changed the plan after it was over" in told
    assert "The rule of the plant says 5" in told


def test_a_class_much_shorter_than_its_plan_says_so_to_who_signs(room: Room) -> None:
    room.require()
    room.somebody("E-31", badge="B31")
    session_id = room.opened()
    room.tap(session_id, "B31")
    room.pass_by(1)
    room.end(session_id)
    told = room.sessions.signing.text(room.meera, session_id)
    assert "It was planned for 1 h, and held for 1 min." in told


def test_of_two_films_noted_of_one_time_only_the_first_counts(room: Room) -> None:
    course(room, "One", "Two")
    room.require()
    there = room.somebody("E-40", "There", badge="B40")
    session_id = room.opened(course="EXT")
    room.tap(session_id, "B40")
    began = room.clock.now()
    room.pass_by(30)
    for lesson in room.sessions.showing.lessons(room.meera, session_id):
        shown = (began, room.clock.now())
        room.sessions.showing.note(another_trainer(), session_id, lesson.lesson_id, shown)
    room.pass_by(30)
    room.end(session_id)
    assert "noted by Ravi Das" in room.sessions.signing.text(room.meera, session_id)
    done = room.sign(session_id)
    assert (done.credited, done.completed) == ((there,), ())


def test_no_fewer_seats_are_given_than_people_are_there(room: Room) -> None:
    room.require()
    room.somebody("E-41", badge="B41")
    room.somebody("E-42", badge="B42")
    session_id = room.opened(seats=3)
    room.tap(session_id, "B41", "B42")
    now = room.clock.now()
    plan = SessionPlan(title="Fire", starts_at=now, ends_at=now + HOUR, seats=1)
    with pytest.raises(TrainingRefused, match="2 people are there already"):
        room.sessions.planning.change(room.meera, session_id, plan)
