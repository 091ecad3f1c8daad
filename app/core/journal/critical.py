"""What a program says an older one must not pass over: in words that travel with every sync file (ADR 75).

A word is `table.column`: whoever does not know the column, or cannot read what stands in it, edits no
row in which something stands there. `table.column>other` holds the row of another table that the
column names. `=value` at the end is what the column says where all is as before: that holds nothing.
Words of another form are of a later version, and passed over.
"""

from dataclasses import dataclass
from functools import cache
from typing import Self

from app.core.journal.shapes import Shape, shape_of
from app.core.storage.columns import Wire, to_wire
from app.core.storage.tables import CRITICAL, Critical, journalled_models

MOST_KINDS = 1000
"""So many are kept of what others said; a program has a few."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class CriticalKind:
    """One word, taken apart."""

    table: str
    column: str
    holds: str
    """The table of the row that is held."""
    is_of_itself: bool
    """Whether that is the row that the column is of."""
    usual: str | None
    """What holds nothing."""

    @classmethod
    def read(cls, untrusted: str) -> Self | None:
        """Return what a word says; None where this program does not understand it."""
        if len(untrusted) > _LONGEST:
            return None
        named, has_usual, usual = untrusted.partition("=")
        place, is_other, other = named.partition(">")
        table, has_column, column = place.partition(".")
        if not (table and has_column and column) or (is_other and not other):
            return None
        return cls(table, column, other or table, not is_other, usual if has_usual else None)

    def holds_by(self, value: Wire) -> bool:
        """Tell whether a value that this program does not understand holds a row."""
        return value is not None and (self.usual is None or str(value) != self.usual)


@cache
def declared_kinds() -> tuple[str, ...]:
    """Return what this program declares, by the info of its columns."""
    return tuple(
        _word(shape, name, declared)
        for shape in map(shape_of, journalled_models())
        for name, column in shape.journalled.items()
        if isinstance(declared := column.info.get(CRITICAL), Critical)
    )


def _word(shape: Shape, column: str, declared: Critical) -> str:
    word = f"{shape.table}.{column}"
    if declared.holds:
        word += f">{declared.holds}"
    usual = to_wire(shape.journalled[column], shape.defaults.get(column))
    return f"{word}={usual}" if isinstance(usual, (str, int)) else word
