"""A control under its label: hint and error beneath, one way to say what is wrong."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import (
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.theme import TextRole, Tone


class Field(QWidget):
    """A control under its label. `check` returns what is wrong with the value, or ""."""

    edited = Signal()

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.control = control
        self.required = required
        self.check: Callable[[], str] | None = None
        self._hint = hint
        self._error = PlainLabel("", TextRole.MUTED, tone=Tone.DANGER, wrap=True)
        self._hint_label = PlainLabel(hint, TextRole.MUTED, wrap=True)
        words = f"{label} *" if required else label
        self._label = PlainLabel(words, TextRole.STRONG, wrap=True)
        self._label.setBuddy(control)
        self.body = column(self, gap=6)
        self.body.addWidget(self._label)
        self.body.addWidget(control)
        self.body.addWidget(self._hint_label)
        self.body.addWidget(self._error)
        self._hint_label.setVisible(bool(hint))
        self._error.hide()
        control.setAccessibleName(_("{label}, required").format(label=label) if required else label)
        control.setAccessibleDescription(hint)
        self.setFocusProxy(control)
        control.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_label(self, label: str) -> None:
        """Call the field otherwise."""
        self.label = label
        self._label.setText(f"{label} *" if self.required else label)
        self.control.setAccessibleName(
            _("{label}, required").format(label=label) if self.required else label
        )

    def stand_in_a_bar(self) -> None:
        """Stand without the words above it, among tools: tooltip and screen reader still have them."""
        self._label.hide()
        self.control.setToolTip(self.label)

    def is_blank(self) -> bool:
        """Tell whether nothing has been filled in."""
        return False

    def error(self) -> str:
        """Return what is said to be wrong."""
        return self._error.text()

    def set_error(self, message: str) -> None:
        """Say beside the field what is wrong; "" takes it back."""
        if message == self._error.text():
            return
        self._error.setText(message)
        self._error.setVisible(bool(message))
        self.control.setAccessibleDescription(message or self._hint)
        self.control.setProperty("invalid", bool(message))
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)
        if message:
            announce(self.control, message, urgent=True)

    def read_only(self, reason: str) -> None:
        """Let the value be read and not changed; the reason stands below it."""
        self.control.setEnabled(False)
        self._hint = reason
        self._hint_label.setText(reason)
        self._hint_label.show()
        self.control.setAccessibleDescription(reason)

    def validate(self) -> bool:
        """Check the value, say what is wrong, and tell whether it is right."""
        if self.required and self.is_blank():
            self.set_error(_("Fill in: {label}.").format(label=self.label))
        else:
            self.set_error(self.check() if self.check is not None else "")
        return not self.error()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        left = event.type() == QEvent.Type.FocusOut and watched is self.control
        if left and self.isVisible() and (self.error() or not self.is_blank()):
            self.validate()
        return super().eventFilter(watched, event)
