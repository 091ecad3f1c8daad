"""Histories of several stations: they write, carry, tear, repeat, are cloned and restored; then all meet.

The stations are real sites on real files; what they carry are the ledger's segments, without the
sealing, so that thousands of histories fit a run.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.journal import (
    ChainBroken,
    EntryWire,
    Position,
    Segment,
    Site,
    Station,
    Taking,
    Unit,
    lacking,
    segments_of,
    stand,
    vector_of,
)
from app.core.journal.models import EntryRow, LogRow
from app.core.people.models import OrgUnitRow, SignInRow
from app.core.storage.database import Database, SqliteFile
from app.core.storage.tables import journalled_models, table_of
from tests.support.clock import TurnedClock

ACTOR = system_actor()
Carried = tuple[Segment, list[EntryWire]]
Step = tuple[str, int, int, int]
"""What is done, by whom, with whom, and a number that says more."""

_MOST_POSTS = 5
STEPS = ("add", "edit", "fact", "carry", "part", "again", "torn", "clone", "restore", "clock")


@dataclass
class Post:
    """One station with its data folder and clock."""

    path: Path
    fingerprint: bytes
    incarnation: bytes
    clock: TurnedClock
    key: bytes | None = None
    """What the records are encrypted with."""
    site: Site = field(init=False)
    backup: Path | None = None

    def open(self) -> None:
        """Open the site."""
        database = Database(SqliteFile(path=self.path, key=self.key))
        self.site = Site(database, Station(self.fingerprint, self.incarnation), self.clock)
        if self.site.is_continued_elsewhere:
            self.go_on_in_new_logs()

    def go_on_in_new_logs(self) -> None:
        """Do what the program does when somebody else writes in its name."""
        self.incarnation = os.urandom(8)
        self.site.begin_logs(self.incarnation)

    def copy_to(self, path: Path) -> None:
        """Copy the records as they stand."""
        self.site.close()
        shutil.copyfile(self.path, path)
        self.open()


class History:
    """Carries steps out, and knows every entry that was ever committed."""

    def __init__(self, folder: Path, template: Path, count: int, key: bytes | None = None) -> None:
        self._folder = folder
        self.written: set[bytes] = set()
        self.lost: set[bytes] = set()
        """What nobody had but a station that went back to a backup: gone with its disk."""
        self.posts: list[Post] = []
        self.sent: list[list[Carried]] = []
        for number in range(count):
            path = folder / f"{number}.db"
            shutil.copyfile(template, path)
            fingerprint = hashlib.sha256(bytes([number])).digest()
            self._enter(Post(path, fingerprint, bytes(8), TurnedClock(), key))

    def _enter(self, post: Post) -> None:
        post.open()
        self.posts.append(post)

    def close(self) -> None:
        """Close every site."""
        for post in self.posts:
            post.site.close()

    def run(self, steps: Sequence[Step]) -> None:
        """Carry out the steps."""
        for what, who, whom, number in steps:
            post = self.posts[who % len(self.posts)]
            other = self.posts[whom % len(self.posts)]
            getattr(self, f"_{what}")(post, other, number)

    def meet(self) -> None:
        """Let everybody give everybody what it lacks, until nothing is left to give."""
        for _turn in range(3):
            for one in self.posts:
                for other in self.posts:
                    if one is not other:
                        self.deliver(other, self.given(one, other))

    def given(self, source: Post, target: Post) -> list[Carried]:
        """Return what a station gives another, who told it all that it has."""
        with target.site.read() as session:
            known = vector_of(session.connection())
        with source.site.read() as session:
            connection = session.connection()
            stretches = lacking(connection, [known], lambda _name: True)
            return [one for stretch in stretches for one in segments_of(connection, stretch)]

    def deliver(self, target: Post, carried: Sequence[Carried]) -> None:
        """Take segments in, believe them, and put them into the tables."""
        with target.site.database.write() as connection:
            taking = Taking(connection)
            is_ours = False
            for segment, entries in carried:
                taken = taking.take(segment, entries)
                is_ours |= taken.stored > 0 and segment.log in target.site.own_logs
                taking.prove(Position(log=segment.log, seq=segment.last, head=segment.head))
            stand(connection)
        if is_ours:
            target.go_on_in_new_logs()

    def _add(self, post: Post, _other: Post, number: int) -> None:
        with post.site.transaction(ACTOR, "unit.add") as unit:
            unit.add(OrgUnitRow(code=os.urandom(4).hex(), name=f"Unit {number}"))
        self._note(post)

    def _edit(self, post: Post, _other: Post, number: int) -> None:
        with post.site.transaction(ACTOR, "unit.edit") as unit:
            rows = unit.scalars(sa.select(OrgUnitRow).order_by(OrgUnitRow.id)).all()
            if rows:
                rows[number % len(rows)].name = f"Named {number} by {post.path.stem}"
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
        carried = self.given(post, other)
        self.sent.append(carried)
        self.deliver(other, carried)

    def _part(self, post: Post, other: Post, number: int) -> None:
        carried = self.given(post, other)
        self.sent.append(carried)
        self.deliver(other, carried[number % (len(carried) + 1) :])

    def _again(self, _post: Post, other: Post, number: int) -> None:
        if self.sent:
            self.deliver(other, self.sent[number % len(self.sent)])

    def _torn(self, post: Post, other: Post, number: int) -> None:
        carried = self.given(post, other)
        if not carried:
            return
        segment, entries = carried[number % len(carried)]
        place = number % len(entries)
        entries[place] = (*entries[place][:-1], entries[place][-1] + b"\xc0")
        before = entries_of(other)
        try:
            self.deliver(other, [(segment, entries)])
        except ChainBroken:
            assert entries_of(other) == before
        else:
            raise AssertionError("a torn segment was taken in")

    def _clone(self, post: Post, _other: Post, _number: int) -> None:
        if len(self.posts) >= _MOST_POSTS:
            return
        path = self._folder / f"{len(self.posts)}.db"
        post.copy_to(path)
        clock = TurnedClock(post.clock.now())
        self._enter(Post(path, post.fingerprint, post.incarnation, clock, post.key))

    def _restore(self, post: Post, _other: Post, number: int) -> None:
        """Take a backup; or go back to it, as a new incarnation or, as a copied file would, as the old."""
        if post.backup is None:
            post.backup = self._folder / f"{post.path.stem}.backup"
            post.copy_to(post.backup)
            return
        post.site.close()
        shutil.copyfile(post.backup, post.path)
        for suffix in ("-wal", "-shm"):
            post.path.with_name(post.path.name + suffix).unlink(missing_ok=True)
        self.lost |= self.written - self._held_by_others(post)
        if number % 2:
            post.incarnation = os.urandom(8)
        post.open()
        self.lost -= entries_of(post)

    def _clock(self, post: Post, _other: Post, number: int) -> None:
        post.clock.set_wall(post.clock.now() + timedelta(days=365 * (number % 21 - 10)))

    def _held_by_others(self, post: Post) -> set[bytes]:
        held = [entries_of(other) for other in self.posts if other is not post]
        return set().union(*held)

    def _note(self, post: Post) -> None:
        self.written |= entries_of(post)


def digest(post: Post) -> dict[str, str]:
    """Return a digest of every journalled table."""
    found = {}
    with post.site.read() as session:
        connection = session.connection()
        for model in journalled_models():
            table = table_of(model)
            names = ", ".join(column.name for column in table.columns)
            keys = ", ".join(column.name for column in table.primary_key)
            rows = connection.exec_driver_sql(f"SELECT {names} FROM {table.name} ORDER BY {keys}")
            found[table.name] = hashlib.sha256(repr(rows.fetchall()).encode()).hexdigest()
    return found


def entries_of(post: Post) -> set[bytes]:
    """Return the hash of every entry that a station holds."""
    with post.site.read() as session:
        return set(session.scalars(sa.select(EntryRow.hash)))


def stamps_rise(post: Post) -> bool:
    """Tell whether in every log each stamp is later than the one before."""
    with post.site.read() as session:
        for log in session.scalars(sa.select(LogRow.id)):
            stamps = session.scalars(
                sa.select(EntryRow.stamp).where(EntryRow.entries_of(log)).order_by(EntryRow.place)
            ).all()
            if any(later <= earlier for earlier, later in pairwise(stamps)):
                return False
    return True
