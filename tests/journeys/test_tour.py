"""The tour through the real windows, with every way to the network shut."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUARDED = """
import os, sys
def watch(event, arguments):
    if event == "socket.getaddrinfo" or (event in ("socket.connect", "socket.sendto") and not is_local(arguments[1])):
        sys.stderr.write(f"reached for the network: {event} {arguments[1:]}\\n"); sys.stderr.flush(); os._exit(97)
def is_local(address):
    return isinstance(address, (str, bytes)) or str(address[0]) in ("127.0.0.1", "::1", "localhost")
sys.addaudithook(watch)
from app.bootstrap import main
code = main(sys.argv[1:])
sys.stdout.flush(); os._exit(code)
"""


@pytest.mark.journey
@pytest.mark.timeout(600)
def test_the_tour_goes_through_and_its_certificate_verifies_elsewhere(tmp_path: Path) -> None:
    out = tmp_path / "out"
    toured = run("demo", "--headless", "--out", str(out))

    assert toured.returncode == 0, toured.stderr[-3000:]
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert summary["ok"]
    assert all((out / step["screenshot"]).stat().st_size > 0 for step in summary["steps"])
    assert len(list((out / "reports").glob("*.pdf"))) == len(list((out / "reports").glob("*.csv")))

    certificate, trust = str(out / summary["certificate"]), str(out / "trust.json")
    verified = run("--json", "certificate", "verify", certificate, "--trust", trust)
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout)["status"] == "valid"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, which ends when it reaches for the network."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", GUARDED, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )
