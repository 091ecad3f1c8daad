"""Two PCs of a site, headquarters and a plant that know each other, and the stick between them."""

from pathlib import Path

import pytest

from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc, know_each_other


@pytest.fixture
def one(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "one", clock)


@pytest.fixture
def two(one: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    return another_pc(one, tmp_path / "two", clock)


@pytest.fixture
def headquarters(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "hq", clock, code="HQ")


@pytest.fixture
def plant(headquarters: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    made = first_pc(tmp_path / "plant", clock, code="PUN")
    know_each_other(headquarters, made)
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
