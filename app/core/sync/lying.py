"""What the files in the shared folder bring, and to whom: known of ours, and of those that were taken in.

Nobody writes what lies there already for whoever lacks it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import LogName, Position
from app.core.keys import fingerprint
from app.core.sync.bundle.manifest import LogRef, Manifest
from app.core.sync.materials import hashes_in
from app.core.sync.models import FileState, IncomingFileRow, LyingFileRow
from app.core.sync.positions import from_ref


class _Run(msgspec.Struct, array_like=True, frozen=True):
    log: LogRef
    first: int
    last: int
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A run of entries in a file."""

    first: int
    end: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class LyingFile:
    """A file that lies in the folder."""

    name: str
    station: bytes
    """Who wrote it."""
    readers: frozenset[str]
    """The addresses that it is sealed to."""
    brings: tuple[Brought, ...]
    files: frozenset[str]
    """Hashes of the files of courses of which it holds the last piece."""
    since: datetime


def note_lying(
    session: Session, name: str, manifest: Manifest, now: datetime, files: bytes = b""
) -> None:
    """Keep what a file brings: a bundle its segments, a volume the files whose hashes stand in `files`."""
    runs = () if files else tuple(_runs(manifest))
    session.merge(
        LyingFileRow(
            name=name,
            station=fingerprint(manifest.sender),
            readers=list(manifest.recipients),
            brings=msgspec.msgpack.encode(runs),
            files=files,
            since=now,
        )
    )
    session.flush()


def lying_files(session: Session, names: Collection[str]) -> tuple[LyingFile, ...]:
    """Return what is known of the files of these names, the oldest first."""
    rows = session.scalars(
        sa.select(LyingFileRow)
        .where(LyingFileRow.name.in_(sorted(names)))
        .order_by(LyingFileRow.since, LyingFileRow.name)
    )
    return tuple(
        LyingFile(
            name=row.name,
            station=row.station,
            readers=frozenset(row.readers),
            brings=tuple(_brought(msgspec.msgpack.decode(row.brings, type=tuple[_Run, ...]))),
            files=frozenset(hashes_in(row.files)),
            since=row.since,
        )
        for row in rows
    )


def forget_gone(session: Session, names: Collection[str]) -> None:
    """Forget the files that lie there no longer, and that they were taken in.

    A bundle is remembered as long as a volume of it lies there, which could not be told from one of
    a bundle that has still to come.
    """
    stems = {name.rpartition("-v")[0] for name in names}
    gone = [
        name
        for name in session.scalars(sa.select(LyingFileRow.name))
        if name not in names and name.rpartition(".")[0] not in stems
    ]
    if not gone:
        return
    session.execute(
        sa.delete(IncomingFileRow).where(
            IncomingFileRow.name.in_(gone), IncomingFileRow.state == FileState.TAKEN
        )
    )
    session.execute(sa.delete(LyingFileRow).where(LyingFileRow.name.in_(gone)))


def _runs(manifest: Manifest) -> Iterable[_Run]:
    """Yield the runs of a bundle: of each log the segments follow one another."""
    joined: dict[LogRef, _Run] = {}
    for note in manifest.segments:
        begun = joined.get(note.log)
        first = begun.first if begun else note.first
        joined[note.log] = _Run(note.log, first, note.last, note.head)
    return joined.values()


def _brought(runs: Iterable[_Run]) -> Iterable[Brought]:
    for run in runs:
        log: LogName | None = from_ref(run.log)
        if log is not None:
            end = Position(log=log, seq=run.last, head=run.head)
            yield Brought(first=run.first, end=end)
