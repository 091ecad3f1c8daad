"""How far each file that left brings its readers, one row a position: so what is on its way is searched.

Worked out from the register; it grows with it, and comes anew from `doctor --rebuild`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Holdings, LogName, Position, Reaching
from app.core.sync.drafts import RECORDS
from app.core.sync.models import SentEndRow, SentFileRow
from app.core.sync.positions import unpack

_AT_ONCE = 1000


def note_ends(session: Session, file_id: UUID, ends: Iterable[Position]) -> None:
    """Keep the positions of a file that is noted."""
    rows = list(_rows(file_id, ends))
    if rows:
        session.execute(sa.insert(SentEndRow), rows)


def rebuild_ends(session: Session) -> None:
    """Make all of it anew."""
    session.execute(sa.delete(SentEndRow))
    _take_over(session, sa.true())


def refresh_ends(session: Session, touched: Mapping[str, Collection[UUID]]) -> None:
    """Take over files that other PCs noted."""
    files = sorted(touched["sent_file"])
    for begin in range(0, len(files), _AT_ONCE):
        lot = files[begin : begin + _AT_ONCE]
        session.execute(sa.delete(SentEndRow).where(SentEndRow.file_id.in_(lot)))
        _take_over(session, SentFileRow.id.in_(lot))


def _take_over(session: Session, which: sa.ColumnElement[bool]) -> None:
    files = sa.select(SentFileRow.id, SentFileRow.carries).where(SentFileRow.kind == RECORDS, which)
    for lot in session.execute(files).partitions(_AT_ONCE):
        rows = [row for file_id, carries in lot for row in _rows(file_id, unpack(carries))]
        if rows:
            session.execute(sa.insert(SentEndRow), rows)


def _rows(file_id: UUID, ends: Iterable[Position]) -> Iterator[dict[str, object]]:
    for end in dict.fromkeys(ends):
        yield {
            "station": end.log.station,
            "incarnation": end.log.incarnation,
            "scope": end.log.scope,
            "seq": end.seq,
            "head": end.head,
            "file_id": file_id,
        }


class SentEnds:
    """One look at them. What a reader has of a log bounds where in it is searched."""

    def __init__(self, session: Session, reaching: Reaching) -> None:
        self._session = session
        self._reaching = reaching
        self._logs = tuple(_logs(session))

    def beyond(self, known: Holdings, files: sa.ColumnElement[bool]) -> dict[UUID, datetime]:
        """Return which of some files bring more than `known`, and when they were made."""
        return {
            file_id: made_at
            for log in self._logs
            for file_id, made_at, end in self._after(log, self._reached(log, known), files)
            if not self._reaching.holds(known, end)
        }

    def newest_with(
        self, position: Position, files: sa.ColumnElement[bool]
    ) -> tuple[datetime, UUID] | None:
        """Return when the newest of some files was made that brings its readers to a position, and its id."""
        log = position.log
        found = self._session.execute(
            sa.select(SentFileRow.made_at, SentFileRow.id)
            .join(SentEndRow, SentFileRow.id == SentEndRow.file_id)
            .where(
                SentEndRow.station == log.station,
                SentEndRow.incarnation == log.incarnation,
                SentEndRow.scope == log.scope,
                SentEndRow.seq >= position.seq,
                files,
            )
            .order_by(SentFileRow.made_at.desc())
            .limit(1)
        ).first()
        return (found[0], found[1]) if found is not None else None

    def _reached(self, log: LogName, known: Holdings) -> int:
        """Return how far somebody has come on whichever way of a log they have the least of."""
        return min((self._reaching.of(way, known) for way in self._reaching.named(log)), default=0)

    def _after(
        self, log: LogName, seq: int, files: sa.ColumnElement[bool]
    ) -> Iterator[tuple[UUID, datetime, Position]]:
        rows = self._session.execute(
            sa.select(SentEndRow.file_id, SentFileRow.made_at, SentEndRow.seq, SentEndRow.head)
            .join(SentFileRow, SentFileRow.id == SentEndRow.file_id)
            .where(
                SentEndRow.station == log.station,
                SentEndRow.incarnation == log.incarnation,
                SentEndRow.scope == log.scope,
                SentEndRow.seq > seq,
                files,
            )
        )
        for file_id, made_at, number, head in rows:
            yield file_id, made_at, Position(log=log, seq=number, head=head)


_LOG = (SentEndRow.station, SentEndRow.incarnation, SentEndRow.scope)


def _logs(session: Session) -> Iterator[LogName]:
    """Yield the logs that any file brings: by the key from one to the next, past all the files of each."""
    first = sa.select(*_LOG).order_by(*_LOG).limit(1)
    row = session.execute(first).first()
    while row is not None:
        name = LogName(*row)
        yield name
        values = (name.station, name.incarnation, name.scope)
        row = None
        for depth in (2, 1, 0):  # of the same incarnation, of the same station, of the next one
            same = [column == value for column, value in zip(_LOG, values[:depth], strict=False)]
            row = row or session.execute(first.where(*same, _LOG[depth] > values[depth])).first()
