"""The pages of a list that are here, so that scrolling back asks for nothing again."""

from typing import Generic, TypeVar

T = TypeVar("T")
_MOST_PAGES = 40


class Pages(Generic[T]):
    """Holds some pages of `limit` rows; of too many the one farthest from the newest goes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pages: dict[int, tuple[T, ...]] = {}

    def row(self, index: int) -> T | None:
        """Return a row of the list, or None when it is not here."""
        page, place = divmod(index, self._limit)
        rows = self._pages.get(page, ())
        return rows[place] if place < len(rows) else None

    def missing(self, index: int) -> int | None:
        """Return the page that a row is on when that page is not here."""
        page = index // self._limit
        return None if page in self._pages else page

    def add(self, number: int, rows: tuple[T, ...]) -> None:
        """Take a page in."""
        if len(self._pages) >= _MOST_PAGES:
            farthest = max(self._pages, key=lambda kept: abs(kept - number))
            del self._pages[farthest]
        self._pages[number] = rows
