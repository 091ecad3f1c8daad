"""Sign-in: number or badge, PIN or password. The first thing on screen, before anything is loaded."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind, link, primary
from app.ui.kit.forms.choices import LanguagePicker
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.frames import Card
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import FlowLayout, ScrollPage, centred, column, row
from app.ui.kit.pin_pad import PinPad
from app.ui.kit.progress import BusyLine
from app.ui.kit.theme import Appearance, Ink, TextRole, Theme, Tone

if TYPE_CHECKING:
    from app.core.people import SignedIn
    from app.services import Services
    from app.ui.kit.notices import Banner

_PIN, _PASSWORD = 0, 1
_ROOMY = 700
"""Below this height everything moves together, so that the whole page is seen at once."""


class SidePanel(QFrame):
    """The dark panel beside sign-in and first run: what this is, and where."""

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("nav", True)
        lines = column(self, gap=12, margin=48)
        lines.addWidget(IconLabel("graduation-cap", Ink.NAV_TEXT, 44))
        self._add(lines, "Daksha", TextRole.DISPLAY, "nav")
        self.place = self._add(lines, place, TextRole.MUTED, "nav_muted")
        self.told = self._add(lines, "", TextRole.BODY2, "nav")
        self.told.hide()
        lines.addStretch(1)
        for icon, words in (
            ("wifi-off", _("Works without internet. Your progress is saved on this PC.")),
            ("shield-check", _("Every change is kept in a journal that proves it.")),
        ):
            line = row(gap=10)
            line.addWidget(IconLabel(icon, Ink.NAV_MUTED, 18), 0, Qt.AlignmentFlag.AlignTop)
            label = PlainLabel(words, TextRole.MUTED, wrap=True)
            label.setProperty("tone", "nav_muted")
            line.addWidget(label, 1)
            lines.addLayout(line)

    def tell(self, words: str) -> None:
        """Say something under the place's name; "" says nothing."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _add(self, lines: object, words: str, role: TextRole, tone: str) -> PlainLabel:
        label = PlainLabel(words, role, wrap=True)
        label.setProperty("tone", tone)
        lines.addWidget(label)  # type: ignore[attr-defined]  # a QVBoxLayout
        return label


class SignInPage(QWidget):
    """Asks who is there; says `signed_in` when they proved it."""

    signed_in = Signal(object)
    """Carries a people.SignedIn."""
    language_chosen = Signal(str)

    def __init__(self, theme: Theme, jobs: JobRunner, place: str) -> None:
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._services: Services | None = None
        self._waiting: tuple[str, str] | None = None
        self._banner: Banner | None = None
        self._password: PasswordField | None = None
        self.setProperty("page", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Sign in"))
        sides = row(self, gap=0)
        self.side = SidePanel(place)
        sides.addWidget(self.side, 4)
        page = ScrollPage()
        sides.addWidget(page, 9)
        middle = self._middle = column(page.content, gap=12, margin=24)
        middle.addStretch(1)
        middle.addWidget(centred(self._make_card(), 430))
        middle.addWidget(self._make_foot())
        middle.addStretch(1)
        self._use_password(use=False)

    def set_services(self, services: "Services", place: str) -> None:
        """Take the open site; a sign-in that was asked for meanwhile goes on."""
        self._services = services
        self.side.place.setText(place)
        self.busy.stop()
        if self._waiting is not None:
            self._prove(*self._waiting)

    def show_error(self, error: UserFacingError) -> None:
        """Say why it did not work."""
        self._waiting = None
        self.busy.stop()
        self._say(error.sentence)
        announce(self, error.sentence, urgent=True)
        self._forget_secrets()

    def sign_in(self, name: str, secret: str) -> None:
        """Sign in with what was given elsewhere, at once or when the site is open."""
        self.number.set_value(name)
        self._prove_or_wait(name, secret)

    def focus_first(self) -> None:
        """Put the focus into the number field, empty."""
        self.number.set_value("")
        self._use_password(use=False)
        self._forget_secrets()
        self._say_nothing()
        self.number.line.setFocus()

    @property
    def password(self) -> PasswordField:
        """Return the password's field. Made when first wanted: most people have a PIN."""
        if self._password is None:
            self._password = PasswordField(_("Password"))
            self.secrets.insertWidget(_PASSWORD, self._make_password(self._password))
        return self._password

    @property
    def banner(self) -> "Banner":
        """Return the message above the fields. Made when there is the first one."""
        if self._banner is None:
            from app.ui.kit.notices import Banner  # nothing to say before the first paint

            self._banner = Banner("", Tone.DANGER)
            self._card.body.insertWidget(self._card.body.indexOf(self.number), self._banner)
        return self._banner

    def _say(self, words: str, tone: Tone = Tone.DANGER) -> None:
        self.banner.set_tone(tone)
        self.banner.set_text(words)
        self.banner.show()

    def _say_nothing(self) -> None:
        if self._banner is not None:
            self._banner.hide()

    def _forget_secrets(self) -> None:
        self.pin.clear()
        if self._password is not None:
            self._password.set_value("")

    def _make_card(self) -> Card:
        card = self._card = Card()
        self.busy = BusyLine()
        card.body.addWidget(self.busy)
        card.body.addWidget(PlainLabel(_("Sign in"), TextRole.H1))
        self.hint = PlainLabel("", TextRole.BODY2, wrap=True)
        card.body.addWidget(self.hint)
        self.number = TextField(_("Employee number, login or badge"))
        self.number.submitted.connect(self._number_entered)
        card.body.addWidget(self.number)
        self.secrets = QStackedWidget()
        self.secrets.addWidget(self._make_pin())
        card.body.addWidget(self.secrets)
        return card

    def _make_pin(self) -> QWidget:
        box = QWidget()
        lines = column(box, gap=8)
        line = row(gap=8)
        line.addWidget(PlainLabel(_("PIN")), 1)
        forgotten = link(_("Forgot PIN?")).on_press(self._tell_forgotten)
        line.addWidget(forgotten)
        lines.addLayout(line)
        self.pin = PinPad()
        self.pin.entered.connect(self._sign_in)
        self.pin.letter_typed.connect(self._begin_password)
        lines.addWidget(self.pin)
        box.setTabOrder(self.pin, forgotten)  # Tab after the number leads to the PIN
        return box

    def _make_password(self, password: PasswordField) -> QWidget:
        box = QWidget()
        lines = column(box, gap=16)
        password.submitted.connect(self._sign_in_with_password)
        lines.addWidget(password)
        self.enter = primary(_("Sign in"), "arrow-right").on_press(self._sign_in_with_password)
        lines.addWidget(self.enter)
        lines.addStretch(1)
        return box

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        line = FlowLayout(foot, gap=12, middle=True)
        self.languages = LanguagePicker()
        self.languages.chosen.connect(self.language_chosen)
        line.addWidget(self.languages)
        self.other = Button("", Kind.GHOST, icon="keyboard").on_press(self._use_the_other)
        line.addWidget(self.other)
        contrast = Button(_("High contrast"), Kind.GHOST, icon="contrast")
        line.addWidget(contrast.on_press(self._switch_contrast))
        return foot

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._theme
        tight = self.height() < theme.px(_ROOMY)
        self._middle.setSpacing(theme.px(8 if tight else 12))
        self._card.body.setSpacing(theme.px(8 if tight else 12))
        self._middle.setContentsMargins(
            0, theme.px(4 if tight else 24), 0, theme.px(4 if tight else 24)
        )
        self._card.body.setContentsMargins(*[theme.px(16 if tight else 20)] * 4)

    def _use_the_other(self) -> None:
        self._use_password(use=self.secrets.currentIndex() == _PIN)
        (self._secret_widget() if self.number.value() else self.number.line).setFocus()

    def _begin_password(self, letter: str) -> None:
        """Go on with a password: administrators and auditors have no PIN."""
        self._use_password(use=True)
        self.password.set_value(letter)
        self.password.line.setFocus()

    def _use_password(self, *, use: bool) -> None:
        if use:
            self.password.set_value("")
        self.secrets.setCurrentIndex(_PASSWORD if use else _PIN)
        self.other.set_words(_("Use PIN instead") if use else _("Use password instead"))
        self.hint.setText(
            _("Type your number or login and your password.")
            if use
            else _("Scan your badge, or type your employee number and PIN.")
        )

    def _number_entered(self) -> None:
        """A badge reader ends with Enter, as a hand does: go on to the secret."""
        self._secret_widget().setFocus()

    def _secret_widget(self) -> QWidget:
        return self.password.line if self.secrets.currentIndex() == _PASSWORD else self.pin

    def _sign_in_with_password(self) -> None:
        self._sign_in(self.password.value())

    def _sign_in(self, secret: str) -> None:
        name = self.number.value().strip()
        if not name or not secret:
            (self.number.line if not name else self._secret_widget()).setFocus()
            return
        self._prove_or_wait(name, secret)

    def _prove_or_wait(self, name: str, secret: str) -> None:
        self._say_nothing()
        self.busy.start()
        if self._services is None:
            self._waiting = (name, secret)
            return
        self._prove(name, secret)

    def _prove(self, name: str, secret: str) -> None:
        services = self._services
        self._waiting = None
        if services is None:
            return
        self._jobs.run(
            lambda _progress: services.sign_in.sign_in(name, secret),
            done=self._proved,
            failed=self.show_error,
            owner=self,
        )

    def _proved(self, signed_in: "SignedIn") -> None:
        self.busy.stop()
        self.signed_in.emit(signed_in)

    def _tell_forgotten(self) -> None:
        self._say(
            _(
                "Ask your trainer or the administrator to give you a new PIN. Your training is safe."
            ),
            Tone.INFO,
        )

    def _switch_contrast(self) -> None:
        is_high = self._theme.appearance is Appearance.HIGH_CONTRAST
        self._theme.set_appearance(Appearance.SYSTEM if is_high else Appearance.HIGH_CONTRAST)
