"""`backup`: made, proved and restored from the command line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.command_line import run_command
from app.core.keys import KeySlots, split_key
from app.core.operations.in_use import in_use
from tests.cli.conftest import PASSWORD


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def run(founded: Path, *arguments: object, login: str | None = "boss") -> int:
    who = ["--as", login] if login else []
    return run_command(["--data", str(founded), *who, *map(str, arguments)])


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_backup_is_made_proved_and_restored(
    founded: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / "one.dkbk"
    capsys.readouterr()
    assert run(founded, "backup", "create", place / "one", "--json") == 0
    made = answer(capsys)
    assert (made["ok"], made["file"], made["name"]) == (True, str(file), "Plant")
    assert run(founded, "backup", "verify", file, "--json", login=None) == 0
    assert answer(capsys)["entries"] == made["entries"]

    assert run(founded, "backup", "restore", file, "--yes", "--json") == 0
    restored = answer(capsys)
    assert restored["lost_entries"] > 0
    assert Path(restored["set_aside"]).is_dir()
    assert run(founded, "journal", "verify", "--json") == 0
    assert answer(capsys)["ok"]
    run(founded, "doctor", "--json")
    (said,) = [one for one in answer(capsys)["checks"] if one["key"] == "backup"]
    assert "0 days old" in said["says"], "what the records came from holds"


def test_what_will_be_lost_is_said_before_and_nothing_done_without_a_yes(
    founded: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / "one.dkbk"
    assert run(founded, "backup", "create", file) == 0
    marker = (founded / "daksha.json").read_bytes()
    capsys.readouterr()

    assert run(founded, "backup", "restore", file) == 2

    told = capsys.readouterr().err
    assert "will be lost" in told
    assert "--yes" in told
    assert run(founded, "backup", "restore", file, "--json") == 2
    said = answer(capsys)
    assert said["restored"] is False
    assert said["loss"]["source"] == "records"
    assert said["loss"]["entries"] > 0
    assert said["loss"]["since"] <= said["loss"]["until"]
    assert {"action": "backup.made", "title": "Backup made", "entries": 1} in said["loss"]["done"]
    assert said["loss"]["people"]["named"] == []
    assert said["loss"]["elsewhere"] == {"entries": 0, "by": []}
    assert (founded / "daksha.json").read_bytes() == marker


def test_a_restore_needs_somebody_who_manages_the_site(founded: Path, place: Path) -> None:
    file = place / "one.dkbk"
    assert run(founded, "backup", "create", file) == 0

    assert run(founded, "backup", "restore", file, "--yes", login=None) == 3
    assert run(founded, "backup", "create", place / "two.dkbk", login=None) == 3


def test_a_lost_site_comes_back_with_the_password(
    founded: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = place / "one.dkbk"
    assert run(founded, "backup", "create", file) == 0
    shutil.rmtree(founded)
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "new keys"))
    monkeypatch.delenv("DAKSHA_PASSWORD")
    assert run(founded, "backup", "restore", file, login=None) == 3
    monkeypatch.setenv("DAKSHA_PASSWORD", "a guess")
    assert run(founded, "backup", "restore", file, login=None) == 3
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    assert run(founded, "backup", "restore", file, login=None) == 0
    assert run(founded, "site", "info") == 0


def test_a_lost_site_comes_back_with_two_papers_and_no_password(
    founded: Path,
    place: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = place / "one.dkbk"
    assert run(founded, "backup", "create", file) == 0
    key = KeySlots(founded / "keyslots.json").open_with_password(PASSWORD)
    first, second, _third = split_key(key)
    shutil.rmtree(founded)
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "new keys"))
    monkeypatch.delenv("DAKSHA_PASSWORD")
    monkeypatch.setenv("DAKSHA_NEW_PASSWORD", "Harvest-Gantry-58")  # of a site that is thrown away
    restore = ("backup", "restore", file, "--recovery-kit", "--administrator", "boss")
    people = ("--person", "Asha", "--person", "Farida")

    def typed(*shares: str) -> None:
        words = iter(shares)
        monkeypatch.setattr("typer.prompt", lambda _text, **_how: next(words))

    typed(first, first)
    assert run(founded, *restore, *people, login=None) == 2
    assert "one share, twice" in capsys.readouterr().err
    typed(first, second)
    assert run(founded, *restore, login=None) == 2
    assert "two different people" in capsys.readouterr().err
    typed(first, second)
    assert run(founded, *restore, *people, "--json", login=None) == 0
    assert answer(capsys)["set_aside"] is None

    monkeypatch.setenv("DAKSHA_PASSWORD", "Harvest-Gantry-58")
    assert run(founded, "backup", "list") == 0


def test_what_a_restore_set_aside_is_listed_and_cleared_with_a_reason(
    founded: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / "one.dkbk"
    assert run(founded, "backup", "create", file) == 0
    assert run(founded, "backup", "restore", file, "--yes") == 0
    capsys.readouterr()
    assert run(founded, "backup", "set-aside", "--json") == 0
    told = answer(capsys)
    (one,) = told["set_aside"]
    assert told["size"] == one["size"] > 0
    # the backup, its line among the files that left, its proof, and the sign-in of who restored it
    assert (one["only_here"], one["may_go"]) == (4, False)

    assert run(founded, "backup", "clear", one["name"]) == 2
    assert "A reason is needed" in capsys.readouterr().err
    assert run(founded, "backup", "clear", "assets", "--reason", "no room") == 2
    capsys.readouterr()
    assert run(founded, "backup", "clear", one["name"], "--reason", "no room", "--json") == 0
    assert answer(capsys)["name"] == one["name"]
    assert run(founded, "backup", "set-aside") == 0
    assert "Nothing is set aside." in capsys.readouterr().out


@pytest.mark.parametrize("command", ["verify", "restore"])
def test_a_damaged_backup_ends_with_two_and_is_named(
    founded: Path, place: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / "one.dkbk"
    assert run(founded, "backup", "create", file) == 0
    content = bytearray(file.read_bytes())
    content[-5000] ^= 1
    file.write_bytes(content)
    yes = ["--yes"] if command == "restore" else []

    assert run(founded, "backup", command, file, *yes) == 2
    assert "one.dkbk was cut short or changed" in capsys.readouterr().err
    assert run(founded, "site", "info") == 0


def test_open_records_are_not_replaced(
    founded: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / "one.dkbk"
    assert run(founded, "backup", "create", file) == 0
    with in_use(founded, alone=False) as lock:
        assert lock.take()
        assert run(founded, "backup", "restore", file, "--yes") == 2
    assert "Another program is working with these records" in capsys.readouterr().err


def test_the_plan_and_the_list(
    founded: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(founded, "backup", "plan", "--place", place, "--json") == 0
    assert answer(capsys) == {"place": str(place), "daily": True, "chosen": True}
    assert run(founded, "backup", "create", place / "one.dkbk") == 0
    capsys.readouterr()

    assert run(founded, "backup", "list", "--json") == 0
    (listed,) = answer(capsys)["backups"]
    assert listed["soundness"] == "sound"
    assert run(founded, "backup", "list") == 0
    assert "verified  " in capsys.readouterr().out
    assert run(founded, "backup", "plan", "--place", place / "none") == 2


def test_a_folder_that_is_not_there_is_told(
    founded: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(founded, "backup", "create", place / "none" / "one.dkbk") == 2
    assert "can no longer be reached" in capsys.readouterr().err
