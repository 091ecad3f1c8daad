"""`training matrix`: the matrix as somebody types it, from the first cell to the paper."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.cli import training
from app.core.base.errors import NotFound
from app.core.documents import Paper
from app.core.egress import Egress, FileTaken
from app.core.journal import Site
from app.core.people import Destination, NewPerson, People
from app.core.reports import let_look_back
from app.core.training import ReasonNeeded, RequirementType, Terms, TrainingRefused, Validity
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.pdfs import text_of
from tests.support.teaching import a_school


@pytest.fixture
def command(site: Site) -> CommandLine:
    """The group over one site, with Asha who presses in Finance, and two requirements."""
    people, school = People(site), a_school(site)
    people.on_changed.append(school.training.people_changed)
    school.training.matrix.people.look_back = let_look_back
    finance = people.organisation.add_org_unit(SYSTEM, "FIN", "Finance")
    press = people.organisation.add_job_role(SYSTEM, "PRESS", "Presser")
    people.organisation.add_job_role(SYSTEM, "CLERK", "Clerk")
    place = Destination(org_unit_id=finance, job_role_id=press)
    people.add(SYSTEM, NewPerson(number="E-1", name="Asha", place=place))
    for code in ("LOTO", "FIRE"):
        kind, terms = RequirementType.SESSION, Terms(validity=Validity.FOR_GOOD)
        terms = Terms(from_on=site.clock.now().date(), validity=Validity.FOR_GOOD)
        new = NewRequirement(code=code, title=f"Title {code}", type=kind, terms=terms)
        school.training.catalogue.add(SYSTEM, new)
    opened: Any = SimpleNamespace(site=site)
    return CommandLine(
        "training",
        training.commands,
        people=people,
        training=school.training,
        open_site=opened,
        egress=Egress(site),
    )


def test_a_cell_is_tried_set_shown_and_cleared(command: CommandLine) -> None:
    tried = command.answer("matrix", "set", "press", "LOTO", "--dry-run")
    assert (tried["people"], tried["gain"], tried["gaining"][0]["number"]) == (1, 1, "E-1")
    assert tried["cells"] == [
        {"row": "PRESS", "column": "LOTO", "people": 1, "gain": 1, "hold": 0, "keep": 0, "lose": 0}
    ]
    assert command.answer("matrix", "show") == command.answer("matrix")
    assert command.answer("matrix")["cells"] == []
    done = command.answer("matrix", "set", "PRESS", "LOTO", "--reason", "Locks")
    assert done == {"assigned": 1, "cancelled": 0, "held_back": []}
    (cell,) = command.answer("matrix", "show")["cells"]
    assert (cell["row"], cell["column"], cell["need"]) == ("PRESS", "LOTO", "mandatory")
    (line,) = command.answer("matrix", "people", "--role", "PRESS")["people"]
    assert line["cells"]["LOTO"]["letter"] == "A"
    later = command.answer(
        "matrix", "clear", "PRESS", "LOTO", "--reason", "No", "--from", "2027-02-28"
    )
    assert later["cancelled"] == 0
    assert len(command.answer("matrix", "show")["planned"]) == 1
    assert command.answer("matrix", "show", "--on", "2027-02-28")["cells"] == []
    changes = command.answer("matrix", "changes")["changes"]
    assert [one["reason"] for one in changes] == ["No", "Locks"]
    with pytest.raises(ReasonNeeded):
        command.answer("matrix", "set", "PRESS", "FIRE")
    with pytest.raises(NotFound):
        command.answer("matrix", "set", "NOBODY", "FIRE", "--reason", "Typo")


def test_many_cells_are_changed_by_a_file_all_or_none(command: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "cells.csv"
    file.write_text("row,column,need\nPRESS,LOTO,M\nPRESS,FIRE,R\nCLERK,FIRE,M\n", "utf-8")
    tried = command.answer("matrix", "apply", file, "--dry-run")
    assert (tried["gain"], len(tried["cells"])) == (1, 3)
    assert command.answer("matrix", "apply", file, "--reason", "Start")["assigned"] == 1
    assert len(command.answer("matrix", "show")["cells"]) == 3
    file.write_text("row,column,need\nPRESS,LOTO,-\nPRESS,FIRE,X\n", "utf-8")
    with pytest.raises(TrainingRefused, match="Line 3"):
        command.answer("matrix", "apply", file, "--reason", "Wrong")
    assert len(command.answer("matrix", "show")["cells"]) == 3


def test_curricula_and_audiences_are_kept_and_asked_of(command: CommandLine) -> None:
    added = command.answer(
        "matrix", "curricula", "add", "safe", "Safety", "--holds", "LOTO", "--holds", "FIRE"
    )
    assert added["holds"] == ["LOTO", "FIRE"]
    audience = command.answer("matrix", "audiences", "add", "fin", "Finance", "--where", "unit=FIN")
    assert (audience["people"], audience["in_words"]) == (1, "Department, with all below it: FIN")
    assert command.answer("matrix", "set", "FIN", "SAFE", "--reason", "All")["assigned"] == 2
    changed = command.answer(
        "matrix", "curricula", "change", "SAFE", "--holds", "FIRE", "--reason", "Less"
    )
    assert changed["cancelled"] == 1
    assert (
        command.answer(
            "matrix", "audiences", "change", "FIN", "--where", "unit=NONE", "--reason", "Less"
        )["cancelled"]
        == 1
    )
    with pytest.raises(TrainingRefused, match="still asked"):
        command.answer("matrix", "audiences", "retire", "FIN")
    command.answer("matrix", "clear", "FIN", "SAFE", "--reason", "Done")
    assert command.answer("matrix", "audiences", "retire", "FIN")["retired"] == "2026-11-23"


def test_a_gap_is_told(command: CommandLine) -> None:
    command.answer("matrix", "set", "PRESS", "LOTO", "--reason", "Locks")
    command.answer("matrix", "set", "CLERK", "FIRE", "--reason", "Fire")
    gap = command.answer("matrix", "gap", "E-1", "--role", "CLERK")
    assert [one["code"] for one in gap["gains"]] == ["FIRE"]
    assert [one["code"] for one in gap["loses"]] == ["LOTO"]
    with pytest.raises(NotFound):
        command.answer("matrix", "gap", "E-1", "--role", "NONE")


def test_the_matrix_is_printed_on_a3_and_noted_as_having_left(
    command: CommandLine, tmp_path: Path, site: Site
) -> None:
    command.answer("matrix", "set", "PRESS", "LOTO", "--reason", "Locks")
    for name, more in (("asked.pdf", ()), ("people.pdf", ("--people",))):
        out = tmp_path / name
        assert command.answer("matrix", "print", "--out", out, *more)["rows"] == 1
        assert out.read_bytes().startswith(b"%PDF")
        width, height = Paper.A3_LANDSCAPE.value
        assert f"{width} {height}".encode() in out.read_bytes()
        with pytest.raises(FileTaken):
            command.answer("matrix", "print", "--out", out)
    assert "1 person" in text_of(tmp_path / "asked.pdf")


def test_the_grid_of_people_is_told_as_of_a_day_gone_by(
    command: CommandLine, clock: TurnedClock
) -> None:
    command.answer("matrix", "set", "PRESS", "LOTO", "--reason", "Locks")
    clock.turn(timedelta(days=3))
    command.answer("matrix", "set", "PRESS", "FIRE", "--reason", "Fires")
    now = command.answer("matrix", "people")
    assert [one["code"] for one in now["columns"]] == ["FIRE", "LOTO"]
    assert (now["as_of"], now["told_as_of_now"]) == (None, [])

    then = command.answer("matrix", "people", "--as-of", "2026-11-24")
    assert [one["code"] for one in then["columns"]] == ["LOTO"]
    assert then["people"][0]["cells"]["LOTO"]["letter"] == "A"
    assert then["told_as_of_now"] == [
        "Names, shifts and the conditions of audiences are those of now."
    ]
    known = command.answer("matrix", "people", "--known-at", "2026-11-24")
    assert known["people"][0]["cells"].keys() == {"LOTO", "FIRE"}
    assert known["people"][0]["cells"]["FIRE"]["letter"] == "N"  # asked, and not assigned by then
    whole = command.answer("matrix", "--as-of", "2026-11-24")
    assert whole == command.answer("matrix", "show", "--on", "2026-11-24")
    with pytest.raises(TrainingRefused, match="stands behind"):
        command.answer("matrix", "--as-of", "2026-11-24", "people")
