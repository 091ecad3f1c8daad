"""The journal as people use it: read it, search it, verify it, seal it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.errors import UserFacingError
from app.core.base.figures import size
from app.core.base.progress import NoProgress, Progress
from app.core.journal.changes import Change, Edited, decode_changes
from app.core.journal.entries import LogName
from app.core.journal.held import held_rows
from app.core.journal.ledger.vectors import Position
from app.core.journal.models import EntryRow, LogRow, MentionHeadRow, MentionRow, SealRow
from app.core.journal.personal import LentKeyring, Opening
from app.core.journal.seals import SealName, Signer, seal_logs, trees_to_seal
from app.core.journal.site import Site
from app.core.journal.unit import Unit
from app.core.journal.verify import Verdict, verify_journal
from app.core.storage.tables import Scope, table_of

_INDEX_BATCH = 5000
_LONGEST_BYTES = 64
"""That are shown as digits; more are a picture or a file."""


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
        self.asks_first: list[Callable[[], object]] = []
        """Raise where nothing may be signed now: the clock was set back."""
        self.on_sealed: list[Callable[[], None]] = []
        self.noted_outside: list[Callable[[], Sequence[Position]]] = []
        """Ask how far this station's logs went, as it is noted where no copy of the records takes it."""

    def verify(self, actor: Actor, progress: Progress | None = None) -> Verdict:
        """Prove the whole journal and the records against it. Reads everything: run it as a job."""
        actor.require(Capability.VIEW_JOURNAL)
        noted = tuple(place for ask in self.noted_outside for place in ask())
        with self._site.read() as session:
            return verify_journal(session.connection(), progress or NoProgress(), noted)

    def held_rows(self, row_ids: Collection[UUID]) -> frozenset[UUID]:
        """Return those of some rows that cannot be changed until this program is updated.

        Whoever looks at a row may know that; nothing of the journal is told.
        """
        with self._site.read() as session:
            return held_rows(session, row_ids)

    def seal(self, actor: Actor, but_for: Collection[str] = ()) -> tuple[SealName, ...]:
        """Sign the heads of this station's logs that have grown; return the new seals.

        Entries of the actions `but_for` are no growth, as those of seals never are. Raises what
        `asks_first` raise.
        """
        actor.require(Capability.VIEW_JOURNAL)
        with self._site.read() as session:
            station = self._site.station.fingerprint
            trees = trees_to_seal(session.connection(), station, but_for)
        if not trees:
            return ()
        for ask in self.asks_first:
            ask()
        with self._site.transaction(actor, "journal.seal") as unit:
            seals = seal_logs(unit, trees, self._signer, self._site.clock.now())
        for act in self.on_sealed:
            act()
        return tuple(seals)

    def seal_if_due(self) -> tuple[SealName, ...]:
        """Seal once a day, at the first occasion: the program does it of itself.

        Put off while nothing may be signed: whoever looks at the PC's health is told of its clock.
        """
        today = self._site.clock.now().astimezone().date()
        with self._site.read() as session:
            last = session.scalar(sa.select(sa.func.max(SealRow.sealed_at)))
        if last is not None and last.astimezone().date() >= today:
            return ()
        try:
            return self.seal(system_actor())
        except UserFacingError:
            return ()

    def entries(
        self,
        actor: Actor,
        *,
        about: UUID | None = None,
        since: datetime | None = None,
        limit: int = 200,
    ) -> tuple[EntryDetail, ...]:
        """Return the newest entries, newest first: those that touched the row `about`, if given."""
        actor.require(Capability.VIEW_JOURNAL)
        statement = _entries().order_by(EntryRow.stamp.desc()).limit(limit)
        if about is not None:
            index_mentions(self._site)
            mentioned = sa.and_(MentionRow.place == EntryRow.place, MentionRow.key == about)
            statement = statement.join(MentionRow, mentioned)
        if since is not None:
            statement = statement.where(EntryRow.wall >= since)
        with self._site.read() as session:
            opening = Opening(LentKeyring(session.connection()), session.connection())
            return tuple(_detail(*row, opening) for row in session.execute(statement).all())


def index_mentions(site: Site) -> None:
    """Index what the entries since the last look mention: here, so that writing stays quick."""
    while True:
        with site.database.write() as connection:
            if not _index_batch(Session(connection)):
                return


def rebuild_mentions(unit: Unit) -> None:
    """Index every entry anew."""
    for model in (MentionRow, MentionHeadRow):
        unit.execute(sa.delete(table_of(model)))
    while _index_batch(unit):
        pass


def _index_batch(session: Session) -> int:
    """Index the next entries of every log; return how many they were."""
    heads = session.execute(sa.select(MentionHeadRow.log_id, MentionHeadRow.seq))
    indexed = {row.log_id: row.seq for row in heads}
    return sum(_index_log(session, log, indexed.get(log, 0)) for log in _locked_logs(session))


def _locked_logs(session: Session) -> Sequence[int]:
    """Return the logs, which no other station of a server indexes meanwhile."""
    return session.scalars(sa.select(LogRow.id).order_by(LogRow.id).with_for_update()).all()


def _index_log(session: Session, log_id: int, indexed: int) -> int:
    entries = session.execute(
        sa.select(EntryRow.place, EntryRow.seq, EntryRow.body)
        .where(EntryRow.entries_of(log_id, after=indexed))
        .order_by(EntryRow.place)
        .limit(_INDEX_BATCH)
    ).all()
    if not entries:
        return 0
    mentions = {(change.key, row.place) for row in entries for change in decode_changes(row.body)}
    if mentions:
        session.execute(
            sa.insert(MentionRow), [{"key": key, "place": place} for key, place in mentions]
        )
    session.merge(MentionHeadRow(log_id=log_id, seq=entries[-1].seq))
    session.flush()
    return len(entries)


def _entries() -> sa.Select[EntryRow, LogRow]:
    return sa.select(EntryRow, LogRow).join(LogRow, LogRow.id == EntryRow.log_id)


def _detail(entry: EntryRow, log: LogRow, opening: Opening) -> EntryDetail:
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
        changes=tuple(map(row_change, opening.opened(decode_changes(entry.body)))),
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
    if isinstance(wire, bytes):
        return wire.hex() if len(wire) <= _LONGEST_BYTES else size(len(wire))
    return str(wire)
