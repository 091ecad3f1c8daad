"""The training room in which the sessions of the tests are held."""

from pathlib import Path

import pytest

from tests.support.classes import Room
from tests.support.clock import TurnedClock
from tests.support.in_touch import first_pc
from tests.support.signers import found_administrator


@pytest.fixture
def room(tmp_path: Path, clock: TurnedClock) -> Room:
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    return Room(pc, clock).can_sign()
