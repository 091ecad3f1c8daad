"""Records from site to site: out of one into a sealed file, into another, and the same again.

Beside them the same entries are put into a plain SQLite file by the standard library, which proves
nothing, encrypts nothing and makes no table of what they say.
"""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from typing_extensions import override

from app.bootstrap.benches.rounds import Taken, compared, median, memory_mb, timed
from app.bootstrap.benches.sittings import PLACED, Sittings
from app.bootstrap.benches.small_site import LIGHT, open_small_site
from app.core.base.actor import system_actor
from app.core.base.clock import SystemClock
from app.core.base.measuring import Measured
from app.core.base.progress import Progress
from app.core.content import AssetStore
from app.core.journal import Journal, Site
from app.core.operations import Join, OpenSite, SiteFolder
from app.core.reports import decision_words
from app.core.schema import bring_up_to_date
from app.core.sync import OF_SYNC_ITSELF, Sync

_ROUNDS = 3
_AT_ONCE = 32_768
_THOUSAND, _MILLION = 1000, 1_000_000
_BOSS = system_actor()
_ENTRIES = sa.text(
    f"SELECT {', '.join(PLACED)} FROM journal_entry WHERE place > :after ORDER BY place LIMIT {_AT_ONCE}"  # noqa: S608  names of columns
)
_LONGEST_PAUSE = 40_000_000
_GOAL = "CPU: out at most 1.0 x raw, in 3 x, again 0.5 x; 30 bytes an entry; 400 MB over idle"
_PEER = "Kolibri 0.19.5, two cores: 171 to 737 rows a second in, 1,457 bytes a row on the wire"
"""A server that learners' PCs sync with today."""


class _Earlier(SystemClock):
    """A clock that is so far behind that the entries to come are not of the future."""

    def __init__(self, behind: timedelta) -> None:
        self._behind = behind

    @override
    def now(self) -> datetime:
        return super().now() - self._behind


@dataclass(slots=True)
class _Times:
    """What each round took."""

    raw: list[Taken] = field(default_factory=list)
    out: list[Taken] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    again: list[Taken] = field(default_factory=list)
    size: int = 0


class SyncBench:
    """`Sync.export` and `Sync.take` of `n` entries against `executemany` of the same rows."""

    name: ClassVar[str] = "sync"
    about: ClassVar[str] = "n journal entries from one site into another, verified, and again"
    default_n: ClassVar[int] = 100_000

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure whole rounds, each into a PC of its own; the figure is an entry's way in, in ms a thousand."""
        times = _Times()
        with tempfile.TemporaryDirectory() as held:
            folder = Path(held)
            earlier = _Earlier(timedelta(microseconds=n * _LONGEST_PAUSE))
            school = open_small_site(folder, earlier)
            sender = school.services.open_site
            places = [folder / f"pc{turn}" for turn in range(_ROUNDS)]
            receivers = [_joined(sender, place, earlier) for place in places]
            begun = _newest(sender.site)
            Sittings(school).append(n)
            idle = memory_mb()
            for turn, receiver in enumerate(receivers):
                _round(sender, begun, receiver, times)
                receiver.site.close()
                progress.step(turn + 1, _ROUNDS)
            school.services.close()
        raw = median(times.raw)
        return compared(
            self,
            n,
            times.taken,
            times.raw,
            each=max(1, n // _THOUSAND),
            goal=_GOAL,
            peer=_PEER,
            details={
                "out_cpu_ratio": median(times.out).cpu / raw.cpu,
                "in_cpu_ratio": median(times.taken).cpu / raw.cpu,
                "again_cpu_ratio": median(times.again).cpu / raw.cpu,
                "out_us_cpu": median(times.out).cpu / n * _MILLION,
                "in_us_cpu": median(times.taken).cpu / n * _MILLION,
                "again_us_cpu": median(times.again).cpu / n * _MILLION,
                "raw_us_cpu": raw.cpu / n * _MILLION,
                "in_entries_a_second": n / median(times.taken).wall,
                "bytes_an_entry": times.size / n,
                "memory_over_idle_mb": memory_mb() - idle,
            },
        )


def _sync_of(opened: OpenSite) -> Sync:
    assets = AssetStore(opened.assets, opened.site.clock)
    return Sync(
        opened.site,
        opened.keys,
        opened.folder,
        assets,
        settle=_settle,
        twin_found=opened.incarnations.note_twin,
        decision_words=decision_words,
    )


def _sealing_sync_of(opened: OpenSite) -> Sync:
    sync, journal = _sync_of(opened), Journal(opened.site, opened.station)
    sync.departure.seals.append(partial(journal.seal, _BOSS, but_for=OF_SYNC_ITSELF))
    return sync


def _round(sender: OpenSite, begun: int, receiver: OpenSite, times: _Times) -> None:
    outgoing, incoming = _sealing_sync_of(sender), _sync_of(receiver)
    stick = receiver.folder.parent / "stick"
    stick.mkdir()
    peer = outgoing.peer(_BOSS, receiver.station.fingerprint.hex())
    took, exported = timed(lambda: outgoing.export(_BOSS, [peer], stick))
    times.out.append(took)
    times.size = exported.size
    times.raw.append(_put_raw(sender, begun, stick.parent / "raw.db"))
    for kept in (times.taken, times.again):
        took, imported = timed(lambda: incoming.take(_BOSS, exported.path))
        kept.append(took)
        if (
            imported.waiting
            or imported.troubles
            or imported.applied + imported.repeated < exported.entries
        ):
            raise RuntimeError(f"not everything came over: {imported}")


def _settle(_touched: Mapping[str, set[UUID]]) -> None:
    """Leave derived tables for the services that keep them: this is about the records."""


def _put_raw(sender: OpenSite, begun: int, path: Path) -> Taken:
    """Put the entries into a plain file; reading them is not timed."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        f"CREATE TABLE journal_entry (place INTEGER PRIMARY KEY, {', '.join(PLACED[1:])})"
    )
    insert = f"INSERT INTO journal_entry VALUES ({', '.join('?' * len(PLACED))})"  # noqa: S608
    wall = cpu = 0.0
    connection.execute("BEGIN")
    for rows in _stretches(sender.site, begun):
        took, _nothing = timed(partial(connection.executemany, insert, rows))
        wall, cpu = wall + took.wall, cpu + took.cpu
    took, _nothing = timed(lambda: connection.execute("COMMIT"))
    connection.close()
    path.unlink()
    return Taken(wall + took.wall, cpu + took.cpu)


def _stretches(site: Site, after: int) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the entries that were written past a place, as a driver gives them."""
    while True:
        with site.read() as session:
            rows = [tuple(row) for row in session.execute(_ENTRIES, {"after": after})]
        if not rows:
            return
        after = rows[-1][0]
        yield rows


def _newest(site: Site) -> int:
    with site.read() as session:
        return session.scalar(sa.text("SELECT max(place) FROM journal_entry")) or 0


def _joined(first: OpenSite, place: Path, clock: SystemClock) -> OpenSite:
    """Let another PC join the site of the first."""
    folder = SiteFolder(place / "site", place / "keys", clock)
    request = folder.request()
    paired = first.keys.pairing.pair(_BOSS, request.document, request.words)
    if paired.answer is None:
        raise RuntimeError("a PC that asks is answered")
    join = Join(paper=paired.answer, password="x", words=paired.words, cost=LIGHT)  # noqa: S106  thrown away
    return folder.join(join, bring_up_to_date)
