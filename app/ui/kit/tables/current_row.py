"""The row that keys act on: it stays the same one when its list is fetched again."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from app.core.base.paging import PageRequest
from app.ui.kit.tables.model import PagedModel
from app.ui.kit.tables.view import RowsView

T = TypeVar("T")


class CurrentRow(Generic[T]):
    """Puts the current row back after each fetch: by its key, or else by where it stood."""

    def __init__(self, view: RowsView, model: PagedModel[T], key: Callable[[T], Hashable]) -> None:
        self._view, self._model, self._key = view, model, key
        self._wanted: Hashable = None
        self._row, self._column = -1, 1
        self._request = PageRequest()
        model.modelAboutToBeReset.connect(self._note)
        model.loaded.connect(self._put_back)

    def go_to(self, key: Hashable) -> None:
        """Make the row of `key` current, now or once it has been fetched."""
        place = self._place_of(key)
        if place >= 0:
            self._make_current(place)
        else:
            self._wanted = key

    def _note(self) -> None:
        at = self._view.currentIndex()
        self._row, self._column = at.row(), max(at.column(), 1)
        self._request = self._model.request()
        row = self._model.row(self._row) if self._row >= 0 else None
        if row is not None and self._wanted is None:
            self._wanted = self._key(row)

    def _put_back(self) -> None:
        wanted, self._wanted = self._wanted, None
        place = -1 if wanted is None else self._place_of(wanted)
        if place < 0 <= self._row and self._request == self._model.request():
            place = min(self._row, self._model.total() - 1)
        if place >= 0:
            self._make_current(place)

    def _place_of(self, key: Hashable) -> int:
        """Return where a row stands among those that every fetch brings; -1 elsewhere."""
        first = range(min(self._model.total(), self._model.request().limit))
        rows = ((at, self._model.row(at)) for at in first)
        return next((at for at, row in rows if row is not None and self._key(row) == key), -1)

    def _make_current(self, row: int) -> None:
        self._view.setCurrentIndex(self._model.index(row, self._column))
