"""Which rows changed: for whoever keeps what is derived from them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from typing_extensions import override


class Touched:
    """Collects the rows that came or changed, by table."""

    def __init__(self) -> None:
        self._keys: dict[str, list[bytes]] = {}

    def note(self, table: str, keys: Iterable[bytes]) -> None:
        """Note rows, given by their ids in wire form."""
        self._keys.setdefault(table, []).extend(keys)

    def count(self, table: str) -> int:
        """Return how many notes there are of a table's rows."""
        return len(self._keys.get(table, ()))

    def after(self, table: str, count: int) -> Sequence[bytes]:
        """Return the rows of a table that were noted after the first `count`."""
        return self._keys[table][count:] if table in self._keys else ()

    def by_table(self) -> Mapping[str, set[UUID]]:
        """Return the rows that came or changed, by table."""
        return _ByTable({table: keys for table, keys in self._keys.items() if keys})


class _ByTable(Mapping[str, set[UUID]]):
    """Makes the ids of a table's rows when somebody asks for them: nobody does for most of many."""

    def __init__(self, keys: Mapping[str, Sequence[bytes]]) -> None:
        self._keys = keys

    @override
    def __getitem__(self, table: str) -> set[UUID]:
        return {UUID(bytes=key) for key in set(self._keys[table])}

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    @override
    def __len__(self) -> int:
        return len(self._keys)
