"""A plant of two PCs and its headquarters, with somebody who signs."""

from pathlib import Path

import pytest

from app.core.base.actor import Actor
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc, know_each_other
from tests.support.signers import Door, door_of, founded_pc


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> Pc:
    """The PC on which the site was founded."""
    return founded_pc(tmp_path / "one", clock)


@pytest.fixture
def door(pc: Pc) -> Door:
    """Its door."""
    return door_of(pc)


@pytest.fixture
def meera(door: Door) -> Actor:
    """The administrator, who has accepted the statement; a series runs."""
    return door.enter_to_sign()


@pytest.fixture
def second(pc: Pc, headquarters: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    """Another PC of the site, which joined when headquarters was known."""
    assert headquarters is not pc
    return another_pc(pc, tmp_path / "two", clock)


@pytest.fixture
def headquarters(pc: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    """Headquarters, which knows the plant."""
    made = first_pc(tmp_path / "hq", clock, code="HQ")
    know_each_other(made, pc)
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
