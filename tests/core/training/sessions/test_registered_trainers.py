"""Requirements that ask for a trainer of the register: who is on it, until when, and what counts without."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.core.base.paging import PageRequest
from app.core.training import RequirementType, Terms, TrainingRefused, Validity
from app.core.training.practicals import Qualified, Registered
from app.core.training.practicals.register import Assessors
from app.core.training.requirements import RequirementChange
from app.core.training.sessions import SessionState
from tests.core.training.conftest import verified
from tests.support.classes import BOSS, Room


def register(room: Room) -> Assessors:
    return room.school.training.practicals.assessors


def meera_id(room: Room) -> UUID:
    assert room.meera.person_id is not None
    return room.meera.person_id


def a_class(room: Room, *codes: str) -> UUID:
    """Hold an hour to which E-10 came."""
    session_id = room.opened(requirements=codes)
    room.tap(session_id, "E-10")
    room.pass_by(60)
    room.end(session_id)
    return session_id


def lacking(room: Room, session_id: UUID) -> list[str]:
    proven = room.sessions.detail(room.meera, session_id).requirements
    return [one.code for one in proven if one.lacks_trainer]


def test_nobody_is_asked_for_by_default(room: Room) -> None:
    asha = room.somebody("E-10")
    room.require()
    session_id = a_class(room, "FIRE")
    assert lacking(room, session_id) == []
    assert "register" not in room.sessions.signing.text(room.meera, session_id)
    signed = room.sign(session_id)
    assert (signed.credited, signed.not_counted) == ((asha,), ())
    assert room.holds(asha) == {"FIRE"}


def test_what_asks_for_a_registered_trainer_does_not_count_without_and_the_rest_does(
    room: Room,
) -> None:
    asha = room.somebody("E-10")
    room.require(registered=True)
    room.require("GAS")
    planned = room.plan(requirements=("FIRE", "GAS"))
    assert lacking(room, planned) == ["FIRE"]

    session_id = a_class(room, "FIRE", "GAS")
    shown = room.sessions.signing.text(room.meera, session_id)
    told = "Does not count for Fire safety (FIRE): nobody who leads it is a trainer of the register"
    assert told in shown
    signed = room.sign(session_id)

    assert signed.not_counted == ("FIRE",)
    assert room.sessions.detail(room.meera, session_id).summary.state is SessionState.SIGNED
    assert room.holds(asha) == {"GAS"}
    assert verified(room.pc.opened.site)


def test_a_trainer_of_the_register_proves_it_up_to_the_last_day(room: Room) -> None:
    asha = room.somebody("E-10")
    fire = room.require(registered=True)
    last = room.today + timedelta(days=30)
    register(room).appoint(BOSS, meera_id(room), fire, until_on=last, reason="Fire officer")
    (line,) = register(room).of_person(BOSS, meera_id(room))
    assert (line.kind, line.state, line.qualification.until) == (
        Registered.TRAINER, Qualified.QUALIFIED, last,
    )  # fmt: skip
    assert (line.appointments[0].reason, line.appointments[0].by_name) == (
        "Fire officer", BOSS.name,
    )  # fmt: skip

    room.sign(a_class(room, "FIRE"))
    assert room.holds(asha) == {"FIRE"}
    room.clock.turn(timedelta(days=30) - timedelta(hours=1))  # the last day, the whole of it
    assert lacking(room, a_class(room, "FIRE")) == []
    room.clock.turn(timedelta(days=1))
    assert lacking(room, a_class(room, "FIRE")) == ["FIRE"]


def test_who_was_ended_meanwhile_is_told_by_the_day_on_which_it_was_held(room: Room) -> None:
    room.somebody("E-10")
    fire = room.require(registered=True)
    register(room).appoint(BOSS, meera_id(room), fire, reason="Fire officer")
    planned = room.plan()
    held = a_class(room, "FIRE")
    room.clock.turn(timedelta(days=1))
    register(room).end(BOSS, meera_id(room), fire, reason="Gave it up")
    assert lacking(room, held) == lacking(room, planned) == []
    room.sessions.rolling.open(room.meera, planned)  # two days late, when she is a trainer no more
    assert lacking(room, planned) == ["FIRE"]


def test_one_of_those_who_lead_is_enough_and_a_name_from_outside_is_none(room: Room) -> None:
    room.somebody("E-10")
    ravi = room.somebody("E-20", "Ravi")
    fire = room.require(registered=True)
    register(room).appoint(BOSS, ravi, fire, reason="Fire officer")
    assert lacking(room, room.plan(trainers=("E-1", "E-20"))) == []
    assert lacking(room, room.plan(trainers=("E-1", "Fire brigade"))) == ["FIRE"]


def test_the_register_lists_assessors_and_trainers_and_tells_them_apart(room: Room) -> None:
    fire = room.require()
    loto = room.require("LOTO", RequirementType.PRACTICAL)
    ravi = room.somebody("E-20", "Ravi")
    for requirement in (fire, loto):
        register(room).appoint(BOSS, ravi, requirement, reason="Knows it")
    kinds = {}
    for kind in Registered:
        request = PageRequest().filtered_by([("kind", kind.value)])
        kinds[kind] = [one.code for one in register(room).page(BOSS, request).rows]
    assert kinds == {Registered.ASSESSOR: ["LOTO"], Registered.TRAINER: ["FIRE"]}
    terms = Terms(from_on=room.today, validity=Validity.FOR_GOOD, trainer_registered=True)
    with pytest.raises(TrainingRefused, match="proved by its assessors"):
        room.school.training.catalogue.change(BOSS, loto, RequirementChange(terms=terms))
