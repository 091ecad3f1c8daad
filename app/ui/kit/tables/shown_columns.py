"""Which columns of a list are shown, as somebody chooses them from a menu."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.ui.kit.tables.columns import Column
from app.ui.kit.tables.menus import show_columns_menu
from app.ui.kit.tables.view import RowsView


class ShownColumns:
    """Leaves columns out of a list, but never the last one."""

    def __init__(
        self,
        columns: Sequence[Column[Any]],  # which are shown does not depend on their rows
        view: RowsView,
        sort_by: Callable[[str], None],
    ) -> None:
        self.hidden: frozenset[str] = frozenset()
        self._columns = columns
        self._view = view
        self._sort_by = sort_by

    def hide(self, keys: frozenset[str]) -> None:
        """Leave out just these columns."""
        if len(keys) < len(self._columns):
            self.hidden = keys
            self._view.hide_columns(keys)

    def offer(self, button: QWidget) -> None:
        """Open the menu of the columns, under a button."""
        show_columns_menu(button, self._columns, self.hidden, hide=self.hide, sort_by=self._sort_by)
