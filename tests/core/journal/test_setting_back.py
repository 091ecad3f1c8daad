"""I4, I11: what a station wrote beyond where it is believed is taken out of the tables again, on every engine."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.progress import NoProgress
from app.core.journal import (
    LogName,
    Position,
    Segment,
    Site,
    StoredLog,
    Taking,
    lacking,
    logs_as_believed,
    segments_of,
    set_back,
    stand,
    verify_journal,
)
from app.core.journal.projection.models import UnvouchedRow
from app.core.people.models import OrgUnitRow, PersonRow, PlacementRow
from app.core.storage.tables import Scope
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR
from tests.support.sites import DATA_KEY, another_station, empty_database, open_site


@pytest.fixture
def lost(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    """A site of another station, which is revoked."""
    folder = tmp_path / "lost"
    folder.mkdir()
    database = empty_database(folder, DATA_KEY)
    yield open_site(database, clock, another_station())
    database.close()


def write(site: Site, *rows: object) -> None:
    with site.transaction(ACTOR, "test.write") as unit:
        unit.add_all(rows)


def a_unit(number: int, name: str = "Press", parent: int | None = None) -> OrgUnitRow:
    parent_id = UUID(int=parent) if parent else None
    return OrgUnitRow(id=UUID(int=number), code=f"U{number}", name=name, parent_id=parent_id)


def carry(source: Site, target: Site) -> None:
    """Take in all that one has and the other lacks, proved."""
    with source.read() as session, target.database.write() as connection:
        taking = Taking(connection)
        for stretch in lacking(session.connection(), [()], lambda _log: True):
            for segment, entries in segments_of(session.connection(), stretch):
                taking.take(segment, entries)
            taking.prove(stretch.end)
    with target.database.write() as connection:
        stand(connection)


def units(site: Site) -> dict[int, str]:
    with site.read() as session:
        return {row.id.int: row.name for row in session.scalars(sa.select(OrgUnitRow))}


def is_sound(site: Site) -> bool:
    with site.read() as session:
        return verify_journal(session.connection(), NoProgress()).ok


def revoke(site: Site, lost: Site, until: int) -> list[Segment]:
    """Believe the lost station up to an entry of each of its logs; return what came aside."""
    aside: list[Segment] = []

    def believed_to(log: LogName) -> int | None:
        return until if log.station == lost.station.fingerprint else None

    with site.database.write() as connection:
        set_back(connection, believed_to, lambda segment, _entries: aside.append(segment))
    return aside


def test_rows_and_edits_beyond_the_point_are_gone_and_those_before_it_stay(
    site: Site, lost: Site
) -> None:
    write(lost, a_unit(1))
    write(lost, a_unit(2, "Stolen"))
    with lost.transaction(ACTOR, "test.edit") as unit:
        unit.get_one(OrgUnitRow, UUID(int=1)).name = "Renamed by a thief"
    carry(lost, site)
    assert units(site) == {1: "Renamed by a thief", 2: "Stolen"}

    (late,) = revoke(site, lost, 1)

    assert (late.first, late.last) == (2, 3)
    assert units(site) == {1: "Press"}
    assert is_sound(site)
    assert revoke(site, lost, 1) == []
    carry(lost, site)  # it comes again, and with a signature for its end
    assert units(site) == {1: "Press"}
    (log,) = [one for one in _logs(site) if one.name.station == lost.station.fingerprint]
    assert (log.last, log.reach, log.counts_to, log.applied) == (3, 3, 1, 1)


def _logs(site: Site) -> list[StoredLog]:
    with site.read() as session:
        return [one for one in logs_as_believed(session.connection()) if one.last]


def test_what_was_written_here_about_it_is_left_out_and_the_rest_stays(
    site: Site, lost: Site
) -> None:
    write(lost, a_unit(1))
    write(lost, a_unit(2))
    carry(lost, site)
    asha = PersonRow(id=UUID(int=9), number="1", name="Asha", search_text="")
    write(site, a_unit(3, "Below", parent=2), a_unit(4, "Beside", parent=1), asha)
    placement = PlacementRow(person_id=asha.id, org_unit_id=UUID(int=3), from_on=date(2026, 1, 1))
    write(site, placement)
    with site.transaction(ACTOR, "test.edit") as unit:
        unit.get_one(OrgUnitRow, UUID(int=4)).parent_id = UUID(int=2)
        unit.get_one(PersonRow, asha.id).name = "Asha Rao"

    revoke(site, lost, 1)

    assert units(site) == {1: "Press", 4: "Beside"}
    with site.read() as session:
        assert session.get_one(OrgUnitRow, UUID(int=4)).parent_id == UUID(int=1)
        assert session.get_one(PersonRow, UUID(int=9)).name == "Asha Rao"
        assert session.scalars(sa.select(PlacementRow)).all() == []
        noted = session.execute(sa.select(UnvouchedRow.table_name, UnvouchedRow.of_others)).all()
    assert sorted(map(tuple, noted)) == [
        ("org_unit", False),
        ("org_unit", True),
        ("placement", True),
    ]
    assert is_sound(site)
    write(site, a_unit(5, "Later"))
    assert is_sound(site)


def test_a_stricter_point_sets_back_further_and_a_looser_one_says_nothing(
    site: Site, lost: Site
) -> None:
    for number in (1, 2, 3):
        write(lost, a_unit(number))
    carry(lost, site)

    revoke(site, lost, 2)
    assert set(units(site)) == {1, 2}
    revoke(site, lost, 3)
    assert set(units(site)) == {1, 2}
    revoke(site, lost, 0)
    assert units(site) == {}
    assert is_sound(site)


def test_a_log_that_was_never_put_into_the_tables_is_set_back_without_looking_at_them(
    site: Site, lost: Site
) -> None:
    write(lost, a_unit(1))
    with lost.read() as session, site.database.write() as connection:
        for stretch in lacking(session.connection(), [()], lambda _log: True):
            for segment, entries in segments_of(session.connection(), stretch):
                Taking(connection).take(segment, entries)

    (late,) = revoke(site, lost, 0)
    with lost.read() as session, site.database.write() as connection:
        log = LogName(lost.station.fingerprint, lost.station.incarnation, Scope.IDENTITY)
        assert Taking(connection).prove(Position(log=log, seq=late.last, head=late.head))
    with site.database.write() as connection:
        assert stand(connection).applied == 0
    assert units(site) == {}
    assert is_sound(site)
