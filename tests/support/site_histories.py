"""Histories of real PCs with real keys and sync files: they write, send, lose, copy, restore and are revoked."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress
from app.core.journal import stored_logs
from app.core.journal.models import EntryRow
from app.core.journal.verify import verify_journal
from app.core.keys import KeyNotTrusted
from app.core.people import NewPerson, People, PersonId
from app.core.people.erasing import AlreadyAsked, ErasedOutside, PersonErased
from app.core.people.erasing.models import PersonErasureRow
from app.core.people.models import OrgUnitRow, PersonRow
from app.core.sync import STALE, BundleRefused, sources_of
from tests.support.clock import SOME_MORNING, TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, opened_again

STEPS = (
    "write",
    "edit",
    "send",
    "send",
    "again",
    "torn",
    "clone",
    "restore",
    "clock",
    "hire",
    "rename",
    "merge",
    "unmerge",
    "erase",
    "revoke",
    "reopen",
)
_MOST_PLACES, _MOST_ROUNDS = 5, 6
_ONE, _OTHER = (replace(ACTOR, account_id=UUID(int=number)) for number in (1, 2))


class Step(NamedTuple):
    """What is done, by whom, with whom, and a number that says more."""

    what: str
    who: int
    whom: int
    number: int


@dataclass
class Desk:
    """One PC with its folders and its clock."""

    folder: Path
    clock: TurnedClock
    wrong_by: timedelta = timedelta(0)
    """How far its clock is off."""
    pc: Pc = field(init=False)
    backup: Path | None = None

    def open(self) -> None:
        """Open the site."""
        self.pc = opened_again(self.folder, self.clock)
        self.people.erasures.attend()

    def close(self) -> None:
        """Close the site."""
        self.pc.opened.site.close()

    @property
    def people(self) -> People:
        """Return its people; who is erased is kept beside its keys too."""
        opened = self.pc.opened
        return People(opened.site, ErasedOutside(opened.authority.folder))

    @property
    def station(self) -> bytes:
        """Return the fingerprint of its key, which a copy of its folders has too."""
        return self.pc.opened.station.fingerprint


def three_pcs(folder: Path) -> None:
    """Lay down three PCs of one site that know each other."""
    clock = TurnedClock()
    (stick := folder / "stick").mkdir(parents=True)
    one = first_pc(folder / "0", clock)
    others = [another_pc(one, folder / name, clock) for name in "12"]
    for pc in others:
        pc.take(one.send(stick, pc))
    for pc in others:
        one.take(pc.send(stick, one))
    for pc in others:
        pc.take(one.send(stick, *others))
    for pc in (one, *others):
        pc.opened.site.close()
    shutil.rmtree(stick)


class SiteHistory:
    """Carries steps out, and knows what was written where."""

    def __init__(self, folder: Path, beginning: Path) -> None:
        self._folder = folder
        self._stick = folder / "stick"
        self._stick.mkdir(parents=True)
        self.desks: list[Desk] = []
        self._now = SOME_MORNING
        self.files: list[Path] = []
        self.revoked: bytes | None = None
        """The station that is believed no longer."""
        self.written: dict[str, bytes] = {}
        """The station that wrote each unit."""
        self.lost: set[str] = set()
        """What nobody had but a PC that went back to a backup."""
        self.known_at_revocation: set[str] = set()
        self.called: dict[PersonId, list[str]] = {}
        """People, with every name that they ever had."""
        self.erased_by: dict[PersonId, bytes] = {}
        """Who is erased, and by which station first."""
        for name in "012":
            shutil.copytree(beginning / name, folder / name)
            self._enter(Desk(folder / name, TurnedClock()))

    def _enter(self, desk: Desk) -> None:
        desk.open()
        self.desks.append(desk)

    def close(self) -> None:
        """Close every site."""
        for desk in self.desks:
            desk.close()

    def run(self, steps: list[Step]) -> None:
        """Carry out the steps."""
        for step in steps:
            desk, other = (self.desks[n % len(self.desks)] for n in (step.who, step.whom))
            before = [(each, heads(each.pc)) for each in self.desks]
            getattr(self, f"_{step.what}")(desk, other, step.number)
            for each, then in before:
                if step.what != "restore" or each is not desk:
                    now = heads(each.pc)
                    assert all(now.get(log, 0) >= last for log, last in then.items())

    @property
    def believed(self) -> list[Desk]:
        """Return the PCs whose key is believed."""
        return [desk for desk in self.desks if desk.station != self.revoked]

    def meet(self) -> None:
        """Set the clocks right; let those that are believed exchange until all show the same."""
        for desk in self.desks:
            desk.wrong_by = timedelta(0)
        for _round in range(_MOST_ROUNDS):
            for one, other in combinations(self.believed, 2):
                if one.station != other.station:
                    self._talk(one, other)
            if len({_shown(desk.pc) for desk in self.believed}) == 1:
                return

    def _talk(self, one: Desk, other: Desk) -> None:
        """Let two PCs speak in turn: each answers what the other says that it holds.

        Copies of one PC speak under one key: what the one said is taken for the other's word until
        that one speaks itself.
        """
        for speaker, listener in ((other, one), (one, other), (other, one)):
            self._exchange(speaker, listener, hears=True)

    def _write(self, desk: Desk, _other: Desk, number: int) -> None:
        code = f"{len(self.written)}-{number}"
        self._tick()
        with desk.pc.opened.site.transaction(ACTOR, "unit.add") as unit:
            unit.add(OrgUnitRow(code=code, name=code))
        self.written[code] = desk.station

    def _edit(self, desk: Desk, _other: Desk, number: int) -> None:
        self._tick()
        with desk.pc.opened.site.transaction(ACTOR, "unit.edit") as unit:
            rows = unit.scalars(sa.select(OrgUnitRow).order_by(OrgUnitRow.id)).all()
            if rows:
                rows[number % len(rows)].name = f"Named by {desk.folder.name}, {number}"

    def _hire(self, desk: Desk, _other: Desk, _number: int) -> None:
        """Let somebody come who left long ago."""
        name = self._name()
        self._tick()
        new = NewPerson(number=name, name=name, joined_on=date(1990, 1, 1))
        who = desk.people.add(ACTOR, new)
        desk.people.leave(ACTOR, who, date(2000, 1, 1))
        self.called[who] = [name]

    def _rename(self, desk: Desk, _other: Desk, number: int) -> None:
        known = self._known_at(desk)
        if known:
            who, name = known[number % len(known)], self._name()
            self._tick()
            with desk.pc.opened.site.transaction(ACTOR, "person.edit") as unit:
                unit.get_one(PersonRow, who).name = name
            self.called[who].append(name)

    def _merge(self, desk: Desk, _other: Desk, number: int) -> None:
        """Let two people be one, unless it is refused: one of them is erased, or stands for others."""
        known = self._known_at(desk)
        if len(known) < 2:
            return
        stays, goes = known[number % len(known)], known[number // len(known) % len(known)]
        self._tick()
        with suppress(UserFacingError):
            desk.people.merging.merge(ACTOR, stays, goes, "Entered twice")

    def _unmerge(self, desk: Desk, _other: Desk, number: int) -> None:
        merged = desk.people.merging.merged(ACTOR)
        if merged:
            self._tick()
            with suppress(UserFacingError):
                desk.people.merging.undo(ACTOR, merged[number % len(merged)].id, "They are two")

    def _erase(self, desk: Desk, _other: Desk, number: int) -> None:
        """Let two people erase somebody, unless they are erased there."""
        known = self._known_at(desk)
        if not known:
            return
        who = known[number % len(known)]
        self._tick()
        with suppress(PersonErased, AlreadyAsked):
            request = desk.people.erasures.request(_ONE, who, "Asked for it")
            desk.people.erasures.confirm(_OTHER, request)
            self.erased_by.setdefault(who, desk.station)

    def _known_at(self, desk: Desk) -> list[PersonId]:
        with desk.pc.opened.site.read() as session:
            return [who for who in self.called if session.get(PersonRow, who) is not None]

    def _name(self) -> str:
        return f"VIDYA-{len(self.called)}-{os.urandom(4).hex().upper()}"

    @property
    def names_gone(self) -> list[str]:
        """Return the names of those who are erased, by a station that is believed."""
        gone = [who for who, station in self.erased_by.items() if station != self.revoked]
        return [name for who in gone for name in self.called[who]]

    def _send(self, desk: Desk, other: Desk, number: int) -> None:
        """Let one write a file and another take it in, and every second time hear of it."""
        if desk.station == other.station or self.revoked in {desk.station, other.station}:
            return
        try:
            self._exchange(desk, other, hears=number % 2 == 1)
        except BundleRefused:
            assert desk.wrong_by or other.wrong_by  # keys are believed for a time

    def _exchange(self, desk: Desk, other: Desk, *, hears: bool) -> None:
        self._tick()
        path = desk.pc.send(self._stick, other.pc)
        kept = self._folder / f"{len(self.files)}.dksb"
        path.rename(kept)
        self.files.append(kept)
        self._tick()
        other.pc.take(kept)
        for receipt in self._folder.glob("*.dksr"):
            receipt.rename(self._stick / receipt.name)
        try:
            for receipt in self._stick.iterdir() if hears else ():
                desk.pc.take(receipt)
        finally:
            for receipt in self._stick.iterdir():
                receipt.unlink()

    def _again(self, _desk: Desk, other: Desk, number: int) -> None:
        """Let somebody take in a file that was written some time ago, whoever it was for."""
        if not self.files:
            return
        before = units(other.pc)
        try:
            other.pc.take(self.files[number % len(self.files)])
        except BundleRefused:
            assert units(other.pc) == before

    def _torn(self, desk: Desk, other: Desk, number: int) -> None:
        if not self.files:
            return
        whole = self.files[number % len(self.files)].read_bytes()
        place = number * 131 % len(whole)
        torn = self._folder / "torn.dksb"
        bitten = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        torn.write_bytes(whole[:place] if number % 2 else bitten)
        before = hashes(other.pc)
        try:
            other.pc.take(torn)
        except UserFacingError:
            assert hashes(other.pc) == before
        else:
            raise AssertionError("a torn file was taken in")

    def _clone(self, desk: Desk, _other: Desk, _number: int) -> None:
        """Copy a PC's disk, and go on with both."""
        if len(self.desks) >= _MOST_PLACES:
            return
        folder = self._folder / str(len(self.desks))
        desk.close()
        shutil.copytree(desk.folder, folder)
        desk.open()
        self._enter(Desk(folder, TurnedClock(desk.clock.now()), desk.wrong_by))

    def _restore(self, desk: Desk, _other: Desk, _number: int) -> None:
        """Copy the data folder; or put the copy back, while the keys stay as they are."""
        if self.revoked is not None:
            return
        data = desk.folder / "data"
        desk.close()
        if desk.backup is None:
            desk.backup = self._folder / f"{desk.folder.name}.backup"
            shutil.copytree(data, desk.backup)
            desk.open()
            return
        shutil.rmtree(data)
        shutil.copytree(desk.backup, data)
        desk.open()
        held = set[str]().union(*(units(each.pc) for each in self.desks))
        self.lost |= self.written.keys() - held

    def _clock(self, desk: Desk, _other: Desk, number: int) -> None:
        desk.wrong_by = timedelta(days=365 * (number % 21 - 10))

    def _reopen(self, desk: Desk, _other: Desk, _number: int) -> None:
        desk.close()
        desk.open()

    def _revoke(self, _desk: Desk, other: Desk, _number: int) -> None:
        """Let the PC that founded the site believe another no longer."""
        founder = self.desks[0]
        if self.revoked is not None or other.station == founder.station:
            return
        self._tick()
        try:
            founder.pc.opened.keys.care.revoke(ACTOR, other.station, "stolen")
        except KeyNotTrusted:
            return
        self.revoked = other.station
        self.known_at_revocation = units(founder.pc)

    def _tick(self) -> None:
        self._now += timedelta(seconds=1)
        for desk in self.desks:
            desk.clock.set_wall(self._now + desk.wrong_by)


def units(pc: Pc) -> set[str]:
    """Return the codes of the units that a PC shows."""
    with pc.opened.site.read() as session:
        return set(session.scalars(sa.select(OrgUnitRow.code)))


def erased(pc: Pc) -> set[str]:
    """Return who is erased, as a PC knows."""
    with pc.opened.site.read() as session:
        return set(map(str, session.scalars(sa.select(PersonErasureRow.person_id))))


def heads(pc: Pc) -> dict[int, int]:
    """Return the number of the newest entry that a PC holds of each log."""
    with pc.opened.site.read() as session:
        return {log.id: log.last for log in stored_logs(session.connection())}


def _shown(pc: Pc) -> frozenset[object]:
    return frozenset((*names(pc).items(), *erased(pc), *people(pc).items()))


def people(pc: Pc) -> dict[UUID, str]:
    """Return what the people are called that a PC shows: whoever was merged into another is not."""
    with pc.opened.site.read() as session:
        return {row.id: row.name for row in session.scalars(sa.select(PersonRow))}


def names(pc: Pc) -> dict[str, str]:
    """Return what the units are called."""
    with pc.opened.site.read() as session:
        return {row.code: row.name for row in session.scalars(sa.select(OrgUnitRow))}


def hashes(pc: Pc) -> set[bytes]:
    """Return the hash of every entry that a PC holds."""
    with pc.opened.site.read() as session:
        return set(session.scalars(sa.select(EntryRow.hash)))


def is_sound(pc: Pc) -> bool:
    """Tell whether the journal is whole, and the records what it says."""
    with pc.opened.site.read() as session:
        verdict = verify_journal(session.connection(), NoProgress())
    assert verdict.ok, verdict.first_bad
    return verdict.ok


def grows_old(desk: Desk) -> bool:
    """Tell whether what a PC was told, by whatever clocks, is as old as it is after a year of silence."""
    heard_by = desk.clock.now()
    desk.clock.set_wall(heard_by + timedelta(days=400))
    opened = desk.pc.opened
    with opened.site.read() as session:
        sources = sources_of(session, opened.keys)
    words = [peer.as_of for peer in desk.pc.sync.board(ACTOR).peers]
    is_old = all(desk.clock.now() - source.as_of > STALE for source in sources)
    desk.clock.set_wall(heard_by)
    return is_old and all(as_of is None or as_of <= heard_by for as_of in words)


def is_refused(desk: Desk, by: Desk, folder: Path) -> bool:
    """Tell whether a file of somebody is refused by another, who shows nothing of it."""
    folder.mkdir(parents=True)
    before = units(by.pc)
    path = desk.pc.send(folder, by.pc)
    try:
        by.pc.take(path)
    except BundleRefused:
        return units(by.pc) == before
    return False
