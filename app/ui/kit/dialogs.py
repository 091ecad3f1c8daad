"""Questions and errors. None blocks: what follows is handed in."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.chips import IconTile
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import TextRole, Tone, current_theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked before something is done. `word` must be typed where nothing can undo it."""

    title: str
    text: str
    details: str = ""
    """Lines that may be many, to be read before an answer is given."""
    yes: str
    no: str = ""
    danger: bool = False
    careful: bool = False
    """Whether Enter alone says no, as it does before a danger."""
    word: str = ""
    ask_reason: bool = False


def leave_question(lost: str, *, stay: str) -> Question:
    """Return what is asked before somebody goes away from what is not saved."""
    return Question(
        title=_("Leave without saving?"), text=lost, yes=_("Leave"), no=stay, danger=True
    )


class Dialog(QDialog):
    """A framed message over its window: picture, title, words, buttons at the right."""

    def __init__(self, title: str, icon: str, tone: Tone, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(current_theme().px(440))
        outer = column(self, gap=20, margin=24)
        line = row(gap=16)
        line.addWidget(IconTile(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        self.body = column(gap=10)
        self.body.addWidget(PlainLabel(title, TextRole.H1, wrap=True))
        line.addLayout(self.body, 1)
        outer.addLayout(line)
        outer.addStretch(1)
        self.foot = row(gap=8)
        self.foot.addStretch(1)
        outer.addLayout(self.foot)

    def add_words(self, text: str, role: TextRole = TextRole.BODY2) -> PlainLabel:
        """Add a paragraph."""
        label = PlainLabel(text, role, wrap=True)
        self.body.addWidget(label)
        return label

    def add_details(self, text: str) -> TextAreaField:
        """Add lines that may be many: they scroll, can be read by keyboard, and be copied."""
        details = TextAreaField(_("In detail"), text, rows=7)
        details.area.setReadOnly(True)
        self.body.addWidget(details)
        return details


class ConfirmDialog(Dialog):
    """Asks before something is done; `then` gets the reason typed ("" when none is asked)."""

    def __init__(
        self, question: Question, then: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        icon = "triangle-alert" if question.danger else "circle-question-mark"
        tone = Tone.DANGER if question.danger else Tone.PRIMARY
        super().__init__(question.title, icon, tone, parent)
        self._question = question
        self._then = then
        self.add_words(question.text)
        self.reason: TextAreaField | None = None
        self.word: TextField | None = None
        self.details: TextAreaField | None = None
        self._add_fields()
        self.no_button = Button(question.no or _("Cancel")).on_press(self.reject)
        kind = Kind.DANGER if question.danger else Kind.PRIMARY
        self.yes_button = Button(question.yes, kind).on_press(self.accept)
        self.foot.addWidget(self.no_button)
        self.foot.addWidget(self.yes_button)
        self._check()
        first = self.reason or self.word
        says_no = question.danger or question.careful
        (first or (self.no_button if says_no else self.yes_button)).setFocus()

    def _add_fields(self) -> None:
        if self._question.details:
            self.details = self.add_details(self._question.details)
        if self._question.ask_reason:
            self.reason = TextAreaField(_("Reason"), rows=2, required=True)
            self.reason.edited.connect(self._check)
            self.body.addWidget(self.reason)
        if self._question.word:
            label = _("Type {word} to go on").format(word=self._question.word)
            self.word = TextField(label)
            self.word.edited.connect(self._check)
            self.body.addWidget(self.word)

    def _may_go_on(self) -> bool:
        has_word = self.word is None or self.word.value() == self._question.word
        return has_word and (self.reason is None or bool(self.reason.value()))

    def _check(self) -> None:
        self.yes_button.setEnabled(self._may_go_on())

    @override
    def accept(self) -> None:
        if not self._may_go_on():
            return
        reason = self.reason.value() if self.reason is not None else ""
        super().accept()
        self._then(reason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.word is not None:
            self.accept()
            return
        super().keyPressEvent(event)


class ErrorDialog(Dialog):
    """Says what happened, what is safe, what to do; `details` can be copied for the helper."""

    def __init__(
        self, error: UserFacingError, *, details: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(error.happened, "circle-alert", Tone.DANGER, parent)
        if error.safe:
            self.add_words(error.safe)
        if error.remedy:
            self.add_words(error.remedy, TextRole.STRONG)
        self._details = details or f"{type(error).__name__}: {error.sentence}"
        self.copy_button = Button(_("Copy details"), Kind.GHOST, icon="copy").on_press(self._copy)
        self.close_button = Button(_("Close"), Kind.PRIMARY).on_press(self.accept)
        self.foot.addWidget(self.copy_button)
        self.foot.addWidget(self.close_button)
        self.close_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.copy_button.set_words(_("Copied"))
        announce(self, _("Copied"))


def ask(question: Question, then: Callable[[str], None], parent: QWidget) -> ConfirmDialog:
    """Put a question over the window of `parent`; `then` is called only on yes."""
    dialog = ConfirmDialog(question, then, parent.window())
    dialog.open()
    return dialog


def tell(error: UserFacingError, parent: QWidget, details: str = "") -> ErrorDialog:
    """Show an error over the window of `parent`."""
    dialog = ErrorDialog(error, details=details, parent=parent.window())
    dialog.open()
    return dialog
