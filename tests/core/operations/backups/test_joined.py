"""Backups of a PC that joined a site hold what it was told of it, until its records say so."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.operations import Restoring, SiteFolder, backups_of, read_backup
from app.core.people.models import OrgUnitRow
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, PASSWORD, Pc, another_pc, first_pc


@pytest.fixture
def one(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "one", clock)


@pytest.fixture
def two(one: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    return another_pc(one, tmp_path / "two", clock)


@pytest.fixture
def backup(two: Pc, tmp_path: Path) -> Path:
    """A backup of a PC that waits for its first file; the PC is closed."""
    path = tmp_path / "waiting.dkbk"
    backups_of(two.opened, bring_up_to_date).make_at(ACTOR, path)
    two.close()
    return path


def test_a_pc_that_waits_still_does_when_it_is_restored(
    one: Pc, two: Pc, backup: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    station = two.opened.station.fingerprint
    shutil.rmtree(two.folder.path)
    Restoring(two.folder.path, tmp_path / "two" / "keys", clock, bring_up_to_date).restore(backup)

    two.reopen()
    with one.opened.site.transaction(ACTOR, "unit.add") as unit:
        unit.add(OrgUnitRow(code="A", name="A"))
    two_is_known = two.opened.station.fingerprint == station
    two.sync.take_first(one.send(tmp_path, two))
    with two.opened.site.read() as session:
        codes = set(session.scalars(sa.select(OrgUnitRow.code)))

    assert read_backup(backup).site_name == "Plant PUN"
    assert two_is_known
    assert codes == {"A"}
    assert not two.opened.waits


def test_another_pc_takes_the_place_of_one_that_waited(
    one: Pc, backup: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    new, keys = tmp_path / "new" / "data", tmp_path / "new" / "keys"
    Restoring(new, keys, clock, bring_up_to_date).restore(backup, PASSWORD)

    opened = SiteFolder(new, keys, clock).open(bring_up_to_date)
    assert (opened.name, opened.site_id, opened.waits) == ("Plant PUN", one.opened.site_id, True)
    opened.site.close()


def test_what_it_was_told_is_set_aside_with_the_records_of_before(
    two: Pc, backup: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    restoring = Restoring(two.folder.path, tmp_path / "two" / "keys", clock, bring_up_to_date)

    aside = restoring.restore(backup).set_aside

    assert aside is not None
    assert (aside / "joined.paper").exists()
    assert not (two.folder.path / "joined.paper").exists()
    two.reopen()
    assert two.opened.name == "Plant PUN"
