"""`site key`, `recovery-kit`, `recover`, `rekey`: from the terminal, on a site in a folder."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from app.bootstrap.command_line import run_command
from app.core.documents import read_codes
from tests.cli.conftest import PASSWORD

NEW = "Harvest-Gantry-58"  # of a site that is thrown away


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "keys"))


class _Reader:
    """Somebody who reads what is asked off the printed pages and types it."""

    def __init__(self, folder: Path, spoil: bool) -> None:
        self.folder = folder
        self.spoil = spoil
        self.shares: list[str] = []
        self.asked: list[tuple[int, int]] = []

    def answer(self, text: str, **_how: object) -> str:
        """Answer "Share 2, word 17"."""
        if not self.shares:
            (papers,) = self.folder.glob("*.pdf")
            document = pypdfium2.PdfDocument(BytesIO(papers.read_bytes()))
            codes = [read_codes(page.render(scale=3).to_pil())[0] for page in document]
            document.close()
            self.shares = [code.removeprefix("DAKSHA:SHARE:").lower() for code in codes]
        share, number = (int(part) for part in text.replace(",", "").split() if part.isdigit())
        self.asked.append((share, number))
        return "wrong" if self.spoil else self.shares[share - 1].split()[number - 1]


Run = Callable[..., int]


@pytest.fixture
def run(founded: Path) -> Run:
    return lambda *typed: run_command(["--data", str(founded), "--as", "boss", *map(str, typed)])


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return told


def kit_arguments(out: Path) -> list[str]:
    keepers = [part for name in ("Asha", "Dinesh", "Farida") for part in ("--keeper", name)]
    return ["site", "recovery-kit", "--out", str(out), *keepers]


def test_a_kit_is_printed_proved_and_opens_a_site_whose_password_is_lost(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    reader = _Reader(tmp_path / "papers", spoil=False)
    (tmp_path / "papers").mkdir()
    monkeypatch.setattr("typer.prompt", reader.answer)
    assert run(*kit_arguments(tmp_path / "papers")) == 0
    assert len(reader.asked) == 6
    assert not list((tmp_path / "papers").iterdir())

    typed = iter([reader.shares[2], reader.shares[0]])
    monkeypatch.setattr("typer.prompt", lambda _text, **_how: next(typed))
    monkeypatch.delenv("DAKSHA_PASSWORD")
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "keys of another PC"))
    monkeypatch.setenv("DAKSHA_NEW_PASSWORD", NEW)
    people = ["--person", "Asha", "--person", "Farida"]
    assert run("site", "recover", "--login", "boss", *people) == 0

    capsys.readouterr()
    monkeypatch.setenv("DAKSHA_PASSWORD", NEW)
    assert run("--json", "site", "key", "list") == 0
    ways = answer(capsys)
    assert ways["state"] == "whole"
    assert [way["label"] for way in ways["ways"] if way["kind"] == "password"] == ["", "boss"]


def test_a_kit_whose_words_are_wrong_does_not_count_and_leaves_no_file(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "papers").mkdir()
    monkeypatch.setattr("typer.prompt", _Reader(tmp_path / "papers", spoil=True).answer)
    assert run(*kit_arguments(tmp_path / "papers")) == 2
    assert not list((tmp_path / "papers").iterdir())
    assert "share 1" in capsys.readouterr().err

    assert run("--json", "site", "key", "list") == 0
    assert answer(capsys)["kit"] is None


def test_rekey_ends_other_passwords_and_says_whose(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DAKSHA_NEW_PASSWORD", NEW)
    assert run("site", "key", "password", "meera") == 0
    capsys.readouterr()
    assert run("--json", "site", "rekey") == 0
    assert "meera" in answer(capsys)["ended"]

    assert run("--json", "site", "key", "list") == 0
    ways = answer(capsys)
    assert [(way["kind"], way["label"]) for way in ways["ways"]] == [
        ("machine", ""),
        ("password", ""),
    ]


def test_a_pc_that_asks_is_opened_by_a_pin_or_password(
    run: Run, founded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DAKSHA_PIN", "593028")
    assert run("site", "key", "ask") == 0
    assert run("site", "key", "pin") == 0
    monkeypatch.delenv("DAKSHA_PASSWORD")
    assert run_command(["--data", str(founded), "site", "info"]) == 3
    assert "at each start" in capsys.readouterr().err
    monkeypatch.setenv("DAKSHA_PASSWORD", "593028")
    assert run_command(["--data", str(founded), "site", "info"]) == 0

    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    assert run("site", "key", "ask", "--off") == 0
    monkeypatch.delenv("DAKSHA_PASSWORD")
    assert run_command(["--data", str(founded), "site", "info"]) == 0


def test_a_missing_new_password_is_asked_for_by_its_name(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("site", "key", "password", "second") != 0
    assert "DAKSHA_NEW_PASSWORD" in capsys.readouterr().err
