"""Who lays what, as a property of rooms: each thing is laid by exactly one that has it, whatever the order.

The room is real logs in memory; what each PC sees is what it has, and what the tallies of the others say.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.journal import LogName, Position, Reaching, by_log
from app.core.journal.models import EntryRow, LogRow, place_of
from app.core.keys import KeyRing
from app.core.storage.tables import Base, Scope, table_of
from app.core.sync.duties import Parcel, Patience, Reader, Want, parcels, what_is_wanted
from app.core.sync.lying import Brought, LyingFile
from app.core.sync.peers import Peer
from app.core.sync.relations import Relations
from tests.support.clock import SOME_MORNING

SITE = UUID(int=1)
MOST_ENTRIES, MOST_LOGS, MOST_PCS = 3, 2, 5


@dataclass(frozen=True)
class Member:
    """A PC: its fingerprint, and how many entries it has of each log."""

    station: bytes
    has: tuple[int, ...]

    @property
    def address(self) -> str:
        return f"age1{self.station.hex()}"

    @property
    def reader(self) -> Reader:
        ends = [position(log, seq) for log, seq in enumerate(self.has) if seq]
        peer = Peer(
            key=self.station.hex(),
            label=self.station.hex()[:4],
            name=self.station.hex()[:4],
            words="",
            site_id=SITE,
            stations=(self.station,),
            recipients=(self.address,),
            is_own_site=True,
        )
        return Reader(peer=peer, holds=by_log(ends), gives=True)


def name(log: int) -> LogName:
    return LogName(bytes([log]) * 32, bytes(8), Scope.RECORDS)


def head(log: int, seq: int) -> bytes:
    return hashlib.sha256(bytes([log, seq])).digest()


def position(log: int, seq: int) -> Position:
    return Position(log=name(log), seq=seq, head=head(log, seq))


@st.composite
def rooms(draw: st.DrawFn) -> list[Member]:
    """PCs in the order in which they go round, each with some of the entries of each log."""
    logs = draw(st.integers(1, MOST_LOGS))
    stations = draw(
        st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=MOST_PCS, unique=True)
    )
    has = st.tuples(*[st.integers(0, MOST_ENTRIES)] * logs)
    return [Member(station, draw(has)) for station in stations]


@pytest.fixture(scope="module")
def engine() -> Iterator[sa.Engine]:
    made = sa.create_engine("sqlite://")
    Base.metadata.create_all(made, [table_of(LogRow), table_of(EntryRow)])
    yield made
    made.dispose()


@contextmanager
def seen_by(engine: sa.Engine, member: Member) -> Iterator[Reaching]:
    """Give what a PC has of the logs; they are gone afterwards."""
    with engine.connect() as connection:
        for log, last in enumerate(member.has):
            if last:
                _write(connection, log, last)
        yield Reaching(connection)
        connection.rollback()


def _write(connection: sa.Connection, log: int, last: int) -> None:
    named = name(log)
    row = {"id": log + 1, "station": named.station, "incarnation": named.incarnation}
    more = {"scope": named.scope, "applied": last, "proved": last}
    connection.execute(sa.insert(LogRow).values(**row, **more))
    connection.execute(
        sa.insert(EntryRow),
        [
            {
                "place": place_of(log + 1, seq),
                "stamp": seq,
                "wall": SOME_MORNING,
                "offset_minutes": 0,
                "action": "a",
                "reason": "",
                "hash": head(log, seq),
                "body": b"",
            }
            for seq in range(1, last + 1)
        ],
    )


def relations(member: Member) -> Relations:
    ring = KeyRing((), (), bytes(32), SITE, SOME_MORNING)
    return Relations(ring, SITE, member.station)


def wants(
    engine: sa.Engine, member: Member, others: Sequence[Member], lying: Sequence[LyingFile] = ()
) -> list[Want]:
    with seen_by(engine, member) as reaching:
        readers = [one.reader for one in others]
        return what_is_wanted(reaching, relations(member), readers, lying)


def without(room: Sequence[Member], member: Member) -> list[Member]:
    return [one for one in room if one is not member]


Thing = tuple[bytes, LogName]
"""Whoever lacks something, and of which log."""
quick = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@quick
@given(room=rooms(), shuffled=st.randoms(use_true_random=False))
def test_of_those_who_have_a_thing_exactly_one_is_first_whatever_the_order(
    engine: sa.Engine, room: list[Member], shuffled: Random
) -> None:
    turns: dict[Thing, list[int]] = {}
    for member in room:
        others = without(room, member)
        seen = wants(engine, member, others)
        shuffled.shuffle(others)
        again = wants(engine, member, others)
        assert {_thing(one): one.turn for one in seen} == {_thing(one): one.turn for one in again}
        for one in seen:
            turns.setdefault(_thing(one), []).append(one.turn)

    lacked = {
        (one.station, name(log)): sum(other.has[log] > one.has[log] for other in room)
        for one in room
        for log in range(len(one.has))
        if any(other.has[log] > one.has[log] for other in room)
    }
    # whoever knows of a longer log than theirs waits; of those with all of it each has another place
    assert turns.keys() == lacked.keys()
    for thing, places in turns.items():
        assert len(set(places)) == len(places)
        assert all(0 <= place < lacked[thing] for place in places)


@quick
@given(room=rooms(), order=st.permutations(range(MOST_PCS)))
def test_all_have_all_in_a_few_rounds_and_nothing_was_laid_twice_for_whoever_lacked_it(
    engine: sa.Engine, room: list[Member], order: list[int]
) -> None:
    folder = Folder(engine, room)
    for _round in range(2 * len(room)):
        for number in order:
            if number < len(room):
                folder.go_round(room[number].station)

    assert len(set(folder.answered)) == len(folder.answered)
    assert {one.has for one in folder.members.values()} == {tuple(map(max, *_columns(room)))}


@quick
@given(room=rooms(), silent=st.integers(0, MOST_PCS - 1))
def test_where_one_that_should_lay_does_not_another_does(
    engine: sa.Engine, room: list[Member], silent: int
) -> None:
    speaking = [one for number, one in enumerate(room) if number != silent]
    folder = Folder(engine, room)
    for _round in range(3 * len(room)):
        for member in speaking:
            folder.go_round(member.station)

    among_them = tuple(map(max, *_columns(speaking)))
    assert all(folder.members[one.station].has == among_them for one in speaking)


Entry = tuple[bytes, LogName, int]
"""An entry of a log, and whoever lacked it."""


class Folder:
    """What lies in the folder, and what each PC says there."""

    def __init__(self, engine: sa.Engine, room: Sequence[Member]) -> None:
        self._engine = engine
        self.members = {one.station: one for one in room}
        self._told = dict(self.members)
        self._patience = {one.station: Patience() for one in room}
        self._lying: list[LyingFile] = []
        self.answered: list[Entry] = []

    def go_round(self, station: bytes) -> None:
        """Let a PC take in what lies there for it, lay what is wanted of it, and tell what it has."""
        member = self.members[station] = self._take_in(self.members[station])
        readers = [one.reader for key, one in self._told.items() if key != station]
        with seen_by(self._engine, member) as reaching:
            found = what_is_wanted(reaching, relations(member), readers, self._lying)
            due = self._patience[station].due(
                found, lambda reader: self._is_served(reader, station)
            )
            laid = parcels(reaching, due, readers)
        self._lying += [_file(one, member, len(self._lying) + n) for n, one in enumerate(laid)]
        self._told[station] = member
        self.answered += [
            (one.reader.station, one.log.name, seq)
            for one in due
            for seq in range(one.has + 1, one.log.reach + 1)
        ]

    def _take_in(self, member: Member) -> Member:
        has = list(member.has)
        for file in self._lying:
            for run in file.brings:
                log = run.end.log.station[0]
                if member.address in file.readers and run.first <= has[log] + 1:
                    has[log] = max(has[log], run.end.seq)
        return Member(member.station, tuple(has))

    def _is_served(self, reader: bytes, by_others_than: bytes) -> bool:
        address = frozenset([self.members[reader].address])
        return any(one.readers == address and one.station != by_others_than for one in self._lying)


def _columns(room: Sequence[Member]) -> list[tuple[int, ...]]:
    return [one.has for one in room] * 2  # two at least, as `map` needs them


def _file(parcel: Parcel, by: Member, number: int) -> LyingFile:
    return LyingFile(
        name=f"{number}.dksb",
        station=by.station,
        readers=frozenset(one.address for one in parcel.readers),
        brings=tuple(Brought(first=one.first, end=one.end) for one in parcel.stretches),
        files=frozenset(),
        since=SOME_MORNING + timedelta(seconds=number),
    )


def _thing(want: Want) -> Thing:
    return want.reader.station, want.log.name
