"""A training room through one shared folder: so many PCs with data folders of their own write sittings.

All of them lie on this machine, one after another, so that what a room of separate PCs would take is
reckoned: the slowest PC of each turn, in CPU, and the ten seconds between two rounds of the window.
Beside it the same bytes go through the folder as plain files: each written once and read by all others.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

import sqlalchemy as sa

from app.bootstrap.benches.rounds import Taken, compared, timed
from app.bootstrap.benches.small_site import LIGHT
from app.core.base.actor import system_actor
from app.core.base.clock import SystemClock
from app.core.base.measuring import Measured
from app.core.base.progress import Progress
from app.core.content import AssetStore
from app.core.operations import Founding, Join, OpenSite, SiteFolder
from app.core.people import note_confirmed
from app.core.reports import decision_words
from app.core.schema import bring_up_to_date
from app.core.sync import Sync

_BOSS = system_actor()
_ENTRIES = 21
"""Of a sitting: twenty answers and the result."""
_WAVES = 3
"""Sittings of everybody; the last PC is away for all but the last."""
_MOST_TURNS = 12
_EVERY_SECONDS = 10
_GOAL = "converge within a minute, while people work; at rest each PC's tally alone"
_TALLY = ".dkst"


class _Clock:
    """Goes on by the time between two rounds: here one PC's round comes after another's."""

    def __init__(self) -> None:
        self._begun = SystemClock().now()
        self._seconds = 0.0

    def now(self) -> datetime:
        return self._begun + timedelta(seconds=self._seconds)

    def monotonic(self) -> float:
        return self._seconds

    def turn(self) -> None:
        self._seconds += _EVERY_SECONDS


@dataclass(slots=True)
class _Pc:
    opened: OpenSite
    sync: Sync


@dataclass(slots=True)
class _Room:
    """The PCs, their folder, and what was seen of it."""

    pcs: list[_Pc]
    folder: Path
    clock: _Clock
    cpu: float = 0.0
    rounds: int = 0
    slowest: list[Taken] = field(default_factory=list)
    most_files: int = 0
    most_bytes: int = 0
    answers: int = 0
    """Written by anybody so far."""

    def turn(self, pcs: Sequence[_Pc]) -> None:
        """Let everybody go one round."""
        self.clock.turn()
        took = [timed(partial(pc.sync.go_round, _BOSS, self.folder))[0] for pc in pcs]
        self.slowest.append(max(took, key=lambda one: one.cpu))
        self.cpu += sum(one.cpu for one in took)
        self.rounds += len(took)
        sizes = [file.stat().st_size for file in self._files()]
        self.most_files = max(self.most_files, len(sizes))
        self.most_bytes = max(self.most_bytes, sum(sizes))

    def until(self, pcs: Sequence[_Pc], is_so: Callable[[], bool]) -> int:
        """Go rounds until something is so; return how many it took."""
        for turn in range(_MOST_TURNS):
            if is_so():
                return turn
            self.turn(pcs)
        raise RuntimeError("the room did not come together")

    def files(self) -> int:
        """Return how many files lie in the folder, but for each PC's tally."""
        return sum(file.suffix != _TALLY for file in self._files())

    def _files(self) -> list[Path]:
        return [file for file in self.folder.rglob("*") if file.is_file()]


class RoomBench:
    """`Sync.go_round` of n PCs against plain files of the same size."""

    name: ClassVar[str] = "room"
    about: ClassVar[str] = "n PCs that write sittings, through one shared folder"
    default_n: ClassVar[int] = 40

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure how the room comes together; the figure is the slowest PC's round, in ms."""
        with tempfile.TemporaryDirectory() as held:
            room = _opened(Path(held), max(2, n), progress)
            present, away = room.pcs[:-1], room.pcs[-1]
            waves = [self._wave(room, present) for _wave in range(_WAVES - 1)]
            begun = len(room.slowest)
            waves.append(self._wave(room, room.pcs))
            caught_up = room.slowest[begun]
            resting = room.until(room.pcs, lambda: room.files() == 0)
            quiet, _round = timed(lambda: away.sync.go_round(_BOSS, room.folder))
            raw = [_raw(Path(held) / "raw", n, room.most_bytes) for _turn in range(3)]
            for pc in room.pcs:
                pc.opened.site.close()
        turns = max(waves)
        slowest = max(one.cpu for one in room.slowest)
        return compared(
            self,
            n,
            room.slowest,
            raw,
            goal=_GOAL,
            details={
                "turns_to_converge": turns,
                "seconds_to_converge": turns * (_EVERY_SECONDS + slowest),
                "round_cpu_s": room.cpu / room.rounds,
                "slowest_round_cpu_s": slowest,
                "catching_up_cpu_s": caught_up.cpu,
                "quiet_round_cpu_ms": quiet.cpu * 1000,
                "turns_to_rest": resting,
                "most_files": room.most_files,
                "most_mb": room.most_bytes / 1e6,
            },
        )

    def _wave(self, room: _Room, pcs: Sequence[_Pc]) -> int:
        """Let everybody write a sitting, and come together; return how many rounds that took."""
        for pc in pcs:
            _write(pc)
        room.answers += _ENTRIES * len(pcs)
        return room.until(pcs, lambda: all(_held(pc) == room.answers for pc in pcs))


def _opened(place: Path, n: int, progress: Progress) -> _Room:
    """Found a site, let the other PCs join, and give them what they must have."""
    clock = _Clock()
    founding = Founding(name="Room", code="ROOM", password="x", cost=LIGHT)  # noqa: S106  thrown away
    first = SiteFolder(place / "0" / "site", place / "0" / "keys", clock)
    pcs = [_pc(first.found(founding, bring_up_to_date))]
    for number in range(1, n):
        pcs.append(_pc(_joined(pcs[0].opened, place / str(number), clock)))
        progress.step(number, n)
    folder = place / "shared"
    folder.mkdir()
    room = _Room(pcs, folder, clock)
    room.until(pcs, lambda: not any(pc.opened.waits for pc in pcs))
    room.until(pcs, lambda: room.files() == 0)
    room.slowest.clear()
    room.cpu, room.rounds = 0.0, 0
    room.most_files = room.most_bytes = 0
    return room


def _pc(opened: OpenSite) -> _Pc:
    assets = AssetStore(opened.assets, opened.site.clock)
    sync = Sync(
        opened.site,
        opened.keys,
        opened.folder,
        assets,
        settle=lambda _touched: None,
        twin_found=opened.incarnations.note_twin,
        decision_words=decision_words,
    )
    return _Pc(opened, sync)


def _joined(first: OpenSite, place: Path, clock: _Clock) -> OpenSite:
    folder = SiteFolder(place / "site", place / "keys", clock)
    request = folder.request()
    answer = first.keys.pairing.pair(_BOSS, request.document, request.words)
    if answer.answer is None:
        raise RuntimeError("a PC that asks is answered")
    join = Join(paper=answer.answer, password="x", words=answer.words, cost=LIGHT)  # noqa: S106  thrown away
    return folder.join(join, bring_up_to_date)


def _write(pc: _Pc) -> None:
    """Write a sitting: an entry for each answer, as the product does."""
    site = pc.opened.site
    for _answer in range(_ENTRIES):
        with site.transaction(_BOSS, "sign-in.again") as unit:
            note_confirmed(unit, _BOSS, "bench", site.clock.now())


def _held(pc: _Pc) -> int:
    """Return how many answers of anybody stand in a PC's tables."""
    with pc.opened.site.read() as session:
        return session.scalar(sa.text("SELECT count(*) FROM sign_in")) or 0


def _raw(place: Path, n: int, size: int) -> Taken:
    """Write as many files as there are PCs, of the same size together, and read each as often as others do."""
    place.mkdir(exist_ok=True)
    content = bytes(max(1, size // n))

    def work() -> None:
        for number in range(n):
            (place / str(number)).write_bytes(content)
        for _reader in range(n - 1):
            for number in range(n):
                (place / str(number)).read_bytes()

    took, _nothing = timed(work)
    return Taken(took.wall / n, took.cpu / n)
