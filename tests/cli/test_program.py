"""`program`: released, checked and tried from the command line; sources are upgraded otherwise."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.assembly import open_services
from app.bootstrap.command_line import run_command
from app.core.schema.upgrade import HEAD
from tests.support.programs import NEW, stand_in


def run(founded: Path, *arguments: object, login: str | None = "boss") -> int:
    who = ["--as", login] if login else []
    return run_command(["--data", str(founded), *who, *map(str, arguments)])


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_version_is_released_looked_at_and_not_installed_over_sources(
    founded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built, file = stand_in(tmp_path / "built", NEW), tmp_path / "new.daksha-upgrade"
    capsys.readouterr()

    assert run(founded, "program", "pack", built, "--out", tmp_path / "new") == 2
    assert "A reason is needed" in capsys.readouterr().err
    packing = ("program", "pack", built, "--out", tmp_path / "new", "--reason", "new forms")
    assert run(founded, *packing, login=None) == 3
    capsys.readouterr()
    assert run(founded, *packing, "--json") == 0
    assert answer(capsys)["file"] == str(file)
    assert run(founded, "program", "check", file, "--json") == 0
    found = answer(capsys)
    assert (found["version"], found["site"], found["released_by"]) == (NEW, "Plant", "boss")
    assert run(founded, "program", "check", file) == 0
    assert "every byte is as it was signed" in capsys.readouterr().out
    assert run(founded, "report", "run", "files-that-left", "--json") == 0
    assert f"Daksha {NEW}" in capsys.readouterr().out

    assert run(founded, "program", "install", file, "--reason", "asked") == 2
    assert "started from its sources" in capsys.readouterr().err
    assert run(founded, "program", "rollback", "--reason", "asked", "--yes") == 2
    assert run(founded, "program", "show", "--json") == 0
    assert answer(capsys)["installed"] is False


def test_a_version_tries_itself_with_a_backup_whose_key_comes_in_a_pipe(
    founded: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backup = tmp_path / "one.dkbk"
    assert run(founded, "backup", "create", backup, "--json") == 0
    made = [json.loads(line) for line in capsys.readouterr().out.splitlines()][-1]
    services = open_services(founded)
    key = services.open_site.data_key.hex()
    services.close()

    def tried(given: str) -> tuple[int, dict[str, Any]]:
        monkeypatch.setattr("sys.stdin", io.StringIO(given + "\n"))
        code = run(founded, "program", "try", "--backup", backup, "--json", login=None)
        return code, answer(capsys)

    assert made["schema"] == HEAD
    code, found = tried(key)
    assert (code, found["ok"], found["entries"]) == (0, True, made["entries"])
    code, found = tried("00" * 32)
    assert (code, found["ok"]) == (2, False)
