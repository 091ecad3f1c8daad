"""A list whose rows are here already, searched, filtered, sorted and paged as those from the records are."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from app.core.base.paging import Page, PageRequest, has_words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Register(Generic[T]):
    """Rows that are here already, answered page by page as a list asks."""

    rows: Sequence[T]
    words_of: Callable[[T], str]
    orders: dict[str, Callable[[T], Any]]
    values: dict[str, Callable[[T], Collection[str]]] = field(default_factory=dict)
    """By the key of a filter: what a row has of it."""

    def page(self, request: PageRequest) -> Page[T]:
        """Return one stretch of the rows that pass the filters and hold every word searched for."""
        found = [
            row
            for row in self.rows
            if has_words(self.words_of(row), request.text)
            and all(self._has(row, key, request) for key in self.values)
        ]
        order = self.orders.get(request.sort)
        if order is not None:
            found.sort(key=order, reverse=request.descending)
        return Page.cut(found, request)

    def _has(self, row: T, key: str, request: PageRequest) -> bool:
        asked = request.values(key)
        return not asked or bool(set(asked) & set(self.values[key](row)))
