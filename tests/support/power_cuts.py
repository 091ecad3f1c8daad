"""A power cut, out of recorded writes: what was brought to the disk is there, of the rest any part.

A commit that was acknowledged is on the disk (`synchronous=FULL`); of what SQLite wrote since, a drive
may have kept any sectors, in any order. SQLite's log only grows, or begins again at its front once all
of it is in the file; the file itself changes while the log is copied into it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

SECTOR = 512
FRAME_HEADER, PAGE, LOG_HEADER = 24, 4096, 32
"""sqlite.org/fileformat2.html#the_write_ahead_log"""
_CUT_AT_HEADER = 0.1


@dataclass(frozen=True)
class Moment:
    """Both files at a time when all of them was on the disk, and what had been acknowledged by then."""

    file: bytes
    log: bytes
    acknowledged: int


@dataclass(frozen=True)
class Cut:
    """Both files as a power cut left them."""

    file: bytes
    log: bytes
    least: int
    """What had been acknowledged."""
    most: int
    """What was under way counted in."""

    def lay_down(self, path: Path) -> None:
        """Put the files where a database is opened."""
        path.write_bytes(self.file)
        path.with_name(path.name + "-wal").write_bytes(self.log)


def moment(path: Path, acknowledged: int) -> Moment:
    """Record the files of a database."""
    log = path.with_name(path.name + "-wal")
    return Moment(path.read_bytes(), log.read_bytes() if log.exists() else b"", acknowledged)


def cut_logs(before: Moment, after: Moment) -> Iterator[Cut]:
    """Yield the log cut at every frame that was written in between, and within each.

    What lies behind the cut is as it was: nothing, or what a log that began again has not reached yet.
    """
    for start in range(LOG_HEADER, len(after.log), FRAME_HEADER + PAGE):
        end = start + FRAME_HEADER + PAGE
        if after.log[start:end] != before.log[start:end]:
            for cut in (start - FRAME_HEADER // 2, start + FRAME_HEADER + PAGE // 2, end):
                log = after.log[:cut] + before.log[cut:]
                yield Cut(before.file, log, before.acknowledged, after.acknowledged)


def scattered(before: Moment, after: Moment, random: Random) -> Cut:
    """Return what is left where a drive kept some sectors of all that was written, and not others."""
    return Cut(
        _some_of(before.file, after.file, random),
        _log_of(before.log, after.log, random),
        before.acknowledged,
        after.acknowledged,
    )


def _log_of(before: bytes, after: bytes, random: Random) -> bytes:
    """Return what is left of a log.

    The header of one that begins again is on the disk before any frame behind it is written: SQLite
    waits for it (wal.c, syncHeader), since an old header would make the front of the old log hold again.
    """
    header = slice(0, LOG_HEADER)
    if before[header] == after[header]:
        return _some_of(before, after, random)
    if random.random() < _CUT_AT_HEADER:
        return before
    return _some_of(after[header] + before[LOG_HEADER:], after, random)


def _some_of(before: bytes, after: bytes, random: Random) -> bytes:
    """Return bytes of which each sector is old or new; a file that grew may have grown in part."""
    kept = random.random()
    mixed = bytearray(before[: len(after)].ljust(len(after), b"\0"))
    for place in range(0, len(after), SECTOR):
        if (
            after[place : place + SECTOR] != before[place : place + SECTOR]
            and random.random() < kept
        ):
            mixed[place : place + SECTOR] = after[place : place + SECTOR]
    if len(after) > len(before):
        del mixed[random.randrange(len(before), len(after) + 1) :]
    return bytes(mixed)
