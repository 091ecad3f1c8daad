"""What scripts of administrators rely on: keys, exit codes and one line on stderr, over real files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.command_line import run_command

Answer = tuple[int, Any, str]
Call = Callable[..., Answer]


@pytest.fixture
def call(
    founded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Run the program as a script does: with --json, the site and who acts in the environment."""
    monkeypatch.setenv("DAKSHA_DATA", str(founded))
    monkeypatch.setenv("DAKSHA_LOGIN", "boss")

    def run(*arguments: object) -> Answer:
        code = run_command([*map(str, arguments), "--json"])
        done = capsys.readouterr()
        return code, json.loads(done.out) if done.out else None, done.err

    return run


def test_courses_are_told_by_the_keys_that_scripts_read(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "Forklifts"
    folder.mkdir()
    (folder / "01-read.md").write_text("# Read this\n\nSlowly.")
    (folder / "02-quiz.gift").write_text("::Q1:: The earth is round. {T}\n")

    code, checked, _err = call("course", "check", folder)
    assert code == 0
    keys = {"standard", "edition", "title", "launchable", "warnings", "problems"}
    assert keys <= checked.keys()
    code, made, _err = call("course", "import", folder)
    assert code == 0
    (course,) = made["courses"]
    assert {"id", "title", "version", "lessons"} <= course.keys()
    assert [{"id", "kind", "title"} <= one.keys() for one in course["lessons"]] == [True, True]
    assert (made["warnings"], made["problems"]) == ([], [])
    (listed,) = call("course", "list")[1]["courses"]
    assert {"id", "title", "version", "state"} <= listed.keys()

    out = tmp_path / "out"
    code, given, _err = call("course", "export", course["id"], "--out", out)
    assert (code, given["files"]) == (0, 3)
    assert call("course", "check", out)[1]["problems"] == []
    (folder / "03-cut.pdf").write_bytes(b"%PDF-1.4 cut")
    code, checked, _err = call("course", "check", folder)
    assert (code, len(checked["problems"])) == (2, 1)
    code, nothing, err = call("course", "import", folder)
    assert (code, nothing, err.count("\n")) == (2, None, 1)


def test_records_and_keys_are_told_by_the_keys_that_scripts_read(
    call: Call, tmp_path: Path
) -> None:
    proved = call("journal", "verify")[1]
    assert (proved["ok"], proved["first_bad"]) == (True, None)
    assert proved["entries"] > 0
    code, told, _err = call("sync", "identity", "--out", tmp_path / "us.dkid")
    assert (code, len(told["words"].split()), bool(told["site"])) == (0, 8, True)
    code, measured, _err = call("bench", "list", "--n", 20)
    assert code == 0
    assert {"name", "figure", "unit", "raw", "ratio", "memory_mb"} <= measured.keys()
    junk = tmp_path / "cut.pdf"
    junk.write_bytes(b"%PDF-1.7\n" + bytes(200))
    code, verdict, _err = call("certificate", "verify", junk)
    assert code == 2
    assert "damaged" in verdict["why"]


def test_what_is_asked_as_of_a_day_is_answered_or_refused_in_one_line(call: Call) -> None:
    then = ("--as-of", "2026-03-14", "--known-at", "2026-03-20")
    told = call("report", "run", "overdue", *then)
    assert (told[0], told[1]["total"]) == (0, 0), told
    code, _none, err = call("report", "run", "settings", "--as-of", "2026-03-14")
    assert (code, err.count("\n")) == (2, 1)
    assert "can only be told as of now" in err
    code, told, _err = call(
        "training", "status", "--as-of", "2026-03-14", "--known-at", "2026-03-20"
    )
    assert (code, told["assignments"]) == (0, [])
    code, _none, err = call("report", "run", "overdue", "--as-of", "31/02/26")
    assert (code, err.count("\n")) == (2, 1)


def test_whoever_may_not_gets_three_and_whoever_mistypes_two(call: Call, founded: Path) -> None:
    assert call("people", "list", "--as", "nobody")[0] == 3
    code, _none, err = call("no-such-command")
    assert (code, err.count("\n")) == (2, 1)
    code, _none, err = call("site", "move", "postgresql://boss@127.0.0.1:1/site")
    assert (code, err.count("\n"), "does not answer" in err) == (2, 1, True)
    assert call("site", "info")[0] == 0
    code, _none, err = call("sync", "folder", founded / "not" / "there")
    assert (code, err.count("\n")) == (2, 1)
    assert not (founded / "not").exists()
