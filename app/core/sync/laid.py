"""What this PC laid in the folder of its room: its own list, which no journal carries (ADR 48).

Files come and go there every few seconds, so each is a line for a month only. Of the days before a line
each stays, with how many files there were and one hash over all of them.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.journal import Site
from app.core.sync.envelope import BUNDLE, Envelope
from app.core.sync.exports import Exported
from app.core.sync.models import LaidFileRow
from app.core.sync.refusals import BundleRefused

KEPT_DAYS = 30
"""So long each file is a line of its own."""
MOST_LINES = 20_000
"""Where more files were laid in that time, the oldest days have a line each earlier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidFile:
    """A file that this PC laid in the shared folder, or the files of a day."""

    laid_at: datetime
    gone_at: datetime | None
    """None for one that lies there still."""
    readers: tuple[str, ...]
    files: int
    entries: int | None
    """None for one that the list found lying there."""
    size: int
    sha256: str
    laid_in: str


def note_laid(session: Session, station: bytes, actor: Actor, exported: Exported) -> None:
    """Keep that a file was laid."""
    session.add(
        LaidFileRow(
            id=exported.bundle_id,
            station=station,
            account_id=actor.account_id,
            laid_at=exported.made_at,
            readers=[{"label": label} for label in exported.recipients],
            entries=exported.entries,
            size=exported.size,
            sha256=exported.sha256,
            laid_in=str(exported.path),
        )
    )
    session.flush()


def newest_laid(session: Session, station: bytes, most: int) -> tuple[LaidFile, ...]:
    """Return the newest lines of this PC's list."""
    rows = session.scalars(
        sa.select(LaidFileRow)
        .where(LaidFileRow.station == station)
        .order_by(LaidFileRow.laid_at.desc(), LaidFileRow.id.desc())
        .limit(most)
    )
    return tuple(
        LaidFile(
            laid_at=row.laid_at,
            gone_at=row.gone_at,
            readers=tuple(one["label"] for one in row.readers),
            files=row.files or 1,
            entries=row.entries,
            size=row.size,
            sha256=row.sha256,
            laid_in=row.laid_in,
        )
        for row in rows
    )


class LaidList:
    """Keeps the list true to what lies in the folder."""

    def __init__(self, site: Site, station: Callable[[], bytes]) -> None:
        self._site = site
        self._station = station
        self._folded_on: date | None = None

    def follow(self, part: Path, lying: Collection[Path]) -> None:
        """Take over what lies in our part of the folder now.

        What is there and not in the list was laid by a program of before, or the power failed before it
        was noted. A file of another folder is thought to lie there still: nobody can look.
        """
        with self._site.read() as session:
            known = {Path(row.laid_in): row.id for row in session.execute(self._open())}
        gone = [
            line for path, line in known.items() if path not in lying and path.is_relative_to(part)
        ]
        found = [path for path in lying if path not in known]
        if gone or found:
            with self._site.database.write() as connection, Session(connection) as session:
                _note_gone(session, gone, self._site.clock.now())
                for path in found:
                    self._note_found(session, path)
        self._fold_once_a_day()

    def _open(self) -> sa.Select[UUID, str]:
        return sa.select(LaidFileRow.id, LaidFileRow.laid_in).where(
            LaidFileRow.station == self._station(),
            LaidFileRow.gone_at.is_(None),
            LaidFileRow.files.is_(None),
        )

    def _note_found(self, session: Session, path: Path) -> None:
        try:
            laid_at = self._site.clock.now()
            with path.open("rb") as file:
                envelope = Envelope(file, BUNDLE)
        except (BundleRefused, FileNotFoundError):
            return  # not a file that anybody could read
        prologue = envelope.prologue
        row = LaidFileRow(
            id=UUID(bytes=prologue.bundle_id),
            station=self._station(),
            laid_at=laid_at,
            readers=[{"label": label} for label in prologue.recipient_labels],
            size=envelope.written.size,
            sha256=envelope.written.sha256.hex(),
            laid_in=str(path),
        )
        if session.get(LaidFileRow, row.id) is None:
            session.add(row)
            session.flush()

    def _fold_once_a_day(self) -> None:
        today = self._site.clock.now().astimezone().date()
        if self._folded_on == today:
            return
        with self._site.database.write() as connection, Session(connection) as session:
            _fold(session, self._station(), today)
        self._folded_on = today


def _note_gone(session: Session, lines: Collection[UUID], now: datetime) -> None:
    session.execute(sa.update(LaidFileRow).where(LaidFileRow.id.in_(lines)).values(gone_at=now))


def _fold(session: Session, station: bytes, today: date) -> None:
    """Make one line of the files of a day that are gone, for the days before those kept in full."""
    lines = (
        LaidFileRow.station == station,
        LaidFileRow.files.is_(None),
        LaidFileRow.gone_at.is_not(None),
    )
    begins = _midnight(today - timedelta(days=KEPT_DAYS))
    newest = sa.select(LaidFileRow.laid_at).where(*lines).order_by(LaidFileRow.laid_at.desc())
    first_too_many = session.scalar(newest.offset(MOST_LINES).limit(1))
    if first_too_many is not None:
        after = first_too_many.astimezone().date() + timedelta(days=1)
        begins = max(begins, _midnight(min(after, today)))
    old = session.scalars(
        sa.select(LaidFileRow)
        .where(*lines, LaidFileRow.laid_at < begins)
        .order_by(LaidFileRow.laid_at, LaidFileRow.id)
    ).all()
    for _day, files in groupby(old, lambda row: row.laid_at.astimezone().date()):
        session.add(_folded(tuple(files)))
    session.execute(sa.delete(LaidFileRow).where(LaidFileRow.id.in_([row.id for row in old])))
    session.flush()


def _folded(files: tuple[LaidFileRow, ...]) -> LaidFileRow:
    labels = dict.fromkeys(one["label"] for file in files for one in file.readers)
    return LaidFileRow(
        id=new_id(),
        station=files[0].station,
        laid_at=files[0].laid_at,
        gone_at=max(file.gone_at for file in files if file.gone_at is not None),
        readers=[{"label": label} for label in labels],
        files=len(files),
        entries=sum(file.entries or 0 for file in files),
        size=sum(file.size for file in files),
        sha256=_hash_of(files),
        laid_in=str(Path(files[0].laid_in).parent),
    )


def _hash_of(files: Iterable[LaidFileRow]) -> str:
    lines = [f"{Path(file.laid_in).name} {file.sha256}" for file in files]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min).astimezone()
