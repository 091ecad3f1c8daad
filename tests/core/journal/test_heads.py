"""Entries follow on from the newest one, whoever wrote it, and whatever was undone in between."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.ids import new_id
from app.core.base.progress import NoProgress
from app.core.journal import LogName, Site, is_addressed_to, is_continued_elsewhere
from app.core.journal.models import EntryRow, LogRow
from app.core.journal.verify import verify_journal
from app.core.people.models import OrgUnitRow
from app.core.storage.database import Database, SqliteFile
from app.core.storage.tables import Scope
from tests.support.clock import TurnedClock
from tests.support.sites import DATA_KEY, empty_database, open_site

ACTOR = system_actor()


def add_unit(site: Site, code: str) -> None:
    with site.transaction(ACTOR, "unit.add") as unit:
        unit.add(OrgUnitRow(code=code, name=code))


def add_unit_and_fail(site: Site, code: str) -> None:
    with site.transaction(ACTOR, "unit.add") as unit:
        unit.add(OrgUnitRow(code=code, name=code))
        unit.flush()
        raise ZeroDivisionError


def entries_of_a_sound_journal(site: Site) -> int:
    with site.database.read() as session:
        verdict = verify_journal(session.connection(), NoProgress())
    assert verdict.ok, verdict.first_bad
    return verdict.entries


def test_entries_follow_on_from_those_of_this_site(site: Site) -> None:
    for code in ("A", "B", "C"):
        add_unit(site, code)

    assert entries_of_a_sound_journal(site) == 3


def test_entries_follow_on_after_a_transaction_that_was_undone(site: Site) -> None:
    add_unit(site, "A")
    with pytest.raises(ZeroDivisionError):
        add_unit_and_fail(site, "B")
    add_unit(site, "C")

    assert entries_of_a_sound_journal(site) == 2


def test_entries_follow_on_from_those_of_another_part_of_the_program(
    database: Database, clock: TurnedClock
) -> None:
    first, second = open_site(database, clock), open_site(database, clock)

    for code in ("A", "B", "C"):
        add_unit(first, f"{code}1")
        add_unit(second, f"{code}2")

    assert entries_of_a_sound_journal(first) == 6


def test_entries_follow_on_from_those_of_another_program(
    tmp_path: Path, clock: TurnedClock
) -> None:
    window = open_site(empty_database(tmp_path, DATA_KEY), clock)
    command = open_site(Database(SqliteFile(path=tmp_path / "site.db", key=DATA_KEY)), clock)

    for code in ("A", "B", "C"):
        add_unit(window, f"{code}1")
        add_unit(command, f"{code}2")

    assert entries_of_a_sound_journal(window) == 6
    command.close()
    window.close()


def test_entries_for_another_site_and_own_ones_rise_together_in_logs_of_their_own(
    site: Site, clock: TurnedClock
) -> None:
    plant, other = new_id(), new_id()
    clock.turn(timedelta(days=400))
    for number, for_site in enumerate((None, plant, plant, None, other, None, plant)):
        with site.transaction(ACTOR, "unit.add", for_site=for_site) as unit:
            unit.add(OrgUnitRow(code=str(number), name=""))
        if number == 4:
            clock.set_wall(
                clock.now() - timedelta(days=400)
            )  # what a wrong clock wrote does not come again

    assert entries_of_a_sound_journal(site) == 7
    with site.read() as session:
        rows = session.execute(
            sa.select(EntryRow.stamp, LogRow.incarnation)
            .join(LogRow, LogRow.id == EntryRow.log_id)
            .order_by(EntryRow.stamp)
        ).all()
        units = session.scalars(sa.select(OrgUnitRow).order_by(OrgUnitRow.row_versions)).all()
    own = rows[0].incarnation
    assert [one.incarnation == own for one in rows] == [
        True,
        False,
        False,
        True,
        False,
        True,
        False,
    ]
    assert len({one.incarnation for one in rows}) == 3
    assert len({one.stamp for one in rows}) == 7
    assert [one.code for one in units] == list("0123456")
    names = [LogName(site.station.fingerprint, one.incarnation, Scope.IDENTITY) for one in rows]
    assert [is_addressed_to(one, plant) for one in names].count(True) == 3
    assert [is_addressed_to(one, other) for one in names].count(True) == 1
    assert set(names) <= site.own_logs
    with site.read() as session:
        assert not is_continued_elsewhere(session.connection(), site.own_logs)
