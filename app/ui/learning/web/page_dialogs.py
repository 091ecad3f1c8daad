"""The dialogs of a page, in the product's own look: the page waits for them, the window does not."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.theme import TextRole, Tone
from app.ui.learning.web.calls import PageQuestion
from app.ui.learning.web.handler import Reply

_PATIENT_DIALOGS = 3
"""After so many dialogs a learner may have done with them: some pages never stop asking."""


class PageDialog(Dialog):
    """Shows what a page says or asks; `answer` gets True, False, the text, or None, once."""

    def __init__(
        self,
        question: PageQuestion,
        answer: Callable[[object], None],
        parent: QWidget | None,
        *,
        may_be_last: bool = False,
    ) -> None:
        super().__init__(_("Message of the course"), "message-square", Tone.PRIMARY, parent)
        self._kind = question.kind
        self.is_last = False
        """Whether the learner wants no more of them."""
        self.silence_button: Button | None = None
        if may_be_last:
            self.silence_button = Button(_("No more messages")).on_press(self._silence)
            self.foot.addWidget(self.silence_button)
        self.add_words(question.text, TextRole.BODY)
        self.field: TextField | None = None
        if question.kind == "prompt":
            self.field = TextField(_("Your answer"))
            self.field.set_value(question.value)
            self.body.addWidget(self.field)
        if question.kind != "alert":
            self.no_button = Button(_("Cancel")).on_press(self.reject)
            self.foot.addWidget(self.no_button)
        self.yes_button = Button(_("OK"), Kind.PRIMARY).on_press(self.accept)
        self.foot.addWidget(self.yes_button)
        (self.field or self.yes_button).setFocus()
        self.finished.connect(lambda _result: answer(self._given()))

    def _silence(self) -> None:
        self.is_last = True
        self.reject()

    def _given(self) -> object:
        is_yes = self.result() == Dialog.DialogCode.Accepted.value
        if self.field is not None:
            return self.field.value() if is_yes else None
        return is_yes


class PageDialogs(QObject):
    """Puts what the pages of one launch ask over their window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.open: list[PageDialog] = []
        self._shown = 0
        self._wants_no_more = False

    def ask(self, untrusted_question: object, reply: Reply, page: QWidget) -> None:
        """Put a question of a page that is seen; any other is answered with nothing."""
        question = PageQuestion.of(untrusted_question)
        if question is None or self._wants_no_more or not page.isVisible():
            reply(None)
            return
        self._shown += 1
        may_be_last = self._shown > _PATIENT_DIALOGS
        dialog = PageDialog(question, reply, page.window(), may_be_last=may_be_last)
        self.open.append(dialog)
        dialog.finished.connect(lambda _result: self._gone(dialog))
        dialog.open()

    def _gone(self, dialog: PageDialog) -> None:
        self.open.remove(dialog)
        self._wants_no_more |= dialog.is_last

    def dismiss(self) -> None:
        """Answer everything that is still asked with no."""
        for dialog in tuple(self.open):
            dialog.reject()
