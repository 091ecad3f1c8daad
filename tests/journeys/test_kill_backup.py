"""kill -9 at any time of a backup, a restore and writing: old or new is whole, and nothing confirmed is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("DAKSHA_KILLS", "20"))
"""Of each kind; more by the environment."""

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(
        os.name == "nt", reason="kill -9 is a Unix word; Windows has no such signal"
    ),
]


@pytest.mark.parametrize("kind", ["backup", "restore", "write"])
def test_a_kill_leaves_old_or_new_whole(kind: str, tmp_path: Path) -> None:
    driver = [sys.executable, "-m", "tests.support.kills", kind, str(tmp_path), str(ROUNDS)]
    done = subprocess.run(
        driver,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{ROUNDS} kills" in done.stdout
