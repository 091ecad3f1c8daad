"""Forms in a sheet, and several steps one after the other."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.dialogs import ask, leave_question
from app.ui.kit.forms.form import Form
from app.ui.kit.icons import paint_icon
from app.ui.kit.layouts import ScrollPage, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.painted import Painted, draw_text, smooth
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme


class FormSheet(SideSheet):
    """A form at the right edge. `save_asked` comes with a valid form; then say `saved` or `refused`."""

    save_asked = Signal()

    def __init__(
        self, host: QWidget, title: str, form: Form, *, save: str = "", subtitle: str = ""
    ) -> None:
        super().__init__(host, title, subtitle=subtitle)
        self.form = form
        self._trouble = Banner("", Tone.DANGER)
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.body.addWidget(form)
        self.save_button = Button(save or _("Save"), Kind.PRIMARY).on_press(self._save)
        self.cancel_button = Button(_("Cancel")).on_press(self.dismiss)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.save_button)
        form.submitted.connect(self._save)

    def saved(self) -> None:
        """Close: what stood there is kept."""
        self.form.mark_saved()
        self.dismiss()

    def refused(self, error: UserFacingError) -> None:
        """Say why it was not kept; what was typed stays."""
        self.save_button.setEnabled(True)
        self._trouble.set_text(error.sentence)
        self._trouble.show()

    def _save(self) -> None:
        if self.save_button.isEnabled() and self.form.is_valid():
            self._trouble.hide()
            self.save_button.setEnabled(False)
            self.save_asked.emit()

    @override
    def dismiss(self) -> None:
        if not self.form.is_dirty():
            super().dismiss()
            return
        question = leave_question(_("What you typed here will be lost."), stay=_("Go on typing"))
        ask(question, lambda _reason: self._leave(), self)

    def _leave(self) -> None:
        self.form.mark_saved()
        self.dismiss()


class Stepper(Painted):
    """Which of several steps one is at."""

    def __init__(self, steps: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.go_to(0)

    def at(self) -> int:
        """Return the number of the step, from 0."""
        return self._at

    def go_to(self, at: int) -> None:
        """Mark a step, and say it."""
        self._at = at
        told = _("Step {at} of {count}: {title}").format(
            at=at + 1, count=len(self._steps), title=self._steps[at]
        )
        self.setAccessibleName(told)
        announce(self, told)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(150) * len(self._steps), theme.px(60))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        wide, side = self.width() // max(1, len(self._steps)), theme.px(26)
        centre = Qt.AlignmentFlag.AlignHCenter
        for index, title in enumerate(self._steps):
            middle = index * wide + wide // 2
            if index:
                past = index <= self._at
                painter.setPen(QPen(theme.colour(Ink.PRIMARY if past else Ink.BORDER), 2))
                gap = side // 2 + theme.px(8)
                painter.drawLine(middle - wide + gap, side // 2, middle - gap, side // 2)
            spot = QRect(middle - side // 2, 1, side, side)
            reached = index <= self._at
            painter.setPen(QPen(theme.colour(Ink.PRIMARY if reached else Ink.BORDER_STRONG), 1.5))
            painter.setBrush(theme.colour(Ink.PRIMARY if reached else Ink.SURFACE))
            painter.drawEllipse(spot)
            if index < self._at:
                inner = spot.adjusted(5, 5, -5, -5)
                paint_icon(painter, inner, "check", theme.hex(Ink.ON_PRIMARY))
            else:
                ink = Ink.ON_PRIMARY if reached else Ink.TEXT3
                draw_text(painter, spot, str(index + 1), theme.font(TextRole.LABEL), ink, centre)
            words = QRect(index * wide + 4, side + theme.px(4), wide - 8, theme.px(26))
            role = TextRole.STRONG if index == self._at else TextRole.MUTED
            ink = Ink.TEXT if index == self._at else Ink.TEXT3
            draw_text(painter, words, title, theme.font(role), ink, centre)


class Wizard(QWidget):
    """Steps one after the other. A step may hold one back by returning False from its `check`."""

    finished = Signal()
    cancelled = Signal()
    moved = Signal(int)

    def __init__(
        self,
        steps: tuple[tuple[str, QWidget, Callable[[], bool] | None], ...],
        *,
        finish: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._checks = [check for _title, _page, check in steps]
        self._finish = finish
        self.stepper = Stepper(tuple(title for title, _page, _check in steps))
        self._pages = QStackedWidget()
        for _title, page, _check in steps:
            scroll = ScrollPage()
            column(scroll.content, gap=16, margin=4).addWidget(page)
            self._pages.addWidget(scroll)
        lines = column(self, gap=16)
        lines.addWidget(self.stepper)
        lines.addWidget(self._pages, 1)
        foot = row(gap=8)
        self.cancel_button = Button(_("Cancel"), Kind.GHOST).on_press(self.cancelled.emit)
        self.back_button = Button(_("Back"), icon="arrow-left").on_press(self.back)
        self.next_button = Button(_("Next"), Kind.PRIMARY, icon="arrow-right").on_press(
            self.forward
        )
        self.next_button.set_trailing()
        foot.addWidget(self.cancel_button)
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        lines.addLayout(foot)
        self._show()

    def at(self) -> int:
        """Return the number of the step, from 0."""
        return self.stepper.at()

    def forward(self) -> None:
        """Go on if the step lets one go; after the last, finish."""
        check = self._checks[self.at()]
        if check is not None and not check():
            return
        if self.at() + 1 == len(self._checks):
            self.finished.emit()
            return
        self.go_to(self.at() + 1)

    def back(self) -> None:
        """Go back one step; nothing typed is lost."""
        self.go_to(max(0, self.at() - 1))

    def go_to(self, at: int) -> None:
        """Show a step."""
        self.stepper.go_to(at)
        self._show()
        self.moved.emit(at)

    def _show(self) -> None:
        at, last = self.at(), len(self._checks) - 1
        self._pages.setCurrentIndex(at)
        self.back_button.setEnabled(at > 0)
        self.next_button.set_words(self._finish if at == last else _("Next"))
        self.next_button.set_icon("check" if at == last else "arrow-right")
