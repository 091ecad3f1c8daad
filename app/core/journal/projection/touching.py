"""Which rows changed: for whoever keeps what is derived from them."""

from uuid import UUID


class Touched:
    """Collects the rows that came or changed, by table."""

    def __init__(self) -> None:
        self._keys: dict[str, set[bytes]] = {}

    def note(self, table: str, *keys: bytes) -> None:
        """Note rows, given by their ids in wire form."""
        self._keys.setdefault(table, set()).update(keys)

    def of(self, table: str) -> set[bytes]:
        """Return the set that rows of a table are noted in."""
        return self._keys.setdefault(table, set())

    def by_table(self) -> dict[str, set[UUID]]:
        """Return the rows that came or changed, by table."""
        return {t: {UUID(bytes=key) for key in keys} for t, keys in self._keys.items() if keys}
