"""Drills: alarm, heads, all clear, what was seen; signed; when the next is due, who is not prepared."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

from app.core.base.errors import NotFound
from app.core.training import RequirementType, TrainingRefused
from app.core.training.drills import DrillEvent, DrillKind, DrillPlan, DrillRule
from app.core.training.drills.models import DrillEventRow
from app.core.training.sessions import SessionState, WrongState
from tests.core.training.conftest import verified
from tests.support.classes import BOSS, Room
from tests.support.signers import LOGIN, PASSWORD  # noqa: F401  what Meera signs with


def planned(room: Room, **said: object) -> UUID:
    plan = {
        "drill": DrillKind.FIRE,
        "title": "",
        "at": room.clock.now(),
        "venue": "Shed 2",
        "shift": "B",
        **said,
    }
    return room.drills.plan(room.meera, DrillPlan(**plan))  # type: ignore[arg-type]  # test convenience


def held(room: Room, *numbers: str, minutes: int = 4) -> UUID:
    """Hold and sign a fire drill in which some took part."""
    drill = planned(room, requirements=("DRILL",))
    room.drills.start(room.meera, drill)
    room.tap(drill, *numbers)
    room.pass_by(minutes)
    room.drills.all_clear(room.meera, drill)
    room.sign(drill)
    return drill


def test_a_drill_from_the_alarm_to_the_signature(room: Room, tmp_path: Path) -> None:
    asha, bina = room.somebody("E-10", badge="0011"), room.somebody("E-11")
    room.require("DRILL", RequirementType.DRILL)
    photo = tmp_path / "gate.png"
    Image.new("RGB", (8, 8)).save(photo)
    drill = planned(room, requirements=("DRILL",))

    room.drills.start(room.meera, drill)
    room.pass_by(2)
    room.tap(drill, "0011", "E-11")
    room.drills.count(
        room.meera, drill, expected=3, counted=2, missing="Chitra, was in the canteen"
    )
    room.pass_by(2)
    room.drills.all_clear(room.meera, drill)
    room.drills.observe(room.meera, drill, "Gate 2 was locked", photo)
    signed = room.sign(drill)

    detail = room.drills.detail(room.meera, drill)
    assert detail.took == timedelta(minutes=4)
    assert detail.heads is not None
    assert (detail.heads.expected, detail.heads.counted) == (3, 2)
    assert set(signed.credited) == {asha, bina}
    assert room.holds(asha) == {"DRILL"}
    (line,) = room.door.signatures.under(signed.signing_id)
    shown = room.door.signatures.signature(BOSS, line.id).shown
    for words in ("Fire drill, shift B", "Missing: Chitra", "Gate 2 was locked", "SHA-256"):
        assert words in shown
    (seen,) = detail.observations
    assert seen.sha256 is not None
    assert room.pc.assets.path(seen.sha256).read_bytes() == photo.read_bytes()
    assert verified(room.pc.opened.site)


def test_who_is_missing_is_named(room: Room) -> None:
    drill = planned(room)
    room.drills.start(room.meera, drill)
    with pytest.raises(TrainingRefused, match="2 are missing, and nobody is named"):
        room.drills.count(room.meera, drill, expected=30, counted=28)
    with pytest.raises(TrainingRefused, match="no number of heads"):
        room.drills.count(room.meera, drill, expected=-1, counted=0)


def test_who_was_not_expected_is_told_or_counted_again_before_it_is_signed(room: Room) -> None:
    room.somebody("E-10")
    drill = planned(room)
    room.drills.start(room.meera, drill)
    room.tap(drill, "E-10")
    words = "2 more than expected were counted, and nobody says who they are"
    with pytest.raises(TrainingRefused, match=words):
        room.drills.count(room.meera, drill, expected=28, counted=30)
    told = "Two visitors of Bosch, with Ravi"
    room.drills.count(room.meera, drill, expected=28, counted=30, unexpected=told)
    room.pass_by(3)
    room.drills.all_clear(room.meera, drill)
    heads = room.drills.detail(room.meera, drill).heads
    assert heads is not None
    assert heads.unexpected == told
    shown = room.sessions.signing.text(room.meera, drill)
    assert f"Heads: 30 of 28. Missing: –. Not expected: {told}" in shown

    room.drills.count(room.meera, drill, expected=28, counted=28)  # somebody was counted twice
    room.sign(drill)
    (line,) = room.drills.register.drills(room.meera)
    assert (line.expected, line.counted) == (28, 28)
    with pytest.raises(WrongState):
        room.drills.count(room.meera, drill, expected=28, counted=28)


def test_a_count_of_an_earlier_program_is_explained_before_it_is_signed(room: Room) -> None:
    room.somebody("E-10")
    drill = planned(room)
    room.drills.start(room.meera, drill)
    room.tap(drill, "E-10")
    with room.pc.opened.site.transaction(BOSS, "drill.count") as unit:
        unit.add(
            DrillEventRow(
                session_id=drill, event=DrillEvent.COUNTED, at=room.clock.now(), expected=1,
                counted=2, by=None, by_name="Meera",
            )
        )  # fmt: skip
    room.pass_by(3)
    room.drills.all_clear(room.meera, drill)
    with pytest.raises(TrainingRefused, match="nobody says who that is"):
        room.sign(drill)
    room.drills.count(room.meera, drill, expected=1, counted=2, unexpected="The postman")
    room.sign(drill)
    assert verified(room.pc.opened.site)


def test_acts_come_in_their_order(room: Room) -> None:
    drill = planned(room)
    with pytest.raises(WrongState):
        room.drills.all_clear(room.meera, drill)
    room.drills.start(room.meera, drill)
    with pytest.raises(WrongState):
        room.drills.start(room.meera, drill)
    room.pass_by(1)
    room.drills.all_clear(room.meera, drill)
    with pytest.raises(WrongState):
        room.drills.all_clear(room.meera, drill)
    session = room.drills.detail(room.meera, drill).session
    assert session.summary.state is SessionState.HELD
    with pytest.raises(NotFound):
        room.drills.detail(room.meera, room.plan(requirements=()))


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7", b"\x89PNG"])
def test_what_is_no_photo_is_refused(room: Room, tmp_path: Path, content: bytes) -> None:
    drill = planned(room)
    room.drills.start(room.meera, drill)
    file = tmp_path / "photo.png"
    file.write_bytes(content)
    with pytest.raises(TrainingRefused, match="no photo that can be kept"):
        room.drills.observe(room.meera, drill, "Seen", file)
    with pytest.raises(TrainingRefused, match="cannot be read"):
        room.drills.observe(room.meera, drill, "Seen", tmp_path / "none.png")


def test_fa_07_switching_to_quarterly_recalculates_what_is_next_and_makes_nothing_late(
    room: Room,
) -> None:
    room.somebody("E-10")
    room.require("DRILL", RequirementType.DRILL)
    register = room.drills.register
    half = DrillRule(
        drill=DrillKind.FIRE, from_on=date(2026, 6, 1), months=6, law="Factories Rules"
    )
    register.set_rule(BOSS, half)
    held(room, "E-10")  # 23 Nov 2026
    (due,) = register.due(room.meera)
    assert (due.due_on, due.is_overdue) == (date(2027, 5, 23), False)

    quarterly = DrillRule(drill=DrillKind.FIRE, from_on=date(2027, 4, 1), months=3, law="Rule 62")
    register.set_rule(BOSS, quarterly)

    (due,) = register.due(room.meera)
    assert (due.due_on, due.months) == (date(2027, 4, 1), 6)
    with pytest.raises(TrainingRefused, match="cannot begin in the past"):
        register.set_rule(BOSS, DrillRule(drill=DrillKind.FIRE, from_on=date(2026, 2, 1), months=1))
    room.clock.turn(timedelta(days=129))  # 1 Apr 2027
    (due,) = register.due(room.meera)
    assert (due.due_on, due.months, due.is_overdue) == (date(2027, 4, 1), 3, False)
    held(room, "E-10")
    assert [one.was_late for one in register.drills(room.meera)] == [False, False]
    room.clock.turn(timedelta(days=120))
    held(room, "E-10")
    assert [one.was_late for one in register.drills(room.meera)] == [True, False, False]


def test_fa_02_who_has_neither_the_training_nor_a_drill_in_the_interval_is_listed(
    room: Room,
) -> None:
    asha, _bina, chitra = (room.somebody(one) for one in ("E-10", "E-11", "E-12"))
    room.require("FIRE")
    room.require("DRILL", RequirementType.DRILL)
    room.drills.register.set_rule(
        BOSS, DrillRule(drill=DrillKind.FIRE, from_on=date(2026, 1, 1), months=6)
    )
    held(room, "E-10")
    session_id = room.opened()
    room.tap(session_id, "E-12")
    room.pass_by(60)
    room.end(session_id)
    room.sign(session_id)
    assert room.holds(asha) == {"DRILL"}
    assert room.holds(chitra) == {"FIRE"}

    unprepared = room.drills.register.unprepared(room.meera, "FIRE")

    assert [one.number for one in unprepared] == ["E-1", "E-11"]
    room.clock.turn(timedelta(days=200))  # the drill of E-10 is too long ago
    again = room.drills.register.unprepared(room.meera, "FIRE")
    assert [one.number for one in again] == ["E-1", "E-10", "E-11"]
