"""What is written of a conformance run: every case once, each miss with its reason, the same every time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.conformance import SUITES
from tests.support.conformance.document import document
from tests.support.conformance.findings import CASE, HAPPENED, Findings
from tests.support.conformance.known_misses import KNOWN_MISSES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "conformance.md"


def report(name: str, outcome: str, *, said: str = "", happened: str = "") -> pytest.TestReport:
    """Return what a test run tells of one case of the H5P suite."""
    told = [(HAPPENED, happened)] if happened else []
    is_skipped = outcome == "skipped"
    return pytest.TestReport(
        nodeid=name,
        location=(name, 0, name),
        keywords={},
        outcome=outcome,  # type: ignore[arg-type]  # one of three words
        longrepr=(name, 0, said) if is_skipped else said or None,
        when="call",
        user_properties=[(CASE, ["h5p", name, "plays"]), *told],
    )


def written(*reports: pytest.TestReport) -> str:
    findings = Findings({("h5p", "known.h5p"): "Nobody can play it."})
    for one in reports:
        findings.note(one)
    return document(findings, Path("nowhere"))


def known() -> pytest.TestReport:
    """Return the report of a known miss."""
    missed = report("known.h5p", "skipped", happened="stays blank")
    missed.wasxfail = "Nobody can play it."  # what pytest puts on a report of xfail
    return missed


def test_a_miss_is_told_with_its_reason() -> None:
    text = written(
        report("good.h5p", "passed", happened="drawn"),
        known(),
        report("bad.h5p", "failed", said="E /home/asha/daksha/card.js is blank\nmore"),
        report("away.h5p", "skipped", said="Skipped: its other half is not there"),
    )

    assert "| [H5P](#h5p) | 1 / 4 |" in text
    assert "| H5P | known.h5p | plays | stays blank | Nobody can play it. |" in text
    assert "| H5P | bad.h5p | plays | missed | E card.js is blank |" in text
    assert "| H5P | away.h5p | plays | not run | its other half is not there |" in text
    assert "| good.h5p | plays | drawn |" in text


def test_the_order_of_a_run_does_not_show() -> None:
    reports = [report(f"{name}.h5p", "passed", happened="drawn") for name in "abc"]

    assert written(*reports) == written(*reversed(reports))


def test_what_was_not_there_is_said() -> None:
    text = written(report("good.h5p", "skipped", said="Skipped: the corpora are not here"))

    assert "- H5P: h5p of the corpora\n" in text
    assert "## Misses\n\nNone." in text


def test_a_failing_end_of_a_test_is_a_miss() -> None:
    end = report("good.h5p", "failed", said="a window was left")
    end.when = "teardown"

    assert "| [H5P](#h5p) | 0 / 1 |" in written(report("good.h5p", "passed"), end)


def test_a_known_miss_that_passes_fails_the_run(tmp_path: Path) -> None:
    suite, name = next(iter(KNOWN_MISSES))
    lines = (
        "from tests.support.conformance import of_suite",
        f"@of_suite({suite!r}, {name!r}, 'plays')",
        "def test_it(happened): happened('it plays')",
        "@of_suite('own-packages')",
        "def test_a_second_case(): pass",
    )
    (tmp_path / "test_it.py").write_text("\n".join(lines))
    out = tmp_path / "out.md"
    command = [sys.executable, "-m", "pytest", "-p", "tests.support.conformance.plugin", "-q"]

    run = subprocess.run(
        [*command, f"--rootdir={tmp_path}", f"--conformance-document={out}", tmp_path],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTEST_ADDOPTS": "-p no:cacheprovider"},
    )

    assert run.returncode == 1, run.stdout + run.stderr
    assert "[XPASS(strict)]" in run.stdout
    assert f"| {name} | plays | **missed**: it plays |" in out.read_text("utf-8")
    assert "| A second case | 1 / 1 |" in out.read_text("utf-8")


def test_the_document_in_the_repository_tells_of_every_suite() -> None:
    text = DOCUMENT.read_text("utf-8")

    assert [suite.title for suite in SUITES if f"### {suite.title}\n" not in text] == []
    assert [name for _suite, name in KNOWN_MISSES if name not in text] == []
