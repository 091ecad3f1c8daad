"""Journal entries of many sittings, made after one that a learner really had.

The product writes a sitting (a course begun, an attempt, twenty answers, the result and what it
completes) in durable commits of one each; a million of them would take an hour. So it writes one, and
its entries are written again for others, at other times, with ids of their own, into the same log.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec
import sqlalchemy as sa

from app.bootstrap.benches.small_site import SmallSite, answer_in_turn
from app.core.base.actor import system_actor
from app.core.journal import EntryWire, LogName, Segment, Site, chain
from app.core.people import NewPerson
from app.core.storage.columns import Instant, Wire
from app.core.storage.tables import Scope, journalled_models, table_of

PLACED = ("place", "stamp", "wall", "offset_minutes", "actor", "action", "reason", "body", "hash")
"""Columns of an entry's row, in the order in which they are written."""

_PEOPLE = 200
_ANSWERS = 20
_AT_ONCE = 16_384
_MILLISECOND = 1000
_PAUSE = (2_000_000, 40_000_000)
"""Microseconds between one answer and the next."""
_GIVEN = {"true": "1/1", "false": "0/1"}
_ELSEWHERE = "certificate"
"""Signed one by one, which takes longer than all else of a sitting: `bench certificates` tells."""
_INSERT = sa.text(
    f"INSERT INTO journal_entry ({', '.join(PLACED)}) VALUES (:{', :'.join(PLACED)})"  # noqa: S608  names of columns
)
_OF_LOG = sa.text(
    "SELECT action, offset_minutes, body FROM journal_entry"
    " WHERE place > :log << 40 AND place < :log + 1 << 40 ORDER BY place"
)
_NEWEST = sa.text("SELECT max(stamp) FROM journal_entry")
_LOG = sa.text(
    "SELECT log.id, max(place), hash FROM journal_log AS log"
    " JOIN journal_entry ON place >> 40 = log.id"
    " WHERE station = :station AND incarnation = :incarnation AND scope = :scope"
)

_Change = tuple[int, str, bytes, dict[str, Wire]]
"""Of a body: that a row is new, its table, its id, its values."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """An entry that the product wrote."""

    action: str
    offset_minutes: int
    changes: list[_Change]


class Sittings:
    """Writes entries of sittings into the journal of a site; its own tables do not have their rows."""

    def __init__(self, school: SmallSite) -> None:
        """Let a learner have a sitting, and take others on who will have ones like it."""
        self._site = school.services.open_site.site
        self._chance = random.Random(1)  # noqa: S311  the same answers every time
        attempt = school.services.quizzes.start(school.learner, school.quiz_lesson)
        answer_in_turn(school, attempt, _ANSWERS)
        school.services.quizzes.submit(school.learner, attempt.attempt_id)
        self._patterns = self._recorded()
        self._model = school.learner.person_id
        self._people = [
            school.services.people.add(
                system_actor(), NewPerson(number=f"B-{n}", name=f"Person {n}")
            )
            for n in range(_PEOPLE)
        ]
        self._begun = 0

    def append(self, count: int) -> None:
        """Write so many entries."""
        entries = islice(self._entries(), count)
        while wires := list(islice(entries, _AT_ONCE)):
            self._write(wires)

    def _recorded(self) -> tuple[_Pattern, ...]:
        """Return what the product wrote of the sitting: all there is in the log of the records."""
        with self._site.read() as session:
            log_id = _log_of(session.connection(), self._site).id
            rows = session.execute(_OF_LOG, {"log": log_id}).all()
        return tuple(
            _Pattern(
                row.action,
                row.offset_minutes,
                [each for each in _DECODE(row.body) if each[1] != _ELSEWHERE],
            )
            for row in rows
        )

    def _entries(self) -> Iterator[EntryWire]:
        with self._site.read() as session:
            wall = session.scalar(_NEWEST) or 0
        wall = (wall >> 16) * _MILLISECOND
        while True:
            person = self._people[self._begun % _PEOPLE]
            ids = {self._model.bytes: person.bytes} if self._model else {}
            self._begun += 1
            for pattern in self._patterns:
                wall += self._chance.randrange(*_PAUSE)
                again = [self._again(one, wall, ids) for one in pattern.changes]
                body = msgspec.msgpack.encode(again)
                stamp = wall // _MILLISECOND << 16
                yield stamp, wall, pattern.offset_minutes, None, pattern.action, "", body

    def _again(self, change: _Change, wall: int, ids: dict[bytes, bytes]) -> _Change:
        """Return a change as it is in another sitting."""
        is_new, table, its_key, its_values = change
        key = ids[its_key] = self._id_at(wall)
        values: dict[str, Wire] = {
            name: ids.get(wire, wire) if isinstance(wire, bytes) else wire
            for name, wire in its_values.items()
        }
        for name in _INSTANTS[table] & values.keys():
            values[name] = wall
        values.update(self._own(table, values))
        return is_new, table, key, values

    def _own(self, table: str, values: dict[str, Wire]) -> dict[str, Wire]:
        """Return what no two sittings have alike, besides ids and times."""
        match table:
            case "course_start":
                return {"cycle": self._begun}
            case "attempt":
                return {"number": self._begun, "seed": self._chance.getrandbits(63)}
            case "response":
                key = self._chance.choice(list(_GIVEN))
                given = str(values["response"]).replace("true", key).replace("false", key)
                return {"response": given, "share": _GIVEN[key]}
            case _:
                return {}

    def _id_at(self, wall: int) -> bytes:
        """Return an id of version 7 as it is made at a time."""
        bits = self._chance.getrandbits(74)
        high, low = bits >> 62, bits & ((1 << 62) - 1)
        whole = wall // _MILLISECOND << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
        return whole.to_bytes(16, "big")

    def _write(self, wires: list[EntryWire]) -> None:
        with self._site.database.write() as connection:
            log = _log_of(connection, self._site)
            named = Segment(
                log=log.name,
                first=log.last + 1,
                last=log.last + len(wires),
                previous=log.head,
                head=b"",
            )
            placed = enumerate(zip(wires, chain(named, wires), strict=True), log.place + 1)
            rows = (
                dict(zip(PLACED, (at, *wire, head), strict=True)) for at, (wire, head) in placed
            )
            connection.execute(_INSERT, list(rows))


@dataclass(frozen=True, slots=True)
class _Log:
    """The log of a site's records: where it stands."""

    id: int
    name: LogName
    place: int
    head: bytes

    @property
    def last(self) -> int:
        """Return the number of its last entry."""
        return self.place - (self.id << 40)


def _log_of(connection: sa.Connection, site: Site) -> _Log:
    (name,) = (each for each in site.own_logs if each.scope is Scope.RECORDS)
    named = {"station": name.station, "incarnation": name.incarnation, "scope": name.scope.value}
    log_id, place, head = connection.execute(_LOG, named).one()
    return _Log(log_id, name, place, head)


_DECODE = msgspec.msgpack.Decoder(list[tuple[int, str, bytes, dict[str, Any]]]).decode
_INSTANTS = {
    str(table_of(model).name): frozenset(
        column.name for column in table_of(model).columns if isinstance(column.type, Instant)
    )
    for model in journalled_models()
}
"""Columns that tell a time, by table."""
