"""Statements on the way every transaction takes: compiled once, then given straight to the driver.

SQLAlchemy's execution costs some 50 µs a statement whatever the statement does; five of them cost
more than the commit on a good disk. Everything else goes the ordinary way.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

_Parameters = tuple[Any, ...] | dict[str, Any]
_Bind = tuple[str, Callable[[Any], Any] | None]
"""A parameter's name, and what its type makes of a value for the driver."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in an engine's own words."""

    sql: str
    binds: tuple[_Bind, ...]
    positional: bool

    def parameters(self, values: Mapping[str, Any]) -> _Parameters:
        """Return values as the driver takes them."""
        if self.positional:
            return tuple(
                [values[name] if bind is None else bind(values[name]) for name, bind in self.binds]
            )
        return {n: values[n] if bind is None else bind(values[n]) for n, bind in self.binds}


class Prepared:
    """A statement of fixed shape. All its parameters are given with each run."""

    def __init__(
        self,
        statement: sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[Any] | sa.Insert | sa.Update,
    ) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def run(
        self, connection: sa.Connection, values: Mapping[str, Any]
    ) -> Sequence[tuple[Any, ...]]:
        """Run it; return the rows it gives, as the driver has them."""
        compiled = self._for(connection.dialect)
        parameters = compiled.parameters(values)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(compiled.sql, parameters)
            return cursor.fetchall() if cursor.description else ()
        except connection.dialect.loaded_dbapi.Error as error:
            raise _told(connection.dialect, compiled.sql, parameters, error) from error
        finally:
            cursor.close()

    def run_many(self, connection: sa.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run it once for each of `rows`."""
        compiled = self._for(connection.dialect)
        parameters: list[Any] = [compiled.parameters(row) for row in rows]
        cursor = connection.connection.cursor()
        try:
            cursor.executemany(compiled.sql, parameters)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _told(connection.dialect, compiled.sql, (), error) from error
        finally:
            cursor.close()

    def _for(self, dialect: Dialect) -> _Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._statement, dialect)
        return compiled


def _compile(statement: sa.ClauseElement, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    if not isinstance(compiled, sa.sql.compiler.SQLCompiler):
        raise TypeError(f"{statement} is no statement")
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    kinds = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
    return _Compiled(
        sql=str(compiled),
        binds=tuple((name, kinds[name].bind_processor(dialect)) for name in names or ()),
        positional=compiled.positional,
    )


def _told(dialect: Dialect, sql: str, parameters: _Parameters, error: Exception) -> Exception:
    """Return a driver's error as SQLAlchemy tells it, so that nobody above sees a difference."""
    return sa.exc.DBAPIError.instance(
        sql, parameters, error, dialect.loaded_dbapi.Error, dialect=dialect
    )
