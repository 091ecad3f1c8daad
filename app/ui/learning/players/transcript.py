"""What is said in a recording, to read and to jump from."""

from bisect import bisect_right

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.core.base.figures import clock_time
from app.core.base.words import _
from app.core.content import CaptionTrack
from app.ui.kit.theme import current_theme

_WIDTH, _PADDING = 300, 8


class _Lines(QStyledItemDelegate):
    """Gives each line the height that its words need in the width of the list."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        view = self.parent()
        assert isinstance(view, QListView)  # noqa: S101  it is made by one
        edges = 2 * current_theme().px(_PADDING)
        width = view.viewport().width() - edges
        flags = int(Qt.TextFlag.TextWordWrap)
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        area = view.fontMetrics().boundingRect(QRect(0, 0, width - edges, 10_000), flags, words)
        return QSize(width, area.height() + edges)


class Transcript(QListView):
    """A line for each caption; the one that is being said is marked. Enter or a click asks for it."""

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._starts: list[int] = []
        self._model = QStringListModel(self)
        self.setModel(self._model)
        self.setAccessibleName(_("Transcript"))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setItemDelegate(_Lines(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._restyle()
        self.activated.connect(self._ask)
        self.clicked.connect(self._ask)

    def show_track(self, track: CaptionTrack | None) -> None:
        """Show the captions of one language, or none."""
        cues = track.cues if track else ()
        self._starts = [cue.start_ms for cue in cues]
        self._model.setStringList(
            [f"{clock_time(cue.start_ms / 1000)}  {' '.join(cue.text.split())}" for cue in cues]
        )

    def show_position(self, position: int) -> None:
        """Mark what is being said at `position`, unless somebody is reading with the keyboard."""
        row = bisect_right(self._starts, position) - 1
        if self.hasFocus() or row < 0 or row == self.currentIndex().row():
            return
        self.setCurrentIndex(self._model.index(row))

    def _restyle(self) -> None:
        self.setFixedWidth(current_theme().px(_WIDTH))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._restyle()
            self.scheduleDelayedItemsLayout()  # enlarged words need more lines

    def _ask(self, index: QModelIndex) -> None:
        self.asked.emit(self._starts[index.row()])
