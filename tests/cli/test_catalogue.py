"""`requirements offer` and `training catalogue`, on a site in a folder."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap.assembly import open_services
from app.bootstrap.command_line import run_command
from app.core.base.actor import system_actor
from tests.cli.test_sync import PASSWORD, Call, call, founded

__all__ = ["call", "founded"]  # the fixtures
SYSTEM = system_actor()


def an_account(folder: Path, number: str) -> None:
    """Let somebody sign in with the password of the tests."""
    services = open_services(folder, PASSWORD)
    try:
        accounts, person = services.sign_in.accounts, services.people.find(SYSTEM, number)
        account = accounts.give_account(SYSTEM, person.id)
        accounts.set_password(SYSTEM, account, PASSWORD, must_change=False)
    finally:
        services.close()


def test_what_is_offered_is_taken_asked_for_and_approved_by_command(
    founded: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(who: str, *arguments: object) -> tuple[int, dict[str, Any]]:
        place = ["--data", str(tmp_path / "first"), "--as", who, "--json"]
        code = run_command([*place, *map(str, arguments)])
        out, _err = capsys.readouterr()
        return code, json.loads(out) if out.strip() else {}

    listed = tmp_path / "people.csv"
    listed.write_text("number,name\nE-1,Asha\n")
    run("boss", "people", "import", listed)
    an_account(tmp_path / "first", "E-1")
    for code in ("FORK", "CRANE"):
        run("boss", "requirements", "add", code, code.title(), "--type", "external")
    run("boss", "requirements", "offer", "FORK")
    run("boss", "requirements", "offer", "crane", "--how", "approval", "--reason", "Few seats")
    offers = run("boss", "requirements", "offers")[1]["offers"]
    assert [(one["requirement"], one["how"]) for one in offers] == [
        ("CRANE", "approval"), ("FORK", "open")
    ]  # fmt: skip

    mine = ("training", "catalogue")
    assert run("E-1", *mine, "take", "FORK")[0] == 0
    assert run("E-1", *mine, "take", "CRANE")[0] == 2
    asked = run("E-1", *mine, "ask", "CRANE", "--words", "Night shift")[1]["request"]
    found = run("E-1", *mine, "list")[1]["catalogue"]
    assert [(one["code"], one["state"]) for one in found] == [
        ("CRANE", "waiting"), ("FORK", "chosen")
    ]  # fmt: skip
    assert run("E-1", "training", "requests", "approve", asked)[0] == 3
    assert run("boss", "training", "requests", "approve", asked)[1]["granted"] is True
    assert run("E-1", *mine, "drop", "FORK")[0] == 0
    (left,) = run("E-1", *mine, "list", "--state", "chosen")[1]["catalogue"]
    assert left["code"] == "CRANE"
    run("boss", "requirements", "offer", "CRANE", "--how", "not")
    assert len(run("boss", "requirements", "offers")[1]["offers"]) == 1
