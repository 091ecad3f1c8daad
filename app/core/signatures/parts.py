"""What a signature covers besides the row that it stands under: the rows that this one stands for.

A record says itself what those are (`Base.stands_for`), when it is signed. The signature keeps, by table,
which rows they were and one hash over them, so that whatever is altered or gone beneath it is found;
what is added later is not of what was signed. Names beside what somebody did are left out: an erasure
takes them (ADR 25, 87).

    parts   {table: {"columns": [name], "ids": [id], "sha256": of the rows' canonical text, a line each}}
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.core.journal import entries_about, row_as_written
from app.core.signatures.canonical import PayloadUnreadable, canonical_record, sha256_of
from app.core.storage.columns import canonical_json
from app.core.storage.tables import PERSONAL, Base, Fact, Record, model_of, table_of


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one table that a record stood for."""

    columns: tuple[str, ...]
    """Those that its table had then."""
    ids: tuple[UUID, ...]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """In which tables what was signed is not what is kept."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def with_parts(session: Session, record: str, row: Fact | Record) -> str:
    """Return the version of a record that is signed: its own row, and the rows that it stands for."""
    if not has_parts(str(table_of(type(row)).name)):
        return record
    ids: dict[str, set[UUID]] = defaultdict(set)
    for one in row.stands_for(session):
        ids[str(table_of(type(one)).name)].add(one.id)
    parts = {table: _part(session, table, some) for table, some in ids.items()}
    return canonical_json({**json.loads(record), "parts": msgspec.to_builtins(parts)})


def parts_in(signed: str) -> Mapping[str, Part] | None:
    """Return the parts that a signed version names; None in one of before, or of a record without any.

    Raises PayloadUnreadable for what is none of a form that this program knows.
    """
    try:
        return msgspec.convert(json.loads(signed).get("parts"), dict[str, Part] | None)
    except msgspec.ValidationError as damage:
        raise PayloadUnreadable from damage


def has_parts(kind: str) -> bool:
    """Tell whether records of a kind stand for others."""
    return model_of(kind).stands_for is not Base.stands_for


def compared(session: Session, row: Base | None, parts: Mapping[str, Part]) -> Compared:
    """Compare the rows that were signed with what is kept of them; `row` is the record, where it is shown.

    Rows that came since are none of what was signed, but for those that no entry of the journal wrote.
    The index of mentions must be up to date.
    """
    changed, missing = _slipped_in(session, row, parts), []
    for table, part in sorted(parts.items()):
        try:
            rows = _rows(session, table, part.ids, part.columns)
        except KeyError:
            rows = None
        if rows is None:
            missing.append(table)
        elif _hash_of(rows) != part.sha256:
            changed.append(table)
    return Compared(changed=tuple(sorted(set(changed))), missing=tuple(missing))


def _slipped_in(session: Session, row: Base | None, parts: Mapping[str, Part]) -> list[str]:
    """Return the tables in which a record stands for more than was signed that nobody wrote."""
    if row is None:
        return []
    signed = {key for part in parts.values() for key in part.ids}
    try:
        stands_for = list(row.stands_for(session))
    except NoResultFound:
        return []  # what is not here is told by the parts themselves
    return [
        str(table_of(type(one)).name)
        for one in stands_for
        if one.id not in signed and not entries_about(session, one.id)
    ]


def _part(session: Session, table: str, ids: Collection[UUID]) -> Part:
    columns, ordered = _columns(model_of(table)), tuple(sorted(ids))
    rows = _rows(session, table, ordered, columns)
    if rows is None:
        raise LookupError(table)
    return Part(columns=columns, ids=ordered, sha256=_hash_of(rows))


def _columns(model: type[Base]) -> tuple[str, ...]:
    left_out = {"row_versions"}
    return tuple(
        sorted(
            str(column.key)
            for column in table_of(model).columns
            if PERSONAL not in column.info and column.key not in left_out
        )
    )


def _rows(
    session: Session, table: str, ids: Iterable[UUID], columns: Collection[str]
) -> list[str] | None:
    """Return rows in their one spelling; None where one of them is not here."""
    found = []
    for key in ids:
        row = row_as_written(session, model_of(table), key)
        if row is None:
            return None
        found.append(
            canonical_record(table, key, {name: row.get(name) for name in columns if name in row})
        )
    return found


def _hash_of(rows: Iterable[str]) -> str:
    return sha256_of("\n".join(rows))
