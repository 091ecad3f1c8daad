"""The steps of a form as lines that are moved, changed and deleted by mouse and by keys."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.words import _
from app.core.training.practicals import FormContent, FormStep
from app.ui.kit.buttons import IconButton
from app.ui.kit.cards import RowButton
from app.ui.kit.focus import focus_after_load
from app.ui.kit.layouts import bring_into_view, clear, column, row
from app.ui.kit.theme import Tone

_KEYS = {
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_Asterisk: "star",
    Qt.Key.Key_S: "star",
}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class FormLine(RowButton):
    """One step, or a heading. Enter changes it, Alt+Up and Alt+Down move it, Del deletes it, S stars it."""

    asked = Signal(str)
    """What is wished: up, down, delete or star."""
    stepped = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key in _STEPS:
            by = _STEPS[key]
            if is_alt:
                self.asked.emit("up" if by < 0 else "down")
            else:
                self.stepped.emit(by)
        elif key in _KEYS:
            self.asked.emit(_KEYS[key])
        else:
            super().keyPressEvent(event)


class FormLines(QWidget):
    """Every heading and step, in order; says what is wished of which."""

    step_opened = Signal(object)
    step_asked = Signal(object, str)
    heading_opened = Signal(int)
    heading_asked = Signal(int, str)

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self._may = may_edit
        self._lines = column(self, gap=4)
        self.lines: list[FormLine] = []
        self._by_step: dict[UUID, FormLine] = {}
        self._worked_at: tuple[UUID | None, int] | None = None

    def show_form(self, content: FormContent) -> None:
        """Show a form; the line that had the focus keeps it."""
        held = self._worked_at or self._held()
        clear(self._lines)
        self.lines, self._by_step = [], {}
        number = 0
        for at, section in enumerate(content.sections):
            if section.title:
                self._add_heading(at, section.title, section.titles)
            for step in section.steps:
                number += 1
                self._add_step(number, step)
        if held is not None and self.lines:
            key, place = held
            line = self._by_step.get(key) if key is not None else None
            focus_after_load(line or self.lines[min(place, len(self.lines) - 1)])

    def focus_step(self, key: UUID) -> None:
        """Put the focus on a step."""
        line = self._by_step.get(key)
        if line is not None:
            line.setFocus()
            bring_into_view(line)

    def _held(self) -> tuple[UUID | None, int] | None:
        for place, line in enumerate(self.lines):
            if line.hasFocus():
                keys = (key for key, one in self._by_step.items() if one is line)
                return next(keys, None), place
        return None

    def _add_heading(self, at: int, title: str, titles: dict[str, str]) -> None:
        line = self._line(title, " · ".join(titles.values()), icon="heading")
        line.clicked.connect(lambda _on=False: self.heading_opened.emit(at))
        line.asked.connect(partial(self.heading_asked.emit, at))
        self._place(line, [("trash-2", _("Delete the heading {title}"), "delete")], title)

    def _add_step(self, number: int, step: FormStep) -> None:
        about = [*step.texts.values()]
        if step.is_critical:
            about.insert(0, _("★ Critical"))
        if step.picture:
            about.append(_("with a picture"))
        title = f"{number}. {step.text}"
        tone = Tone.DANGER if step.is_critical else Tone.NEUTRAL
        icon = "star" if step.is_critical else "square-check"
        line = self._line(title, " · ".join(about), icon=icon, tone=tone)
        line.clicked.connect(lambda _on=False: self._open(step.key))
        line.asked.connect(partial(self._ask_of_step, line, step.key))
        self._by_step[step.key] = line
        offered = [
            ("star", _("Critical, or not: {title}"), "star"),
            ("arrow-up", _("Further up: {title}"), "up"),
            ("arrow-down", _("Further down: {title}"), "down"),
            ("trash-2", _("Delete {title}"), "delete"),
        ]
        self._place(line, offered, title)

    def _line(self, title: str, about: str, *, icon: str, tone: Tone = Tone.NEUTRAL) -> FormLine:
        line = FormLine(title, about, icon=icon, tone=tone, trailing="")
        line.setEnabled(self._may)
        line.stepped.connect(partial(self._step_from, line))
        self.lines.append(line)
        return line

    def _place(self, line: FormLine, offered: list[tuple[str, str, str]], title: str) -> None:
        beside = row(gap=2)
        beside.addWidget(line, 1)
        for icon, words, wish in offered if self._may else ():
            button = IconButton(icon, words.format(title=title), dense=True)
            button.on_press(partial(line.asked.emit, wish))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            beside.addWidget(button)
        self._lines.addLayout(beside)

    def _open(self, key: UUID) -> None:
        self._worked_at = None
        self.step_opened.emit(key)

    def _ask_of_step(self, line: FormLine, key: UUID, wish: str) -> None:
        self._worked_at = key, self.lines.index(line)
        self.step_asked.emit(key, wish)

    def _step_from(self, line: FormLine, by: int) -> None:
        self._worked_at = None
        place = self.lines.index(line) + by
        if 0 <= place < len(self.lines):
            self.lines[place].setFocus()
            bring_into_view(self.lines[place])
