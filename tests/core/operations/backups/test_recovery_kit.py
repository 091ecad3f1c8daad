"""A backup opened by two papers of the recovery kit alone: on a new PC, with no password known."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.base.errors import NotFound
from app.core.base.progress import NoProgress
from app.core.journal import deeds_done
from app.core.keys import (
    NewPassword,
    SameShareTwice,
    SharesOfTwoKits,
    SharesTooFew,
    ShareUnreadable,
    SlotCost,
    SlotState,
    WrongPassword,
    split_key,
)
from app.core.operations import (
    BackupDamaged,
    Recovery,
    SharesOfOtherRecords,
    SiteFolder,
    TwoPeopleNeeded,
    ways_of,
)
from app.core.people import SignIn, WeakSecret, create_first_administrator
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.plant_pc import ACTOR, PASSWORD, PlantPc, backups

LIGHT = SlotCost(memory=64, passes=1, lanes=1)
PEOPLE = ("Asha Rao", "Farida Khan")
NEW = "monsoon over the lathe"


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> PlantPc:
    """A PC with an administrator and a department, whose passwords nobody knows any more."""
    made = PlantPc(tmp_path / "pc", clock).found()
    opened = made.open()
    create_first_administrator(
        opened.site, login="meera", name="Meera Iyer", password=PASSWORD, cost=LIGHT
    )
    opened.site.close()
    made.write("A")
    return made


@pytest.fixture
def key(pc: PlantPc) -> bytes:
    opened = pc.open()
    opened.site.close()
    return opened.data_key


@pytest.fixture
def new(tmp_path: Path, clock: TurnedClock) -> PlantPc:
    """A PC without a site."""
    return PlantPc(tmp_path / "new", clock)


def lost(pc: PlantPc) -> Path:
    """Make a backup, and lose the PC with its key folder."""
    path = pc.back_up()
    shutil.rmtree(pc.data)
    shutil.rmtree(pc.keys)
    return path


def brought(*shares: str) -> Recovery:
    return Recovery(shares=shares, people=PEOPLE, login="meera", password=NEW, cost=LIGHT)


@pytest.mark.parametrize("pair", [(0, 1), (2, 0), (1, 2)])
def test_any_two_papers_bring_the_records_to_a_new_pc(
    pc: PlantPc, new: PlantPc, key: bytes, pair: tuple[int, int]
) -> None:
    shares = split_key(key)
    path = lost(pc)

    done = new.restoring().restore_with_kit(path, brought(*(shares[one] for one in pair)))

    assert (done.set_aside, done.troubles) == (None, ())
    assert new.codes() == {"A"}  # and it opens them by itself
    opened = new.open()
    assert SignIn(opened.site, LIGHT).with_password("meera", NEW).name == "Meera Iyer"
    assert opened.data_key_file.slots.open_with_password(NEW) == key
    assert ways_of(opened).state is SlotState.WHOLE
    with opened.site.read() as session:
        told = deeds_done(session, ("data-key.recover", "backup.restored"), 5)
    opened.site.close()
    assert {deed.action for deed in told} == {"data-key.recover", "backup.restored"}
    assert any(all(name in deed.reason for name in PEOPLE) for deed in told)


def test_the_lost_password_signs_nobody_in_after(pc: PlantPc, new: PlantPc, key: bytes) -> None:
    new.restoring().restore_with_kit(lost(pc), brought(*split_key(key)[:2]))

    opened = new.open()
    with pytest.raises(Exception, match="password"):
        SignIn(opened.site, LIGHT).with_password("meera", PASSWORD)
    opened.site.close()


def refused(new: PlantPc, path: Path, recovery: Recovery, error: type[Exception]) -> None:
    """What is refused leaves a new PC without a site, and without half of one."""
    with pytest.raises(error):
        new.restoring().restore_with_kit(path, recovery)
    assert not SiteFolder(new.data, new.keys, new.clock).has_site
    assert not list(new.data.glob("restored-*")) if new.data.exists() else True


def test_wrong_papers_are_told_apart_and_change_nothing(
    pc: PlantPc, new: PlantPc, key: bytes
) -> None:
    path = lost(pc)
    first, second, _third = split_key(key)
    refused(new, path, brought(first), SharesTooFew)
    refused(new, path, brought(), SharesTooFew)
    refused(new, path, brought(first, first), SameShareTwice)
    refused(new, path, brought(first, split_key(key)[1]), SharesOfTwoKits)
    refused(new, path, brought(first, second + " academic"), ShareUnreadable)
    refused(new, path, brought(*split_key(bytes(32))[:2]), SharesOfOtherRecords)
    for recovery in (brought(first), brought(*split_key(bytes(32))[:2])):
        with pytest.raises(Exception, match="shares"):
            new.restoring().check_kit(path, recovery)

    new.restoring().check_kit(path, brought(first, second))
    new.restoring().restore_with_kit(path, brought(first, second))
    assert new.codes() == {"A"}


def test_it_takes_two_people_a_good_password_and_an_administrator(
    pc: PlantPc, new: PlantPc, key: bytes
) -> None:
    path = lost(pc)
    good = brought(*split_key(key)[:2])
    for people in (("Asha Rao",), ("Asha Rao", "asha rao "), ()):
        refused(new, path, replace(good, people=people), TwoPeopleNeeded)
    refused(new, path, replace(good, password="short"), WeakSecret)
    refused(new, path, replace(good, login="nobody"), NotFound)


def test_a_login_of_nobody_leaves_the_records_that_are_there_in_force(
    pc: PlantPc, key: bytes
) -> None:
    path = pc.back_up()
    pc.write("B")

    with pytest.raises(NotFound):
        pc.restoring().restore_with_kit(path, replace(brought(*split_key(key)[:2]), login="nobody"))

    assert pc.codes() == {"A", "B"}
    assert not list(pc.data.glob("restored-*"))
    opened = pc.open()
    assert opened.incarnations.unseen(ACTOR) == ()
    opened.site.close()


def test_a_damaged_backup_is_not_opened_by_right_papers(
    pc: PlantPc, new: PlantPc, key: bytes
) -> None:
    path = lost(pc)
    content = bytearray(path.read_bytes())
    content[-5000] ^= 1
    path.write_bytes(content)

    refused(new, path, brought(*split_key(key)[:2]), BackupDamaged)


def test_papers_of_before_a_change_of_key_open_the_backups_of_before(
    pc: PlantPc, new: PlantPc, key: bytes
) -> None:
    earlier = pc.back_up("earlier.dkbk")
    place = SiteFolder(pc.data, pc.keys, pc.clock)
    changed = NewPassword(label="", password=PASSWORD, cost=LIGHT)
    place.change_key(bring_up_to_date, changed, NoProgress()).site.close()
    later = pc.back_up("later.dkbk")
    papers = brought(*split_key(key)[:2])

    refused(new, later, papers, SharesOfOtherRecords)
    new.restoring().restore_with_kit(earlier, papers)
    assert new.codes() == {"A"}


def test_a_pc_that_asks_at_each_start_asks_for_the_new_password(
    pc: PlantPc, new: PlantPc, key: bytes
) -> None:
    opened = pc.open()
    opened.data_key_file.slots.unbind_machine(key)
    opened.data_key_file.note()
    opened.site.close()
    again = pc.open(PASSWORD)
    again.site.close()
    path = pc.place / "asks.dkbk"
    opened = pc.open(PASSWORD)
    backups(opened).make_at(ACTOR, path)
    opened.site.close()

    new.restoring().restore_with_kit(path, brought(*split_key(key)[:2]))

    with pytest.raises(WrongPassword):
        new.open("a guess of somebody")
    new.open(NEW).site.close()
