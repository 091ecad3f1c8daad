"""Statements on the way every transaction takes: compiled once, then given straight to the driver.

SQLAlchemy's execution costs some 50 µs a statement whatever the statement does; five of them cost
more than the commit on a good disk. Everything else goes the ordinary way.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from app.core.storage.columns import wire_type

_Parameters = tuple[Any, ...] | dict[str, Any]
_Bind = tuple[str, Callable[[Any], Any] | None]
"""A parameter's name, and what its type makes of a value for the driver."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in an engine's own words."""

    sql: str
    binds: tuple[_Bind, ...]
    positional: bool
    gives_rows: bool
    said: Mapping[str, Any]
    """The values that the statement says itself."""
    as_given: Callable[[Mapping[str, Any]], tuple[Any, ...]] | None
    """Takes several parameters that need nothing done to them, in their order."""

    def parameters(self, values: Mapping[str, Any]) -> _Parameters:
        """Return values as the driver takes them, with those that the statement says itself."""
        if self.said:
            values = {**self.said, **values}
        if self.positional:
            return tuple(
                [values[name] if bind is None else bind(values[name]) for name, bind in self.binds]
            )
        return {n: values[n] if bind is None else bind(values[n]) for n, bind in self.binds}

    def named(self, row: Sequence[Any]) -> dict[str, Any]:
        """Return parameters given in their order by their names."""
        return {name: value for (name, _bind), value in zip(self.binds, row, strict=True)}


class Hand:
    """What runs statements on one connection in one call: SQLite's cursor at hand, or a server's connection.

    Whoever runs several takes it once: to look for it takes as long as a small statement does.
    """

    __slots__ = ("dialect", "driver", "engine", "execute")

    def __init__(self, connection: sa.Connection) -> None:
        self.dialect = connection.dialect
        self.driver: Any = connection.connection.dbapi_connection
        self.engine = self.dialect.name
        runs: Any = getattr(self.driver, "at_hand", self.driver)
        self.execute: Callable[..., Any] = runs.execute

    @property
    def errors(self) -> type[Exception]:
        """Return what the driver raises."""
        return self.dialect.loaded_dbapi.Error

    def say(self, words: str) -> None:
        """Run what has neither parameters nor rows, such as COMMIT."""
        try:
            self.execute(words)
        except self.errors as error:
            raise _told(self.dialect, words, (), error) from error


class Prepared:
    """A statement of fixed shape. The parameters that it leaves open are given with each run."""

    def __init__(
        self,
        statement: sa.Select[*tuple[Any, ...]]
        | sa.CompoundSelect[Any]
        | sa.Insert
        | sa.Update
        | sa.Delete
        | sa.TextClause,
    ) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def run(
        self, connection: sa.Connection, values: Mapping[str, Any]
    ) -> Sequence[tuple[Any, ...]]:
        """Run it; return the rows it gives, as the driver has them."""
        return self.run_by(Hand(connection), values)

    def run_by(self, hand: Hand, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """Run it as `run` does."""
        compiled = self._compiled.get(hand.engine) or self._compile(hand.dialect)
        parameters = (compiled.as_given or compiled.parameters)(values)
        try:
            cursor = hand.execute(compiled.sql, parameters)
            return cursor.fetchall() if compiled.gives_rows else ()
        except hand.errors as error:
            raise _told(hand.dialect, compiled.sql, parameters, error) from error

    def run_in_order(self, hand: Hand, row: tuple[Any, ...]) -> None:
        """Run it once with its parameters in the order of the statement, for an insert of wire forms."""
        compiled = self._compiled.get(hand.engine) or self._compile(hand.dialect)
        if compiled.as_given is None:
            self.run_by(hand, compiled.named(row))
            return
        try:
            hand.execute(compiled.sql, row)
        except hand.errors as error:
            raise _told(hand.dialect, compiled.sql, row, error) from error

    def run_many(self, connection: sa.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run it once for each of `rows`."""
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        make = compiled.as_given or compiled.parameters
        parameters: list[Any] = [make(row) for row in rows]
        cursor = connection.connection.cursor()
        try:
            cursor.executemany(compiled.sql, parameters)
        except dialect.loaded_dbapi.Error as error:
            raise _told(dialect, compiled.sql, (), error) from error
        finally:
            cursor.close()

    def run_many_in_order(self, connection: sa.Connection, rows: Iterable[Sequence[Any]]) -> None:
        """Run it once for each of `rows`, each its parameters in the order of the statement.

        For an insert of wire forms by the hundred thousand: no mapping is made of any row.
        """
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        if compiled.as_given is None:  # the engine names its parameters, or converts some
            self.run_many(connection, map(compiled.named, rows))
            return
        cursor: Any = connection.connection.cursor()
        try:
            cursor.executemany(compiled.sql, rows)
        except dialect.loaded_dbapi.Error as error:
            raise _told(dialect, compiled.sql, (), error) from error
        finally:
            cursor.close()

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = self._compiled[dialect.name] = _compile(self._statement, dialect)
        return compiled


def insert_of_wires(table: str, columns: Iterable[sa.Column[Any]]) -> Prepared:
    """Return an insert that takes wire forms: a value is converted once, for row and journal."""
    wired = [sa.column(column.name, wire_type(column.type)) for column in columns]
    return Prepared(sa.insert(sa.table(table, *wired)))


def _compile(statement: sa.ClauseElement, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    if not isinstance(compiled, sa.sql.compiler.SQLCompiler):
        raise TypeError(f"{statement} is no statement")
    binds = _binds_of(compiled, dialect)
    said = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    takes_values = compiled.positional and not said
    return _Compiled(
        sql=str(compiled),
        binds=binds,
        positional=compiled.positional,
        gives_rows=isinstance(statement, sa.SelectBase),
        said=said,
        as_given=_taking_as_given(binds) if takes_values else None,
    )


def _binds_of(compiled: sa.sql.compiler.SQLCompiler, dialect: Dialect) -> tuple[_Bind, ...]:
    """Return the parameters in the order in which the driver takes them."""
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    kinds = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
    return tuple((name, kinds[name].bind_processor(dialect)) for name in names or ())


def _taking_as_given(binds: Sequence[_Bind]) -> Callable[[Mapping[str, Any]], Any] | None:
    """Return what takes parameters in their order; None where one is to be converted, or there are no two."""
    if len(binds) < 2 or any(bind for _name, bind in binds):  # noqa: PLR2004  of one it gives no tuple
        return None
    return itemgetter(*(name for name, _bind in binds))


def _told(dialect: Dialect, sql: str, parameters: _Parameters, error: Exception) -> Exception:
    """Return a driver's error as SQLAlchemy tells it, so that nobody above sees a difference."""
    return sa.exc.DBAPIError.instance(
        sql, parameters, error, dialect.loaded_dbapi.Error, dialect=dialect
    )
