"""`report` on the command line: what it writes and prints, and what it refuses."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

from app.cli.frame import Frame
from app.cli.reports import FileNeeded, commands
from app.core.base.actor import system_actor
from app.core.journal import Site
from app.core.reports import REPORTS, FileTaken, FilterRefused, Reports, UnknownReport
from tests.support.clock import TurnedClock
from tests.support.plant import build_plant
from tests.support.sites import DATA_KEY, empty_database, open_site

Run = Callable[..., str]


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    """A small plant."""
    site = open_site(empty_database(tmp_path, DATA_KEY), clock)
    build_plant(site, people=20, courses=3, units=2)
    yield site
    site.close()


@pytest.fixture
def run(site: Site, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command and return what it prints."""

    def run(*arguments: str, as_json: bool = False) -> str:
        frame = Frame(
            folder=Path(),
            login=None,
            as_json=as_json,
            ways=None,
            _services=SimpleNamespace(reports=Reports(site)),
            _actor=system_actor(),
        )
        root = typer.Typer()
        root.add_typer(commands)

        @root.callback()
        def options(context: typer.Context) -> None:
            context.obj = frame

        typer.main.get_command(root).main(["report", *arguments], standalone_mode=False)
        return capsys.readouterr().out

    return run


def test_every_report_is_listed(run: Run) -> None:
    listed = json.loads(run("list", as_json=True))["reports"]

    assert [one["name"] for one in listed] == [report.key for report in REPORTS]
    assert "overdue" in run("list")


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf", "json"])
def test_a_report_is_written(run: Run, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"overdue.{form}"

    told = json.loads(run("run", "overdue", "--format", form, "--out", str(out), as_json=True))

    assert out.stat().st_size > 0
    assert told["file"] == str(out)
    assert told["rows"] > 0
    assert len(told["digest"]) == 64


def test_a_report_is_printed(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("run", "overdue"))))
    printed = json.loads(run("run", "overdue", "--format", "json", "--out", "-"))
    asked = json.loads(run("run", "overdue", as_json=True))

    assert len(rows) == printed["total"] == asked["total"] > 0
    assert rows[0]["Number"] == printed["rows"][0]["number"]


def test_rows_are_narrowed(run: Run) -> None:
    narrowed = json.loads(
        run(
            *("run", "people-status", "--format", "json", "--search", "asha"),
            *("--filter", "department=D1", "--filter", "standing=valid"),
        )
    )

    assert narrowed["total"] > 0
    assert narrowed["filters"] == ["Department: Press shop", "Status: Valid", "Search: asha"]
    assert {row["name"] for row in narrowed["rows"]} == {"Asha Kulkarni"}


def test_a_file_is_replaced_only_when_told(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "overdue.csv"
    out.write_text("mine")

    with pytest.raises(FileTaken):
        run("run", "overdue", "--out", str(out))
    assert out.read_text() == "mine"

    run("run", "overdue", "--out", str(out), "--overwrite")
    assert out.read_bytes().startswith(b"\xef\xbb\xbfNumber,")


def test_what_cannot_be_is_refused(run: Run) -> None:
    with pytest.raises(UnknownReport):
        run("run", "salaries")
    with pytest.raises(FilterRefused):
        run("run", "overdue", "--filter", "department")
    with pytest.raises(FileNeeded):
        run("run", "overdue", "--format", "pdf")
