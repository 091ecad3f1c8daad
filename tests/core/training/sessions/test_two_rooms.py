"""Somebody in two rooms at one time: the second session counts once its trainer said so, and why."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.core.base.errors import NotAllowed
from app.core.training import TrainingRefused
from app.core.training.errors import ReasonNeeded
from app.core.training.sessions import OnRoll, SessionState, WrongState
from tests.core.training.conftest import verified
from tests.support.classes import Room, another_trainer


def line_of(room: Room, session_id: UUID, person_id: UUID) -> OnRoll:
    roll = room.sessions.detail(room.meera, session_id).roll
    return next(one for one in roll if one.person_id == person_id)


def in_both(room: Room) -> tuple[UUID, UUID]:
    """Let E-10 be in two rooms for an hour, E-11 in the second alone; both sessions are over."""
    room.somebody("E-11")
    room.require()
    room.require("GAS")
    first = room.opened(title="Fire", venue="Shed 1")
    second = room.opened(title="Gas", venue="Shed 2", requirements=("GAS",))
    room.tap(first, "E-10")
    room.tap(second, "E-10", "E-11")
    room.pass_by(60)
    room.end(first)
    room.end(second)
    return first, second


def test_the_second_session_does_not_count_by_itself_and_is_told(room: Room) -> None:
    asha = room.somebody("E-10")
    first, second = in_both(room)
    room.sign(first)
    assert line_of(room, second, asha).is_undecided

    shown = room.sessions.signing.text(room.meera, second)
    done = room.sign(second)

    assert "at the same time in Fire (Shed 1), where it counts" in shown
    assert done.undecided == (asha,)
    assert len(done.credited) == 1
    assert room.holds(asha) == {"FIRE"}
    assert line_of(room, second, asha).is_undecided
    assert room.sessions.detail(room.meera, second).summary.state is SessionState.SIGNED
    assert verified(room.pc.opened.site)


def test_it_counts_once_the_trainer_said_why_and_signs_again(room: Room) -> None:
    asha = room.somebody("E-10")
    first, second = in_both(room)
    room.sign(first)
    room.sign(second)
    with pytest.raises(ReasonNeeded):
        room.sessions.rooms.decide(room.meera, second, asha, counts=True, reason=" ")

    room.sessions.rooms.decide(
        room.meera, second, asha, counts=True, reason="Left the fire class after ten minutes"
    )
    assert room.holds(asha) == {"FIRE"}
    shown = room.sessions.signing.text(room.meera, second)
    done = room.sign(second)

    assert "counts in both: Left the fire class after ten minutes" in shown
    assert (done.credited, done.undecided) == ((asha,), ())
    assert room.holds(asha) == {"FIRE", "GAS"}
    line = line_of(room, second, asha)
    assert not line.is_undecided
    assert not line.counts_twice
    with pytest.raises(TrainingRefused, match="signed already"):
        room.sessions.rooms.decide(room.meera, second, asha, counts=False, reason="No")


def test_what_the_trainer_refused_is_not_signed_until_another_word(room: Room) -> None:
    asha = room.somebody("E-10")
    first, second = in_both(room)
    room.sign(first)
    room.sessions.rooms.decide(room.meera, second, asha, counts=False, reason="Was in Shed 1")

    done = room.sign(second)

    assert len(done.credited) == 1
    assert done.undecided == ()
    assert room.holds(asha) == {"FIRE"}
    line = line_of(room, second, asha)
    assert line.is_refused
    assert line.decision is not None
    assert line.decision.reason == "Was in Shed 1"
    room.pass_by(1)
    room.sessions.rooms.decide(room.meera, second, asha, counts=True, reason="The badge lay there")
    assert room.sign(second).credited == (asha,)


def test_nobody_is_asked_where_the_other_room_gave_nothing(room: Room) -> None:
    asha = room.somebody("E-10")
    room.require()
    room.require("GAS")
    first = room.opened(title="Fire")
    room.tap(first, "E-10")
    room.pass_by(5)
    second = room.opened(title="Gas", requirements=("GAS",))
    room.tap(second, "E-10")
    room.sessions.rolling.went(room.meera, first, "E-10")
    room.pass_by(60)
    room.end(first)
    room.end(second)
    assert room.sign(first).too_short == (asha,)

    assert room.sign(second).credited == (asha,)


def test_who_were_in_one_room_after_the_other_are_not_told(room: Room) -> None:
    asha = room.somebody("E-10")
    room.require()
    room.require("GAS")
    first = room.opened(title="Fire")
    room.tap(first, "E-10")
    room.pass_by(60)
    room.end(first)
    room.sign(first)
    second = room.opened(title="Gas", requirements=("GAS",))
    room.tap(second, "E-10")
    room.pass_by(60)
    room.end(second)

    assert line_of(room, second, asha).elsewhere == ()
    assert room.sign(second).credited == (asha,)
    with pytest.raises(TrainingRefused, match="no other roll"):
        room.sessions.rooms.decide(
            room.meera, second, room.somebody("E-12"), counts=True, reason="x"
        )


def test_who_does_not_lead_it_does_not_decide(room: Room) -> None:
    asha = room.somebody("E-10")
    first, second = in_both(room)
    room.sign(first)
    with pytest.raises(TrainingRefused, match="signed by who leads"):
        room.sessions.rooms.decide(another_trainer(), second, asha, counts=True, reason="Yes")
    nobody = replace(another_trainer(), grants=frozenset())
    with pytest.raises(NotAllowed):
        room.sessions.rooms.decide(nobody, second, asha, counts=True, reason="Yes")
    room.sessions.planning.cancel(room.meera, second, "Not held")
    with pytest.raises(WrongState):
        room.sessions.rooms.decide(room.meera, second, asha, counts=True, reason="Yes")
