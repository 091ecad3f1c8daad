"""Several stations, each with records of its own, whose entries travel in any order and in parts."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.journal import PersonKey, Site, Station, Unit, make_up, receive_keys
from app.core.journal.changes import decode_changes
from app.core.journal.models import place_of
from app.core.journal.projection import Applied, Clash, Projection, rebuild, scratch_tables
from app.core.journal.stamps import version_of
from app.core.storage.database import Database, SqliteFile
from app.core.storage.tables import journalled_models, table_of
from tests.support.clock import SOME_MORNING, TurnedClock

ACTOR = system_actor()

Tables = dict[str, list[tuple[Any, ...]]]


class Came(NamedTuple):
    """An entry, wherever it was written."""

    place: int
    version: bytes
    body: bytes


class Traveller:
    """A PC with a database file, a clock of its own, and what it has of the others' logs."""

    def __init__(self, template: Path, folder: Path, number: int) -> None:
        path = folder / f"{number}.db"
        shutil.copyfile(template, path)
        self.clock = TurnedClock()
        self.database = Database(SqliteFile(path=path))
        self.fingerprint = bytes([number]) * 32
        self.site = Site(self.database, Station(self.fingerprint, bytes(8)), self.clock)
        self.clashes: list[Clash] = []
        self._applied: dict[int, int] = {}

    @property
    def applied(self) -> dict[int, int]:
        """Return by log of others up to which entry it stands in the tables."""
        return self._applied

    def is_updated(self) -> bool:
        """Do what a newer program does at its first opening; tell whether anything came into the tables."""
        with self.database.write() as connection:
            for log_id, applied in self._applied.items():
                said = "UPDATE journal_log SET applied = ? WHERE id = ?"
                connection.exec_driver_sql(said, (applied, log_id))
        return make_up(self.site, lambda stood: self.clashes.extend(stood.clashes))

    def turn_clock(self, days: int) -> None:
        """Set the wall clock, to the past too."""
        self.clock.set_wall(SOME_MORNING + timedelta(days=days))

    @contextmanager
    def transaction(self) -> Iterator[Unit]:
        """Do something here."""
        self.clock.set_wall(self.clock.now() + timedelta(seconds=1))
        with self.site.transaction(ACTOR, "test.act") as unit:
            yield unit

    def own_entries(self) -> list[tuple[Any, ...]]:
        """Return what was written here, each entry after the scope of its log."""
        with self.database.write() as connection:
            found = connection.exec_driver_sql(
                "SELECT scope, journal_entry.* FROM journal_entry "
                "JOIN journal_log ON journal_log.id = place >> 40 WHERE station = ? ORDER BY place",
                (self.fingerprint,),
            )
            return [tuple(row) for row in found]

    def has_of(self, other: "Traveller") -> int:
        """Return how many entries of another, or of its own, it knows."""
        if other is self:
            return len(self.own_entries())
        with self.database.write() as connection:
            logs = connection.exec_driver_sql(
                "SELECT id FROM journal_log WHERE station = ?", (other.fingerprint,)
            )
            return sum(self._applied[log_id] for (log_id,) in logs)

    def take(self, other: "Traveller", most: int) -> None:
        """Take in what another has written, up to so many entries of each of its logs."""
        theirs: dict[str, list[tuple[Any, ...]]] = {}
        for scope, *entry in other.own_entries():
            theirs.setdefault(scope, []).append(tuple(entry))
        with self.database.write() as connection:
            for scope, entries in theirs.items():
                self._store(connection, other.fingerprint, scope, entries, most)
            if most % 2:
                self._take_keys(connection, other)
            self._go_on(connection)
            self._take_keys(connection, other)

    def _take_keys(self, connection: sa.Connection, other: "Traveller") -> None:
        with other.site.read() as session:
            found = session.execute(sa.text("SELECT person_id, key FROM person_key"))
            keys = [PersonKey(person, key) for person, key in found]
        receive_keys(connection, keys)

    def _store(
        self, connection: sa.Connection, station: bytes, scope: str, entries: Any, most: int
    ) -> None:
        run = connection.exec_driver_sql
        name = (station, bytes(8), scope)
        find = "SELECT id FROM journal_log WHERE station = ? AND incarnation = ? AND scope = ?"
        if run(find, name).first() is None:
            run("INSERT INTO journal_log (station, incarnation, scope) VALUES (?, ?, ?)", name)
        log_id = run(find, name).scalar_one()
        self._applied.setdefault(log_id, 0)
        have = run(
            "SELECT count(*) FROM journal_entry WHERE place >> 40 = ?", (log_id,)
        ).scalar_one()
        for seq, entry in enumerate(entries[have : have + most], start=have + 1):
            places = ",".join("?" * len(entry))
            columns = "place, stamp, wall, offset_minutes, actor, action, reason, hash, body"
            run(
                f"INSERT INTO journal_entry ({columns}) VALUES ({places})",
                (place_of(log_id, seq), *entry[1:]),
            )

    def _go_on(self, connection: sa.Connection) -> None:
        projection = Projection(connection)
        went_on = True
        while went_on:
            went_on = False
            for log_id in sorted(self._applied):
                for came in _entries_after(connection, log_id, self._applied[log_id]):
                    outcome = projection.apply(came.version, decode_changes(came.body))
                    if not isinstance(outcome, Applied):
                        break
                    self._applied[log_id] += 1
                    went_on = True
        projection.flush()
        self.clashes += projection.clashes

    def goes_on(self) -> bool:
        """Try what waited; tell whether any of it went on."""
        before = sum(self._applied.values())
        with self.database.write() as connection:
            self._go_on(connection)
        return sum(self._applied.values()) > before

    def tables(self) -> Tables:
        """Return all that follows from the entries."""
        with self.site.read() as session:
            assert session.execute(sa.text("PRAGMA foreign_key_check")).all() == []
            return tables_of(session.connection())

    def close(self) -> None:
        """Close the database."""
        self.site.close()


def _entries_after(connection: sa.Connection, log_id: int, seq: int) -> list[Came]:
    found = connection.exec_driver_sql(
        "SELECT place, stamp, station, body FROM journal_entry "
        "JOIN journal_log ON journal_log.id = place >> 40 WHERE place > ? AND place < ? "
        "ORDER BY place",
        (place_of(log_id, seq), place_of(log_id + 1, 0)),
    )
    return [Came(place, version_of(stamp, station), body) for place, stamp, station, body in found]


def tables_of(connection: sa.Connection) -> Tables:
    """Return every row of what follows from the entries."""
    names = {  # in the models' order: a migration puts new columns behind the others
        table.name: ", ".join(column.name for column in table.columns)
        for table in map(table_of, journalled_models())
    }
    names.update(dict.fromkeys(("row_aside", "row_repointed", "column_contest"), "*"))
    return {
        name: sorted(
            (tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM {name}")),
            key=repr,
        )
        for name, columns in names.items()
    }


def rebuilt_tables(traveller: Traveller) -> Tables:
    """Return what the journal of a station, applied from the beginning, gives."""
    with scratch_tables() as rebuilt, traveller.site.read() as session:
        rebuild(session.connection(), rebuilt).flush()
        return tables_of(rebuilt)


def some_day(number: int) -> date:
    """Return a day."""
    return date(2027, 1, 1) + timedelta(days=number)


def some_time(number: int) -> datetime:
    """Return an instant."""
    return SOME_MORNING + timedelta(minutes=number)


def fixed_id(number: int) -> UUID:
    """Return an id that every station gives to the same thing."""
    return UUID(int=0x7000_8000_0000_0000_0000 + number)
