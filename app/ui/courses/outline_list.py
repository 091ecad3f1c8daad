"""The lessons of the course that is edited, in order; moved, removed and added here."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.core.base.figures import number
from app.core.base.words import _
from app.core.courses import LessonPlan, Outline, lesson_kind
from app.ui.courses.wording import about_lesson, rule_words
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.cards import Card
from app.ui.kit.focus import lead_before
from app.ui.kit.labels import ElidedLabel, IconLabel, PlainLabel
from app.ui.kit.layouts import FlowLayout, ScrollPage, column, row
from app.ui.kit.painted import PaintedButton, paint_row_ground, smooth
from app.ui.kit.theme import Ink, TextRole, current_theme

_ROW_HEIGHT = 52


class OutlineRow(PaintedButton):
    """One lesson. Arrow keys go to the next one; with Alt they take this one along."""

    stepped = Signal(int)
    shifted = Signal(int)
    remove_asked = Signal()

    def __init__(self, key: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = row(self, gap=10)
        edge = current_theme().px(10)
        line.setContentsMargins(edge, 0, edge, 0)
        self._number = PlainLabel("", TextRole.MUTED)
        self._number.setFixedWidth(current_theme().px(20))
        self._icon = IconLabel("file", Ink.TEXT2)
        self._title = ElidedLabel("", TextRole.BODY)
        self._about = ElidedLabel("", TextRole.MUTED)
        line.addWidget(self._number)
        line.addWidget(self._icon)
        words = column(gap=0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._about)
        words.addStretch(1)
        line.addLayout(words, 1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_lesson(self, place: int, lesson: LessonPlan, *, is_open: bool) -> None:
        """Show a lesson at its place, from 1."""
        kind = lesson_kind(lesson.kind)
        optional = "" if lesson.is_required else _("optional")
        about = about_lesson(lesson.kind, lesson.seconds, optional, rule_words(kind, lesson.rule))
        title = lesson.title or _("No title")
        self._number.setText(str(place))
        self._title.setText(title)
        self._about.setText(about)
        self._icon.set_icon(kind.icon, Ink.PRIMARY if is_open else Ink.TEXT2)
        self.setAccessibleName(f"{place}. {title}, {about}")
        self.setChecked(is_open)
        by_tab = Qt.FocusPolicy.StrongFocus if is_open else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(by_tab)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shifted.emit(step)
        elif step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def nextCheckState(self) -> None:
        self.setChecked(True)

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(200), current_theme().px(_ROW_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_row_ground(self, smooth(self), is_chosen=self.isChecked())


class OutlineList(Card):
    """Rows for the lessons, and what can be done with the open one."""

    chosen = Signal(object)
    """Carries the UUID of a lesson."""
    shift_asked = Signal(int)
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=8, margin=12, parent=parent)
        self.setAccessibleName(_("Lessons"))
        self.rows: list[OutlineRow] = []
        self._count = PlainLabel("", TextRole.MUTED)
        self.up_button = IconButton("arrow-up", _("Move up (Alt+Up)"), dense=True)
        self.down_button = IconButton("arrow-down", _("Move down (Alt+Down)"), dense=True)
        self.remove_button = IconButton("trash-2", _("Remove from the course"), dense=True)
        self.up_button.on_press(lambda: self.shift_asked.emit(-1))
        self.down_button.on_press(lambda: self.shift_asked.emit(1))
        self.remove_button.on_press(self.remove_asked.emit)
        self.files_button = Button(_("Add files"), Kind.TONAL, icon="plus", dense=True)
        self.page_button = Button(_("Page"), Kind.GHOST, icon="file-text", dense=True)
        self.page_button.setAccessibleName(_("Write a page"))
        self.page_button.setToolTip(_("Write a page of text, lists and pictures"))
        self.quiz_button = Button(_("Quiz"), Kind.GHOST, icon="clipboard-check", dense=True)
        self.quiz_button.setAccessibleName(_("Add a quiz"))
        self.quiz_button.setToolTip(_("Add a quiz over a question bank"))
        self.statement_button = Button(
            _("Acknowledgement"), Kind.GHOST, icon="signature", dense=True
        )
        self.statement_button.setAccessibleName(_("Add an acknowledgement"))
        self.statement_button.setToolTip(_("Add a statement that learners confirm"))
        self.body.addLayout(self._head())
        self._scroll = ScrollPage(page=False)
        self._lines = column(self._scroll.content, gap=2)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing = PlainLabel(_("No lessons yet. Add files."), TextRole.MUTED, wrap=True)
        self._lines.addWidget(self._nothing)
        self.body.addWidget(self._scroll, 1)
        self._foot = QWidget()
        foot = FlowLayout(self._foot, gap=6)
        foot.addWidget(self.files_button)
        foot.addWidget(self.page_button)
        foot.addWidget(self.quiz_button)
        foot.addWidget(self.statement_button)
        self.body.addWidget(self._foot)

    def _head(self) -> QHBoxLayout:
        line = row(gap=2)
        line.addSpacing(current_theme().px(6))
        line.addWidget(PlainLabel(_("Lessons"), TextRole.H2))
        line.addSpacing(current_theme().px(8))
        line.addWidget(self._count)
        line.addStretch(1)
        for button in (self.up_button, self.down_button, self.remove_button):
            line.addWidget(button)
        return line

    def show_outline(self, outline: Outline, open_key: UUID | None, *, may_edit: bool) -> None:
        """Show the lessons in their order; rows of lessons that stay are kept, with their focus."""
        loses_focus = self._take_rows([lesson.key for lesson in outline.lessons])
        self.show_words(outline, open_key)
        keys = [one.key for one in self.rows]
        at = keys.index(open_key) if open_key in keys else -1
        self._foot.setVisible(may_edit)
        self.up_button.setEnabled(may_edit and at > 0)
        self.down_button.setEnabled(may_edit and 0 <= at < len(keys) - 1)
        self.remove_button.setEnabled(may_edit and at >= 0)
        if loses_focus:
            self.focus_open()
        if at >= 0:
            self._scroll.ensureWidgetVisible(self.rows[at])

    def _take_rows(self, keys: Sequence[UUID]) -> bool:
        """Have a row for each key, in this order; tell whether one that went had the focus."""
        known = {one.key: one for one in self.rows}
        self.rows = [known[key] if key in known else self._row(key) for key in keys]
        gone_rows = set(known.values()).difference(self.rows)
        loses_focus = any(gone.hasFocus() for gone in gone_rows)
        for gone in gone_rows:
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, made in enumerate(self.rows):
            if self._lines.indexOf(made) != place:
                self._lines.insertWidget(place, made)
        lead_before(self.rows, self.files_button)
        self._nothing.setVisible(not self.rows)
        return loses_focus

    def show_words(self, outline: Outline, open_key: UUID | None) -> None:
        """Show what the lessons are called now; their order is the same."""
        self._count.setText(number(len(outline.lessons)))
        for place, (made, lesson) in enumerate(zip(self.rows, outline.lessons, strict=True), 1):
            made.show_lesson(place, lesson, is_open=lesson.key == open_key)

    def focus_open(self) -> None:
        """Put the focus on the open lesson."""
        for made in self.rows:
            if made.isChecked():
                made.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.files_button.setFocus()

    def _row(self, key: UUID) -> OutlineRow:
        made = OutlineRow(key)
        made.clicked.connect(lambda: self.chosen.emit(key))
        made.stepped.connect(lambda step: self._step(made, step))
        made.shifted.connect(self.shift_asked)
        made.remove_asked.connect(self._remove)
        return made

    def _remove(self) -> None:
        if self.remove_button.isEnabled():
            self.remove_asked.emit()

    def _step(self, start: OutlineRow, step: int) -> None:
        place = self.rows.index(start) + step
        if 0 <= place < len(self.rows):
            self.chosen.emit(self.rows[place].key)
            self.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
