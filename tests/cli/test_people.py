"""`people` on the command line: what it prints, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.people import UnknownPreset, UnreadablePath, commands
from app.core.base.actor import system_actor
from app.core.base.errors import NotFound
from app.core.journal import Site
from app.core.people import DetailRefused, FileHasErrors, People
from tests.support.command_line import CommandLine

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
        {"number": "E-2", "changes": {"name": ["Ravi Iyer", "Ravi R. Iyer"]}}
    ]


def test_errors_are_listed_and_stop_the_import(run: Callable[..., str], file: str) -> None:
    Path(file).write_text(FILE.replace("2020-04-01", "31/02/26"), encoding="utf-8")

    assert "Line 3, E-2: 31/02/26 is not a day" in run("import", file, "--dry-run")
    with pytest.raises(FileHasErrors) as refused:
        run("import", file)
    assert refused.value.exit_code == 2
    assert "1 new" in run("import", file, "--skip-errors")


def test_bad_input_is_told_in_one_sentence(run: Callable[..., str], file: str) -> None:
    for error, arguments in (
        (UnreadablePath, ["import", "missing.csv"]),
        (UnknownPreset, ["import", file, "--preset", "sap"]),
        (NotFound, ["list", "--unit", "NOWHERE"]),
        (NotFound, ["show", "E-404"]),
        (NotFound, ["add", "E-9", "Asha", "--unit", "PRESS", "--role", "PILOT"]),
        (DetailRefused, ["add", "E-9", "Asha", "--role", "OPR"]),
    ):
        with pytest.raises(error) as refused:
            run(*arguments)
        assert refused.value.exit_code == 2


def test_the_list_is_searched_cut_and_counted(run: Callable[..., str], file: str) -> None:
    run("import", file)

    found = json.loads(run("list", "--search", "मीना", "--unit", "press", "--json"))
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
