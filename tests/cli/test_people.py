"""`people` on the command line: what it prints, and what it refuses."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from app.cli.days import UnreadableDay
from app.cli.hr_files import UnknownPreset
from app.cli.organisation import NoPlaceGiven
from app.cli.people import commands
from app.core.base.actor import system_actor
from app.core.base.errors import NotFound
from app.core.journal import Journal, Site
from app.core.people import (
    CodeTaken,
    DayRefused,
    DetailRefused,
    NameTaken,
    People,
    UnitWithinItself,
)
from app.core.people.imports import FileHasErrors
from app.core.people.shifts import PatternRefused
from app.core.spreadsheets import FileGone
from tests.support.command_line import CommandLine
from tests.support.faces import draw_face
from tests.support.sites import STATION

FILE = """employee_no,name,name_local,department,job_role,joined,aadhaar
E-1,Meena Rao,मीना राव,PRESS,OPR,2019-04-01,1234
E-2,Ravi Iyer,,PRESS,Fitter,2020-04-01,1234
"""


@pytest.fixture
def run(site: Site) -> Callable[..., str]:
    """Run a command where there is one org unit and one job role, and return what it prints."""
    people = People(site)
    people.organisation.add_org_unit(system_actor(), "PRESS", "Press shop")
    people.organisation.add_job_role(system_actor(), "OPR", "Operator")
    return CommandLine("people", commands, people=people).told


@pytest.fixture
def file(tmp_path: Path) -> str:
    """An HR file."""
    path = tmp_path / "people.csv"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def test_a_dry_run_says_what_would_happen_and_does_nothing(
    run: Callable[..., str], file: str
) -> None:
    told = run("import", file, "--dry-run")

    assert "2 new, 0 changed, 0 unchanged, 0 with errors" in told
    assert "New job roles: Fitter" in told
    assert "Columns ignored for privacy: aadhaar" in told
    assert "0 people" in run("list")


def test_an_import_is_told_to_scripts_as_one_object(run: Callable[..., str], file: str) -> None:
    told = json.loads(run("import", file, "--preset", "keka", as_json=True))

    assert (told["applied"], told["new"], told["changed"]) == (True, 2, [])
    Path(file).write_text(FILE.replace("Ravi Iyer", "Ravi R. Iyer"), encoding="utf-8")
    again = json.loads(run("import", file, as_json=True))
    assert again["changed"] == [
        {
            "number": "E-2",
            "changes": {"name": ["Ravi Iyer", "Ravi R. Iyer"]},
            "moved": False,
            "back_on": None,
        }
    ]


def test_errors_are_listed_and_stop_the_import(run: Callable[..., str], file: str) -> None:
    Path(file).write_text(FILE.replace("2020-04-01", "31/02/26"), encoding="utf-8")

    assert "Line 3, E-2: 31/02/26 is not a day" in run("import", file, "--dry-run")
    with pytest.raises(FileHasErrors) as refused:
        run("import", file)
    assert refused.value.exit_code == 2
    assert "1 new" in run("import", file, "--skip-errors")


def test_bad_input_is_told_in_one_sentence(run: Callable[..., str], file: str) -> None:
    run("add", "E-1", "Meena Rao")
    for error, arguments in (
        (FileGone, ["import", "missing.csv"]),
        (UnknownPreset, ["import", file, "--preset", "sap"]),
        (NotFound, ["list", "--unit", "NOWHERE"]),
        (NotFound, ["show", "E-404"]),
        (NotFound, ["add", "E-9", "Asha", "--unit", "PRESS", "--role", "PILOT"]),
        (DetailRefused, ["add", "E-9", "Asha", "--role", "OPR"]),
        (NotFound, ["leave", "E-404", "--reason", "Moved away"]),
        (UnreadableDay, ["leave", "E-1", "--reason", "Moved away", "--on", "tomorrow"]),
        (DetailRefused, ["rejoin", "E-1", "--reason", "Is back"]),
        (CodeTaken, ["unit", "add", "press", "Another"]),
        (NameTaken, ["unit", "add", "P2", "press shop"]),
        (DetailRefused, ["unit", "add", "P2", "x" * 300]),
        (DetailRefused, ["unit", "add", "x" * 300, "Another"]),
        (DetailRefused, ["unit", "rename", "PRESS", " "]),
        (NotFound, ["unit", "add", "P2", "Another", "--below", "NOWHERE"]),
        (UnitWithinItself, ["unit", "move", "PRESS", "--below", "PRESS"]),
        (NoPlaceGiven, ["unit", "move", "PRESS"]),
        (NoPlaceGiven, ["unit", "move", "PRESS", "--top", "--below", "PRESS"]),
        (CodeTaken, ["job-role", "add", "OPR", "Another"]),
        (NameTaken, ["job-role", "add", "OPR2", "operator"]),
        (NotFound, ["job-role", "rename", "PILOT", "Pilot"]),
    ):
        with pytest.raises(error) as refused:
            run(*arguments)
        assert refused.value.exit_code == 2


def test_the_list_is_searched_cut_and_counted(run: Callable[..., str], file: str) -> None:
    run("import", file)

    found = json.loads(run("list", "--search", "मीना", "--unit", "press", as_json=True))
    assert (found["total"], [one["number"] for one in found["people"]]) == (1, ["E-1"])
    assert run("list", "--limit", "1", "--offset", "1") == (
        "E-2\tRavi Iyer\tPress shop\tFitter\n2 people\n"
    )
    assert json.loads(run("list", "--left", as_json=True)) == {"total": 0, "people": []}


def test_somebody_is_added_and_shown(run: Callable[..., str]) -> None:
    added = run(
        "add", "c-7", "Imran Khan", "--kind", "contractor", "--unit", "press", "--role", "OPR"
    )
    shown = json.loads(run("show", "C-7", as_json=True))

    assert "C-7  Imran Khan" in added
    assert "23 Nov 2026 – now  Press shop  Operator" in added
    assert (shown["kind"], shown["active"]) == ("contractor", True)
    assert shown["placements"][0]["from_on"] == "2026-11-23"


def test_what_reminders_and_rules_need_of_people_is_said_without_a_window(
    run: Callable[..., str],
) -> None:
    run("unit", "add", "STORE", "Stores")
    run("add", "M-1", "Meera Joshi", "--email", "meera@plant.example")
    run(
        "add", "E-1", "Asha Rao", "--unit", "PRESS", "--role", "OPR", "--manager", "m-1",
        "--joined-on", "2026-11-20", "--email", "asha@plant.example", "--location", "Hall 2",
    )  # fmt: skip

    def shown() -> dict[str, object]:
        found = json.loads(run("show", "E-1", as_json=True))
        keys = ("name", "name_local", "language", "email", "location", "joined_on")
        place = found["placements"][0]
        return {key: found[key] for key in keys} | {
            key: place[key] for key in ("org_unit", "job_role", "manager")
        }

    assert shown() == {
        "name": "Asha Rao", "name_local": "", "language": "en", "email": "asha@plant.example",
        "location": "Hall 2", "joined_on": "2026-11-20", "org_unit": "Press shop",
        "job_role": "Operator", "manager": "Meera Joshi",
    }  # fmt: skip
    run(
        "edit", "E-1", "--name", "Asha Kulkarni", "--name-local", "आशा", "--language", "hi",
        "--email", "asha@right.example", "--location", "", "--joined-on", "2026-11-19",
        "--reason", "As HR has it",
    )  # fmt: skip
    run("add", "M-2", "Ravi Das")
    run("move", "E-1", "--manager", "M-2", "--reason", "Another shift")
    assert shown() == {
        "name": "Asha Kulkarni", "name_local": "आशा", "language": "hi",
        "email": "asha@right.example", "location": "", "joined_on": "2026-11-19",
        "org_unit": "Press shop", "job_role": "Operator", "manager": "Ravi Das",
    }  # fmt: skip
    run("move", "E-1", "--unit", "STORE", "--no-role", "--no-manager")
    assert (shown()["org_unit"], shown()["job_role"], shown()["manager"]) == ("Stores", "", "")
    with pytest.raises(DetailRefused):
        run("move", "M-1", "--manager", "M-2")  # nowhere yet
    with pytest.raises(DetailRefused):
        run("move", "E-1")


def test_a_gate_pass_is_noted_corrected_listed_and_taken_away(run: Callable[..., str]) -> None:
    noted = ("--gate-pass", "GP-77", "--gate-pass-until", "2026-11-22")
    run("add", "C-7", "Imran Khan", "--kind", "contractor", *noted)

    def listed(state: str) -> list[tuple[str, str]]:
        found = json.loads(run("list", "--gate-pass", state, as_json=True))["people"]
        return [(one["gate_pass"], one["gate_pass_until"]) for one in found]

    assert listed("over") == [("GP-77", "2026-11-22")]
    told = run("edit", "C-7", "--gate-pass-until", "2026-12-01", "--reason", "Renewed")
    assert "Gate pass valid until 1 Dec 2026" in told
    assert (listed("over"), listed("ends")) == ([], [("GP-77", "2026-12-01")])
    run("edit", "C-7", "--no-gate-pass")
    assert json.loads(run("show", "C-7", as_json=True))["gate_pass_until"] is None


def test_the_organisation_is_shaped_and_listed_as_a_tree(run: Callable[..., str]) -> None:
    run("unit", "add", "PLANT", "Baddi plant")
    assert run("unit", "add", "l1", "Line 1", "--below", "press") == "L1\t  Line 1\t0\t0\n"
    run("unit", "move", "PRESS", "--below", "PLANT")
    run("unit", "rename", "PRESS", "Press shop 2")
    run("add", "E-1", "Meena Rao", "--unit", "L1", "--role", "OPR")

    assert run("units") == (
        "PLANT\tBaddi plant\t0\t1\nPRESS\t  Press shop 2\t0\t1\nL1\t    Line 1\t1\t1\n"
    )
    plant, press, line = json.loads(run("units", as_json=True))["units"]
    assert (press["part_of"], line["part_of"]) == (plant["id"], press["id"])
    assert (line["code"], line["people"], plant["people_within"]) == ("L1", 1, 1)
    assert run("unit", "move", "L1", "--top") == "L1\tLine 1\t1\t1\n"


def test_job_roles_are_added_renamed_and_listed(run: Callable[..., str]) -> None:
    run("job-role", "add", "fit", "Fitter")
    run("job-role", "rename", "OPR", "Machine operator")

    assert run("roles") == "FIT\tFitter\t0\nOPR\tMachine operator\t0\n"
    told = json.loads(run("roles", as_json=True))
    assert [role["name"] for role in told["roles"]] == ["Fitter", "Machine operator"]


def test_somebody_leaves_and_comes_back_into_another_place(run: Callable[..., str]) -> None:
    run("unit", "add", "STORE", "Stores")
    run("add", "E-1", "Meena Rao", "--unit", "PRESS")

    left = run("leave", "e-1", "--reason", "Moved away")
    assert "Left on 23 Nov 2026" in left
    assert "1 person" in run("list", "--left")
    with pytest.raises(DayRefused):
        run("rejoin", "E-1", "--reason", "Is back", "--on", "2026-11-22")
    shown = json.loads(run("rejoin", "E-1", "--reason", "Is back", "--unit", "STORE", as_json=True))
    assert (shown["active"], shown["left_on"]) == (True, None)
    assert [place["org_unit"] for place in shown["placements"]] == ["Stores", "Press shop"]


def test_a_number_is_changed_and_the_old_one_still_finds_them(run: Callable[..., str]) -> None:
    run("add", "E-1", "Meena Rao")
    told = run("edit", "E-1", "--number", "M-1", "--reason", "New series")

    assert told.startswith("M-1  Meena Rao\nNumbers of before: E-1")
    assert json.loads(run("show", "E-1", as_json=True))["number"] == "M-1"


def test_a_resignation_is_noted_by_its_last_day_and_withdrawn(
    run: Callable[..., str], site: Site
) -> None:
    run("add", "E-1", "Meena Rao")
    told = run("leave", "E-1", "--reason", "Resigned", "--last-day", "2026-11-30")
    assert "Works until 30 Nov 2026, gone from 1 Dec 2026" in told
    with pytest.raises(DetailRefused):
        run("leave", "E-1", "--reason", "Again", "--last-day", "2026-11-30", "--on", "2026-12-01")
    with pytest.raises(DetailRefused, match="have not left yet"):
        run("rejoin", "E-1", "--reason", "Withdrawn", "--on", "2026-12-01")

    told = run("rejoin", "E-1", "--reason", "Withdrawn", as_json=True)
    assert (json.loads(told)["active"], json.loads(told)["left_on"]) == (True, None)
    about = UUID(json.loads(told)["id"])
    entry = Journal(site, STATION).entries(system_actor(), about=about)[0]
    assert (entry.action, entry.reason) == ("person.stay", "Withdrawn")


def test_why_somebody_left_and_came_back_is_kept(run: Callable[..., str], site: Site) -> None:
    run("add", "E-1", "Meena Rao")
    run("leave", "E-1", "--reason", "Moved away")
    run("rejoin", "E-1", "--reason", "Is back")

    told = json.loads(run("show", "E-1", as_json=True))
    entries = Journal(site, STATION).entries(system_actor(), about=UUID(told["id"]))
    assert [(one.action, one.reason) for one in entries[:2]] == [
        ("person.rejoin", "Is back"),
        ("person.leave", "Moved away"),
    ]


@pytest.fixture
def twice(run: Callable[..., str]) -> tuple[str, str]:
    """Ids of somebody who was entered twice."""
    for number in ("E-7", "P-7"):
        run("add", number, "Meena Rao", "--unit", "PRESS")
    people = json.loads(run("list", as_json=True))["people"]
    return people[0]["id"], people[1]["id"]


def test_who_is_there_twice_is_told_merged_and_put_back(
    run: Callable[..., str], twice: tuple[str, str]
) -> None:
    one, other = twice
    (proposal,) = json.loads(run("duplicates", as_json=True))["proposals"]
    assert {proposal["stays"]["id"], proposal["other"]["id"]} == {one, other}
    assert proposal["alike_in"] == ["name", "joined"]
    assert "1 pair" in run("duplicates")

    told = json.loads(run("merge", "E-7", other, "--reason", "One Aadhaar card", as_json=True))

    (merged,) = told["merged"]
    assert (merged["id"], merged["into"]) == (other, one)
    assert merged["reason"] == "One Aadhaar card"
    assert json.loads(run("list", as_json=True))["total"] == 1
    assert datetime.fromisoformat(merged["at"]).isoformat() == merged["at"]  # as everywhere
    assert "was merged into E-7" in run("merged")
    assert "One Aadhaar card" in run("merged")

    back = json.loads(run("unmerge", "p-7", "--reason", "Two sisters", as_json=True))

    assert back["id"] == other
    assert json.loads(run("list", as_json=True))["total"] == 2
    assert json.loads(run("merged", as_json=True))["merged"] == []


def test_two_who_are_two_are_not_told_again(
    run: Callable[..., str], twice: tuple[str, str]
) -> None:
    run("keep-apart", *twice, "--reason", "Cousins")

    assert json.loads(run("duplicates", as_json=True))["proposals"] == []


def test_a_photo_is_given_told_and_taken_away(run: Callable[..., str], tmp_path: Path) -> None:
    run("add", "E-1", "Meena Rao")
    picture = draw_face(tmp_path / "E-1.png")
    assert run("photo", "E-1").strip() == "E-1  Meena Rao: no photo"
    assert "a photo of" in run("photo", "E-1", str(picture))
    assert run("photo", "E-1", "--remove", "--reason", "Asked").strip().endswith("no photo")


def test_a_folder_of_photos_is_tried_and_then_taken(
    run: Callable[..., str], tmp_path: Path
) -> None:
    run("add", "E-1", "Meena Rao")
    draw_face(tmp_path / "e-1.png")
    draw_face(tmp_path / "E-2.png")
    tried = run("photos", str(tmp_path), "--dry-run")
    assert "e-1.png\tMeena Rao" in tried
    assert "E-2.png\tNobody here has this number" in tried
    assert "1 photo would come." in tried
    assert run("photos", str(tmp_path)).strip().endswith("1 photo taken.")
    assert "a photo of" in run("photo", "E-1")


def test_a_further_job_role_is_given_and_ended(run: Callable[..., str], site: Site) -> None:
    run("add", "E-1", "Asha", "--unit", "PRESS", "--role", "OPR")
    People(site).organisation.add_job_role(system_actor(), "CRANE", "Crane driver")
    why = ("--reason", "Stands in")
    told = run("role-of", "E-1", "add", "CRANE", *why)
    assert "– now  + Crane driver" in told
    assert "+ Crane driver" in run("show", "E-1")
    with pytest.raises(DetailRefused, match="no first day"):
        run("role-of", "E-1", "end", "CRANE", "--from", "2026-11-24", *why)
    assert run("role-of", "E-1", "end", "CRANE", *why) == "No further job role.\n"
    with pytest.raises(DetailRefused, match="does not have"):
        run("role-of", "E-1", "end", "CRANE", *why)


def test_shifts_get_hours_and_tell_who_is_at_work(run: Callable[..., str]) -> None:
    run("add", "E-7", "Meena Rao", "--unit", "PRESS", "--shift", "night")
    run("add", "E-8", "Ravi Iyer", "--shift", "A")
    told = run(
        "shifts", "set", "Night", "--from", "2026-11-23", "--pattern", "6x22:00-06:00, 1xoff"
    )
    assert "Night\tMon–Sat 22:00–06:00\t1\t22:00–06:00" in told
    assert "A\thours not known\t1\t–" in run("shifts")
    assert "Shift: Night · works today 22:00–06:00" in run("show", "E-7")
    assert "1 person" in run("list", "--shift", "NIGHT")
    at = json.loads(run("shifts", "at", "2026-11-24T05:00", "--people", as_json=True))
    assert [(one["shift"], one["state"], one["people"]) for one in at["shifts"]] == [
        ("Night", "at_work", 1),
        ("A", "unknown", 1),
    ]
    assert [one["number"] for one in at["people"]] == ["E-7", "E-8"]
    run("shifts", "holidays", "--add", "2026-11-24", "Jayanti")
    assert "off" in run("shifts", "at", "2026-11-24T23:00")
    assert run("shifts", "holidays", "--remove", "2026-11-24") == "No holidays.\n"
    with pytest.raises(PatternRefused, match="tells no hours"):
        run("shifts", "set", "A", "--from", "2026-11-23", "--pattern", "mornings")
    assert "night\thours not known" in run("shifts", "close", "night")
