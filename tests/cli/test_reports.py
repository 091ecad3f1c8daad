"""`report` on the command line: what it writes and prints, and what it refuses."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.reports import FileNeeded, commands
from app.core.egress import FileTaken
from app.core.journal import Site
from app.core.reports import REPORTS, FilterRefused, Reports, UnknownReport
from tests.support.command_line import CommandLine
from tests.support.plant import build_plant

Run = Callable[..., str]


@pytest.fixture
def run(site: Site) -> Run:
    """Run a command over a small plant and return what it prints."""
    build_plant(site, people=20, courses=3, units=2)
    return CommandLine("report", commands, reports=Reports(site)).told


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
