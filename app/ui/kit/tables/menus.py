"""The menus of a list: what can be done with a row, and which columns are shown in which order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.core.base.words import _
from app.ui.kit.icons import icon
from app.ui.kit.tables.columns import Column
from app.ui.kit.theme import Ink


@dataclass(frozen=True, slots=True)
class RowAction:
    """One line of a row's menu."""

    words: str
    act: Callable[[], None]
    icon: str = ""
    enabled: bool = True


def show_row_menu(owner: QWidget, actions: Sequence[RowAction], place: QPoint) -> None:
    """Offer what can be done with a row; nothing shows where there is nothing to do."""
    if not actions:
        return
    menu = _menu(owner)
    for action in actions:
        line = QAction(action.words, menu)
        if action.icon:
            line.setIcon(icon(action.icon, Ink.TEXT2))
        line.setEnabled(action.enabled)
        line.triggered.connect(lambda _on=False, act=action.act: act())
        menu.addAction(line)
    menu.popup(place)


def show_columns_menu(
    button: QWidget,
    columns: Sequence[Column[Any]],  # a menu never looks into a row
    seen: frozenset[str],
    *,
    change: Callable[[str], None],
    sort_by: Callable[[str], None],
) -> None:
    """Offer to leave columns out and to sort, under `button`; `change` is told which is turned."""
    menu = _menu(button)
    for each in columns:
        line = menu.addAction(each.title)
        line.setCheckable(True)
        line.setChecked(each.key in seen)
        line.toggled.connect(lambda _on, key=each.key: change(key))
    menu.addSeparator()
    for each in columns:
        if each.sortable:
            line = menu.addAction(_("Sort by {column}").format(column=each.title))
            line.triggered.connect(lambda _on=False, key=each.key: sort_by(key))
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def _menu(owner: QWidget) -> QMenu:
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
