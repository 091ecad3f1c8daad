"""The power goes at any write: what was confirmed is there, nothing is there by half, the journal holds."""

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.progress import NoProgress
from app.core.courses.models import CourseRow
from app.core.journal.verify import verify_journal
from app.core.people.models import OrgUnitRow
from app.core.storage.database import Database, SqliteFile
from tests.support.clock import TurnedClock
from tests.support.power_cuts import LOG_HEADER, Cut, Moment, cut_logs, moment, scattered
from tests.support.sites import DATA_KEY, empty_database, open_site

ACTOR = system_actor()
COMMITS = 24
CUTS = int(os.environ.get("DAKSHA_POWER_CUTS", "250"))


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> list[Moment]:
    """A site at work, recorded after each commit; its log goes into the file twice, and begins again."""
    folder = tmp_path_factory.mktemp("recorded")
    site = open_site(empty_database(folder, DATA_KEY), TurnedClock())
    recorded = [moment(folder / "site.db", 0)]
    for number in range(1, COMMITS + 1):
        with site.transaction(ACTOR, "both.add") as unit:
            unit.add(OrgUnitRow(code=str(number), name="x" * number * 150))
            unit.add(CourseRow(code=str(number), title="y"))
        recorded.append(moment(folder / "site.db", number))
        if number % 9 == 0:
            with site.read() as session:
                session.connection().exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
            recorded.append(moment(folder / "site.db", number))
    site.close()
    return recorded


def opened(cut: Cut, path: Path) -> Database:
    cut.lay_down(path)
    return Database(SqliteFile(path=path, key=DATA_KEY))


def written(database: Database) -> set[str]:
    with database.read() as session:
        units = set(session.scalars(sa.select(OrgUnitRow.code)))
        assert set(session.scalars(sa.select(CourseRow.code))) == units
    return units


def is_whole(cut: Cut, path: Path, *, thoroughly: bool) -> None:
    database = opened(cut, path)
    try:
        kept = len(written(database))
        assert cut.least <= kept <= cut.most
        if thoroughly:
            with database.read() as session:
                assert verify_journal(session.connection(), NoProgress()).ok
            assert database.faults() == ()
    finally:
        database.close()


def steps(moments: list[Moment]) -> Iterator[tuple[Moment, Moment]]:
    return pairwise(moments)


def test_the_log_ends_anywhere(moments: list[Moment], tmp_path: Path) -> None:
    cuts = [cut for before, after in steps(moments) for cut in cut_logs(before, after)]

    assert len(cuts) > 300
    for number, cut in enumerate(cuts):
        is_whole(cut, tmp_path / "site.db", thoroughly=number % 20 == 0)


def test_the_drive_keeps_some_sectors_and_not_others(moments: list[Moment], tmp_path: Path) -> None:
    random, pairs = Random(1), list(steps(moments))

    for number in range(CUTS):
        before, after = random.choice(pairs)
        cut = scattered(before, after, random)
        is_whole(cut, tmp_path / "site.db", thoroughly=number % 10 == 0)


def test_the_recording_has_what_may_go_wrong(moments: list[Moment]) -> None:
    began_again = [
        after
        for before, after in steps(moments)
        if before.log and before.log[:LOG_HEADER] != after.log[:LOG_HEADER]
    ]
    copied = [after for before, after in steps(moments) if after.file != before.file]

    assert len(began_again) == 2
    assert len(copied) == 2


def test_a_program_that_writes_less_carefully_is_found_out(
    moments: list[Moment], tmp_path: Path
) -> None:
    """What was acknowledged was on the disk: a log without its last commit is found to be one."""
    whole = moments[5]
    lost = Cut(whole.file, moments[4].log, whole.acknowledged, whole.acknowledged)

    with pytest.raises(AssertionError):
        is_whole(lost, tmp_path / "site.db", thoroughly=False)
