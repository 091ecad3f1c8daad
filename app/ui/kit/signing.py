"""Signing: what is signed is read in full, then proved with id and password, or the password alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people import AccountLocked, PinSignsNothing, WrongSignIn
from app.core.signatures import (
    CannotSign,
    Meaning,
    Proof,
    Signatures,
    SigningNow,
    Undersigned,
    WordsMissing,
    meaning_in_words,
)
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms.text_fields import PasswordField, TextAreaField, TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import ScrollPage, clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.progress import BusyLine
from app.ui.kit.theme import TextRole, Tone, current_theme

T = TypeVar("T")
_STAYS = (CannotSign, WrongSignIn, AccountLocked, PinSignsNothing, WordsMissing)
"""What the signer can mend in the dialog; anything else closes it."""
_TEXT_HIGH, _MOST_HIGH, _TEXT_WIDE, _AROUND = 96, 280, 430, 40


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, by what, and what runs it off the window's thread."""

    actor: Actor
    signatures: Signatures
    jobs: JobRunner


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRequest(Generic[T]):
    """What is to be signed and done in one."""

    title: str
    shown: str
    """In full, as it is kept beside the signature."""
    meaning: Meaning
    act: Callable[[Undersigned, str], T]
    """Does it with the signature, off the window's thread; gets the reason."""
    done: Callable[[T], None]
    failed: Callable[[UserFacingError], None]
    ask_reason: bool = False
    lost: Callable[[], None] | None = None
    """Leads to where somebody who cannot sign yet learns what to do."""
    parts: tuple[str, ...] = ()
    """What is read at once and signed each by itself; without, all that is shown is signed as one."""


class SignDialog(Dialog):
    """Asks for the statement first, once in a life; then for what proves who signs."""

    def __init__(self, signer: Signer, request: SignRequest[Any], parent: QWidget) -> None:
        """Take who signs and what; of what kind the outcome is only the request knows."""
        super().__init__(request.title, "signature", Tone.PRIMARY, parent.window())
        self.setMinimumWidth(current_theme().px(560))
        self._signer = signer
        self._request = request
        self._over = parent.window()
        self._now: SigningNow | None = None
        self.reason: TextAreaField | None = None
        self.name: TextField | None = None
        self.password: PasswordField | None = None
        self.busy = BusyLine()
        self.body.addWidget(self.busy)
        self._parts = column(gap=10)
        self.body.addLayout(self._parts)
        self.trouble = Banner("", Tone.DANGER)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.cancel_button = Button(_("Cancel")).on_press(self.reject)
        self.sign_button = Button(_("Sign"), Kind.PRIMARY, icon="signature").on_press(self.sign)
        self.sign_button.setEnabled(False)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.sign_button)
        self._look()

    @property
    def is_statement(self) -> bool:
        """Tell whether the statement is asked for now."""
        return bool(self._now and self._now.statement)

    def sign(self) -> None:
        """Sign what is shown, if everything is there."""
        if not self.sign_button.isEnabled() or self.password is None:
            return
        proof = Proof(
            name=self.name.value() if self.name is not None else None,
            password=self.password.value(),
        )
        reason = self.reason.value() if self.reason is not None else ""
        self.trouble.hide()
        self.sign_button.setEnabled(False)
        self.busy.start()
        if self.is_statement:
            self._accept(proof)
        else:
            self._sign(proof, reason)

    def _accept(self, proof: Proof) -> None:
        signatures, actor = self._signer.signatures, self._signer.actor

        def work(_progress: Progress) -> None:
            signatures.accept_statement(actor, proof)

        job = self._signer.jobs.run(
            work, done=lambda _none: self._look(), failed=self._refused, owner=self
        )
        job.finished.connect(self.busy.stop)

    def _sign(self, proof: Proof, reason: str) -> None:
        signatures, actor, request = self._signer.signatures, self._signer.actor, self._request

        def work(_progress: Progress) -> object:
            read = request.parts or (request.shown,)
            return request.act(Undersigned(signatures.pen(actor, proof), *read), reason)

        job = self._signer.jobs.run(work, done=self._signed, failed=self._refused, owner=self)
        job.finished.connect(self.busy.stop)

    def _signed(self, value: Any) -> None:  # whatever the request's own act gives
        self.accept()
        self._request.done(value)

    def _refused(self, error: UserFacingError) -> None:
        if not isinstance(error, _STAYS):
            self.reject()
            self._request.failed(error)
            return
        self.trouble.set_text(error.sentence)
        self.trouble.show()
        if self.password is not None:
            self.password.set_value("")
            self.password.line.setFocus()
        self._ask_again()

    def _ask_again(self) -> None:
        """Show the id once more where the series ended while somebody read."""
        signatures, actor = self._signer.signatures, self._signer.actor
        self._signer.jobs.run(
            lambda _progress: signatures.now(actor),
            done=lambda now: self._show(now) if self.name is None and now.asks_id else None,
            owner=self,
        )

    def _look(self) -> None:
        signatures, actor = self._signer.signatures, self._signer.actor
        self.busy.start()
        job = self._signer.jobs.run(
            lambda _progress: signatures.now(actor),
            done=self._show,
            failed=self._refused,
            owner=self,
        )
        job.finished.connect(self.busy.stop)

    def _show(self, now: SigningNow) -> None:
        self._now = now
        reason = self.reason.value() if self.reason is not None else ""
        self.reason = self.name = self.password = None
        clear(self._parts)
        if now.trouble:
            self._show_trouble(now.trouble)
            return
        text = now.statement or self._request.shown
        if now.statement:
            words = _("Before your first signature, read and sign this once:")
            self._parts.addWidget(PlainLabel(words, TextRole.BODY2, wrap=True))
        self._parts.addWidget(_Reading(text))
        self._add_facts(now)
        self._add_fields(now, reason)
        self.sign_button.set_words(_("Accept and sign") if now.statement else _("Sign"))
        self._check()
        QTimer.singleShot(0, self, self._grow)  # when the new parts are there to be measured

    @Slot()
    def _grow(self) -> None:
        """Be as high as the text is, where the window has room for it."""
        wanted, room = self.sizeHint(), self._over.height()
        self.resize(max(wanted.width(), self.width()), min(wanted.height(), room))

    def _show_trouble(self, trouble: str) -> None:
        self._parts.addWidget(Banner(trouble, Tone.WARNING))
        self.sign_button.hide()
        lost = self._request.lost
        if lost is not None:
            go = Button(_("My signature"), Kind.PRIMARY, icon="signature")

            def leave() -> None:
                self.reject()
                lost()

            self.foot.addWidget(go.on_press(leave))
            go.setFocus()

    def _add_facts(self, now: SigningNow) -> None:
        meaning = Meaning.ACKNOWLEDGED if now.statement else self._request.meaning
        actor = self._signer.actor
        who = f"{actor.name} ({actor.number})" if actor.number else actor.name
        words = _("signs with the meaning: {meaning}").format(meaning=meaning_in_words(meaning))
        self._parts.addWidget(FactRow(who, words, icon="user"))

    def _add_fields(self, now: SigningNow, reason: str) -> None:
        if self._request.ask_reason and not now.statement:
            self.reason = TextAreaField(_("Reason"), reason, rows=2, required=True)
            self.reason.edited.connect(self._check)
            self._parts.addWidget(self.reason)
        if now.asks_id:
            self.name = TextField(_("Your number or login"), required=True)
            self.name.edited.connect(self._check)
            self.name.submitted.connect(self._go_to_password)
            self._parts.addWidget(self.name)
        self.password = PasswordField(_("Your password"), required=True)
        self.password.edited.connect(self._check)
        self.password.submitted.connect(self.sign)
        self._parts.addWidget(self.password)
        asks_why = self.reason is not None and not reason
        first = (self.reason if asks_why else self.name) or self.password
        first.show()  # a window that becomes active only now passes over what is not there yet
        first.setFocus()

    def _go_to_password(self) -> None:
        if self.password is not None:
            self.password.line.setFocus()

    def _check(self) -> None:
        fields = (self.reason, self.name, self.password)
        self.sign_button.setEnabled(all(one is None or not one.is_blank() for one in fields))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return  # the fields say what Enter does: nobody signs by a key too much
        super().keyPressEvent(event)


class StatementDialog(SignDialog):
    """Asks for the statement alone; closes when it is signed."""

    def __init__(self, signer: Signer, done: Callable[[], None], parent: QWidget) -> None:
        self._told = done
        request: SignRequest[None] = SignRequest(
            title=_("Your electronic signature"),
            shown="",
            meaning=Meaning.ACKNOWLEDGED,
            act=lambda _signed, _reason: None,
            done=lambda _none: None,
            failed=lambda error: self.trouble.set_text(error.sentence),
        )
        super().__init__(signer, request, parent)

    @override
    def _show(self, now: SigningNow) -> None:
        if now.statement or now.trouble:
            super()._show(now)
            return
        self.accept()
        self._told()


class _Reading(Card):
    """The text that is signed: as high as it is where there is room, else scrolled, by keys too."""

    def __init__(self, text: str) -> None:
        super().__init__(gap=0, margin=4)
        self.page = _ScrolledText(text)
        self.body.addWidget(self.page)


class _ScrolledText(ScrollPage):
    def __init__(self, text: str) -> None:
        super().__init__(page=False)
        self.setAccessibleName(_("What you sign"))
        self.setAccessibleDescription(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        lines = column(self.content, gap=0, margin=8)
        label = PlainLabel(text, TextRole.BODY, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines.addWidget(label)
        lines.addStretch(1)
        self._label = label
        self.setMinimumHeight(current_theme().px(_TEXT_HIGH))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    @override
    def sizeHint(self) -> QSize:
        width = current_theme().px(_TEXT_WIDE)
        high = self._label.heightForWidth(width) + current_theme().px(_AROUND)
        return QSize(width, min(high, current_theme().px(_MOST_HIGH)))


def sign(signer: Signer, request: SignRequest[T], parent: QWidget) -> SignDialog:
    """Ask for a signature over the window of `parent`."""
    dialog = SignDialog(signer, request, parent)
    dialog.open()
    return dialog
