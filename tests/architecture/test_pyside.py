"""The PySide6 in use keeps its references to None.

6.12.0 loses one with every void call on Python 3.11, where None is not immortal, and aborts the
program after some thousand calls. On Python 3.12 and later nothing can be lost.
"""

import subprocess
import sys

import pytest

from tests.architecture import void_calls


@pytest.mark.parametrize("case", void_calls.CASES)
def test_void_calls_keep_their_references_to_none(case: str) -> None:
    # Counted in this process, a collection of what earlier tests left behind looked like a loss.
    counted = subprocess.run(
        [sys.executable, void_calls.__file__, case], capture_output=True, text=True, check=False
    )

    assert counted.returncode == 0, counted.stderr
    assert int(counted.stdout) < void_calls.CALLS // 2  # the fault takes one with every call
