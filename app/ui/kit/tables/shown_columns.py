"""Which columns of a list are shown, as somebody chooses them from a menu."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.ui.kit.tables.columns import Column
from app.ui.kit.tables.menus import show_columns_menu
from app.ui.kit.tables.view import RowsView


class ShownColumns:
    """Leaves columns out of a list, but never the last one.

    A column that was folded away for want of room comes when it is asked for; the list scrolls then.
    """

    def __init__(
        self,
        columns: Sequence[Column[Any]],  # which are shown does not depend on their rows
        view: RowsView,
        sort_by: Callable[[str], None],
    ) -> None:
        self.hidden: frozenset[str] = frozenset()
        self._held: frozenset[str] = frozenset()
        self._columns = columns
        self._view = view
        self._sort_by = sort_by

    def hide(self, keys: frozenset[str]) -> None:
        """Leave out just these columns."""
        if len(keys) < len(self._columns):
            self.hidden = keys
            self._view.hide_columns(keys, self._held)

    def offer(self, button: QWidget) -> None:
        """Open the menu of the columns, under a button; ticked are those that are seen."""
        show_columns_menu(
            button, self._columns, self._seen(), change=self._change, sort_by=self._sort_by
        )

    def _seen(self) -> frozenset[str]:
        return frozenset(each.key for each in self._columns if self._view.is_seen(each))

    def _change(self, key: str) -> None:
        """Take a column away that is seen, or bring one that is not."""
        seen = self._seen()
        if key not in seen:
            self._held |= {key}
            self.hide(self.hidden - {key})
        elif len(seen) > 1:
            self._held -= {key}
            self.hide(self.hidden | {key})
