"""Which columns are personal, whose they are, and what stands there once the person is erased."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from app.core.storage.columns import Wire
from app.core.storage.tables import PERSONAL, Personal, journalled_models, table_of

_CODE_BYTES = 5
_OWN = "id"


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """A journalled table that says something personal."""

    table: str
    of: str
    """The column that names the person, or leads to them; "id" where the row is the person's own."""
    through: str
    """The table to which it leads; "" where it names the person."""
    columns: Mapping[str, Personal]

    @property
    def is_of_people(self) -> bool:
        """Tell whether each row is a person."""
        return self.of == _OWN

    def named_in(self, key: bytes, row: Mapping[str, Wire]) -> Wire:
        """Return whom a row names: a person, or a row of `through`."""
        return key if self.is_of_people else row.get(self.of)

    def blanks(self, person: bytes, row: Mapping[str, Wire]) -> dict[str, Wire]:
        """Return what stands in the personal columns of a row of somebody who is erased, or unknown."""
        values = defaultdict[str, object](str, {**row, "code": code_of(person)})
        return {name: _worded(column, values) for name, column in self.columns.items()}


def code_of(person: bytes) -> str:
    """Return the mark that stands for a person: the end of their id, which is drawn at random."""
    return person[-_CODE_BYTES:].hex().upper()


def _worded(column: Personal, values: Mapping[str, object]) -> str | bytes:
    if isinstance(column.erased, bytes):
        return column.erased
    text = column.erased.format_map(values)
    return text.casefold() if column.folded else text


@cache
def personal_tables() -> Mapping[str, PersonalTable]:
    """Return the tables that say something personal, by name."""
    found = (_personal(table_of(model)) for model in journalled_models())
    return {one.table: one for one in found if one is not None}


@cache
def erasing_tables() -> Mapping[str, str]:
    """Return the tables whose rows say that somebody is erased, each with the column that names them."""
    return {str(table_of(m).name): m.erases for m in journalled_models() if m.erases}


def _personal(table: sa.Table) -> PersonalTable | None:
    marked = {
        str(column.key): column.info[PERSONAL]
        for column in table.columns
        if PERSONAL in column.info
    }
    if not marked:
        return None
    ways = {(one.of, one.through) for one in marked.values()}
    if len(ways) > 1 or any(table.columns[name].nullable for name in marked):
        raise TypeError(f"{table.name} says in two ways whose it is, or may say nothing")
    ((of, through),) = ways
    return PersonalTable(str(table.name), of, through, marked)
