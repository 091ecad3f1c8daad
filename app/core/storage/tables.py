"""The kinds of table, declared once by the base class a model takes (architecture, The one idea)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from typing_extensions import override

from app.core.base.ids import new_id
from app.core.storage.columns import Id, Instant

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


NAMES = "names"
"""Of a column's info: the table of which it names a row for good, though it is no reference."""
CRITICAL = "critical"
"""Of a column's info: that a program which does not know it must not edit a row, as `Critical` (ADR 75)."""
PERSONAL = "personal"
"""Of a column's info: that it says something personal of somebody, as `Personal` (ADR 25)."""


@dataclass(frozen=True, slots=True)
class Critical:
    """Why a program that does not know a column, or a value in it, leaves a row alone.

    For what gives another meaning to columns that an older program edits; what only adds to a row needs
    none. A column's default is as it was before, and holds nothing. No program writes by itself in rows
    that this can hold: its round would stop there.
    """

    holds: str = ""
    """The table of which the column names the row that is held; empty: the row that the column is of."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Whose a column's value is, and what stands there when they are erased."""

    of: str
    """The column of the same row that names the person, or leads to them; the same in all of a table."""
    erased: str | bytes
    """Then the value: {code} is the person's mark; in facts any column that is not personal may stand.

    Bytes stand as they are.
    """
    through: str = ""
    """The table of which `of` names a row, where that is not the person's own: whose row it is."""
    folded: bool = False
    """Whether the value is case-folded, as that of a column that is searched."""


BY = Personal("by", "Person {code}", through="account")
"""Of the name of whoever did something, beside their account."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Whose word counts about the rows of a table: that of the site they are of, and headquarters' (ADR 74)."""

    of: Mapping[str, str]
    """Columns that name rows of other such tables: who speaks of this one has to speak for those."""
    home: str = ""
    """The column that says of which site a row is; "" where it is of the sites of what it names."""
    void: tuple[str, str] | None = None
    """How a row without a site lies there that its writer may not speak of: this column holds what that one does.

    "" stands for the moment of the entry. None: it is left out, where nothing refers to such rows.
    """
    waits: bool = True
    """Whether an entry waits for the rows that are named, though they are no references."""


_SCOPE_WORD = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)


class Scope(StrEnum):
    """Which of a station's logs a table's changes go to; each log travels whole."""

    IDENTITY = "identity"
    CATALOGUE = "catalogue"
    RECORDS = "records"

    @classmethod
    def of(cls, untrusted: object) -> "Scope | None":
        """Return what a word names, one of a later version too; None for what is no such word."""
        try:
            return cls(untrusted) if isinstance(untrusted, str) else None
        except ValueError:
            return None

    @classmethod
    @override
    def _missing_(cls, value: object) -> "Scope | None":
        """Name a scope of a later version: its logs are kept and carried, and it is none of those here."""
        if not (isinstance(value, str) and _SCOPE_WORD.fullmatch(value)):
            return None
        later = str.__new__(cls, value)
        later._name_, later._value_ = value.upper(), value
        return later


class Kind(StrEnum):
    """How a table may change, and whether the journal hears of it."""

    FACT = "fact"
    RECORD = "record"
    LOCAL = "local"
    SYSTEM = "system"


class Base(DeclarativeBase):
    """Every mapped class of the product, in one metadata."""

    metadata = sa.MetaData(naming_convention=NAMING)
    table_kind: ClassVar[Kind] = Kind.SYSTEM
    table_scope: ClassVar[Scope | None] = None
    erases: ClassVar[str] = ""
    """The column that names a person, where a row says that they are erased for good."""
    spoken: ClassVar[Spoken | None] = None
    """Whose word counts about its rows; None: that of every station that may write at all."""
    concerns: ClassVar[tuple[str, str] | None] = None
    """The columns that say the table and the id of what a row is about, where no reference does."""

    def stands_for(self, _session: Session) -> "Iterable[Fact | Record]":
        """Return the rows that a signature under this one covers besides it (ADR 85): asked when it is signed."""
        return ()


class Fact(Base):
    """Something that happened: inserted once, never changed; corrections are new facts."""

    __abstract__ = True
    table_kind: ClassVar[Kind] = Kind.FACT
    id: Mapped[UUID] = mapped_column(Id, primary_key=True, default=new_id)

    @property
    def goes_with(self) -> Scope | None:
        """Which log this row goes to: that of its table, unless it belongs to a row of another."""
        return self.table_scope


class DoneBy:
    """Of a fact: when it was done, and by whom. These columns stand last in its table."""

    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)
    """The account; None for what the program did by itself."""
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})


class Record(Base):
    """Something that may be edited; merged per column between sites.

    `row_versions` is msgpack of {column: version}, "" standing for every column not named; a
    version is the HLC and station of the entry that wrote the value. Where several values stand
    side by side, their versions follow one another.
    """

    __abstract__ = True
    table_kind: ClassVar[Kind] = Kind.RECORD
    regulated: ClassVar[frozenset[str]] = frozenset()
    """Columns in which no edit wins over one that did not know of it: somebody decides (ADR 16)."""
    follows: ClassVar[frozenset[str]] = frozenset()
    """Columns that follow from others of the row (`followed`): nobody is asked to decide them."""
    id: Mapped[UUID] = mapped_column(Id, primary_key=True, default=new_id)
    row_versions: Mapped[bytes] = mapped_column(sa.LargeBinary, default=b"", sort_order=999)

    def followed(self) -> Mapping[str, object]:
        """Return what the columns that follow from others are to hold."""
        return {}


class Local(Base):
    """Of this PC only: never journalled, never carried."""

    __abstract__ = True
    table_kind: ClassVar[Kind] = Kind.LOCAL


class Derived(Local):
    """Worked out from the records: made anew at any time by a line of `operations.DERIVED`."""

    __abstract__ = True


def table_of(model: type[Base]) -> sa.Table:
    """Return the table of a mapped class."""
    return cast("sa.Table", model.__table__)  # declarative types it as the more general FromClause


def model_of(table: str) -> type[Base]:
    """Return the mapped class of a table. Raises KeyError for a table the product does not have."""
    return _models()[table]


def journalled_models() -> list[type[Base]]:
    """Return the mapped classes whose changes are journalled, parents before children."""
    models = _models()
    order = [table.name for table in Base.metadata.sorted_tables]
    return [
        models[name] for name in order if name in models and models[name].table_scope is not None
    ]


def _models() -> dict[str, type[Base]]:
    return {table_of(mapper.class_).name: mapper.class_ for mapper in Base.registry.mappers}


__all__ = [
    "BY",
    "CRITICAL",
    "NAMES",
    "PERSONAL",
    "Base",
    "Critical",
    "Derived",
    "DoneBy",
    "Fact",
    "Kind",
    "Local",
    "Personal",
    "Record",
    "Scope",
    "Spoken",
    "journalled_models",
    "model_of",
    "table_of",
]
