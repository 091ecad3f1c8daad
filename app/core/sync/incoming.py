"""Which files came to this PC, and what became of each: taken, refused, or waiting."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.journal import Site
from app.core.sync.models import FileState, IncomingFileRow
from app.core.sync.staging import Staged, Staging


class Incoming:
    """Keeps a row of each file that came, by its SHA-256."""

    def __init__(self, site: Site, staging: Staging) -> None:
        self._site = site
        self._staging = staging

    def record(
        self,
        staged: Staged,
        state: FileState,
        *,
        said: str = "",
        row: IncomingFileRow | None = None,
    ) -> None:
        """Note what became of a file; `row` tells what is known of what it holds."""
        row = row or IncomingFileRow()
        row.sha256, row.name, row.state, row.said = staged.sha256, staged.name, state, said
        row.came_at = self._site.clock.now()
        with self._site.database.write() as connection, Session(connection) as session:
            session.merge(row)
            session.flush()

    def close(
        self,
        staged: Staged,
        state: FileState,
        *,
        said: str = "",
        row: IncomingFileRow | None = None,
    ) -> None:
        """Note what became of a file in the end, and drop the copy of it."""
        self.record(staged, state, said=said, row=row)
        self._staging.drop(staged)

    def note_gone(self, staged: Staged) -> None:
        """Note that the copy of a file that waits is gone, unless another program has just taken it in."""
        said = _("Its copy on this PC is gone: bring it again.")
        waits = sa.update(IncomingFileRow).where(
            IncomingFileRow.sha256 == staged.sha256, IncomingFileRow.state == FileState.WAITING
        )
        refused = waits.values(state=FileState.REFUSED, said=said, came_at=self._site.clock.now())
        with self._site.database.write() as connection:
            connection.execute(refused)

    def waiting_records(self) -> list[Staged]:
        """Return the files of records that wait for an earlier one, the oldest first."""
        return self._waiting(IncomingFileRow.sender.is_not(None))

    def waiting_volumes(self) -> list[Staged]:
        """Return the volumes that wait for their records: nobody vouches for them, they have no sender."""
        return self._waiting(IncomingFileRow.sender.is_(None))

    def count_waiting(self) -> int:
        """Return how many files wait."""
        with self._site.read() as session:
            still = sa.select(sa.func.count()).where(IncomingFileRow.state == FileState.WAITING)
            return session.scalar(still) or 0

    def _waiting(self, which: sa.ColumnElement[bool]) -> list[Staged]:
        rows: Sequence[IncomingFileRow]
        with self._site.read() as session:
            rows = session.scalars(
                sa.select(IncomingFileRow)
                .where(IncomingFileRow.state == FileState.WAITING, which)
                .order_by(IncomingFileRow.number, IncomingFileRow.name)
            ).all()
        return [Staged(self._staging.kept(row.sha256), row.sha256, row.name) for row in rows]


def volume_row(bundle_id: bytes, part: int) -> IncomingFileRow:
    """Return the row of a volume whose records have not come: nobody vouches for it, it has no sender."""
    return IncomingFileRow(bundle_id=UUID(bytes=bundle_id), number=part)
