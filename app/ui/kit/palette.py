"""Ctrl+K: one box that finds screens, people, courses; arrow keys and Enter go there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from app.core.base.paging import has_words
from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.icons import paint_icon
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.overlay import Overlay, Panel
from app.ui.kit.painted import draw_text, fill_round
from app.ui.kit.theme import Ink, TextRole, current_theme

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteItem:
    """Something found, and what going there does."""

    title: str
    act: Callable[[], None]
    about: str = ""
    icon: str = "arrow-right"
    keys: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteGroup:
    """Things of one sort under a heading. `find` runs in the DATABASE lane unless `at_once`."""

    title: str
    find: Callable[[str], Sequence[PaletteItem]]
    at_once: bool = False


def commands(title: str, items: Sequence[PaletteItem], *, unasked: bool = True) -> PaletteGroup:
    """Return a group of fixed items, found by any part of their words; perhaps shown unasked."""

    def find(text: str) -> Sequence[PaletteItem]:
        if not (text.strip() or unasked):
            return ()
        return [item for item in items if has_words(f"{item.title} {item.about}", text)]

    return PaletteGroup(title=title, find=find, at_once=True)


class _Found(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[PaletteItem | str] = []

    def show_lines(self, lines: list[PaletteItem | str]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # as Qt has it
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        line = self.lines[index.row()]
        return line if isinstance(line, str) else f"{line.title}, {line.about}".rstrip(", ")

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _LinePainter(QStyledItemDelegate):
    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        model = index.model()
        heading = isinstance(model, _Found) and isinstance(model.lines[index.row()], str)
        return QSize(0, current_theme().px(30 if heading else 46))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model, theme = index.model(), current_theme()
        if not isinstance(model, _Found):
            return
        line, rect = model.lines[index.row()], option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = rect.adjusted(theme.px(14), 0, -theme.px(14), 0)
        if isinstance(line, str):
            draw_text(painter, inner, line, theme.font(TextRole.LABEL), Ink.TEXT3)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                ground = QRectF(rect).adjusted(4, 1, -4, -1)
                fill_round(painter, ground, theme.px(10), theme.colour(Ink.PRIMARY_SOFT))
            self._paint_item(painter, inner, line)
        painter.restore()

    def _paint_item(self, painter: QPainter, rect: QRect, item: PaletteItem) -> None:
        theme, side = current_theme(), current_theme().px(20)
        spot = QRect(rect.x(), rect.y(), side, rect.height())
        paint_icon(painter, spot, item.icon, theme.hex(Ink.TEXT2))
        words = rect.adjusted(side + theme.px(12), 0, 0, 0)
        font = theme.font(TextRole.BODY)
        draw_text(painter, words, item.title, font, Ink.TEXT)
        painter.setFont(font)
        used = painter.fontMetrics().horizontalAdvance(item.title) + theme.px(12)
        rest = words.adjusted(used, 0, 0, 0)
        right = Qt.AlignmentFlag.AlignRight
        about = item.keys or item.about
        draw_text(painter, rest, about, theme.font(TextRole.MUTED), Ink.TEXT3, right)


class CommandPalette(Overlay):
    """Comes up over the window, finds as one types, goes away when something is chosen."""

    _AWAY = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})

    def __init__(self, host: QWidget, groups: Sequence[PaletteGroup], jobs: JobRunner) -> None:
        super().__init__(host)
        self._groups = tuple(groups)
        self._jobs = jobs
        self._round = 0
        self._found: dict[int, Sequence[PaletteItem]] = {}
        self.setAccessibleName(_("Search everything"))
        self._panel = Panel(self)
        self._panel.setProperty("card", True)
        lines = column(self._panel, gap=8, margin=12)
        self.box = SearchBox(_("Search everything"))
        self.box.searched.connect(self.search)
        self.box.installEventFilter(self)
        lines.addWidget(self.box)
        self._nothing = PlainLabel(_("Nothing found."), TextRole.BODY2)
        self._nothing.setMargin(current_theme().px(14))  # where the first thing found would stand
        lines.addWidget(self._nothing)
        self._model = _Found(self)
        self.list = QListView()
        self.list.setAccessibleName(_("Results"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(_LinePainter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        lines.addWidget(self.list, 1)
        lines.addWidget(PlainLabel(_("↑ ↓ choose · Enter open · Esc close"), TextRole.LABEL))
        self.search("")

    def search(self, text: str) -> None:
        """Ask every group; answers are shown as they come, in the order of the groups."""
        self._round += 1
        ticket = self._round
        for place, group in enumerate(self._groups):
            if group.at_once:
                self._found[place] = group.find(text)
            elif not text:
                self._found[place] = ()
            else:
                self._ask(ticket, place, group, text)
        self._show()

    def _ask(self, ticket: int, place: int, group: PaletteGroup, text: str) -> None:
        def take(items: Sequence[PaletteItem]) -> None:
            if ticket == self._round:
                self._found[place] = items
                self._show()

        self._jobs.run(lambda _progress: group.find(text), done=take, owner=self)

    def _show(self) -> None:
        lines: list[PaletteItem | str] = []
        for place, group in enumerate(self._groups):
            items = self._found.get(place, ())
            if items:
                lines.append(group.title)
                lines.extend(items)
        self._model.show_lines(lines)
        self._nothing.setVisible(not lines)
        self.list.setVisible(bool(lines))
        self._step(1)

    def _step(self, step: int) -> None:
        row = self.list.currentIndex().row() + step
        while 0 <= row < len(self._model.lines):
            line = self._model.lines[row]
            if not isinstance(line, str):
                self.list.setCurrentIndex(self._model.index(row))
                announce(self.box, line.title)
                return
            row += step

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._model.lines):
            line = self._model.lines[row]
            if not isinstance(line, str):
                self.dismiss()
                line.act()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.box
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            key = Qt.Key(event.key())
            if key in self._AWAY:
                self._step(1 if key in {Qt.Key.Key_Down, Qt.Key.Key_PageDown} else -1)
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.box.flush()
                self._choose(self.list.currentIndex().row())
                return True
            if key == Qt.Key.Key_Escape:
                self.dismiss()
                return True
        return super().eventFilter(watched, event)

    @override
    def place(self) -> None:
        theme = current_theme()
        width = min(theme.px(640), self.width() - theme.px(32))
        height = min(theme.px(480), self.height() - theme.px(64))
        top = max(theme.px(24), (self.height() - height) // 4)
        self._panel.setGeometry((self.width() - width) // 2, top, width, height)
        self._panel.show()
