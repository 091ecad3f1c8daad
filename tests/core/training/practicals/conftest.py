"""A plant with an assessor and a learner who both sign."""

from pathlib import Path

import pytest

from tests.support.clock import TurnedClock
from tests.support.in_touch import first_pc
from tests.support.practicals import Floor, furnish
from tests.support.signers import door_of, found_administrator
from tests.support.teaching import a_school


@pytest.fixture
def floor(tmp_path: Path, clock: TurnedClock) -> Floor:
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    return furnish(door_of(pc), a_school(pc.opened.site, pc.assets).training)
