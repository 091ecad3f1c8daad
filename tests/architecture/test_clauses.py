"""docs/clauses.md is true: what it names is shown by tests that bear the number of the clause, and no other."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NUMBERED = re.compile(r"^def test_((?:(?:p11|a11|po|fa|sm|dp|is)_\d\d_)+)", re.MULTILINE)
Shown = set[tuple[str, str]]
"""Clauses, each with a file of tests."""


def told(text: str) -> Shown:
    """Return which file the table names for which clause."""
    rows = re.findall(r"^\| ([A-Z0-9]+-\d\d) \|.*$", text, re.MULTILINE)
    assert len(rows) == len(set(rows)), "a clause stands there twice"
    lines = [
        line.split(" | ") for line in text.splitlines() if re.match(r"\| [A-Z0-9]+-\d\d ", line)
    ]
    return {
        (cells[0].removeprefix("| "), path)
        for cells in lines
        for path in re.findall(r"`(tests/[^`]+)`", cells[3])
    }


def shown(files: dict[str, str]) -> Shown:
    """Return which clause the names of the tests in some files bear."""
    return {
        (number.replace("_", "-").upper(), path)
        for path, source in files.items()
        for numbers in NUMBERED.findall(source)
        for number in re.findall(r"[a-z0-9]+_\d\d", numbers)
    }


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    tests = (ROOT / "tests").rglob("test_*.py")
    return {str(one.relative_to(ROOT)): one.read_text("utf-8") for one in tests}


def test_the_table_and_the_names_of_the_tests_say_the_same(sources: dict[str, str]) -> None:
    table = told((ROOT / "docs" / "clauses.md").read_text("utf-8"))
    named = shown(sources)

    assert sorted(table - named) == [], "no test there bears the number"
    assert sorted(named - table) == [], "the table does not name the file"


def test_every_clause_is_shown_or_says_what_is_not_there() -> None:
    text = (ROOT / "docs" / "clauses.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if re.match(r"\| [A-Z0-9]+-\d\d ", line)]
    silent = [line for line in lines if "`tests/" not in line and "Not yet:" not in line]

    assert len(lines) >= 60
    assert silent == []


def test_a_wrong_table_is_found() -> None:
    table = told("| P11-01 | 11.10(a) | It holds. | `tests/test_a.py`, `tests/test_b.py` |\n")
    named = shown({"tests/test_a.py": "def test_p11_01_fa_02_it_holds() -> None:\n"})

    assert table - named == {("P11-01", "tests/test_b.py")}
    assert named - table == {("FA-02", "tests/test_a.py")}
