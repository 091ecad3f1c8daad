"""A grid in a window, scrolled and painted; and the barest table that the library has."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QTableView
from typing_extensions import override

from app.bootstrap.benches.learner_window import SIZE, application, delete, wait_until
from app.bootstrap.benches.rounds import Taken, timed
from app.ui.kit.tables.grid import GridView
from app.ui.kit.theme import Theme
from app.ui.training.matrix_model import PeopleModel

_FRAMES = 120
_STEP = 24
"""Pixels that a frame goes on: a fast wheel."""
_CELL = 42
_Index = QModelIndex | QPersistentModelIndex
Painted = tuple[list[Taken], list[Taken]]
"""What each frame of the scrolling took, and painting all of it anew."""


def paint_people(model: PeopleModel) -> Painted:
    """Paint where everybody stands, as the screen of the matrix does."""
    Theme(application())
    return _painted(GridView("Matrix", model))


def paint_bare(rows: int, columns: int) -> Painted:
    """Paint letters with nothing of ours."""
    application()
    view = QTableView()
    view.setModel(_Letters(rows, columns, view))
    view.horizontalHeader().setDefaultSectionSize(_CELL)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    return _painted(view)


def _painted(view: QTableView) -> Painted:
    view.resize(*SIZE)
    view.show()
    view.setFocus()
    wait_until(lambda: view.windowHandle().isExposed() or None)
    bar, whole, scrolled = view.verticalScrollBar(), list[Taken](), list[Taken]()
    for frame in range(_FRAMES):

        def scroll(to: int = (frame + 1) * _STEP) -> None:
            bar.setValue(to)
            QCoreApplication.sendPostedEvents()  # paints what the scrolling has uncovered

        scrolled.append(timed(scroll)[0])
        whole.append(timed(view.viewport().repaint)[0])
    delete(view)
    return scrolled, whole


class _Letters(QAbstractTableModel):
    def __init__(self, rows: int, columns: int, view: QTableView) -> None:
        super().__init__(view)
        self._rows, self._columns = rows, columns

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return self._rows

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return self._columns

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return "A" if role == Qt.ItemDataRole.DisplayRole else None
