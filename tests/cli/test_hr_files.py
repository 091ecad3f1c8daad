"""HR files on the command line: mappings, runs, undo, the watched folder."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.cli.people import commands
from app.core.base.actor import system_actor
from app.core.base.errors import NotFound
from app.core.journal import Site
from app.core.people import NewPerson, People
from app.core.people.imports import DaysUnclear, HrFolder, ThresholdPassed
from tests.support.command_line import CommandLine
from tests.support.dropped import lay

FILE = "Emp No,Name,Location\n" + "".join(f"E-{n},Name {n},Baddi\n" for n in range(40))


@pytest.fixture
def run(site: Site, tmp_path: Path) -> Callable[..., str]:
    people = People(site)
    folder = HrFolder(site, people.imports, tmp_path)
    return CommandLine("people", commands, people=people, hr_folder=folder).told


def written(tmp_path: Path, text: str, name: str = "hr.csv") -> str:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return str(path)


def test_a_mapping_is_saved_listed_used_and_forgotten(
    run: Callable[..., str], tmp_path: Path
) -> None:
    file = written(tmp_path, FILE)
    run("import", file, "--save-mapping", "Keka", "--whole", "site")

    (kept,) = json.loads(run("mappings", as_json=True))["mappings"]
    assert (kept["name"], kept["whole"]) == ("Keka", "site")
    assert kept["columns"] == {"emp no": "number", "name": "name", "location": "location"}
    told = json.loads(run("import", file, "--mapping", "keka", "--dry-run", as_json=True))
    assert (told["mapping"], told["coverage"], told["unchanged"]) == ("Keka", "site", 40)
    assert "No mapping is saved yet." in run("mappings", "--forget", "Keka")
    with pytest.raises(NotFound):
        run("import", file, "--mapping", "keka")


def test_who_is_missing_leaves_only_when_they_are_named(
    run: Callable[..., str], tmp_path: Path, site: Site
) -> None:
    run("import", written(tmp_path, FILE))
    short = written(tmp_path, "\n".join(FILE.splitlines()[:20]))

    told = json.loads(run("import", short, "--whole", "site", as_json=True))
    assert (len(told["gone"]), {one["leaves_on"] for one in told["gone"]}) == (21, {None})
    with pytest.raises(ThresholdPassed):
        run("import", short, "--whole", "site", "--leave", "all")
    run("import", short, "--whole", "site", "--leave", "e-39,E-38")
    assert People(site).find(system_actor(), "E-39").active is False
    told = json.loads(
        run("import", short, "--whole", "site", "--leave", "all", "--confirm", "19", as_json=True)
    )
    assert told["confirm"] == 19
    with pytest.raises(NotFound):
        run("import", short, "--whole", "site", "--leave", "E-1")


def test_days_that_can_be_read_in_two_ways_are_told_on_the_command_line(
    run: Callable[..., str], tmp_path: Path, site: Site
) -> None:
    file = written(tmp_path, "Emp No,Name,DOJ\nE-1,Meena,03/04/2026\n")

    with pytest.raises(DaysUnclear):
        run("import", file)
    run("import", file, "--days", "mdy")
    joined = People(site).find(system_actor(), "E-1").joined_on
    assert str(joined) == "2026-03-04"


def test_runs_are_listed_and_undone(run: Callable[..., str], tmp_path: Path) -> None:
    assert "Nothing was imported yet." in run("runs")
    run("import", written(tmp_path, FILE, "Keka.csv"))

    (one,) = json.loads(run("runs", as_json=True))["runs"]
    assert (one["files"][0]["name"], one["counts"]["new"]) == ("Keka.csv", 40)
    assert "Keka.csv" in run("runs")
    assert json.loads(run("undo", "--dry-run", as_json=True))["taken_back"] is False
    told = json.loads(run("undo", one["position"], as_json=True))
    assert len(told["leaving"]) == 40
    assert json.loads(run("runs", as_json=True))["runs"][0]["taken_back"] is True
    with pytest.raises(NotFound):
        run("undo", "nothing")


def test_several_files_are_one_set(run: Callable[..., str], tmp_path: Path) -> None:
    first = written(tmp_path, "Emp No,Name\nE-1,Meena\n", "a.csv")
    second = written(tmp_path, "Emp No,Date of exit\nE-1,31-10-2026\n", "b.csv")

    told = json.loads(run("import", first, second, "--dry-run", as_json=True))
    assert (told["new"], told["errors"]) == (1, [])


def test_the_watched_folder_is_chosen_and_looked_into(
    run: Callable[..., str], tmp_path: Path
) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    lay(drop / "hr.csv", FILE)

    told = json.loads(run("watch", "--folder", str(drop), "--additions", as_json=True))
    assert (told["folder"], told["applies_additions"], told["looked_at"]) == (str(drop), True, 1)
    (one,) = told["files"]
    assert one["state"] == "strange"
    assert "0 files wait" in run("watch", "--dismiss", one["sha256"])
    assert json.loads(run("watch", "--off", as_json=True))["folder"] is None


def test_leavers_in_the_file_come_back_when_they_are_named(
    run: Callable[..., str], tmp_path: Path, site: Site
) -> None:
    people, actor = People(site), system_actor()
    left = people.add(actor, NewPerson(number="E-1", name="Meena", joined_on=date(2020, 1, 1)))
    people.leave(actor, left)
    file = written(tmp_path, "Emp No,Name\nE-1,Meena\n")

    assert "Left and in the file; still left: E-1" in run("import", file)
    run("import", file, "--back", "E-1")
    assert people.person(actor, left).active
