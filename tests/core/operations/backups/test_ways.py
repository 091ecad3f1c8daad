"""Backups and the ways to the records: several passwords, a PC that asks, and a key that was changed."""

from pathlib import Path

import pytest

from app.core.base.progress import NoProgress
from app.core.keys import (
    AskedAtStart,
    DataKeyFile,
    KeyFolder,
    NewPassword,
    SlotCost,
    SlotKind,
    SlotState,
    WrongPassword,
)
from app.core.operations import SiteFolder, ways_of
from app.core.operations.key_change import KeyChange, NewKey
from app.core.operations.protection import Protection
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.plant_pc import ACTOR, PASSWORD, PlantPc, backups

LIGHT = SlotCost(memory=256, passes=1)
MEERA = "monsoon over the lathe"
PIN = "493820"


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> PlantPc:
    """A PC with two passwords for its records, and one department."""
    made = PlantPc(tmp_path / "pc", clock).found()
    opened = made.open()
    Protection(opened).set_password(ACTOR, "meera", MEERA, LIGHT)
    opened.site.close()
    made.write("A")
    return made


def folder_of(pc: PlantPc) -> SiteFolder:
    return SiteFolder(pc.data, pc.keys, pc.clock)


def elsewhere(pc: PlantPc, tmp_path: Path) -> PlantPc:
    """Another PC, which has no site."""
    return PlantPc(tmp_path / "elsewhere", pc.clock)


def change_key(pc: PlantPc) -> None:
    new = NewPassword(label="", password=PASSWORD, cost=LIGHT)
    folder_of(pc).change_key(bring_up_to_date, new, NoProgress()).site.close()


@pytest.mark.parametrize("password", [PASSWORD, MEERA])
def test_any_password_for_the_records_opens_a_backup_on_another_pc(
    pc: PlantPc, tmp_path: Path, password: str
) -> None:
    path = pc.back_up()
    other = elsewhere(pc, tmp_path)

    other.restoring().restore(path, password)

    assert other.codes() == {"A"}  # and from now on it opens them by itself


def test_a_password_of_nobody_opens_no_backup(pc: PlantPc, tmp_path: Path) -> None:
    path = pc.back_up()
    other = elsewhere(pc, tmp_path)

    with pytest.raises(WrongPassword):
        other.restoring().restore(path, "nobody has this one")

    assert list(other.data.glob("restored-*")) == []
    assert not (other.data / "daksha.json").exists()


def test_a_pc_that_asks_at_each_start_asks_after_a_restore(pc: PlantPc) -> None:
    opened = pc.open()
    protection = Protection(opened)
    protection.set_pin(ACTOR, PIN, LIGHT)
    protection.ask_at_start(ACTOR, asks=True)
    path = pc.place / "asks.dkbk"
    backups(opened).make_at(ACTOR, path)
    opened.site.close()

    pc.restoring().restore(path, MEERA)

    with pytest.raises(AskedAtStart):
        pc.open()
    for typed in (PIN, MEERA):
        again = pc.open(typed)
        assert not ways_of(again).has(SlotKind.MACHINE)
        again.site.close()


def test_the_pin_of_another_pc_is_not_asked_for(pc: PlantPc, tmp_path: Path) -> None:
    opened = pc.open()
    Protection(opened).set_pin(ACTOR, PIN, LIGHT)
    path = pc.place / "pin.dkbk"
    backups(opened).make_at(ACTOR, path)
    opened.site.close()
    other = elsewhere(pc, tmp_path)

    other.restoring().restore(path, MEERA)

    there = other.open()
    assert not ways_of(there).has(SlotKind.PIN)
    assert ways_of(there).state is SlotState.WHOLE
    there.site.close()


def test_ways_that_a_restore_brought_back_are_told(pc: PlantPc) -> None:
    path = pc.back_up()
    opened = pc.open()
    (meera,) = (way for way in ways_of(opened).ways if way.label == "meera")
    Protection(opened).remove(ACTOR, meera.id)
    opened.site.close()

    pc.restoring().restore(path)

    again = pc.open()
    assert ways_of(again).state is SlotState.OLDER
    assert "meera" in {way.label for way in ways_of(again).ways}
    Protection(again).accept(ACTOR)
    assert ways_of(again).state is SlotState.WHOLE
    again.site.close()


def test_restored_records_get_another_key(pc: PlantPc) -> None:
    path = pc.back_up()
    pc.restoring().restore(path)
    opened = pc.open()
    before = opened.data_key
    opened.site.close()

    change_key(pc)

    again = pc.open()
    assert again.data_key != before
    again.site.close()
    assert pc.codes() == {"A"}
    assert pc.restoring().restore(pc.back_up("changed.dkbk")).troubles == ()
    assert pc.codes() == {"A"}


def test_a_backup_from_before_the_key_was_changed_is_restored(pc: PlantPc) -> None:
    path = pc.back_up()
    change_key(pc)
    pc.write("B")

    assert pc.restoring().loss(path).entries
    pc.restoring().restore(path, MEERA)

    assert pc.codes() == {"A"}


def test_a_change_of_key_that_was_cut_short_is_finished_before_its_records_are_set_aside(
    pc: PlantPc,
) -> None:
    path = pc.back_up()
    pc.write("B")
    opened = pc.open()
    old, keys = opened.data_key, opened.authority.folder
    opened.site.close()
    new = NewKey(
        password=NewPassword(label="", password=PASSWORD, cost=LIGHT),
        machine_secret=keys.machine_secret(),
        revision=9,
    )
    for step in KeyChange(pc.data, old, new, NoProgress()).steps[:-1]:
        step()

    aside = pc.restoring().restore(path).set_aside

    assert aside is not None
    file = DataKeyFile(aside, KeyFolder(pc.keys, keys.name), pc.clock)
    assert file.open(PASSWORD) == new.key
    assert not (pc.data / "rekey").exists()
    assert pc.codes() == {"A"}


def test_a_change_of_key_cut_short_in_restored_records_is_finished_there(pc: PlantPc) -> None:
    pc.restoring().restore(pc.back_up())
    opened = pc.open()
    records = opened.data_key_file.slots.path.parent
    old, secret = opened.data_key, opened.authority.folder.machine_secret()
    opened.site.close()
    new = NewKey(
        password=NewPassword(label="", password=PASSWORD, cost=LIGHT),
        machine_secret=secret,
        revision=9,
    )
    for step in KeyChange(records, old, new, NoProgress()).steps[:-2]:
        step()

    again = pc.open()
    assert again.data_key == new.key
    again.site.close()
    assert not (records / "rekey").exists()
    assert pc.codes() == {"A"}


def test_slots_that_another_hand_has_changed_are_restored_and_told(pc: PlantPc) -> None:
    slots = pc.data / "keyslots.json"
    content = slots.read_bytes()
    slots.write_bytes(content.replace(b'"meera"', b'"mallo"'))
    path = pc.back_up()
    slots.write_bytes(content)

    pc.restoring().restore(path)

    opened = pc.open()
    assert ways_of(opened).state is SlotState.ALTERED
    opened.site.close()
