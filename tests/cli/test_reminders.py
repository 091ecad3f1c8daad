"""`reminders` and `outbox` as somebody types them, over a relay on loopback."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.cli import outbox, reminders
from app.core.base.errors import NotFound
from app.core.egress import Egress
from app.core.journal import Site
from app.core.links import MailRefused, NotTheSender
from app.core.training import TrainingRefused
from tests.core.links.test_outbox import SENDER, Desk, desk
from tests.support.command_line import CommandLine
from tests.support.mail_relay import relaying

__all__ = ["desk"]

Line = Callable[[str], CommandLine]
_GROUPS = {"reminders": reminders, "outbox": outbox}


@pytest.fixture
def line(desk: Desk, site: Site) -> Line:
    opened: Any = SimpleNamespace(site=site, name="Pune", waits=False)

    def make(group: str) -> CommandLine:
        return CommandLine(
            group, _GROUPS[group].commands, training=desk.training, outbox=desk.outbox,
            open_site=opened, egress=Egress(site),
        )  # fmt: skip

    return make


def test_reminders_are_listed_run_and_printed(line: Line, desk: Desk, tmp_path: Path) -> None:
    command = line("reminders")
    found = command.answer("list")["reminders"]
    assert [(one["step"], one["told"]["name"], one["number"]) for one in found] == [
        ("learner", "Asha", "E-1"),
        ("supervisor", "Meera", "E-1"),
        ("learner", "Ravi", "E-2"),
        ("supervisor", "Meera", "E-2"),
    ]
    assert command.answer("list", "--as-of", "2026-11-10") == {"reminders": []}
    assert len(command.answer("list", "--works-on", "today")["reminders"]) == 4  # no hours known
    assert command.answer("list", "--shift", "A") == {"reminders": []}
    out = tmp_path / "board.pdf"
    assert command.answer("print", "--out", out, "--by-shift")["lines"] == 2
    assert command.answer("print", "--out", out, "--by-unit")["lines"] == 2
    assert out.read_bytes().startswith(b"%PDF")
    said = command.answer("ladder", "--head", "9", "--head-number", "M-1", "--numbers-only")
    assert (said["head"], said["head_person"], said["numbers_only"]) == (9, "M-1 Meera", True)
    assert command.answer("ladder", "--learner", "none")["learner"] is None
    with pytest.raises(TrainingRefused):
        command.answer("ladder", "--learner", "soon")
    with pytest.raises(NotTheSender):
        command.answer("run")


def test_the_outbox_is_set_up_filled_sent_and_written(
    line: Line, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = line("outbox")
    with relaying() as relay:
        plan = command.answer(
            "settings", "--host", "127.0.0.1", "--port", relay.port, "--sender", SENDER, "--here",
            "--reminders",
        )  # fmt: skip
        assert (plan["here"], plan["reminders"], plan["certificates"]) == (True, True, False)
        assert line("reminders").answer("run") == {"written": 3}
        first = command.answer("list")["messages"][0]
        assert command.answer("give-up", first["id"])["state"] == "given_up"
        assert command.answer("send")["sent"] == 2
        assert command.answer("try-again", first["id"])["state"] == "queued"
        assert command.answer("try-again", "--all") == {"again": 0}
    written = command.answer("write", tmp_path / "mail")
    again = ("send-again", first["id"], "--reason", "The stick was lost")
    assert command.answer(*again, "--stick") == {"again": 1}
    with pytest.raises(MailRefused, match="waits already"):
        command.answer(*again)
    told = {one["why"] for one in command.answer("list", "--state", "written")["messages"]}
    assert [one.endswith(": The stick was lost") for one in told] == [True]
    assert (written["written"], len(list((tmp_path / "mail").iterdir()))) == (1, 1)
    assert command.answer("list", "--state", "sent")["total"] == 2
    monkeypatch.setenv("DAKSHA_MAIL_PASSWORD", "open sesame")
    tls = command.answer("settings", "--security", "starttls", "--login", "plant")
    assert (tls["login"], "sesame" in str(tls)) == ("plant", False)
    assert desk.outbox.plans.login(desk.outbox.plans.plan()).password == "open sesame"
    with pytest.raises(MailRefused):
        command.answer("settings", "--port", "0")
    with pytest.raises(NotFound):
        command.answer("give-up", "01a2268d-01c9-7938-9685-e3301d12d121")
