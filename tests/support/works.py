"""Works that are stopped in every way: writing, sending, taking in, changing the tables' shape,
and what a learner does.

A further one (a backup, say) is a class here, a line in WORKS and one in tests/journeys/test_killed.py.
"""

import hashlib
import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from alembic import command as _command  # noqa: F401  a second to load: not by each work that is forked

from app.core.base.progress import NoProgress
from app.core.courses.models import CourseRow
from app.core.journal.verify import verify_journal
from app.core.people import NewPerson, People
from app.core.people.models import OrgUnitRow
from app.core.schema.upgrade import HEAD, bring_up_to_date, revision
from app.core.storage.database import Database, SqliteFile
from tests.migrations.steps import bring_to
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, opened_again
from tests.support.killed import Work
from tests.support.learning_works import Answering, Reporting
from tests.support.sites import DATA_KEY
from tests.support.traces import traces
from tests.support.upgrading_work import Upgrading

Say = Callable[[], object]
_ONE, _OTHER = (replace(ACTOR, account_id=UUID(int=number)) for number in (1, 2))
_MEDIA = Path(__file__).parent / "media"
_NO_VERSIONS = b"\x80"
"""An empty map of msgpack."""
LONG, SHORT = 5 << 20, 1 << 16
"""How much longer a film is made: more than a piece of a volume, and less."""


def add(pc: Pc, code: str) -> None:
    """Write what lies in two logs, and is one thing: it is there whole or not at all."""
    with pc.opened.site.transaction(ACTOR, "both.add") as unit:
        unit.add(OrgUnitRow(code=code, name=code))
        unit.add(CourseRow(code=code, title=code))


def added(pc: Pc) -> set[str]:
    """Return what was written so, and is there whole."""
    with pc.opened.site.read() as session:
        units = set(session.scalars(sa.select(OrgUnitRow.code)))
        courses = set(session.scalars(sa.select(CourseRow.code).where(CourseRow.code != "FILM")))
    assert units == courses
    return units


def is_sound(pc: Pc) -> bool:
    """Tell whether the journal is whole, and the records what it says."""
    with pc.opened.site.read() as session:
        verdict = verify_journal(session.connection(), NoProgress())
    assert verdict.ok, verdict.first_bad
    return verdict.ok


def close(*pcs: Pc) -> None:
    """Close sites."""
    for pc in pcs:
        pc.opened.site.close()


class Writing:
    """Somebody works at one PC."""

    def prepare(self, folder: Path) -> None:
        """Found a site."""
        close(first_pc(folder / "one", TurnedClock()))

    def run(self, folder: Path, say: Say) -> None:
        """Write one thing after another."""
        pc = opened_again(folder / "one", TurnedClock())
        for number in range(40):
            add(pc, str(number))
            say()

    def check(self, folder: Path, said: int) -> None:
        """All that was said is there, and at most the one that was under way."""
        pc = opened_again(folder / "one", TurnedClock())
        kept = added(pc)
        assert kept == {str(number) for number in range(len(kept))}
        assert said <= len(kept) <= said + 1
        assert is_sound(pc)
        close(pc)


class _TwoPcs:
    """Two PCs of a site that know each other, a stick, and a course with a film."""

    def __init__(self, film: int) -> None:
        self._film = film

    def prepare(self, folder: Path) -> None:
        """Let one write, and two join."""
        (folder / "stick").mkdir()
        one = first_pc(folder / "one", TurnedClock())
        two = another_pc(one, folder / "two", TurnedClock())
        two.take(one.send(folder / "stick", two))
        one.take(folder / "stick")
        for file in (folder / "stick").iterdir():
            file.unlink()
        for number in range(12):
            add(one, str(number))
        self.film(one, folder)
        self.bring(one, two, folder / "stick")
        close(one, two)

    def film(self, one: Pc, folder: Path) -> None:
        """Import a course with a film."""
        files = folder / "Film"
        files.mkdir()
        passed_over = random.Random(1).randbytes(self._film)
        clip = (_MEDIA / "clip.mp4").read_bytes()
        box = (8 + len(passed_over)).to_bytes(4, "big") + b"free" + passed_over
        (files / "1 Film.mp4").write_bytes(clip + box)
        course = one.courses.import_folder(ACTOR, files, NoProgress())
        one.courses.publish(ACTOR, course)
        with one.opened.site.transaction(ACTOR, "course.code") as unit:
            unit.get_one(CourseRow, course).code = "FILM"

    def bring(self, one: Pc, two: Pc, stick: Path) -> None:
        """Do what else the work begins with."""

    def all_came(self, one: Pc, two: Pc, stick: Path) -> None:
        """Let two take the stick in; it has what one has."""
        outcome = two.take(stick)
        assert outcome.troubles == []
        assert (outcome.waiting, outcome.assets_missing) == (0, 0)
        assert added(two) == added(one)
        assert stored(two) == stored(one)
        assert is_sound(one)
        assert is_sound(two)


def stored(pc: Pc) -> set[str]:
    """Return the files of courses that a PC has, each what its name says."""
    paths = [path for path in pc.assets.folder.glob("??/*") if path.is_file()]
    assert all(pc.assets.holds(path.name, path.stat().st_size) for path in paths)
    return {path.name for path in paths}


def sha256(file: Path) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


class Sending(_TwoPcs):
    """One writes a sync file and a volume to a stick."""

    def run(self, folder: Path, say: Say) -> None:
        """Write them."""
        one = opened_again(folder / "one", TurnedClock())
        peers = [peer for peer in one.sync.peers(ACTOR) if peer.is_own_site]
        one.sync.export(ACTOR, peers, folder / "stick", courses=None)
        say()

    def check(self, folder: Path, said: int) -> None:
        """What bears a name is whole and in the register; what is missing goes with the next."""
        stick = folder / "stick"
        one, two = (opened_again(folder / name, TurnedClock()) for name in ("one", "two"))
        assert is_sound(one)
        left = {sha256(file) for file in stick.iterdir() if file.suffix in {".dksb", ".dksv"}}
        assert left <= {sent.sha256 for sent in one.sync.board(ACTOR).sent}, "it left unnoted"
        if said:
            self.all_came(one, two, stick)
        elif any(file.suffix in {".dksb", ".dksv"} for file in stick.iterdir()):
            assert two.take(stick).troubles == []
            assert added(two) == added(one)
        self.run(folder, bool)
        self.all_came(one, two, stick)
        close(one, two)


class TakingIn(_TwoPcs):
    """Two takes in a stick with two sync files and a volume."""

    def bring(self, one: Pc, two: Pc, stick: Path) -> None:
        """Write the files."""
        peers = [peer for peer in one.sync.peers(ACTOR) if peer.is_own_site]
        for code in ("X", "Y"):
            add(one, code)
            one.sync.export(ACTOR, peers, stick, courses=() if code == "X" else None)

    def run(self, folder: Path, say: Say) -> None:
        """Take them in."""
        two = opened_again(folder / "two", TurnedClock())
        assert two.take(folder / "stick").troubles == []
        say()

    def check(self, folder: Path, said: int) -> None:
        """Nothing is there by half, and what is missing comes when they are taken in again."""
        one, two = (opened_again(folder / name, TurnedClock()) for name in ("one", "two"))
        assert is_sound(two)
        two.sync.importing.catch_up()
        assert is_sound(two)
        if said:
            assert added(two) == added(one)
        self.all_came(one, two, folder / "stick")
        assert one.take(folder / "stick").troubles == []
        close(one, two)


class Reshaping:
    """A program opens the records of one that is many migrations older: all of them are one transaction."""

    before = "0030"
    """After which people get more columns."""
    people = 400

    def prepare(self, folder: Path) -> None:
        """Make the older records."""
        database = self._opened(folder)
        bring_to(database, self.before)
        insert = (
            "INSERT INTO person"
            " (number, id, row_versions, name, name_local, search_text, kind, language, email)"
            " VALUES (?, ?, ?, 'Asha', '', '', 'employee', 'en', '')"
        )
        with database.write() as connection:
            for number in range(self.people):
                row = (f"E-{number}", os.urandom(16), _NO_VERSIONS)
                connection.exec_driver_sql(insert, row)
        database.close()

    def run(self, folder: Path, say: Say) -> None:
        """Bring them up to date."""
        database = self._opened(folder)
        bring_up_to_date(database)
        say()

    def check(self, folder: Path, said: int) -> None:
        """They are as before, or up to date: and everybody is there."""
        database = self._opened(folder)
        found = revision(database)
        assert found in {self.before, HEAD}
        assert found == HEAD or not said
        bring_up_to_date(database)
        with database.write() as connection:
            people = connection.exec_driver_sql("SELECT number FROM person").scalars().all()
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert set(people) == {f"E-{number}" for number in range(self.people)}
        assert database.faults() == ()
        database.close()

    def _opened(self, folder: Path) -> Database:
        return Database(SqliteFile(path=folder / "site.db", key=DATA_KEY))


class Erasing:
    """Two people let one after another be erased."""

    def prepare(self, folder: Path) -> None:
        """Let people come, and leave long ago; the requests stand."""
        pc = first_pc(folder / "one", TurnedClock())
        people = People(pc.opened.site)
        for number in range(12):
            new = NewPerson(
                number=f"K-{number}", name=f"Kamala {number}.", joined_on=date(2010, 1, 1)
            )
            who = people.add(ACTOR, new)
            people.leave(ACTOR, who, date(2015, 1, 1))
            people.erasures.request(_ONE, who, "Asked for it")
        close(pc)

    def run(self, folder: Path, say: Say) -> None:
        """Confirm one request after another."""
        pc = opened_again(folder / "one", TurnedClock())
        erasures = People(pc.opened.site).erasures
        for request in erasures.desk(_OTHER).requests:
            erasures.confirm(_OTHER, request.id)
            say()

    def check(self, folder: Path, said: int) -> None:
        """Everybody is erased whole or not at all, those of whom it was said for good."""
        pc = opened_again(folder / "one", TurnedClock())
        site, desk = pc.opened.site, People(pc.opened.site).erasures.desk(_OTHER)
        assert len(desk.requests) + len(desk.erased) == 12
        assert said <= len(desk.erased) <= said + 1
        standing = {one.name for one in desk.requests}
        assert all(traces(site, name) for name in standing)
        gone = {f"Kamala {number}." for number in range(12)} - standing
        assert traces(site, *gone) == []
        with site.read() as session:
            keys = session.execute(sa.text("SELECT count(*) FROM person_key")).scalar_one()
        assert keys == len(standing)
        assert is_sound(pc)
        close(pc)


WORKS: dict[str, Work] = {
    "writing": Writing(),
    "sending": Sending(LONG),
    "taking-in": TakingIn(LONG),
    "reshaping": Reshaping(),
    "erasing": Erasing(),
    "answering": Answering(),
    "reporting": Reporting(),
    "upgrading": Upgrading(),
}
