"""Fields for text: one line, a secret, several lines."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.forms.field import Field
from app.ui.kit.icons import icon


class TextField(Field):
    """One line of text."""

    def __init__(
        self,
        label: str,
        text: str = "",
        *,
        placeholder: str = "",
        required: bool = False,
        hint: str = "",
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.line = QLineEdit(text)
        super().__init__(label, self.line, required=required, hint=hint, parent=parent)
        self.line.setPlaceholderText(placeholder)
        if icon_name:
            self.line.addAction(icon(icon_name), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textEdited.connect(self.edited)
        self.submitted = self.line.returnPressed

    def value(self) -> str:
        """Return the text without blanks around it."""
        return self.line.text().strip()

    def set_value(self, text: str) -> None:
        """Show another text."""
        self.line.setText(text)

    @override
    def is_blank(self) -> bool:
        return not self.value()


class PasswordField(TextField):
    """A secret: dots, and a button that shows it while it is wanted. The value keeps its blanks."""

    def __init__(
        self, label: str, *, required: bool = False, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(label, required=required, hint=hint, parent=parent)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = QAction(icon("eye"), _("Show the password"), self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self.line.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        for button in self.line.findChildren(QWidget):
            button.setAccessibleName(_("Show the password"))

    @override
    def value(self) -> str:
        return self.line.text()

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._eye.setIcon(icon("eye-off" if shown else "eye"))


class _Area(QPlainTextEdit):
    """As high as some rows of text; more scrolls."""

    def __init__(self, text: str, rows: int) -> None:
        super().__init__(text)
        self._rows = rows
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.fontMetrics().lineSpacing() * self._rows + 28)


class TextAreaField(Field):
    """Several lines of text; Tab leaves the field."""

    def __init__(
        self,
        label: str,
        text: str = "",
        *,
        rows: int = 4,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.area = _Area(text, rows)
        super().__init__(label, self.area, required=required, hint=hint, parent=parent)
        self.area.textChanged.connect(self.edited)

    def value(self) -> str:
        """Return the text without blanks around it."""
        return self.area.toPlainText().strip()

    def set_value(self, text: str) -> None:
        """Show another text."""
        self.area.setPlainText(text)

    @override
    def is_blank(self) -> bool:
        return not self.value()
