"""Entries follow on from the newest one, whoever wrote it, and whatever was undone in between."""

from pathlib import Path

import pytest

from app.core.base.actor import system_actor
from app.core.base.progress import NoProgress
from app.core.journal import Site
from app.core.journal.verify import verify_journal
from app.core.people.models import OrgUnitRow
from app.core.storage.database import Database, SqliteFile
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
