"""`lrs`: serving until it is told to end, and exporting for another system."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap.assembly import open_services
from app.bootstrap.command_line import run_command
from tests.cli.conftest import PASSWORD
from tests.support.lrs import ONE, Client, a_statement

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process on Windows")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serving_until_told_to_end(founded: Path, ending: signal.Signals) -> None:
    command = [
        sys.executable,
        str(ROOT / "main.py"),
        "--data",
        str(founded),
        "--as",
        "boss",
        "--json",
    ]
    serve = ["lrs", "serve", "--port", "0", "--key", "k", "--secret", "s"]
    with subprocess.Popen(
        [*command, *serve], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        url = json.loads(server.stdout.readline())["endpoint"]
        client = Client(int(url.split(":")[2].split("/")[0]), "Basic azpz", ONE)
        (key,) = client.send(a_statement())
        place = {"activityId": "https://x.in/a", "agent": {"mbox": "mailto:a@b.in"}, "stateId": "s"}
        assert client.ask("PUT", "activities/state", {}, **place).status == 204

        server.send_signal(ending)

        assert server.wait(30) == 0
        assert server.stderr.read() == ""
    services = open_services(founded)
    assert (
        services.statements.documents.settle(services.sign_in.with_password("boss", PASSWORD)) == 0
    )
    services.close()
    assert key


def test_serving_needs_the_right(founded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    serve = ["lrs", "serve", "--port", "0", "--key", "k", "--secret", "s"]

    assert run_command(["--data", str(founded), *serve]) == 3
    assert "--as LOGIN" in capsys.readouterr().err


def test_an_export_has_one_statement_a_line(
    founded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    capsys.readouterr()

    code = run_command(
        ["--data", str(founded), "--as", "boss", "--json", "lrs", "export", "--out", str(out)]
    )

    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (told["received"], told["own"]) == (0, 0)
    assert out.read_bytes() == b""


@pytest.mark.parametrize(
    "arguments", [["--since", "yesterday"], ["--person", "E-404"]], ids=["time", "person"]
)
def test_a_wrong_export_writes_nothing(founded: Path, tmp_path: Path, arguments: list[str]) -> None:
    out = tmp_path / "out.jsonl"
    export = ["lrs", "export", "--out", str(out), *arguments]

    assert run_command(["--data", str(founded), "--as", "boss", *export]) == 2
    assert not out.exists()
