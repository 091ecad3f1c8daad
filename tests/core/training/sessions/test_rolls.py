"""Taking a roll: who comes onto it, who does not and why, how it is put right, and who has a seat."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import UserFacingError
from app.core.base.ids import new_id
from app.core.people import NobodyMeant, ProvedPresent
from app.core.training import ReasonNeeded, TrainingRefused
from app.core.training.sessions import (
    HasLeft,
    LeadsIt,
    Method,
    OnRoll,
    Place,
    SeatsTaken,
    SessionState,
    TapResult,
    WrongState,
    plan_of,
)
from app.core.training.sessions.models import SessionTrainerRow
from tests.support.classes import BOSS, Room


def entry(room: Room, session_id: UUID, person_id: UUID) -> OnRoll:
    found = room.sessions.detail(room.meera, session_id).roll
    return next(one for one in found if one.person_id == person_id)


def test_a_badge_and_a_number_bring_people_onto_the_roll(room: Room) -> None:
    asha, bina = room.somebody("E-10", badge="04A2B3"), room.somebody("E-11")
    room.require()
    session_id = room.opened()
    rolling = room.sessions.rolling

    by_badge = rolling.tap(room.meera, session_id, "04A2B3")
    by_number = rolling.tap(room.meera, session_id, " e-11 ")

    assert (by_badge.person_id, by_number.person_id) == (asha, bina)
    assert entry(room, session_id, asha).methods == (Method.BADGE,)
    assert entry(room, session_id, bina).methods == (Method.NUMBER,)
    assert entry(room, session_id, bina).is_there


def test_who_was_not_invited_is_a_walk_in_and_who_was_is_not(room: Room) -> None:
    asha, bina = room.somebody("E-10"), room.somebody("E-11")
    room.require()
    session_id = room.plan()
    room.sessions.planning.invite(room.meera, session_id, [asha])
    room.sessions.rolling.open(room.meera, session_id)

    invited = room.sessions.rolling.tap(room.meera, session_id, "E-10")
    walked = room.sessions.rolling.tap(room.meera, session_id, "E-11")

    assert (invited.result, walked.result) == (TapResult.CAME, TapResult.WALK_IN)
    assert entry(room, session_id, bina).place is Place.WALK_IN


def test_a_second_tap_changes_nothing_and_says_so(room: Room) -> None:
    asha = room.somebody("E-10", "Asha", badge="0011")
    room.require()
    session_id = room.opened()
    room.tap(session_id, "0011")

    again = room.sessions.rolling.tap(room.meera, session_id, "0011")

    assert again.result is TapResult.ALREADY
    assert again.words == "Asha was on the roll already."
    assert len(entry(room, session_id, asha).lines) == 1


def test_somebody_who_left_does_not_come_onto_the_roll(room: Room) -> None:
    asha = room.somebody("E-10", "Asha")
    room.require()
    room.people.leave(BOSS, asha, on=room.today - timedelta(days=3))  # type: ignore[arg-type]  # ids of a test
    session_id = room.opened()

    with pytest.raises(HasLeft) as refused:
        room.tap(session_id, "E-10")

    assert str(refused.value.happened).startswith("Asha left on ")
    assert room.sessions.detail(room.meera, session_id).roll == ()


def test_nobodys_badge_is_refused(room: Room) -> None:
    room.require()
    session_id = room.opened()
    for typed in ("", "   ", "77777", "E-1; DROP TABLE person", "\x00"):
        with pytest.raises(NobodyMeant):
            room.tap(session_id, typed)


def test_the_trainer_is_not_one_of_those_who_are_taught(room: Room) -> None:
    room.require()
    session_id = room.opened()
    with pytest.raises(LeadsIt):
        room.tap(session_id, "E-1")


def test_beyond_the_seats_somebody_is_let_in_only_all_the_same(room: Room) -> None:
    asha, bina = room.somebody("E-10"), room.somebody("E-11", "Bina")
    room.require()
    session_id = room.plan(seats=1)
    room.sessions.planning.invite(room.meera, session_id, [asha])
    room.sessions.rolling.open(room.meera, session_id)

    with pytest.raises(SeatsTaken) as refused:
        room.tap(session_id, "E-11")
    assert refused.value.happened == "All 1 seats are taken, and Bina has none."

    room.sessions.rolling.tap(room.meera, session_id, "E-11", anyway=True)
    assert entry(room, session_id, bina).is_there


def test_a_freed_seat_goes_to_who_waits_first(room: Room) -> None:
    people = [room.somebody(f"E-{number}") for number in (10, 11, 12, 13)]
    room.require()
    session_id = room.plan(seats=2)
    for one in people:
        room.sessions.planning.invite(room.meera, session_id, [one])
        room.pass_by(1)
    places = [entry(room, session_id, one).place for one in people]
    assert places == [Place.SEATED, Place.SEATED, Place.WAITING, Place.WAITING]

    room.sessions.planning.withdraw(room.meera, session_id, people[0])

    assert entry(room, session_id, people[2]).place is Place.SEATED
    assert entry(room, session_id, people[3]).place is Place.WAITING
    room.sessions.planning.invite(room.meera, session_id, [people[0]])
    assert entry(room, session_id, people[0]).place is Place.WAITING  # comes last


def test_no_seat_is_kept_for_who_has_left_by_then(room: Room) -> None:
    asha, bina = room.somebody("E-10", "Asha"), room.somebody("E-11")
    room.require()
    start = room.clock.now() + timedelta(days=10)
    session_id = room.plan(seats=1, starts_at=start, ends_at=start + timedelta(hours=1))
    for one in (asha, bina):
        room.sessions.planning.invite(room.meera, session_id, [one])
        room.pass_by(1)
    room.people.leave(BOSS, asha, on=room.today + timedelta(days=5))  # type: ignore[arg-type]  # ids of a test

    places = [entry(room, session_id, one).place for one in (asha, bina)]
    summary = room.sessions.detail(room.meera, session_id).summary
    assert (places, summary.seated, summary.waiting) == ([Place.LEFT, Place.SEATED], 1, 0)
    room.clock.turn(timedelta(days=10))
    room.sessions.rolling.open(room.meera, session_id)
    room.tap(session_id, "E-11")
    room.pass_by(60)
    room.end(session_id)
    assert "Did not come" not in room.sessions.signing.text(room.meera, session_id)
    assert room.sign(session_id).absent == ()


def test_who_goes_and_comes_back_was_there_in_between_only(room: Room) -> None:
    asha = room.somebody("E-10")
    room.require()
    session_id = room.opened()
    room.tap(session_id, "E-10")
    room.pass_by(20)
    room.sessions.rolling.went(room.meera, session_id, "E-10")
    room.pass_by(10)
    room.tap(session_id, "E-10")
    room.pass_by(30)
    room.end(session_id)

    found = entry(room, session_id, asha)
    assert found.seconds == 50 * 60
    assert len(found.intervals) == 2
    assert found.is_enough  # 50 of 60 minutes are more than 80 %


def test_nobody_goes_before_they_came_nor_comes_back_before_they_went(room: Room) -> None:
    asha = room.somebody("E-10", "Asha")
    room.require()
    session_id = room.opened()
    rolling, began = room.sessions.rolling, room.clock.now()
    room.pass_by(10)
    room.tap(session_id, "E-10")
    room.pass_by(20)

    with pytest.raises(TrainingRefused, match="Asha would have gone before they came"):
        rolling.went_by_name(room.meera, session_id, asha, began)
    with pytest.raises(TrainingRefused, match="still to be"):
        rolling.went_by_name(room.meera, session_id, asha, began + timedelta(minutes=31))
    rolling.went_by_name(room.meera, session_id, asha, began + timedelta(minutes=20))
    came, went = entry(room, session_id, asha).lines
    for line, minute in ((came, 25), (went, 5)):
        at = began + timedelta(minutes=minute)
        with pytest.raises(TrainingRefused, match="gone before they came"):
            rolling.correct(room.meera, session_id, line.id, reason="Clock", at=at)
    with pytest.raises(TrainingRefused, match="Asha went after that"):
        rolling.tick(room.meera, session_id, asha, at=began + timedelta(minutes=15))
    rolling.tick(room.meera, session_id, asha, at=began + timedelta(minutes=25))
    room.pass_by(30)
    room.end(session_id)

    assert entry(room, session_id, asha).seconds == (10 + 35) * 60


def test_a_line_is_put_right_by_another_one_and_stays(room: Room) -> None:
    asha, bina = room.somebody("E-10"), room.somebody("E-11")
    room.require()
    session_id = room.opened()
    began = room.clock.now()
    room.pass_by(40)
    room.tap(session_id, "E-10", "E-11")
    rolling = room.sessions.rolling
    (late,), (wrong,) = (entry(room, session_id, one).lines for one in (asha, bina))

    with pytest.raises(ReasonNeeded):
        rolling.correct(room.meera, session_id, late.id, reason=" ", at=began)
    rolling.correct(room.meera, session_id, late.id, reason="Reader was off", at=began)
    rolling.correct(room.meera, session_id, wrong.id, reason="Typed for E-12")
    with pytest.raises(TrainingRefused):
        rolling.correct(room.meera, session_id, wrong.id, reason="Again")
    room.pass_by(20)
    room.end(session_id)

    assert entry(room, session_id, asha).seconds == 3600
    assert [one.stands for one in entry(room, session_id, asha).lines] == [False, True]
    struck = entry(room, session_id, bina)
    assert (struck.came, struck.seconds) == (False, 0)
    assert [one.reason for one in struck.lines] == ["", "Typed for E-12"]


def test_what_a_sheet_says_gives_a_late_comer_no_time_before_the_badge(room: Room) -> None:
    asha, bina = room.somebody("E-10", badge="0011"), room.somebody("E-11")
    room.require()
    session_id = room.opened()
    room.pass_by(30)
    room.tap(session_id, "0011")
    room.pass_by(30)
    room.end(session_id)

    new = room.sessions.rolling.tick_all(room.meera, session_id, [asha, bina], Method.SHEET)

    assert new == 1
    assert entry(room, session_id, asha).seconds == 1800
    assert entry(room, session_id, bina).seconds == 3600


def test_a_confirmation_by_ones_own_pin_is_a_fact_beside_the_tick(room: Room) -> None:
    asha = room.somebody("E-10")
    room.require()
    session_id = room.opened()
    room.sessions.rolling.tick(room.meera, session_id, asha)
    room.pass_by(60)

    room.sessions.rolling.confirm_present(room.meera, session_id, ProvedPresent(asha))

    found = entry(room, session_id, asha)
    assert found.confirmed
    assert found.methods == (Method.TICK, Method.PIN)


def test_the_roll_is_taken_between_opening_and_signing_only(room: Room) -> None:
    room.somebody("E-10")
    room.require()
    session_id = room.plan()
    with pytest.raises(WrongState, match="not open yet"):
        room.tap(session_id, "E-10")
    room.sessions.planning.cancel(room.meera, session_id, "Trainer is ill")
    assert room.sessions.detail(room.meera, session_id).summary.state is SessionState.CANCELLED
    with pytest.raises(WrongState, match="cancelled"):
        room.sessions.rolling.open(room.meera, session_id)


def test_what_was_begun_is_called_off_with_a_reason_until_it_is_signed(room: Room) -> None:
    from app.core.people import Audience
    from app.core.training.assignments import State

    asha = room.somebody("E-10")
    room.require()
    room.school.training.assign(
        BOSS, "FIRE", Audience(numbers=("E-10",)), due_on=None, origin="Works there"
    )
    planning, sessions = room.sessions.planning, room.sessions
    alarm = room.opened()
    room.tap(alarm, "E-10")
    room.pass_by(5)
    with pytest.raises(ReasonNeeded):
        planning.cancel(room.meera, alarm, " ")
    planning.cancel(room.meera, alarm, "The siren went")
    room.pass_by(60)

    stopped = sessions.detail(room.meera, alarm)
    assert stopped.summary.state is SessionState.CANCELLED
    assert entry(room, alarm, asha).seconds == 5 * 60  # it is over, the clock does not run on
    (mine,) = room.school.training.assignments.of_person(BOSS, asha)
    assert mine.stands.state is State.ASSIGNED
    for act in (lambda: room.tap(alarm, "E-10"), lambda: room.end(alarm), lambda: room.sign(alarm)):
        with pytest.raises(WrongState, match="cancelled"):
            act()

    nobody = sessions.talk(room.meera, "By mistake", 10)
    room.pass_by(10)
    room.end(nobody)
    with pytest.raises(TrainingRefused, match="or cancel the session"):
        room.sign(nobody)
    planning.cancel(room.meera, nobody, "Nobody came")
    assert sessions.detail(room.meera, nobody).summary.state is SessionState.CANCELLED
    assert sessions.led_today(room.meera) == ()

    signed = room.opened()
    room.tap(signed, "E-10")
    room.pass_by(60)
    room.end(signed)
    room.sign(signed)
    with pytest.raises(WrongState, match="signed already"):
        planning.cancel(room.meera, signed, "Too late")


def test_who_is_in_two_rooms_at_once_is_told_at_the_tap_and_before_signing(room: Room) -> None:
    room.somebody("E-10", "Asha")
    room.somebody("E-11", "Bina")
    for code in ("FIRE", "LOTO"):
        room.require(code)
    fire, loto = room.opened(), room.opened(requirements=("LOTO",), title="Lock-out")
    room.tap(fire, "E-10", "E-11")
    room.pass_by(10)
    twice = room.sessions.rolling.tap(room.meera, loto, "E-10")
    assert twice.words.endswith("They are on the roll of Fire extinguishers (Shed 2), too.")
    room.sessions.rolling.went(room.meera, fire, "E-11")
    once = room.sessions.rolling.tap(room.meera, loto, "E-11")
    assert once.words == "Bina is there, and was not invited."
    room.pass_by(50)
    for one in (fire, loto):
        room.end(one)

    said = room.sessions.signing.text(room.meera, loto).splitlines()
    asha, bina = (next(one for one in said if one.startswith(each)) for each in ("E-10", "E-11"))
    assert asha.endswith("counts; at the same time on the roll of Fire extinguishers (Shed 2)")
    assert bina.endswith("counts")


def test_what_goes_over_midnight_stays_with_who_leads_it_until_it_is_signed(room: Room) -> None:
    room.somebody("E-10")
    room.require()
    late = room.clock.now().astimezone().replace(hour=23, minute=30)
    room.clock.turn(late - room.clock.now())
    night = room.plan(ends_at=late + timedelta(hours=2))
    over = room.plan(ends_at=late + timedelta(minutes=10))
    room.sessions.rolling.open(room.meera, night)
    room.tap(night, "E-10")
    room.pass_by(60)

    assert [one.id for one in room.sessions.led_today(room.meera)] == [night]
    assert room.sessions.led_today(replace(room.meera, account_id=new_id(), person_id=None)) == ()
    room.end(night)
    room.clock.turn(timedelta(days=1))
    assert [one.id for one in room.sessions.led_today(room.meera)] == [night]
    room.sign(night)
    assert room.sessions.led_today(room.meera) == ()
    assert room.sessions.detail(room.meera, over).summary.state is SessionState.PLANNED


def test_a_session_is_not_put_into_years_ago(room: Room) -> None:
    room.require()
    session_id = room.opened()
    room.pass_by(60)
    past = room.clock.now() - timedelta(days=700)
    with pytest.raises(TrainingRefused, match="more than a day before its plan"):
        room.sessions.rolling.end(
            room.meera, session_id, began_at=past, ended_at=past + timedelta(hours=1)
        )
    with pytest.raises(TrainingRefused, match="more than 92 days ago"):
        room.plan(starts_at=past, ends_at=past + timedelta(hours=1))
    early = room.clock.now() - timedelta(hours=5)
    room.sessions.rolling.end(room.meera, session_id, began_at=early)
    assert room.sessions.detail(room.meera, session_id).began_at == early


def test_a_roll_is_taken_within_ones_own_departments_only(room: Room) -> None:
    room.somebody("E-10")
    room.require()
    session_id = room.opened()
    narrow = Actor(
        account_id=new_id(),
        person_id=None,
        name="Of one line",
        grants=frozenset({Grant(capability=Capability.ASSIGN, org_units=frozenset({new_id()}))}),
    )
    with pytest.raises(UserFacingError):
        room.sessions.rolling.tap(narrow, session_id, "E-10")


@pytest.mark.parametrize(
    "said",
    [
        {"title": "  "},
        {"threshold": 101},
        {"seats": 0},
        {"ends_at": None},
        {"title": "x" * 201},
    ],
)
def test_a_plan_that_does_not_hold_together_is_refused(room: Room, said: dict[str, object]) -> None:
    room.require()
    if "ends_at" in said:
        said = {"ends_at": room.clock.now() - timedelta(minutes=1)}
    with pytest.raises(TrainingRefused):
        room.plan(**said)


@pytest.mark.parametrize("typed", ["S-99", "s 99", "104", "ravi.das", "ravi@plant"])
def test_what_looks_like_a_number_and_is_nobodys_is_no_trainer_from_outside(
    room: Room, typed: str
) -> None:
    room.require()
    with pytest.raises(TrainingRefused, match="is nobody's number or login"):
        room.plan(trainers=(typed,))


def test_who_was_put_down_from_outside_stays_when_a_plan_is_changed(room: Room) -> None:
    room.require()
    outside = ("3M (outside)", "Fire brigade 101, Baddi", "Bosch")
    session_id = room.plan(trainers=outside)
    with room.pc.opened.site.transaction(BOSS, "test.before") as unit:
        for row in unit.query(SessionTrainerRow).filter_by(name="Bosch"):
            unit.add(
                SessionTrainerRow(
                    session_id=row.session_id, name="3M", leads=True, at=room.clock.now()
                )
            )
    planned = plan_of(room.sessions.detail(room.meera, session_id))
    room.sessions.planning.change(room.meera, session_id, replace(planned, title="Fire, again"))
    now = room.sessions.detail(room.meera, session_id)
    assert {one.name for one in now.trainers} == {*outside, "3M"}


def test_who_has_left_by_the_day_is_not_put_down_as_a_trainer(room: Room) -> None:
    asha = room.somebody("E-10", "Asha")
    room.require()
    room.people.leave(BOSS, asha, on=room.today + timedelta(days=1))  # type: ignore[arg-type]  # ids of a test
    later = room.clock.now() + timedelta(days=2)
    with pytest.raises(TrainingRefused, match="Asha left on"):
        room.plan(trainers=("E-10",), starts_at=later, ends_at=later + timedelta(hours=1))
    room.plan(trainers=("E-10",))
