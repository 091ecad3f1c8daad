"""Where a PIN or a password is typed, whichever somebody has."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.base.words import _
from app.ui.kit.buttons import link, primary
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.pin_pad import PinPad
from app.ui.kit.theme import TextRole

_PIN, _PASSWORD = 0, 1


class SecretEntry(QStackedWidget):
    """Asks for a PIN until a password is wanted; a letter at the PIN begins one."""

    entered = Signal(str)
    """Carries the secret: a whole PIN, or a password and Enter."""
    way_changed = Signal()
    """The other of the two is asked for now."""
    forgotten = Signal()
    """Somebody has no PIN any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._password: PasswordField | None = None
        self.pin = PinPad()
        self.pin.entered.connect(self.entered)
        self.pin.letter_typed.connect(self._begin_password)
        self._pin_page = self._make_pin()
        self.addWidget(self._pin_page)

    @property
    def password(self) -> PasswordField:
        """Return the password's field. Made when first wanted: most people have a PIN."""
        if self._password is None:
            self._password = PasswordField(_("Password"))
            last_of_pin = _last_stop(self._pin_page)
            self.insertWidget(_PASSWORD, self._make_password(self._password))
            # what is made later comes last of the window otherwise: Tab would pass it by
            self.setTabOrder(last_of_pin, self._password.line)
            self.setTabOrder(self._password.line, self.sign_in_button)
        return self._password

    @property
    def is_password(self) -> bool:
        """Tell whether a password is asked for."""
        return self.currentIndex() == _PASSWORD

    @property
    def typed_in(self) -> QWidget:
        """Return what takes the secret that is asked for."""
        return self.password.line if self.is_password else self.pin

    def use_password(self, *, use: bool) -> None:
        """Ask for a password, or for a PIN."""
        if use:
            self.password.set_value("")
        self.setCurrentIndex(_PASSWORD if use else _PIN)
        self.way_changed.emit()

    def forget(self) -> None:
        """Take away what was typed."""
        self.pin.clear()
        if self._password is not None:
            self._password.set_value("")

    def _make_pin(self) -> QWidget:
        box = QWidget()
        lines = column(box, gap=8)
        line = row(gap=8)
        line.addWidget(PlainLabel(_("PIN"), TextRole.STRONG), 1)
        forgotten = link(_("Forgot PIN?")).on_press(self.forgotten.emit)
        line.addWidget(forgotten)
        lines.addLayout(line)
        lines.addWidget(self.pin)
        box.setTabOrder(self.pin, forgotten)  # Tab after the number leads to the PIN
        return box

    def _make_password(self, password: PasswordField) -> QWidget:
        box = QWidget()
        lines = column(box, gap=16)
        password.submitted.connect(self._enter_password)
        lines.addWidget(password)
        self.sign_in_button = primary(_("Sign in"), "arrow-right")
        lines.addWidget(self.sign_in_button.on_press(self._enter_password))
        lines.addStretch(1)
        return box

    def _begin_password(self, letter: str) -> None:
        """Go on with a password: administrators and auditors have no PIN."""
        self.use_password(use=True)
        self.password.set_value(letter)
        self.password.line.setFocus()

    def _enter_password(self) -> None:
        self.entered.emit(self.password.value())


def _last_stop(page: QWidget) -> QWidget:
    """Return what Tab comes to last within a page."""
    last, following = page, page.nextInFocusChain()
    while following is not None and page.isAncestorOf(following):
        last, following = following, following.nextInFocusChain()
    return last
