"""Histories of several stations: they write, carry, tear, repeat, are cloned and restored; then all meet.

The stations are real sites on real files; what they carry are the ledger's segments, without the
sealing, so that thousands of histories fit a run.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import count, pairwise, permutations
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from app.core.base.actor import system_actor
from app.core.journal import (
    ChainBroken,
    EntryWire,
    PersonKey,
    Position,
    Segment,
    Site,
    Station,
    Taking,
    Unit,
    is_continued_elsewhere,
    keys_of,
    lacking,
    people_sealed_in,
    receive_keys,
    segments_of,
    stand,
    stand_along,
    vector_of,
)
from app.core.people.account_models import AccountRow, SignInRow
from app.core.people.erasing.models import PersonErasureRow
from app.core.people.models import OrgUnitRow, PersonRow
from app.core.storage.database import Database, SqliteFile
from app.core.storage.driver import STATEMENTS
from app.core.storage.tables import journalled_models, table_of
from tests.support.clock import TurnedClock
from tests.support.histories import ACTS
from tests.support.memory_files import connect, database_named
from tests.support.traces import traces, which_are_filled

ACTOR = system_actor()
Carried = tuple[Segment, Sequence[EntryWire]]


@dataclass(frozen=True)
class Stick:
    """Entries on their way, with the keys of the people of whom they speak."""

    carried: Sequence[Carried]
    keys: Sequence[PersonKey] = ()


Step = tuple[str, int, int, int]
"""What is done, by whom, with whom, and a number that says more."""

_MOST_POSTS = 5
_MOST_TURNS = 6
"""What one has goes to each other in one turn, and through a relay in the next."""
STEPS = (
    "add",
    "edit",
    "fact",
    "person",
    "rename",
    "erase",
    "anything",
    "carry",
    "part",
    "again",
    "torn",
    "clone",
    "restore",
    "clock",
)


class Shelf:
    """Databases that stay open from one history to the next: to open one takes longer than to fill it.

    They lie in memory, where one is copied in a tenth of the time that a file takes; with a key in files, since
    what SQLCipher seals is a file's pages.
    """

    def __init__(self, folder: Path, template: Path, key: bytes | None = None) -> None:
        self._folder, self._key = folder, key
        laid = _driver_at(template, key)
        if key is None:
            # many small tables are copied faster in small pages; SQLCipher has one size
            laid.executescript("PRAGMA journal_mode=DELETE; PRAGMA page_size=1024; VACUUM;")
        self._template = laid
        self._slots: list[Slot] = []
        self._lent = 0

    def lend(self) -> "Slot":
        """Return a database like the template, which nobody else has."""
        if self._lent == len(self._slots):
            name = f"shelf-{next(_NUMBERS)}.db"
            self._slots.append(Slot(self._folder / name, self._key, self._template))
        slot = self._slots[self._lent]
        self._lent += 1
        slot.hold(self._template)
        return slot

    def take_back(self) -> None:
        """Have all of them again."""
        self._lent = 0

    def close(self) -> None:
        """Close every database."""
        for slot in self._slots:
            slot.close()
        self._template.close()


_NUMBERS = count()
"""Of the databases in memory: two shelves of a process share none."""


class Slot:
    """One database of the shelf, and a second way into it."""

    def __init__(self, path: Path, key: bytes | None, template: Any) -> None:
        self._copier = _driver_at(path, key) if key else connect(path.name)
        template.backup(self._copier)
        self._tables = self._copier.execute("PRAGMA schema_version").fetchone()[0]
        if key:
            self.driver = _driver_at(path, key)
            self.database = Database(SqliteFile(path=path, key=key))
        else:
            self._copier.execute("PRAGMA journal_mode=OFF")
            self.driver = connect(path.name)
            self.database = database_named(path.name)

    def become(self, other: "Slot") -> None:
        """Hold what another holds, as if its file were copied over this one."""
        self.hold(other.driver)

    def hold(self, source: Any) -> None:
        """Hold what lies where the driver `source` looks.

        The tables are the same in all of them. SQLite says after a copy that they may be others, and
        every connection would read all their definitions anew, which takes longer than the copy.
        """
        source.backup(self._copier)
        self._copier.execute(f"PRAGMA schema_version={self._tables}")

    def close(self) -> None:
        """Close the database."""
        self._copier.close()
        self.driver.close()
        self.database.close()


def _driver_at(path: Path, key: bytes | None) -> Any:
    driver = dbapi2.connect(str(path), isolation_level=None, cached_statements=STATEMENTS)
    if key is not None:
        driver.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    driver.execute("PRAGMA synchronous=OFF")  # what is asked here is not what a power cut leaves
    return driver


@dataclass
class Post:
    """One station with its data folder and clock."""

    slot: Slot
    name: str
    fingerprint: bytes
    incarnation: bytes
    clock: TurnedClock
    site: Site = field(init=False)
    backup: Slot | None = None
    outside: set[UUID] = field(default_factory=set)
    """Who is erased, as the key folder knows."""

    def open(self) -> None:
        """Open the site."""
        station = Station(self.fingerprint, self.incarnation)
        self.site = Site(self.slot.database, station, self.clock)
        with self.site.read() as session:
            has_twin = is_continued_elsewhere(session.connection(), self.site.own_logs)
        if has_twin:
            self.go_on_in_new_logs()

    def go_on_in_new_logs(self) -> None:
        """Do what the program does when somebody else writes in its name."""
        self.incarnation = os.urandom(8)
        self.site.begin_logs(self.incarnation)


class History:
    """Carries steps out, and knows every entry that was ever committed."""

    def __init__(self, shelf: Shelf, count: int) -> None:
        self._shelf = shelf
        self.written: set[bytes] = set()
        self.lost: set[bytes] = set()
        """What nobody had but a station that went back to a backup: gone with its disk."""
        self.posts: list[Post] = []
        self.sent: list[Stick] = []
        self.called: dict[UUID, set[str]] = {}
        """People, with every name they ever had."""
        self.erased: set[UUID] = set()
        for number in range(count):
            fingerprint = hashlib.sha256(bytes([number])).digest()
            self._enter(Post(shelf.lend(), str(number), fingerprint, bytes(8), TurnedClock()))

    def _enter(self, post: Post) -> None:
        post.open()
        self.posts.append(post)

    def close(self) -> None:
        """Give the databases back."""
        self._shelf.take_back()

    def run(self, steps: Sequence[Step]) -> None:
        """Carry out the steps."""
        for what, who, whom, number in steps:
            post = self.posts[who % len(self.posts)]
            other = self.posts[whom % len(self.posts)]
            getattr(self, f"_{what}")(post, other, number)

    def meet(self) -> None:
        """Let everybody give everybody what it lacks, until nothing is left to give.

        Who had nothing to give is asked again once either of the two has changed.
        """
        changes = dict.fromkeys((post.name for post in self.posts), 0)
        told: dict[tuple[str, str], tuple[int, int]] = {}
        for _turn in range(_MOST_TURNS):
            went = 0
            for one, other in permutations(self.posts, 2):
                pair, now = (one.name, other.name), (changes[one.name], changes[other.name])
                if told.get(pair) == now:
                    continue
                stick = self.given(one, other)
                if stick.carried:
                    self.deliver(other, stick)
                    changes[other.name] += 1
                    went += 1
                else:
                    told[pair] = now
            if not went:
                return
        raise AssertionError("they give each other the same things over and over")

    def given(self, source: Post, target: Post) -> Stick:
        """Return what a station gives another, who told it all that it has."""
        with target.site.read() as session:
            known = vector_of(session.connection())
        with source.site.read() as session:
            connection = session.connection()
            stretches = lacking(connection, [known], lambda _name: True)
            carried = [one for stretch in stretches for one in segments_of(connection, stretch)]
            return Stick(carried, self._keys_for(connection, carried))

    def _keys_for(self, connection: sa.Connection, carried: Sequence[Carried]) -> list[PersonKey]:
        bodies = [entry[-1] for _segment, entries in carried for entry in entries]
        return keys_of(connection, people_sealed_in(bodies))

    def deliver(self, target: Post, stick: Stick) -> None:
        """Take keys and segments in, believe them, and put them into the tables."""
        carried, own_logs = stick.carried, target.site.own_logs
        with target.site.database.write() as connection:
            receive_keys(connection, stick.keys)
            taking = Taking(connection)
            is_ours = False
            for segment, entries in carried:
                taken = taking.take(segment, entries)
                is_ours |= taken.stored > 0 and segment.log in own_logs
                taking.prove(Position(log=segment.log, seq=segment.last, head=segment.head))
                if taken.stored and segment.last % 2:  # the others are come to at the end
                    stand_along(connection, taken, segment, entries)
            stand(connection)
        if is_ours:
            target.go_on_in_new_logs()
        target.outside |= erased_at(target)

    def _person(self, post: Post, _other: Post, number: int) -> None:
        """Add somebody by a name that nobody else has."""
        name = f"Vidya-{len(self.called)}-{os.urandom(4).hex()}"
        with post.site.transaction(ACTOR, "person.add") as unit:
            row = PersonRow(number=name.upper(), name=name, search_text=name.casefold())
            unit.add(row)
            unit.flush()
            unit.add(AccountRow(login=name.casefold(), person_id=row.id))
        self.called[row.id] = {name}
        self._note(post)

    def _rename(self, post: Post, _other: Post, number: int) -> None:
        with post.site.transaction(ACTOR, "person.edit") as unit:
            known = [one for one in sorted(self.called) if unit.get(PersonRow, one) is not None]
            if known:
                who = known[number % len(known)]
                name = f"Vidya-{len(self.called)}-{os.urandom(4).hex()}"
                unit.get_one(PersonRow, who).name = name
                self.called[who].add(name)
        self._note(post)

    def _erase(self, post: Post, _other: Post, number: int) -> None:
        with post.site.transaction(ACTOR, "person.erase") as unit:
            known = [one for one in sorted(self.called) if unit.get(PersonRow, one) is not None]
            if known:
                self._erase_there(unit, post, known[number % len(known)])
        self._note(post)

    def _erase_there(self, unit: Unit, post: Post, who: UUID) -> None:
        told = sa.select(PersonErasureRow.id).where(PersonErasureRow.person_id == who)
        if unit.scalar(told) is None:
            at = post.clock.now()
            unit.erase(PersonErasureRow(person_id=who, request_id=None, at=at, by_name="Two"))
        self.erased.add(who)
        post.outside.add(who)

    def traces(self, post: Post) -> list[str]:
        """Return where a name of somebody who is erased stands."""
        words = [name for who in self.erased for name in self.called[who]]
        return traces(post.site, *words) if words else []

    def _add(self, post: Post, _other: Post, number: int) -> None:
        with post.site.transaction(ACTOR, "unit.add") as unit:
            unit.add(OrgUnitRow(code=os.urandom(4).hex(), name=f"Unit {number}"))
        self._note(post)

    def _edit(self, post: Post, _other: Post, number: int) -> None:
        with post.site.transaction(ACTOR, "unit.edit") as unit:
            rows = unit.scalars(sa.select(OrgUnitRow).order_by(OrgUnitRow.id)).all()
            if rows:
                rows[number % len(rows)].name = f"Named {number} by {post.name}"
        self._note(post)

    def _anything(self, post: Post, _other: Post, number: int) -> None:
        """Let something happen that makes two rows one thing, or has rows speak of others."""
        acts = tuple(ACTS.values())
        with post.site.transaction(ACTOR, "test.act") as unit:
            acts[number % len(acts)](unit, number // 7, number // 3)
        self._note(post)

    def _fact(self, post: Post, _other: Post, number: int) -> None:
        with post.site.transaction(ACTOR, "sign-in") as unit:
            unit.insert_many(
                SignInRow, [{"event": "in", "at": post.clock.now()} for _ in range(number % 4)]
            )
        self._note(post)

    def act(self, who: int, act: Callable[[Unit, int, int], None], which: int, other: int) -> None:
        """Let something be done at a station."""
        post = self.posts[who % len(self.posts)]
        with post.site.transaction(ACTOR, "test.act") as unit:
            act(unit, which, other)
        self._note(post)

    def _carry(self, post: Post, other: Post, _number: int) -> None:
        stick = self.given(post, other)
        self.sent.append(stick)
        self.deliver(other, stick)

    def _part(self, post: Post, other: Post, number: int) -> None:
        stick = self.given(post, other)
        self.sent.append(stick)
        part = stick.carried[number % (len(stick.carried) + 1) :]
        with post.site.read() as session:
            keys = self._keys_for(session.connection(), part)
        self.deliver(other, Stick(part, keys))

    def _again(self, _post: Post, other: Post, number: int) -> None:
        if self.sent:
            self.deliver(other, self.sent[number % len(self.sent)])

    def _torn(self, post: Post, other: Post, number: int) -> None:
        carried = self.given(post, other).carried
        if not carried:
            return
        segment, true = carried[number % len(carried)]
        entries = list(true)
        place = number % len(entries)
        entries[place] = (*entries[place][:-1], entries[place][-1] + b"\xc0")
        before = entries_of(other)
        try:
            self.deliver(other, Stick([(segment, entries)]))
        except ChainBroken:
            assert entries_of(other) == before
        else:
            raise AssertionError("a torn segment was taken in")

    def _clone(self, post: Post, _other: Post, _number: int) -> None:
        if len(self.posts) >= _MOST_POSTS:
            return
        slot = self._shelf.lend()
        slot.become(post.slot)
        name, clock = str(len(self.posts)), TurnedClock(post.clock.now())
        copy = Post(slot, name, post.fingerprint, post.incarnation, clock)
        copy.outside = set(post.outside)
        self._enter(copy)

    def _restore(self, post: Post, _other: Post, number: int) -> None:
        """Take a backup; or go back to it, as a new incarnation or, as a copied file would, as the old."""
        if post.backup is None:
            post.backup = self._shelf.lend()
            post.backup.become(post.slot)
            return
        post.slot.become(post.backup)
        self.lost |= self.written - self._held_by_others(post)
        if number % 2:
            post.incarnation = os.urandom(8)
        post.open()
        self.lost -= entries_of(post)
        with post.site.transaction(ACTOR, "person.erase") as unit:
            for who in sorted(post.outside):
                self._erase_there(unit, post, who)
        self._note(post)

    def _clock(self, post: Post, _other: Post, number: int) -> None:
        post.clock.set_wall(post.clock.now() + timedelta(days=365 * (number % 21 - 10)))

    def _held_by_others(self, post: Post) -> set[bytes]:
        held = [entries_of(other) for other in self.posts if other is not post]
        return set().union(*held)

    def _note(self, post: Post) -> None:
        self.written |= entries_of(post)


@cache
def _tables() -> dict[str, str]:
    """Return the journalled tables, each with what asks for all of it."""
    asks = {}
    for model in journalled_models():
        table = table_of(model)
        names = ", ".join(column.name for column in table.columns)
        keys = ", ".join(column.name for column in table.primary_key)
        asks[table.name] = f"SELECT {names} FROM {table.name} ORDER BY {keys}"
    return asks


def digest(post: Post) -> dict[str, str]:
    """Return a digest of every journalled table in which there is anything."""
    driver, asks = post.slot.driver, _tables()
    filled = driver.execute(which_are_filled(tuple(asks))).fetchall()
    return {
        name: hashlib.sha256(repr(driver.execute(asks[name]).fetchall()).encode()).hexdigest()
        for (name,) in filled
    }


def erased_at(post: Post) -> set[UUID]:
    """Return who is erased, as a station knows."""
    found = post.slot.driver.execute("SELECT person_id FROM person_erasure")
    return {UUID(bytes=person) for (person,) in found}


def entries_of(post: Post) -> set[bytes]:
    """Return the hash of every entry that a station holds."""
    return {
        entry_hash for (entry_hash,) in post.slot.driver.execute("SELECT hash FROM journal_entry")
    }


def stamps_rise(post: Post) -> bool:
    """Tell whether in every log each stamp is later than the one before."""
    found = post.slot.driver.execute("SELECT place >> 40, stamp FROM journal_entry ORDER BY place")
    return all(
        later[0] != earlier[0] or later[1] > earlier[1] for earlier, later in pairwise(found)
    )
