"""What transactions of one kind did, in the values of their tables: for whoever takes one back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.journal.changes import Change, Edited, decode_changes
from app.core.journal.entries import LogName
from app.core.journal.models import EntryRow, LogRow, MentionRow, place_of
from app.core.journal.personal import opened_changes
from app.core.storage.columns import from_wire
from app.core.storage.tables import model_of, table_of

_AT_ONCE = 500


class DeedId(NamedTuple):
    """Names one entry in this database."""

    log_id: int
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One entry, without what it changed."""

    id: DeedId
    position: str
    """As the audit trail names it."""
    at: datetime
    actor: UUID | None
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """A row that an entry wrote. Columns have the value before (None in a new row) and after."""

    table: str
    key: UUID
    is_new: bool
    columns: dict[str, tuple[Any, Any]]


def deeds_done(session: Session, actions: tuple[str, ...], limit: int) -> tuple[Deed, ...]:
    """Return the newest entries of some actions, newest first."""
    rows = session.execute(
        _deeds().where(EntryRow.action.in_(actions)).order_by(EntryRow.stamp.desc()).limit(limit)
    )
    return tuple(_deed(row) for row in rows)


def deed_named(session: Session, deed_id: DeedId) -> Deed:
    """Return one entry. Raises NotFound."""
    row = session.execute(_deeds().where(_named(deed_id))).first()
    if row is None:
        raise NotFound(f"{deed_id.log_id}/{deed_id.seq}")
    return _deed(row)


def written_by(session: Session, deed_id: DeedId) -> tuple[Written, ...]:
    """Return the rows that an entry wrote, in its order. Raises NotFound."""
    body = session.scalar(sa.select(EntryRow.body).where(_named(deed_id)))
    if body is None:
        raise NotFound(f"{deed_id.log_id}/{deed_id.seq}")
    opened = opened_changes(session.connection(), decode_changes(body))
    return tuple(_written(change) for change in opened)


def written_of(session: Session, key: UUID) -> tuple[tuple[UUID | None, Written], ...]:
    """Return how a row came to be as it is: who wrote, and what, the oldest first.

    The index of mentions must be up to date.
    """
    entries = session.execute(
        sa.select(EntryRow.actor, EntryRow.body)
        .join(MentionRow, MentionRow.place == EntryRow.place)
        .where(MentionRow.key == key)
        .order_by(EntryRow.stamp)
    ).all()
    return tuple(
        (actor, _written(change))
        for actor, body in entries
        for change in opened_changes(session.connection(), decode_changes(body))
        if change.key == key
    )


def writers_of(session: Session, keys: Sequence[UUID]) -> frozenset[UUID]:
    """Return the accounts that wrote any of some rows, or changed them later.

    The index of mentions must be up to date.
    """
    found: set[UUID] = set()
    for start in range(0, len(keys), _AT_ONCE):
        some = MentionRow.key.in_(keys[start : start + _AT_ONCE])
        found.update(
            session.scalars(
                sa.select(EntryRow.actor)
                .join(MentionRow, MentionRow.place == EntryRow.place)
                .where(some, EntryRow.actor.is_not(None))
                .distinct()
            )
        )
    return frozenset(found)


def _deeds() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        EntryRow.log_id,
        EntryRow.seq,
        EntryRow.wall,
        EntryRow.actor,
        EntryRow.action,
        EntryRow.reason,
        LogRow.station,
        LogRow.incarnation,
        LogRow.scope,
    ).join(LogRow, LogRow.id == EntryRow.log_id)


def _named(deed_id: DeedId) -> sa.ColumnElement[bool]:
    return EntryRow.place == place_of(deed_id.log_id, deed_id.seq)


def _deed(row: sa.Row[Any]) -> Deed:
    return Deed(
        id=DeedId(row.log_id, row.seq),
        position=LogName(row.station, row.incarnation, row.scope).position(row.seq),
        at=row.wall,
        actor=row.actor,
        action=row.action,
        reason=row.reason,
    )


def _written(change: Change) -> Written:
    columns = table_of(model_of(change.table)).columns
    if isinstance(change, Edited):
        values = {
            name: (from_wire(columns[name], edit.old), from_wire(columns[name], edit.new))
            for name, edit in change.edits.items()
        }
    else:
        values = {
            name: (None, from_wire(columns[name], value)) for name, value in change.values.items()
        }
    return Written(change.table, change.key, not isinstance(change, Edited), values)
