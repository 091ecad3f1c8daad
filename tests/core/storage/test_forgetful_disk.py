"""A disk that refuses to keep what was written: the records are closed, opened anew and proved first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.journal import Journal, Site
from app.core.operations import DiskCare, Health, check_health
from app.core.people.models import OrgUnitRow
from app.core.storage.database import SqliteFile
from app.core.storage.faults import DatabaseDamaged, DiskForgets
from tests.support.clock import TurnedClock
from tests.support.failing_disk import keep_nothing_in_this_thread
from tests.support.left_open import note_opened
from tests.support.logs import LoggedTrouble
from tests.support.plant_pc import ACTOR, PlantPc
from tests.support.sites import STATION


def write(site: Site, code: str) -> None:
    with site.transaction(ACTOR, "org-unit.add") as unit:
        unit.add(OrgUnitRow(code=code, name=code))


def codes(site: Site) -> set[str]:
    with site.read() as session:
        return set(session.scalars(sa.select(OrgUnitRow.code)))


def forgotten(site: Site, code: str) -> BaseException | None:
    """Write from a thread whose disk keeps nothing; return what came of it."""

    def work() -> None:
        keep_nothing_in_this_thread()
        write(site, code)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).exception()


def test_what_was_not_synced_is_not_tried_again_on_the_same_handle(
    site: Site, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("records were closed")
    logged_trouble.expect("every page of them is sound")
    write(site, "A")
    with site.database.write() as connection:
        before = connection.connection.driver_connection

    refusal = forgotten(site, "B")

    assert isinstance(refusal, DiskForgets)
    assert "whether this step was saved is seen then" in refusal.safe
    assert codes(site) >= {"A"}
    write(site, "C")
    with site.database.write() as connection:
        assert connection.connection.driver_connection is not before
    assert codes(site) >= {"A", "C"}
    assert Journal(site, STATION).verify(ACTOR).ok


def test_records_that_are_damaged_then_are_not_opened_again(
    site: Site, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("records were closed")
    logged_trouble.expect("opened anew, and are damaged")
    write(site, "A")
    site.database.fold_log()
    assert isinstance(forgotten(site, "B"), DiskForgets)
    assert isinstance(site.database.location, SqliteFile)
    flip(site.database.location.path, 5 * 4096 + 77)

    with pytest.raises(DatabaseDamaged):
        codes(site)
    with pytest.raises(DatabaseDamaged):
        write(site, "C")


def test_the_health_page_tells_that_a_disk_has_forgotten(
    tmp_path: Path, clock: TurnedClock, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("records were closed")
    logged_trouble.expect("every page of them is sound")
    opened = PlantPc(tmp_path / "pc", clock).found().open()
    note_opened(opened.site.database)
    DiskCare(opened)

    assert isinstance(forgotten(opened.site, "B"), DiskForgets)

    (told,) = [one for one in check_health(opened) if one.key == "syncing"]
    assert told.health is Health.WATCH
    assert "did not keep what was written" in told.says


def flip(path: Path, place: int) -> None:
    """Change one bit of a file."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 4]))
