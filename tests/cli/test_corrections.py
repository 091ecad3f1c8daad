"""`corrections` of what was met in a class, and how its certificates look, by script."""

from pathlib import Path

import pytest

from app.cli import corrections, requirements
from app.core.training import TrainingRefused
from tests.core.certificates.test_credits import a_class
from tests.core.certificates.test_withdrawn_completions import complete, publish, until
from tests.support.classes import Room, another_trainer
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.in_touch import first_pc
from tests.support.signers import LOGIN, found_administrator
from tests.support.teaching import a_lesson


@pytest.fixture
def room(tmp_path: Path, clock: TurnedClock) -> Room:
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    made = Room(pc, clock).can_sign()
    made.require()
    for number, name in (("E-10", "Asha Kulkarni"), ("E-11", "Bina Rao")):
        made.somebody(number, name)
    a_class(made, "E-10")
    return made


def lines_of(room: Room, name: str) -> CommandLine:
    commands = {"corrections": corrections.commands, "requirements": requirements.commands}[name]
    services = {"training": room.school.training, "people": room.people}
    command = CommandLine(name, commands, open_site=room.pc.opened, **services)
    return command.acting_as(room.meera, LOGIN)


def test_what_the_wrong_person_was_given_is_moved_by_command(room: Room) -> None:
    line = lines_of(room, "corrections")
    (record,) = line.answer("records", "E-10")["records"]
    assert "\tmet_on=2026-11-23, person=Asha Kulkarni (E-10)" in line.told("records", "E-10")
    assert (record["kind"], record["values"]["person"]) == (
        "requirement_credit",
        "Asha Kulkarni (E-10)",
    )

    told = line.answer(
        "make", record["kind"], record["id"], "person", "E-11", "--reason", "Wrong badge"
    )

    assert told["waits"] is True
    (waits,) = line.answer("list")["corrections"]
    assert (waits["old"], waits["new"]) == ("Asha Kulkarni (E-10)", "Bina Rao (E-11)")


def test_the_look_and_a_title_in_another_language_are_said_by_command(room: Room) -> None:
    line = lines_of(room, "requirements")
    said = ("change", "FIRE", "--template", "modern", "--title-in", "hi=अग्नि सुरक्षा")

    told = line.answer(*said)

    assert told["titles"] == {"hi": "अग्नि सुरक्षा"}
    assert told["terms"]["template"] == "modern"
    assert line.answer("change", "FIRE", "--title-in", "hi=")["titles"] == {}
    with pytest.raises(TrainingRefused, match="no look"):
        line.told("change", "FIRE", "--template", "baroque")


def test_the_completion_of_a_course_is_withdrawn_by_command(room: Room) -> None:
    publish(room, a_lesson("page"))
    complete(room, "E-11")
    line = lines_of(room, "corrections")
    (record,) = line.answer("records", "E-11")["records"]
    assert (record["kind"], record["completed"]) == ("course_completion", room.today.isoformat())

    told = line.answer("make", record["kind"], record["id"], "counts", "", "--reason", "Forged")

    assert told["waits"] is True
    (waits,) = line.answer("list")["corrections"]
    assert waits["title"].startswith("LOTO (LOTO), completed on ")
    lines = lines_of(room, "corrections").acting_as(another_trainer(), "ravi")
    assert lines.answer("approve", told["correction"])["accepted"] is True
    assert until(room, number="E-11") is None
