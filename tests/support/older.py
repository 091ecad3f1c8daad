"""An older program, as far as the projection goes: it does not know some tables, columns and words."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from app.core.journal.projection import left_out
from app.core.journal.projection.stored import Stored, references_to, stored_tables
from app.core.storage.tables import model_of

NOTHING: Mapping[str, Any] = {}


@contextmanager
def an_older_program(
    *,
    tables: Collection[str] = (),
    columns: Mapping[str, str] = NOTHING,
    words: Mapping[str, tuple[str, object]] = NOTHING,
) -> Iterator[None]:
    """Let entries be read without these tables, these columns by table, and these values of columns.

    Such a column has a default, as one that a migration adds: that is what stands there then.
    """
    known = stored_tables()
    newer = dict(known)
    for table in {*columns, *words}:
        known[table] = Stored(model_of(table))
    for table, column in columns.items():
        known[table].readers.pop(column)
        known[table].journalled.pop(column)
    for table, (column, word) in words.items():
        reads = known[table].readers[column]
        known[table].readers[column] = _all_but(reads, word)
    for table in tables:
        del known[table]
    with pytest.MonkeyPatch.context() as patch:
        references_to.cache_clear()
        patch.setattr(left_out, "known", lambda: b"older")
        try:
            yield
        finally:
            known.clear()
            known.update(newer)
            references_to.cache_clear()


def _all_but(reads: Callable[[Any], bool], word: object) -> Callable[[Any], bool]:
    return lambda wire: wire != word and reads(wire)
