"""`training session | drill`: planned, rolled, signed and read by scripts."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.cli import training
from app.core.training import ReasonNeeded, TrainingRefused
from app.core.training.sessions import WrongState
from tests.support.classes import Room
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.in_touch import first_pc
from tests.support.signers import LOGIN, PASSWORD, found_administrator


@pytest.fixture
def room(tmp_path: Path, clock: TurnedClock) -> Room:
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    return Room(pc, clock).can_sign()


@pytest.fixture
def line(room: Room, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    command = CommandLine(
        "training",
        training.commands,
        sessions=room.sessions,
        drills=room.drills,
        certificates=room.certificates,
        people=room.people,
        signatures=room.door.signatures,
        egress=room.egress,
        open_site=room.pc.opened,
    )
    return command.acting_as(room.meera, LOGIN)


def test_a_session_from_the_plan_to_the_signature(
    room: Room, line: CommandLine, tmp_path: Path
) -> None:
    room.somebody("E-10", "Asha", badge="0011")
    room.somebody("E-11", "Bina")
    room.require()
    planned = line.answer(
        "session", "plan", "Extinguishers", "--at", "2026-11-23T10:42", "--minutes", 60,
        "--venue", "Shed 2", "--requirement", "FIRE", "--seats", 20,
    )  # fmt: skip
    key = planned["id"]
    assert (planned["state"], planned["trainers"]) == ("planned", ["Meera Joshi"])
    line.answer("session", "invite", key, "E-10", "E-11")
    sheet = tmp_path / "sheet.pdf"
    line.answer("session", "sheet", key, "--out", sheet)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert line.answer("session", "due", key, "--at-work") == {"due": [], "by_shift": []}
    assert line.answer("session", "quiz", key) == {"quiz": []}
    line.answer("session", "open", key)

    rolled = line.run("session", "roll", key, "0011", "9999", as_json=True)
    assert rolled.return_value == 2
    assert '"result": "came"' in rolled.stdout
    assert "Nobody here has this badge or number." in rolled.stdout
    room.pass_by(60)
    ended = line.answer("session", "end", key)
    assert (ended["state"], ended["man_hours"]) == ("held", 1.0)
    signed = line.answer("session", "sign", key)

    assert (signed["credited"], signed["absent"]) == (1, 1)
    (tmp_path / "class").mkdir()
    saved = line.answer("session", "certificates", key, "--out", tmp_path / "class")
    assert saved["saved"] == 1
    names = sorted(one.name for one in (tmp_path / "class").iterdir())
    number = saved["numbers"][0]
    assert names == [
        f"{number} - {number} cards.pdf",
        f"{number} - {number} pages to print.pdf",
        f"{number} - {number} stickers.pdf",
        f"{number}.pdf",
    ]
    shown = line.answer("session", "show", key)
    assert shown["state"] == "signed"
    assert [one["enough"] for one in shown["roll"]] == [True, False]
    (listed,) = line.answer("session", "list")["sessions"]
    assert (listed["id"], listed["came"]) == (key, 1)
    assert line.answer("session", "close", key)["state"] == "closed"
    with pytest.raises(WrongState):
        line.told("session", "sign", key)


def test_a_plan_is_changed_as_the_window_does_it_and_what_is_not_said_stays(
    room: Room, line: CommandLine
) -> None:
    room.somebody("E-10", "Asha")
    room.require()
    key = line.answer(
        "session", "plan", "Extinguishers", "--at", "2026-11-24T10:00", "--minutes", 90,
        "--venue", "Shed 2", "--requirement", "FIRE", "--seats", 20, "--threshold", 70,
    )["id"]  # fmt: skip
    moved = line.answer(
        "session", "change", key, "--at", "2026-11-25T14:00", "--venue", "Canteen",
        "--trainer", "E-10", "--trainer", "Fire brigade", "--seats", 12,
    )  # fmt: skip
    assert (moved["title"], moved["venue"], moved["seats"]) == ("Extinguishers", "Canteen", 12)
    assert moved["trainers"] == ["Asha", "Fire brigade"]
    assert (moved["requirements"], moved["threshold"]) == (["FIRE"], 70)
    begins, ends = (datetime.fromisoformat(moved[one]) for one in ("starts", "ends"))
    assert begins.astimezone() == datetime(2026, 11, 25, 14).astimezone()
    assert ends - begins == timedelta(minutes=90)

    bare = line.answer(
        "session", "change", key, "--minutes", 30, "--seats", 0, "--requirement", "",
        "--title", "Extinguishers again", "--threshold", 0, "--trainer", LOGIN,
    )  # fmt: skip
    assert (bare["seats"], bare["requirements"], bare["threshold"]) == (None, [], 0)
    assert bare["trainers"] == ["Meera Joshi"]
    with pytest.raises(TrainingRefused, match="no number of seats"):
        line.told("session", "change", key, "--seats", -1)
    line.answer("session", "change", key, "--at", "2026-11-23T10:42")
    line.answer("session", "open", key)
    room.somebody("E-11")
    line.answer("session", "roll", key, "E-11")
    room.pass_by(10)
    line.answer("session", "end", key)
    with pytest.raises(ReasonNeeded):
        line.told("session", "change", key, "--venue", "Shed 1")
    reason = ("--reason", "It was in the shed")
    assert line.answer("session", "change", key, "--venue", "Shed 1", *reason)["venue"] == "Shed 1"
    assert line.answer("session", "sign", key)["credited"] == 1
    with pytest.raises(WrongState):
        line.told("session", "change", key, "--venue", "Shed 3", *reason)


def test_who_was_in_two_rooms_is_decided_before_it_counts(room: Room, line: CommandLine) -> None:
    room.somebody("E-10")
    room.somebody("E-11")
    room.require()
    room.require("GAS")
    first, second = room.opened(title="Fire"), room.opened(title="Gas", requirements=("GAS",))
    room.tap(first, "E-10")
    room.tap(second, "E-10", "E-11")
    room.pass_by(60)
    room.end(first)
    room.end(second)
    line.answer("session", "sign", first)

    signed = line.answer("session", "sign", second)
    assert (signed["credited"], signed["undecided"]) == (1, 1)
    asha = line.answer("session", "show", second)["roll"][0]
    assert (asha["undecided"], asha["decision"]) == (True, None)
    assert asha["elsewhere"] == [{"session": str(first), "title": "Fire", "counts": True}]
    why = "Was called out of the fire class"
    said = line.answer("session", "decide", second, "E-10", "--counts", "--reason", why)
    assert said == {"counts": True}
    assert line.answer("session", "sign", second)["credited"] == 1
    asha = line.answer("session", "show", second)["roll"][0]
    assert asha["decision"]["reason"] == why
    assert not asha["undecided"]


def test_what_asks_for_a_registered_trainer_is_told_when_planned_and_when_signed(
    room: Room, line: CommandLine
) -> None:
    room.somebody("E-10")
    room.require(registered=True)
    planned = line.answer(
        "session", "plan", "Fire", "--at", "2026-11-23T10:42", "--requirement", "FIRE"
    )
    assert planned["without_trainer"] == ["FIRE"]
    key = planned["id"]
    line.answer("session", "open", key)
    line.answer("session", "roll", key, "E-10")
    room.pass_by(60)
    line.answer("session", "end", key)
    assert "Does not count for Fire safety (FIRE)" in line.told("session", "show", key)
    assert line.answer("session", "sign", key)["not_counted"] == ["FIRE"]


def test_a_drill_from_the_alarm_to_the_next_due_date(room: Room, line: CommandLine) -> None:
    room.somebody("E-10")
    line.answer("drill", "interval", "fire", "--months", 3, "--law", "Rule 62")
    drill = line.answer("drill", "plan", "fire", "--at", "2026-11-23T10:42", "--shift", "B")["id"]
    line.answer("drill", "start", drill)
    line.answer("session", "roll", drill, "E-10")
    line.answer(
        "drill", "count", drill, "--expected", 2, "--counted", 1, "--missing", "Chitra, on leave"
    )
    room.pass_by(3)
    line.answer("drill", "clear", drill)
    visitor = "A visitor of Bosch"
    more = ("--expected", 1, "--counted", 2, "--unexpected", visitor)
    assert line.answer("drill", "count", drill, *more)["unexpected"] == visitor
    line.answer(
        "drill", "count", drill, "--expected", 2, "--counted", 1, "--missing", "Chitra, on leave"
    )
    assert line.answer("drill", "show", drill)["seconds"] == 180
    line.answer("drill", "observe", drill, "Siren is faint in the store")
    assert line.answer("drill", "sign", drill)["credited"] == 1

    (due,) = line.answer("drill", "due")["due"]
    assert (due["last"], due["due"], due["overdue"]) == ("2026-11-23", "2027-02-23", False)
    (listed,) = line.answer("drill", "list")["drills"]
    assert (listed["expected"], listed["counted"], listed["late"]) == (2, 1, False)


def test_a_time_that_is_none_is_refused(line: CommandLine) -> None:
    with pytest.raises(Exception, match="is not a time"):
        line.told("session", "plan", "X", "--at", "tomorrow")


def test_a_toolbox_talk_is_begun_in_one_line(room: Room, line: CommandLine) -> None:
    room.somebody("E-10")
    talk = line.answer("session", "talk", "Hot work", "--minutes", 5)
    assert (talk["kind"], talk["state"]) == ("talk", "open")
    line.answer("session", "roll", talk["id"], "E-10")
    called_off = line.answer("session", "cancel", talk["id"], "--reason", "The wrong line")
    assert called_off["state"] == "cancelled"
    drill = line.answer("drill", "plan", "fire", "--at", "2026-11-23T10:42")["id"]
    line.answer("drill", "start", drill)
    assert line.answer("drill", "cancel", drill, "--reason", "By mistake")["state"] == "cancelled"
