"""A plant and headquarters: the plant's records go up, HQ's catalogue comes down, and nothing else."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.courses import NewCourse
from app.core.courses.models import CourseRow
from app.core.keys import KeyKind
from tests.core.sync.test_exchange import add, is_sound, units
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, first_pc


def know_each_other(headquarters: Pc, plant: Pc) -> None:
    asked = plant.opened.keys.pairing.introduce()
    paired = headquarters.opened.keys.pairing.pair(ACTOR, asked.document, asked.words)
    assert paired.answer is not None
    plant.opened.keys.pairing.take(ACTOR, paired.answer, paired.words)


def send(sender: Pc, to: Pc, stick: Path) -> Path:
    peer = sender.sync.peer(ACTOR, str(to.opened.site_id))
    return sender.sync.export(ACTOR, [peer], stick).path


def courses(pc: Pc) -> set[str]:
    with pc.opened.site.read() as session:
        return set(session.scalars(sa.select(CourseRow.code)))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def headquarters(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "hq", clock, code="HQ")


@pytest.fixture
def plant(headquarters: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    made = first_pc(tmp_path / "plant", clock, code="PUN")
    know_each_other(headquarters, made)
    return made


def test_up_and_down(headquarters: Pc, plant: Pc, stick: Path) -> None:
    add(plant, "PUN-SHOP")
    add(headquarters, "HQ-OFFICE")
    headquarters.courses.create(ACTOR, NewCourse(title="Safety", code="SAFETY"))

    up = headquarters.take(send(plant, headquarters, stick))
    down = plant.take(send(headquarters, plant, stick))

    assert up.troubles == down.troubles == []
    assert units(headquarters) == {"PUN-SHOP", "HQ-OFFICE"}
    assert units(plant) == {"PUN-SHOP"}
    assert courses(plant) == {"SAFETY"}
    assert (up.waiting, down.waiting, up.refused, down.refused) == (0, 0, 0, 0)
    assert is_sound(headquarters)
    assert is_sound(plant)


def test_plants_get_nothing_of_each_other(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    other = first_pc(tmp_path / "other", clock, code="NAG")
    know_each_other(headquarters, other)
    add(plant, "PUN-SHOP")
    headquarters.take(send(plant, headquarters, stick))

    other.take(send(headquarters, other, stick))

    assert units(other) == set()


def test_what_was_written_before_the_pc_got_new_keys_still_goes_up(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    add(plant, "BEFORE")
    plant.opened.keys.care.rotate(ACTOR, KeyKind.STATION)
    add(plant, "BETWEEN")
    plant.reopen()
    add(plant, "AFTER")

    up = headquarters.take(send(plant, headquarters, stick))

    assert (up.waiting, up.refused, up.troubles) == (0, 0, [])
    assert units(headquarters) == {"BEFORE", "BETWEEN", "AFTER"}
    assert len(headquarters.sync.peers(ACTOR)) == 1
    assert [peer.is_own_site for peer in plant.sync.peers(ACTOR)] == [False]


def test_a_plant_that_lost_everything_gets_back_what_it_had_sent(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    add(plant, "PUN-SHOP")
    headquarters.take(send(plant, headquarters, stick))

    back = plant.take(send(headquarters, plant, stick))

    assert back.forks == 0
    assert units(plant) == {"PUN-SHOP"}
