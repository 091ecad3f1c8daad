"""A plant of two PCs with an author, and an administrator who approves and signs."""

from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.base.ids import new_id
from tests.support.approving import AUTHOR
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc
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
    """The administrator, who may approve and can sign."""
    return door.enter_to_sign()


@pytest.fixture
def second(pc: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    """Another PC of the site."""
    return another_pc(pc, tmp_path / "two", clock)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def author() -> Actor:
    return AUTHOR


@pytest.fixture
def thing() -> UUID:
    """The id of what is to be approved."""
    return new_id()
