"""kill -9 at any moment: what was said is there, nothing is there by half.

Of writing, sending, taking in, migrating, erasing, of a quiz that is answered and a package that reports, of an upgrade.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = {
    "writing": 44,
    "sending": 24,
    "taking-in": 30,
    "reshaping": 16,
    "erasing": 20,
    "answering": 12,
    "reporting": 6,
    "upgrading": 12,
}
"""Of each work; `tests/support/works.py` says what each is. `test_kill_backup.py` has sixty more."""


@pytest.mark.journey
@pytest.mark.timeout(900)
@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="a process's time is asked of Linux"
)
@pytest.mark.parametrize("work", KILLS)
def test_what_was_said_is_there_and_nothing_is_there_by_half(tmp_path: Path, work: str) -> None:
    seed = os.environ.get("DAKSHA_KILL_SEED", "1")
    command = [sys.executable, "-m", "tests.support.killed", work, str(tmp_path / "works")]
    ended = subprocess.run(
        [*command, str(KILLS[work]), seed],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )

    assert ended.returncode == 0
    came = json.loads(ended.stdout)
    assert came["faults"] == []
    assert came["kills"] == KILLS[work]
