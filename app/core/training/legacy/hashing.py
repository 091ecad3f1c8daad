"""What the hash of a batch covers: every row that was taken, in the order of the list.

One JSON text (keys sorted, no spaces, one row a line), SHA-256 of its UTF-8. It stands in the batch, so
that who signs the batch signs its rows.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID


class HashedRow(Protocol):
    """A row, read or on record."""

    @property
    def sheet(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def person_id(self) -> UUID: ...
    @property
    def requirement_id(self) -> UUID: ...
    @property
    def trained_on(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def score(self) -> str: ...
    @property
    def trainer(self) -> str: ...
    @property
    def source(self) -> str: ...


def hash_of_rows(rows: Iterable[HashedRow]) -> str:
    """Return the hash of rows, hexadecimal, whatever order they are given in."""
    digest = hashlib.sha256()
    for row in sorted(rows, key=lambda one: (one.sheet, one.line)):
        digest.update(_text(row).encode())
    return digest.hexdigest()


def _text(row: HashedRow) -> str:
    says = {
        "sheet": row.sheet,
        "line": row.line,
        "person": str(row.person_id),
        "requirement": str(row.requirement_id),
        "trained_on": row.trained_on.isoformat(),
        "valid_until": None if row.valid_until is None else row.valid_until.isoformat(),
        "score": row.score,
        "trainer": row.trainer,
        "source": row.source,
    }
    return json.dumps(says, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
