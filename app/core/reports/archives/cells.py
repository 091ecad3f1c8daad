"""Values as an archive writes them: exact, and the same in every spreadsheet and every language."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.figures import size
from app.core.base.words import _
from app.core.reports.audit_values import VALUES
from app.core.storage.columns import canonical_json
from app.core.storage.tables import NAMES, model_of, table_of

_NAMED = {
    "account": ("login", "name"),
    "assignment": ("person_id", "requirement_id"),
    "attempt": ("person_id", "lesson_id"),
    "certificate": ("number",),
    "class_session": ("title",),
    "controlled_document": ("number", "title"),
    "correction": ("person_id",),
    "course": ("code", "title"),
    "course_start": ("person_id", "course_id"),
    "course_version": ("title", "number"),
    "document_revision": ("document_id", "label"),
    "evidence": ("person_id", "requirement_id"),
    "incident": ("title",),
    "job_role": ("code", "title"),
    "legacy_batch": ("title",),
    "lesson": ("title",),
    "org_unit": ("code", "name"),
    "person": ("number", "name"),
    "practical_result": ("round_id",),
    "practical_round": ("run_id", "stage"),
    "practical_run": ("person_id", "requirement_id"),
    "practical_version": ("title", "number"),
    "question_bank": ("code", "title"),
    "requirement": ("code", "title"),
    "session_signing": ("session_id",),
    "task": ("code", "title"),
    "training_request": ("person_id", "requirement_id"),
}
"""By which columns people know a row of a table; one may lead on. Others are told by their ids."""
_ACCOUNTS = frozenset({"by", "account_id", "published_by", "confirmed_by"})
_MOST_KNOWN = 50_000
_LONGEST_BYTES = 64


class Names:
    """What rows are called, looked up once each."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, UUID], str] = {}

    def of(self, table: str, key: UUID) -> str:
        """Return what a row is called; its id where it has no name, or is not here."""
        known = self._known.get((table, key))
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[table, key] = self._asked(table, key)
        return known

    def _asked(self, table: str, key: UUID) -> str:
        named = _NAMED.get(table)
        if not named:
            return str(key)
        rows = table_of(model_of(table))
        columns = [rows.columns[name] for name in named]
        found = self._session.execute(sa.select(*columns).where(rows.columns["id"] == key)).first()
        if found is None:
            return str(key)
        told = (self.told(column, one) for column, one in zip(columns, found, strict=True))
        return " ".join(filter(None, told))

    def told(self, column: sa.Column[Any], value: Any) -> str:
        """Return a column's value as it is written, a row that it names by what people call it."""
        kind = named_by(column) if isinstance(value, UUID) else ""
        return self.of(kind, value) if kind else cell(value)


def named_by(column: sa.Column[Any]) -> str:
    """Return the table of which a column names a row; "" for a column that names none."""
    for reference in column.foreign_keys:
        return str(reference.column.table.name)
    if column.key in _ACCOUNTS:
        return "account"
    return str(column.info.get(NAMES, ""))


def cell(value: Any) -> str:  # whatever a column holds
    """Return a value as it is written; "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    for kind, told in _TOLD.items():
        if isinstance(value, kind):
            return told(value)
    return str(value)


def _word(value: StrEnum) -> str:
    words = VALUES.get(type(value), {}).get(value)
    return str(value) if words is None else _(words)


def _bytes(value: bytes) -> str:
    return value.hex() if len(value) <= _LONGEST_BYTES else size(len(value))


_TOLD: dict[type, Callable[[Any], str]] = {
    datetime: lambda at: at.astimezone().isoformat(sep=" ", timespec="seconds"),
    StrEnum: _word,
    bytes: _bytes,
    dict: canonical_json,
    list: canonical_json,
}
"""How values of a kind are written; all others as they write themselves."""
