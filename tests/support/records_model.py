"""What the tables must be, worked out the plain way: from all entries at once, with nothing kept.

Knows nothing of how the product does it: a column's live values are what no edit superseded; of rows
that are one thing the one that is named by its own id is shown, else the first by id of those whose
references were not led on, parents before children.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from app.core.journal.changes import Edited, decode_changes
from app.core.storage.tables import Record, journalled_models, table_of
from tests.support.travelling import Came

Row = dict[str, Any]


def expected_tables(entries: Iterable[Came]) -> dict[str, dict[bytes, Row]]:
    """Return the shown rows of every table by id, in wire form, without their versions."""
    begun: dict[tuple[str, bytes], list[tuple[bytes, Row]]] = defaultdict(list)
    edits: dict[tuple[str, bytes], list[tuple[str, bytes, bytes, Any]]] = defaultdict(list)
    for came in entries:
        for change in decode_changes(came.body):
            row = (change.table, change.key.bytes)
            if isinstance(change, Edited):
                for name, edit in change.edits.items():
                    edits[row].append((name, came.version, edit.superseded, edit.new))
            else:
                begun[row].append((came.version, change.values))
    own: dict[str, dict[bytes, Row]] = defaultdict(dict)
    for (table, key), versions in begun.items():
        own[table][key] = _row(table, versions, edits[table, key])
    return _shown(own)


def _row(
    table: str, begun: list[tuple[bytes, Row]], edits: list[tuple[str, bytes, bytes, Any]]
) -> Row:
    models = {table_of(model).name: model for model in journalled_models()}
    model = models[table]
    columns = [c.key for c in table_of(model).columns if c.key not in {"id", "row_versions"}]
    rows = [{name: values.get(name) for name in columns} for _version, values in begun]
    if not issubclass(model, Record):
        return rows[0] if all(row == rows[0] for row in rows) else {}
    first = min(range(len(begun)), key=lambda n: begun[n][0])
    bases = {version for version, _values in begun}
    row = rows[first]
    for name in columns:
        mine = [(version, seen, new) for edited, version, seen, new in edits if edited == name]
        if mine:
            regulated = name in model.regulated
            row[name] = _column(mine, min(bases), bases, row[name], regulated=regulated)
    return row


def _column(
    edits: list[tuple[bytes, bytes, Any]],
    base: bytes,
    bases: set[bytes],
    begun: Any,
    *,
    regulated: bool,
) -> Any:
    values: dict[bytes, Any] = {}
    dead: set[bytes] = set()
    for version, joined, new in edits:
        values[version] = new  # of one entry the last edit holds
        seen = {joined[at : at + 16] for at in range(0, len(joined), 16)}
        dead |= seen - {version}
        if seen & bases:
            dead |= bases - values.keys()
    if not bases & (dead | values.keys()):
        values[base] = begun
    live = {version: value for version, value in values.items() if version not in dead}
    return live[min(live) if regulated else max(live)]


def _shown(own: dict[str, dict[bytes, Row]]) -> dict[str, dict[bytes, Row]]:
    leads: dict[tuple[str, bytes], bytes] = {}
    shown: dict[str, dict[bytes, Row]] = {}
    for model in journalled_models():
        table = table_of(model)
        taken: dict[tuple[Any, ...], bytes] = {}
        shown[table.name] = {}
        projected: dict[bytes, Row] = {}
        ranks: dict[bytes, tuple[bool, bool, bytes]] = {}
        for key, begun in own[table.name].items():
            projected[key] = dict(begun)
            _lead_on(table, projected[key], leads)
            ranks[key] = _rank(table, key, begun, projected[key])
        for key in sorted(projected, key=ranks.__getitem__):
            row = projected[key]
            keys = list(_keys(table, row))
            holders = [taken[one] for one in keys if one in taken]
            if holders:
                leads[table.name, key] = min(holders)
            else:
                taken.update(dict.fromkeys(keys, key))
                shown[table.name][key] = row
        for row in shown[table.name].values():  # a table that refers to itself
            _lead_on(table, row, leads)
    return shown


def _rank(table: sa.Table, key: bytes, own: Row, projected: Row) -> tuple[bool, bool, bytes]:
    names = {name for one in _unique(table) for name in one}
    is_named = any(projected.get(name) == key for name in names)
    was_led_on = any(own.get(name) != projected.get(name) for name in names)
    return not is_named, was_led_on, key


def _lead_on(table: sa.Table, row: Row, leads: dict[tuple[str, bytes], bytes]) -> None:
    for column in table.columns:
        for reference in column.foreign_keys:
            named = row.get(column.key)
            if named is not None:
                row[column.key] = leads.get((reference.column.table.name, named), named)


def _keys(table: sa.Table, row: Row) -> Iterable[tuple[Any, ...]]:
    for names in _unique(table):
        values = tuple(row.get(name) for name in names)
        if None not in values:
            yield (*names, *values)


def _unique(table: sa.Table) -> Iterable[tuple[str, ...]]:
    for key in table.constraints:
        if isinstance(key, sa.UniqueConstraint):
            yield tuple(str(column.key) for column in key.columns)
