"""Another data key: killed between any two steps, the records open with the old key or the new one."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.progress import NoProgress
from app.core.journal import Journal, deeds_done
from app.core.keys import NewPassword, SlotCost, WrongPassword
from app.core.operations import CopyNotSound, Founding, OpenSite, RecordsInUse, SiteFolder
from app.core.operations.key_change import KeyChange, NewKey
from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import Database, DatabaseUnreadable, SqliteFile
from tests.support.clock import TurnedClock
from tests.support.nursery import Nursery, nursery

LIGHT = SlotCost(memory=64, passes=1, lanes=1)
OLD, NEW = "correct horse battery", "monsoon over the lathe"
STEPS = 8

_KILLED = """
import os, signal
from pathlib import Path
from app.core.keys import DataKeyFile, KeyFolder, NewPassword, SlotCost
from app.core.operations.key_change import KeyChange, NewKey
from tests.support.clock import TurnedClock
from app.core.base.progress import NoProgress

def work(folder, keys, steps, new_password):
    folder, keys = Path(folder), Path(keys)
    file = DataKeyFile(folder, KeyFolder(keys.parent, keys.name), TurnedClock())
    password = NewPassword(label="", password=new_password, cost=SlotCost(64, 1, 1))
    new = NewKey(password=password, machine_secret=file.machine_secret, revision=file.latest + 1)
    for step in KeyChange(folder, file.open(None), new, NoProgress()).steps[:int(steps)]:
        step()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def changing() -> Iterator[Nursery]:
    with nursery(_KILLED) as processes:
        yield processes


@pytest.fixture
def place(tmp_path: Path, clock: TurnedClock) -> SiteFolder:
    return SiteFolder(tmp_path / "data", tmp_path / "keys", clock)


@pytest.fixture
def old_key(place: SiteFolder) -> bytes:
    founding = Founding(name="Pune plant", code="PUN", password=OLD, cost=LIGHT)
    opened = place.found(founding, bring_up_to_date)
    opened.site.close()
    return opened.data_key


def new_password() -> NewPassword:
    return NewPassword(label="", password=NEW, cost=LIGHT)


def entries(opened: OpenSite) -> int:
    with opened.site.read() as session:
        return int(session.execute(sa.text("SELECT count(*) FROM journal_entry")).scalar_one())


def changes_told(opened: OpenSite) -> int:
    with opened.site.read() as session:
        return len(deeds_done(session, ("data-key.change",), 10))


def test_the_records_have_another_key_and_the_old_one_opens_nothing(
    place: SiteFolder, old_key: bytes
) -> None:
    opened = place.change_key(bring_up_to_date, _known_password(place), NoProgress())
    told, verdict = (
        changes_told(opened),
        Journal(opened.site, opened.station).verify(system_actor()),
    )
    opened.site.close()

    assert (told, verdict.ok) == (1, True)
    assert opened.data_key != old_key
    with pytest.raises(DatabaseUnreadable):
        Database(SqliteFile(path=place.path / "site.db", key=old_key))
    place.open(bring_up_to_date).site.close()  # of itself, as before
    assert not (place.path / "rekey").exists()


def _known_password(place: SiteFolder) -> NewPassword:
    """The password there is goes on to open the records, under the new key."""
    assert place.has_site
    return NewPassword(label="", password=OLD, cost=LIGHT)


@pytest.mark.parametrize("steps", range(STEPS + 1))
def test_killed_after_any_step_the_records_open(
    place: SiteFolder, old_key: bytes, tmp_path: Path, changing: Nursery, steps: int
) -> None:
    before = place.open(bring_up_to_date)
    count = entries(before)
    before.site.close()
    (keys,) = (tmp_path / "keys").iterdir()
    changing.begin(place.path, keys, steps, NEW)
    assert changing.ended() == -signal.SIGKILL

    opened = place.open(bring_up_to_date)
    is_changed = opened.data_key != old_key
    assert is_changed == (steps >= 6)
    assert changes_told(opened) == is_changed
    assert entries(opened) == count + is_changed
    assert Journal(opened.site, opened.station).verify(system_actor()).ok
    opened.site.close()
    assert not (place.path / "rekey").exists()
    right, wrong = (NEW, OLD) if is_changed else (OLD, NEW)
    assert opened.data_key_file.slots.open_with_password(right) == opened.data_key
    with pytest.raises(WrongPassword):
        opened.data_key_file.slots.open_with_password(wrong)
    place.open(bring_up_to_date).site.close()


def test_there_are_as_many_steps_as_are_killed_between(place: SiteFolder, old_key: bytes) -> None:
    new = NewKey(password=new_password(), machine_secret=None, revision=1)

    assert len(KeyChange(place.path, old_key, new, NoProgress()).steps) == STEPS


def test_records_that_another_program_has_open_keep_their_key(
    place: SiteFolder, old_key: bytes
) -> None:
    opened = place.open(bring_up_to_date)
    with pytest.raises(RecordsInUse):
        place.change_key(bring_up_to_date, _known_password(place), NoProgress())
    opened.site.close()

    place.open(bring_up_to_date).site.close()
    assert opened.data_key == old_key


def test_a_copy_that_is_not_sound_changes_nothing(place: SiteFolder, old_key: bytes) -> None:
    class Damaging(KeyChange):
        """A disk that loses a page of the copy."""

        def _change_key(self) -> None:
            super()._change_key()
            with self._copy.path.open("r+b") as file:
                file.seek(-4096, os.SEEK_END)
                file.write(bytes(4096))

    slots = (place.path / "keyslots.json").read_bytes()
    new = NewKey(password=new_password(), machine_secret=None, revision=5)
    with pytest.raises(CopyNotSound):
        Damaging(place.path, old_key, new, NoProgress()).run()

    assert (place.path / "keyslots.json").read_bytes() == slots
    assert not (place.path / "rekey").exists()
    opened = place.open(bring_up_to_date)
    opened.site.close()
    assert opened.data_key == old_key
