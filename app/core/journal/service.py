"""The journal as people use it: read it, search it, verify it, seal it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.errors import NotFound
from app.core.base.progress import NoProgress, Progress
from app.core.journal.changes import Change, Edited, decode_changes
from app.core.journal.entries import LogName
from app.core.journal.models import EntryRow, LogRow, MentionRow, SealRow
from app.core.journal.seals import SealName, Signer, seal_logs
from app.core.journal.site import Site
from app.core.journal.unit import Unit
from app.core.journal.verify import Verdict, verify_journal
from app.core.storage.tables import Scope, table_of

_INDEX_BATCH = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChange:
    """One column before and after, in wire form worded as text; old is empty for a new row."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """What an entry did to one row."""

    table: str
    key: UUID
    is_new: bool
    columns: tuple[ColumnChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDetail:
    """One journal entry, in full."""

    position: str
    """Scope, station and number: names the entry in this site for good."""
    seq: int
    scope: Scope
    wall: datetime
    actor: UUID | None
    action: str
    reason: str
    hash: str
    changes: tuple[RowChange, ...]


class Journal:
    """Reads, proves and seals the journal. Who may see it: holders of VIEW_JOURNAL."""

    def __init__(self, site: Site, signer: Signer) -> None:
        self._site = site
        self._signer = signer

    def verify(self, actor: Actor, progress: Progress | None = None) -> Verdict:
        """Prove the whole journal and the records against it. Reads everything: run it as a job."""
        actor.require(Capability.VIEW_JOURNAL)
        with self._site.read() as session:
            return verify_journal(session.connection(), progress or NoProgress())

    def seal(self, actor: Actor) -> tuple[SealName, ...]:
        """Sign the heads of this station's logs that have grown; return the new seals."""
        actor.require(Capability.VIEW_JOURNAL)
        with self._site.database.write() as connection:
            seals = seal_logs(
                connection, self._site.station.fingerprint, self._signer, self._site.clock.now()
            )
        return tuple(seals)

    def seal_if_due(self) -> tuple[SealName, ...]:
        """Seal once a day, at the first occasion: the program does it of itself."""
        today = self._site.clock.now().astimezone().date()
        with self._site.read() as session:
            last = session.scalar(sa.select(sa.func.max(SealRow.sealed_at)))
        if last is not None and last.astimezone().date() >= today:
            return ()
        return self.seal(system_actor())

    def entry(self, actor: Actor, scope: Scope, seq: int) -> EntryDetail:
        """Return one entry of this station's log. Raises NotFound."""
        actor.require(Capability.VIEW_JOURNAL)
        station = self._site.station.fingerprint
        statement = _entries().where(
            LogRow.station == station, LogRow.scope == scope, EntryRow.seq == seq
        )
        with self._site.read() as session:
            row = session.execute(statement).first()
        if row is None:
            raise NotFound(f"{scope.value} {seq}")
        return _detail(*row)

    def about(self, actor: Actor, key: UUID, limit: int = 200) -> tuple[EntryDetail, ...]:
        """Return the newest entries that touched the row `key`, newest first."""
        actor.require(Capability.VIEW_JOURNAL)
        index_mentions(self._site)
        statement = (
            _entries()
            .join(
                MentionRow,
                sa.and_(MentionRow.log_id == EntryRow.log_id, MentionRow.seq == EntryRow.seq),
            )
            .where(MentionRow.key == key)
            .order_by(EntryRow.stamp.desc())
            .limit(limit)
        )
        with self._site.read() as session:
            return tuple(_detail(*row) for row in session.execute(statement))


def index_mentions(site: Site) -> None:
    """Index the entries that came since the last look: here, so that writing stays quick."""
    while True:
        with site.database.write() as connection:
            if not _index_batch(Session(connection)):
                return


def rebuild_mentions(unit: Unit) -> None:
    """Index every entry anew."""
    unit.execute(sa.delete(table_of(MentionRow)))
    while _index_batch(unit):
        pass


def _index_batch(session: Session) -> int:
    done = (
        sa.select(MentionRow.log_id, sa.func.max(MentionRow.seq).label("seq"))
        .group_by(MentionRow.log_id)
        .subquery()
    )
    statement = (
        sa.select(EntryRow.log_id, EntryRow.seq, EntryRow.body)
        .outerjoin(done, done.c.log_id == EntryRow.log_id)
        .where(EntryRow.seq > sa.func.coalesce(done.c.seq, 0))
        .order_by(EntryRow.log_id, EntryRow.seq)
        .limit(_INDEX_BATCH)
    )
    mentions = {
        (change.key, log_id, seq)
        for log_id, seq, body in session.execute(statement)
        for change in decode_changes(body)
    }
    if mentions:
        names = ("key", "log_id", "seq")
        session.execute(
            sa.insert(MentionRow), [dict(zip(names, row, strict=True)) for row in mentions]
        )
    return len(mentions)


def _entries() -> sa.Select[EntryRow, LogRow]:
    return sa.select(EntryRow, LogRow).join(LogRow, LogRow.id == EntryRow.log_id)


def _detail(entry: EntryRow, log: LogRow) -> EntryDetail:
    name = LogName(log.station, log.incarnation, log.scope)
    return EntryDetail(
        position=name.position(entry.seq),
        seq=entry.seq,
        scope=log.scope,
        wall=entry.wall,
        actor=entry.actor,
        action=entry.action,
        reason=entry.reason,
        hash=entry.hash.hex(),
        changes=tuple(row_change(change) for change in decode_changes(entry.body)),
    )


def row_change(change: Change) -> RowChange:
    """Return a change worded for people; bytes are shown in hexadecimal."""
    if isinstance(change, Edited):
        columns = [(n, edit.old, edit.new) for n, edit in change.edits.items()]
    else:
        columns = [(name, None, value) for name, value in change.values.items()]
    return RowChange(
        table=change.table,
        key=change.key,
        is_new=not isinstance(change, Edited),
        columns=tuple(
            ColumnChange(column=name, old=_worded(old), new=_worded(new))
            for name, old, new in columns
        ),
    )


def _worded(wire: object) -> str:
    if wire is None:
        return ""
    return wire.hex() if isinstance(wire, bytes) else str(wire)
