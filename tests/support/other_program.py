"""Another SQLite program that has the key: it changes whatever it likes behind the journal's back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlcipher3 import dbapi2

_TRIES = 200
_WAYS = ("change", "change", "change", "swap", "remove", "add")
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Edit:
    """What was done, to which row of which table."""

    table: str
    way: str
    key: tuple[Any, ...]
    column: str = ""
    """Where it is one column alone."""
    old: Any = None
    new: Any = None


class NothingChanged(Exception):
    """What was drawn could not be done, or left everything as it was."""


class OtherProgram:
    """Has a connection of its own to the file, and keeps none of the product's rules."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._connection = dbapi2.connect(str(path), isolation_level=None)
        self._connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        self._connection.execute("PRAGMA foreign_keys=OFF")
        self._connection.execute("PRAGMA synchronous=OFF")  # it is what it writes that counts
        for (name,) in self._all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self._connection.execute(f"DROP TRIGGER {name}")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def filled(self, tables: Sequence[str]) -> list[str]:
        """Return those of the tables that have rows."""
        return [name for name in tables if self._all(f"SELECT 1 FROM {name} LIMIT 1")]

    @contextmanager
    def edited(
        self, random: Random, tables: Sequence[str], counts: Callable[[Edit], bool]
    ) -> Iterator[Edit]:
        """Change something that counts in one of the tables; put it back afterwards."""
        for _try in range(_TRIES):
            table, way = random.choice(tables), random.choice(_WAYS)
            before = self._rows(table)
            try:
                edit: Edit = getattr(self, f"_{way}")(random, table)
                if self._rows(table) != before and counts(edit):
                    yield edit
                    return
            except (NothingChanged, dbapi2.IntegrityError):
                pass  # something else is drawn
            finally:
                self._put_back(table, before)
        raise AssertionError(f"nothing could be changed in {tables}")

    def _change(self, random: Random, table: str) -> Edit:
        """Give a column of a row another value, now and then one of another kind."""
        column, key = random.choice(self._columns(table)), self._some_key(random, table)
        old = self._value(table, column, key)
        new = _other_value(random, old)
        self._set(table, column, key, new)
        return Edit(table, "change", key, column, old, new)

    def _swap(self, random: Random, table: str) -> Edit:
        """Exchange what two rows have in a column."""
        column = random.choice(self._columns(table))
        if column in self._keys(table):
            raise NothingChanged
        one, other = (self._some_key(random, table) for _ in range(2))
        first, second = (self._value(table, column, key) for key in (one, other))
        self._set(table, column, one, second)
        self._set(table, column, other, first)
        return Edit(table, "swap", one, column, first, second)

    def _remove(self, random: Random, table: str) -> Edit:
        """Take a row away."""
        key = self._some_key(random, table)
        self._run(f"DELETE FROM {table} WHERE {self._is_key(table)}", *key)
        return Edit(table, "remove", key)

    def _add(self, random: Random, table: str) -> Edit:
        """Add a row like another, under a key of its own."""
        names, like = self._columns(table), self._some_key(random, table)
        values = {name: self._value(table, name, like) for name in names}
        key = random.choice(["id"] if "id" in names else self._keys(table))
        values[key] = _other_value(random, values[key])
        marks = ",".join("?" * len(names))
        self._run(f"INSERT INTO {table} ({','.join(names)}) VALUES ({marks})", *values.values())
        return Edit(table, "add", like, key, None, values[key])

    def _set(self, table: str, column: str, key: Key, value: Any) -> None:
        self._run(f"UPDATE {table} SET {column} = ? WHERE {self._is_key(table)}", value, *key)

    def _value(self, table: str, column: str, key: Key) -> Any:
        ((value,),) = self._all(f"SELECT {column} FROM {table} WHERE {self._is_key(table)}", *key)
        return value

    def _some_key(self, random: Random, table: str) -> Key:
        keys = ",".join(self._keys(table))
        return random.choice(self._all(f"SELECT {keys} FROM {table} ORDER BY {keys}"))

    def _is_key(self, table: str) -> str:
        return " AND ".join(f"{name} IS ?" for name in self._keys(table))

    def _columns(self, table: str) -> list[str]:
        return [str(row[1]) for row in self._all(f"PRAGMA table_info({table})")]

    def _keys(self, table: str) -> list[str]:
        return [str(row[1]) for row in self._all(f"PRAGMA table_info({table})") if row[5]]

    def _rows(self, table: str) -> list[Key]:
        """Return every row, each value as SQL would write it: 1 and '1' are two things."""
        quoted = ",".join(f"quote({name})" for name in self._columns(table))
        return self._all(f"SELECT {quoted} FROM {table} ORDER BY {','.join(self._keys(table))}")

    def _put_back(self, table: str, rows: list[Key]) -> None:
        self._connection.execute("BEGIN")
        self._connection.execute(f"DELETE FROM {table}")
        for row in rows:
            self._connection.execute(f"INSERT INTO {table} VALUES ({','.join(row)})")
        self._connection.execute("COMMIT")

    def _run(self, statement: str, *values: Any) -> None:
        if self._connection.execute(statement, values).rowcount != 1:
            raise NothingChanged

    def _all(self, statement: str, *values: Any) -> list[Key]:
        return [tuple(row) for row in self._connection.execute(statement, values)]


def _other_value(random: Random, old: Any) -> Any:
    """Return something else than a value: mostly of its kind, now and then of none that belongs there."""
    strange = random.random() < 0.1
    if strange or old is None:
        return random.choice([None, 0, -1, 2**62, "", "x", "1", 1.5, b"", random.randbytes(16)])
    if isinstance(old, bytes):
        return _flipped(random, old) if old else b"\0"
    if isinstance(old, str):
        return random.choice([old + " ", old[:-1], old.swapcase(), old[::-1], "somebody else"])
    return random.choice([old + 1, old - 1, -old, old * 2, 0, 1])


def _flipped(random: Random, old: bytes) -> bytes:
    changed = bytearray(old)
    changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return random.choice([bytes(changed), bytes(changed), old[:-1], old + b"\0"])
