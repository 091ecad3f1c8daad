"""Putting statements into the records: whole, once, and findable by what they say."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.base.clock import from_microseconds, to_microseconds
from app.core.journal import Unit
from app.core.learning.statements.activities import learn_definitions
from app.core.learning.statements.errors import StatementConflict
from app.core.learning.statements.exact_json import Json, read_json, to_text
from app.core.learning.statements.facets import find_keys, referred_id, voided_id
from app.core.learning.statements.models import StatementKeyRow, StatementRow
from app.core.learning.statements.received import Accepted
from app.core.learning.statements.sameness import meaning_of, same_instant
from app.core.learning.statements.types import Statement
from app.core.storage.prepared import Prepared
from app.core.storage.tables import table_of

_FEW = 500
"""How many ids go into one query."""
_ONE = timedelta(microseconds=1)
_TIE = timedelta(seconds=1)
_LONGEST_CHAIN = 50
"""Statements about statements about …: further links are not followed."""
_BATCH = 2000
_Key = tuple[bytes, int, bytes, bytes]
"""A row of StatementKeyRow in wire forms."""
_OF_KEY = ("key", "stored", "statement_id", "origin_id")


def unknown_of(unit: Unit, statements: Sequence[Accepted]) -> list[Accepted]:
    """Return those that are not recorded yet. Raises StatementConflict for other content."""
    fresh = []
    for one in statements:
        known = unit.run(_KNOWN, {"statement": one.id})
        if not known:
            fresh.append(one)
            continue
        meaning, recorded = known[0]
        if meaning != meaning_of(one.document) or _differs_in_time(recorded, one.document):
            raise StatementConflict(one.id)
    return fresh


def stamps(unit: Unit, now: datetime, count: int) -> list[datetime]:
    """Return when each of `count` statements is stored: rising, also within one tick of the clock."""
    last = unit.run(_NEWEST, {})[0][0]
    newest = now - _ONE if last is None else from_microseconds(last)
    if now <= newest < now + _TIE:
        now = newest + _ONE
    return [now + position * _ONE for position in range(count)]


def write(unit: Unit, statements: Sequence[Statement]) -> None:
    """Insert statements that are not recorded yet, with everything they are found by."""
    unit.insert_many(
        StatementRow,
        (
            {
                "id": one.id,
                "stored": one.stored,
                "person_id": one.person_id,
                "refers_to": referred_id(one.document),
                "voids": voided_id(one.document),
                "meaning": meaning_of(one.document),
                "document": to_text(one.document),
            }
            for one in statements
        ),
    )
    learn_definitions(unit, (one.document for one in statements))
    index(unit, statements)


def index(unit: Unit, statements: Sequence[Statement]) -> None:
    """Make statements findable: by what they say, and by what the statements they speak of say."""
    found: list[_Key] = []
    for one in statements:
        stored, statement_id = to_microseconds(one.stored), one.id.bytes
        found += [(key, stored, statement_id, statement_id) for key in find_keys(one.document)]
    _insert(unit, found)
    for one in statements:
        if referred_id(one.document) is not None:
            _inherit(unit, one.id, one.stored, one.document)
    _hand_down(unit, statements)


def _inherit(unit: Unit, statement_id: UUID, stored: datetime, document: Json) -> None:
    """Give a statement the keys of those it speaks of, as far as they have arrived."""
    keys: set[_Key] = set()
    seen, target = {statement_id}, referred_id(document)
    moment = to_microseconds(stored)
    while target is not None and target not in seen and len(seen) < _LONGEST_CHAIN:
        seen.add(target)
        row = unit.get(StatementRow, target)
        if row is None:
            break
        spoken = read_json(row.document)
        keys |= {(key, moment, statement_id.bytes, target.bytes) for key in find_keys(spoken)}
        target = row.refers_to
    _insert_missing(unit, statement_id, keys)


def _hand_down(unit: Unit, statements: Sequence[Statement]) -> None:
    """Let those that spoke of these before they arrived inherit their keys now."""
    ids = [one.id for one in statements]
    seen = set(ids)
    for _link in range(_LONGEST_CHAIN):
        speakers = [row for row in _speaking_of(unit, ids) if row.id not in seen]
        if not speakers:
            return
        for row in speakers:
            _inherit(unit, row.id, row.stored, read_json(row.document))
        ids = [row.id for row in speakers]
        seen.update(ids)


def _insert_missing(unit: Unit, statement_id: UUID, keys: set[_Key]) -> None:
    if not keys:
        return
    there = {
        (row.key, row.origin_id.bytes)
        for row in unit.execute(
            sa.select(StatementKeyRow.key, StatementKeyRow.origin_id).where(
                StatementKeyRow.key.in_({key for key, _stored, _id, _origin in keys}),
                StatementKeyRow.statement_id == statement_id,
            )
        )
    }
    _insert(unit, (row for row in keys if (row[0], row[3]) not in there))


def _insert(unit: Unit, keys: Iterable[_Key]) -> None:
    unit.insert_wires(StatementKeyRow, _OF_KEY, sorted(keys))


def rebuild_statement_index(unit: Unit) -> None:
    """Derive what statements are found by anew, all of it: after a restore or an import."""
    from app.core.learning.statements.models import ActivityRow

    unit.execute(sa.delete(table_of(StatementKeyRow)))
    unit.execute(sa.delete(table_of(ActivityRow)))
    after: tuple[Any, ...] | None = None
    while rows := _next_rows(unit, after):
        found = [
            Statement(
                id=row.id,
                stored=row.stored,
                person_id=row.person_id,
                document=read_json(row.document),
            )
            for row in rows
        ]
        learn_definitions(unit, (one.document for one in found))
        index(unit, found)
        after = (rows[-1].stored, rows[-1].id)
        unit.expunge_all()


def _next_rows(unit: Unit, after: tuple[Any, ...] | None) -> list[StatementRow]:
    statement = sa.select(StatementRow).order_by(StatementRow.stored, StatementRow.id)
    if after is not None:
        stored, last = after
        statement = statement.where(
            StatementRow.stored >= stored,
            sa.or_(StatementRow.stored > stored, StatementRow.id > last),
        )
    return list(unit.scalars(statement.limit(_BATCH)))


_KNOWN = Prepared(
    sa.select(StatementRow.meaning, StatementRow.document).where(
        StatementRow.id == sa.bindparam("statement")
    )
)
_NEWEST = Prepared(sa.select(sa.func.max(StatementRow.stored)))
_IS_SPOKEN_OF = Prepared(
    sa.select(StatementRow.id).where(StatementRow.refers_to == sa.bindparam("statement"))
)


def _speaking_of(unit: Unit, ids: list[UUID]) -> list[StatementRow]:
    """Return the statements about these: of hardly any is anything said before it arrives."""
    spoken_of = [one for one in ids if unit.run(_IS_SPOKEN_OF, {"statement": one})]
    return [
        row
        for first in range(0, len(spoken_of), _FEW)
        for row in unit.scalars(
            sa.select(StatementRow).where(
                StatementRow.refers_to.in_(spoken_of[first : first + _FEW])
            )
        )
    ]


def _differs_in_time(recorded: str, document: Json) -> bool:
    if "timestamp" not in document:
        return False
    return not same_instant(read_json(recorded)["timestamp"], document["timestamp"])
