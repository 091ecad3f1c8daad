"""The steps of a round: big targets for a finger, Space, digits and n for who has a keyboard."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from app.core.base.words import _, current_language
from app.core.training.practicals import (
    MARKS_IN_WORDS,
    FormContent,
    FormStep,
    MarkFact,
    RoundFact,
    StepMark,
)
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.layouts import bring_into_view, clear, column, row
from app.ui.kit.theme import TextRole, Tone

_ICONS = {StepMark.DONE: "check", StepMark.NOT_DONE: "x", StepMark.NOT_APPLICABLE: "minus"}
_KEYS = {
    Qt.Key.Key_1: StepMark.DONE,
    Qt.Key.Key_2: StepMark.NOT_DONE,
    Qt.Key.Key_3: StepMark.NOT_APPLICABLE,
}


class StepRow(QFrame):
    """One step with its three marks and a remark."""

    marked = Signal(object, object)
    """Key of the step, and the mark that was chosen."""
    remark_asked = Signal(object)
    picture_asked = Signal(object)
    moved = Signal(object, int)
    """Key of the step, and how many steps to go on."""

    def __init__(self, place: int, step: FormStep, *, may_mark: bool) -> None:
        super().__init__()
        self.step = step
        self._mark: StepMark | None = None
        line = row(self, gap=10)
        words = column(gap=2)
        text = f"{place}. {step.text_in(current_language())}"
        self.setAccessibleName(text)
        words.addWidget(PlainLabel(text, wrap=True))
        if step.is_critical:
            star = PlainLabel(_("★ Critical"), TextRole.LABEL, tone=Tone.DANGER)
            words.addWidget(star)
        self._remark = PlainLabel("", TextRole.MUTED, wrap=True)
        self._remark.hide()
        words.addWidget(self._remark)
        line.addLayout(words, 1)
        self.buttons = {one: self._button(one, text, may_mark=may_mark) for one in StepMark}
        for button in self.buttons.values():
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.remark_button = IconButton(
            "message-square", _("Remark or photo: {step}").format(step=text)
        )
        self.remark_button.on_press(lambda: self.remark_asked.emit(step.key))
        self.remark_button.setEnabled(may_mark)
        self.picture_button = IconButton("image", _("Pictures: {step}").format(step=text))
        self.picture_button.on_press(lambda: self.picture_asked.emit(step.key))
        for button in (self.remark_button, self.picture_button):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.picture_button.setVisible(bool(step.picture))

    def mark(self) -> StepMark | None:
        """Return what is marked."""
        return self._mark

    def show_mark(self, found: MarkFact | None) -> None:
        """Show what is on record."""
        self._mark = None if found is None else found.mark
        for one, button in self.buttons.items():
            button.setChecked(one is self._mark)
        told = "" if found is None else found.remark
        has_photo = found is not None and bool(found.photo)
        if has_photo:
            told = " · ".join(filter(None, (told, _("photo"))))
        self.picture_button.setVisible(has_photo or bool(self.step.picture))
        self._remark.setText(told)
        self._remark.setVisible(bool(told))

    def take_focus(self) -> None:
        """Let Space mark this step as done."""
        self.buttons[StepMark.DONE].setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self)

    def _button(self, mark: StepMark, text: str, *, may_mark: bool) -> Button:
        words = _(MARKS_IN_WORDS[mark])
        button = Button(words, Kind.MARK, icon=_ICONS[mark])
        button.setAccessibleName(f"{words}: {text}")
        button.setCheckable(True)
        button.setProperty("mark", mark.value)
        button.on_press(partial(self._press, mark))
        allowed = mark is not StepMark.NOT_APPLICABLE or not self.step.is_critical
        button.setEnabled(may_mark and allowed)
        return button

    def _press(self, mark: StepMark) -> None:
        for one, button in self.buttons.items():
            button.setChecked(one is self._mark)  # the tick shows once it is on record
        self.marked.emit(self.step.key, mark)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS and self.buttons[_KEYS[key]].isEnabled():
            self._press(_KEYS[key])
        elif key in {Qt.Key.Key_N, Qt.Key.Key_Down}:
            self.moved.emit(self.step.key, 1)
        elif key in {Qt.Key.Key_P, Qt.Key.Key_Up}:
            self.moved.emit(self.step.key, -1)
        elif key == Qt.Key.Key_R and self.remark_button.isEnabled():
            self.remark_asked.emit(self.step.key)
        else:
            super().keyPressEvent(event)


class StepRows(QWidget):
    """All steps of a round under their headings."""

    def __init__(
        self,
        mark: Callable[[UUID, StepMark], None],
        remark: Callable[[UUID], None],
        picture: Callable[[UUID], None],
    ) -> None:
        super().__init__()
        self._mark, self._ask, self._look = mark, remark, picture
        self._lines = column(self, gap=8)
        self._round: UUID | None = None
        self._may: bool | None = None
        self.rows: list[StepRow] = []

    def show_round(self, seen: RoundFact, content: FormContent, *, may_mark: bool) -> None:
        """Show a round as it is on record; the same one is only brought up."""
        if (self._round, self._may) != (seen.id, may_mark):
            self._round, self._may = seen.id, may_mark
            self._make(seen, content, may_mark=may_mark)
        newest = seen.newest
        for one in self.rows:
            one.show_mark(newest.get(one.step.key))

    def focus_open(self) -> None:
        """Go to the first step that is not marked."""
        for one in self.rows:
            if one.mark() is None:
                one.take_focus()
                return

    def row_of(self, key: UUID) -> StepRow:
        """Return the row of a step."""
        return next(one for one in self.rows if one.step.key == key)

    def go_on(self, key: UUID, by: int = 1) -> None:
        """Go to the step after one, or before."""
        place = next(at for at, one in enumerate(self.rows) if one.step.key == key) + by
        if 0 <= place < len(self.rows):
            self.rows[place].take_focus()

    def _make(self, seen: RoundFact, content: FormContent, *, may_mark: bool) -> None:
        clear(self._lines)
        self.rows = []
        headings = {
            section.steps[0].key: section.title_in(current_language())
            for section in content.sections
            if section.steps
        }
        for place, step in enumerate(seen.steps, start=1):
            if heading := headings.get(step.key, ""):
                self._lines.addWidget(PlainLabel(heading, TextRole.H2, wrap=True))
            elif place > 1:
                self._lines.addWidget(Line())
            made = StepRow(place, step, may_mark=may_mark)
            made.marked.connect(self._mark)
            made.remark_asked.connect(self._ask)
            made.picture_asked.connect(self._look)
            made.moved.connect(self.go_on)
            self._lines.addWidget(made)
            self.rows.append(made)
