"""What a list asks for and gets: searched, sorted, filtered, counted and cut in SQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

T = TypeVar("T")
DEFAULT_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Sort:
    """A column's key and the direction in which it is sorted."""

    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """One stretch of a list. `sort` is a column's key, "" the list's own order.

    `filters` are pairs of key and value: values under one key are alternatives, keys all hold.
    """

    text: str = ""
    sort: str = ""
    descending: bool = False
    offset: int = 0
    limit: int = DEFAULT_LIMIT
    filters: tuple[tuple[str, str], ...] = ()

    def values(self, key: str) -> tuple[str, ...]:
        """Return the values asked for under `key`; none means that it does not matter."""
        return tuple(value for name, value in self.filters if name == key)

    def sorted_by(self, sort: Sort) -> Self:
        """Return the same request in another order, from its beginning."""
        return replace(self, sort=sort.key, descending=sort.descending, offset=0)

    def filtered_by(self, filters: Iterable[tuple[str, str]]) -> Self:
        """Return the same request with other filters, from its beginning."""
        return replace(self, filters=tuple(sorted(set(filters))), offset=0)

    def searching(self, text: str) -> Self:
        """Return the same request for another text, from its beginning."""
        return replace(self, text=text.strip(), offset=0)

    def stretch(self, offset: int, limit: int) -> Self:
        """Return the same request for another stretch of the same list."""
        return replace(self, offset=offset, limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """The rows of one stretch, and how many the whole list has (exact)."""

    rows: tuple[T, ...]
    total: int

    @classmethod
    def cut(cls, found: Sequence[T], request: PageRequest) -> Self:
        """Return the stretch asked for of a list that is at hand whole."""
        stretch = found[request.offset : request.offset + request.limit]
        return cls(rows=tuple(stretch), total=len(found))


def has_words(told: str, text: str) -> bool:
    """Tell whether what a row says has every word of a search, as a part and in any case."""
    told = told.casefold()
    return all(word in told for word in text.casefold().split())
