"""The journal as an auditor reads it: searched, filtered, page by page, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import start_of
from app.core.base.paging import DEFAULT_LIMIT, Page
from app.core.journal import Site, index_mentions, shown_in_sql, standing_for
from app.core.journal.changes import BodyUnreadable, Change, Edited, decode_changes
from app.core.journal.models import EntryRow, LogRow, MentionRow
from app.core.journal.personal import LentKeyring, Opening
from app.core.people import given_for
from app.core.people.account_models import AccountRow
from app.core.people.models import PersonRow
from app.core.reports.audit_actions import action_in_words, actions_in_words
from app.core.reports.audit_words import column_in_words, table_in_words, value_in_words
from app.core.reports.freshness import Look
from app.core.reports.pairs import AnySelect, Condition
from app.core.storage.tables import Scope

_MOST_CHANGES = 50
"""Changes shown of one entry: an import has thousands."""
_PROGRAM = system_actor().name
_LENT = "delegation_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSearch:
    """What of the journal is wanted; everything given must hold."""

    text: str = ""
    """Words that stand in the action or in the reason."""
    action: str = ""
    """An action, or the beginning of one: "person." for all about people."""
    account_id: UUID | None = None
    first_day: date | None = None
    last_day: date | None = None
    record: UUID | None = None
    """Id of the row that was changed."""
    scope: Scope | None = None
    offset: int = 0
    limit: int = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedColumn:
    """One column before and after, worded; `old` is empty for a new row."""

    name: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedChange:
    """What an entry did to one row."""

    table: str
    title: str
    key: UUID
    is_new: bool
    columns: tuple[WordedColumn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One entry, with who wrote it and what changed, in words."""

    position: str
    """Scope, station and number, as journal.EntryDetail has it."""
    scope: Scope
    seq: int
    wall: datetime
    offset_minutes: int
    """Of the PC that wrote it, from UTC."""
    account_id: UUID | None
    actor: str
    acts_for: str
    """Whom they gave training for; "" where they acted for themselves."""
    login: str
    action: str
    action_title: str
    reason: str
    hash: str
    changes: tuple[WordedChange, ...] = field(repr=False)
    changes_total: int
    """Of all; `changes` holds the first fifty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionCount:
    """How often something was done."""

    action: str
    title: str
    count: int


class AuditTrail:
    """Reads the journal for holders of VIEW_JOURNAL."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def page(self, actor: Actor, search: AuditSearch | None = None) -> Page[AuditEntry]:
        """Return one stretch of the entries that fit, the newest first, and how many fit."""
        actor.require_anywhere(Capability.VIEW_JOURNAL)
        wanted = search or AuditSearch()
        if wanted.record is not None:
            index_mentions(self._site)
        conditions = _conditions(wanted)
        with self._site.read() as session:
            rows = session.execute(
                _entries(*_SHOWN)
                .where(*conditions)
                .order_by(EntryRow.stamp.desc(), EntryRow.place.desc())
                .limit(wanted.limit)
                .offset(wanted.offset)
            )
            opening = Opening(LentKeyring(session.connection()), session.connection())
            found = _saying_for_whom(session, [_entry(row, opening) for row in rows.all()])
            return Page(rows=found, total=_total(session, conditions))

    def actions(self, actor: Actor, search: AuditSearch | None = None) -> tuple[ActionCount, ...]:
        """Return what was done how often among the entries that fit, the most frequent first."""
        actor.require_anywhere(Capability.VIEW_JOURNAL)
        count = sa.func.count()
        statement = (
            _entries(EntryRow.action, count)
            .where(*_conditions(search or AuditSearch()))
            .group_by(EntryRow.action)
            .order_by(count.desc(), EntryRow.action)
        )
        with self._site.read() as session:
            return tuple(
                ActionCount(action=action, title=action_in_words(action), count=times)
                for action, times in session.execute(statement)
            )


_SHOWN: tuple[Any, ...] = (
    EntryRow,
    LogRow,
    AccountRow.login,
    AccountRow.name.label("account_name"),
    PersonRow.name.label("person_name"),
)


def _entries(*columns: Any) -> AnySelect:
    return (
        sa.select(*columns)
        .select_from(EntryRow)
        .join(LogRow, LogRow.id == EntryRow.log_id)
        .outerjoin(AccountRow, AccountRow.id == shown_in_sql(AccountRow, EntryRow.actor))
        .outerjoin(PersonRow, PersonRow.id == AccountRow.person_id)
    )


def _total(session: Session, conditions: list[Condition]) -> int:
    if not conditions:
        return Look.at(session).entries
    return session.scalar(_entries(sa.func.count()).where(*conditions)) or 0


def _conditions(search: AuditSearch) -> list[Condition]:
    return [*_said(search), *_when(search), *_where(search)]


def _said(search: AuditSearch) -> Iterator[Condition]:
    for word in search.text.split():
        yield sa.or_(
            EntryRow.action.icontains(word, autoescape=True),
            EntryRow.action.in_(actions_in_words(word)),
            EntryRow.reason.icontains(word, autoescape=True),
            PersonRow.search_text.contains(word.casefold(), autoescape=True),
            AccountRow.login.contains(word.casefold(), autoescape=True),
        )
    if search.action:
        yield EntryRow.action.startswith(search.action, autoescape=True)


def _when(search: AuditSearch) -> Iterator[Condition]:
    if search.first_day is not None:
        yield EntryRow.wall >= start_of(search.first_day)
    if search.last_day is not None:
        yield EntryRow.wall < start_of(search.last_day + timedelta(days=1))


def _where(search: AuditSearch) -> Iterator[Condition]:
    if search.account_id is not None:
        yield EntryRow.actor == search.account_id
    if search.scope is not None:
        yield LogRow.scope == search.scope
    if search.record is not None:
        yield sa.exists().where(
            sa.or_(
                MentionRow.key == search.record,
                MentionRow.key.in_(standing_for(search.record)),
            ),
            MentionRow.place == EntryRow.place,
        )


def _entry(row: Any, opening: Opening) -> AuditEntry:  # a row of _SHOWN
    entry, log = row.EntryRow, row.LogRow
    changes, total = _first_changes(entry.body)
    known = entry.actor is not None and row.login is not None
    return AuditEntry(
        position=f"{log.scope.value}/{log.station[:4].hex()}/{entry.seq}",
        scope=log.scope,
        seq=entry.seq,
        wall=entry.wall,
        offset_minutes=entry.offset_minutes,
        account_id=entry.actor,
        actor=row.person_name or row.account_name or row.login or (str(entry.actor or _PROGRAM)),
        acts_for="",
        login=row.login if known else "",
        action=entry.action,
        action_title=action_in_words(entry.action),
        reason=entry.reason,
        hash=entry.hash.hex(),
        changes=tuple(map(worded_change, opening.opened(changes))),
        changes_total=total,
    )


def _saying_for_whom(session: Session, entries: list[AuditEntry]) -> tuple[AuditEntry, ...]:
    """Return entries with the names of those for whom training was given, in the place of what keeps it."""
    named = {UUID(column.new) for one in entries for column in _naming(one)}
    names = {str(key): one.giver for key, one in given_for(session, named).items()}
    return tuple(_said_for_whom(one, names) for one in entries) if names else tuple(entries)


def _said_for_whom(entry: AuditEntry, names: Mapping[str, str]) -> AuditEntry:
    givers = dict.fromkeys(names.get(column.new, "") for column in _naming(entry))
    changes = tuple(
        replace(
            change,
            columns=tuple(
                replace(one, new=names.get(one.new, one.new)) if one.name == _LENT else one
                for one in change.columns
            ),
        )
        for change in entry.changes
    )
    return replace(entry, changes=changes, acts_for=", ".join(filter(None, givers)))


def _naming(entry: AuditEntry) -> Iterator[WordedColumn]:
    """Yield what names a delegation, by which something was done for somebody else."""
    for change in entry.changes:
        yield from (one for one in change.columns if one.name == _LENT and one.new)


def _first_changes(body: bytes) -> tuple[list[Change], int]:
    """Return the first changes of a body and how many there are, without reading all the rest."""
    try:
        packed = msgspec.msgpack.decode(body, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise BodyUnreadable from error
    first = msgspec.msgpack.encode(packed[:_MOST_CHANGES])
    return decode_changes(first), len(packed)


def worded_change(change: Change) -> WordedChange:
    """Return a change with its table, columns and values in words."""
    table = change.table
    if isinstance(change, Edited):
        columns = [(name, edit.old, edit.new) for name, edit in change.edits.items()]
    else:
        columns = [(name, None, value) for name, value in change.values.items()]
    return WordedChange(
        table=table,
        title=table_in_words(table),
        key=change.key,
        is_new=not isinstance(change, Edited),
        columns=tuple(
            WordedColumn(
                name=name,
                title=column_in_words(name),
                old=value_in_words(table, name, old),
                new=value_in_words(table, name, new),
            )
            for name, old, new in columns
        ),
    )
