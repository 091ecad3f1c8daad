"""`people papers`, `people job-role describe` and `report record --training-file` on the command line."""

from pathlib import Path
from typing import Any

import pytest

from app.cli import people as people_commands
from app.cli import reports as report_commands
from app.core.egress import Egress
from app.core.people import People
from app.core.people.papers import PaperRefused
from app.core.reports import Reports, TrainingFiles
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.documents import Office, a_pdf, an_office, people_adder
from tests.support.in_touch import first_pc


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    made = an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")
    people_adder(made.site)("E-2")
    return made


@pytest.fixture
def lines(office: Office) -> dict[str, CommandLine]:
    site = office.site
    reports = Reports(site, office.pc.opened.keys)
    parts: dict[str, object] = {
        "people": People(site),
        "documents": office.documents,
        "reports": reports,
        "training_files": TrainingFiles(site, reports.dossiers, office.pc.assets),
        "egress": Egress(site),
    }
    return {
        "people": CommandLine("people", people_commands.commands, **parts),
        "report": CommandLine("report", report_commands.commands, **parts),
    }


def test_a_training_file_is_put_together_and_written(
    lines: dict[str, CommandLine], office: Office, tmp_path: Path
) -> None:
    def answer(group: str, *args: str) -> dict[str, Any]:
        return lines[group].answer(*args)

    office.issue(office.document("JD-7"), "1")
    cv, out = a_pdf(tmp_path / "cv.pdf", 1, "CV"), tmp_path / "file.pdf"
    told = answer("people", "job-role", "describe", "OPR", "--document", "JD-7", "--reason", "New")
    assert told["described_by"] == "JD-7"
    kept = answer("people", "papers", "put", "E-2", str(cv), "--on", "2026-05-04")
    (paper,) = kept["papers"]
    assert (paper["kind"], paper["file"], paper["stands"]) == ("cv", "cv.pdf", True)
    made = answer("report", "record", "E-2", "--training-file", "--out", str(out))
    assert [one["is_there"] for one in made["enclosed"]] == [True, True]
    assert made["enclosed"][1]["sha256"] == paper["sha256"]
    assert out.read_bytes().startswith(b"%PDF")
    answer("people", "papers", "save", "E-2", paper["id"], "--out", str(tmp_path / "back.pdf"))
    assert (tmp_path / "back.pdf").read_bytes() == cv.read_bytes()
    answer("people", "papers", "take-out", "E-2", paper["id"][:13], "--reason", "Another's")
    left = answer("people", "papers", "list", "E-2")["papers"]
    assert [one["stands"] for one in left] == [False]
    (tmp_path / "cv.pdf").write_bytes(b"MZ")
    with pytest.raises(PaperRefused, match="neither PDF"):
        answer("people", "papers", "put", "E-2", str(cv))
