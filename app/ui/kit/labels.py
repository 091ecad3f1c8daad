"""Text on screen. Always plain: what people typed is never read as markup."""

import re

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.kit.icons import paint_icon
from app.ui.kit.painted import Painted
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

_MAY_BREAK = "\u200b"
_LONG_WORD = re.compile(r"\S{21,}")
_JOINT = re.compile(r"(?<=[_./\\])(?=\w)")
_DIGEST = re.compile(r"[0-9a-fA-F]{33,}")
_GROUP = 8


def breakable(text: str) -> str:
    """Let the names of files and packages go on in the next line where their parts are joined, digests anywhere."""
    return _LONG_WORD.sub(lambda word: _DIGEST.sub(_grouped, _JOINT.sub(_MAY_BREAK, word[0])), text)


def _grouped(digest: re.Match[str]) -> str:
    said = digest[0]
    return _MAY_BREAK.join(said[at : at + _GROUP] for at in range(0, len(said), _GROUP))


class PlainLabel(QLabel):
    """Plain text in a role; wraps when asked. Tone colours it."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = TextRole.BODY,
        *,
        tone: Tone | None = None,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)
        if tone is not None:
            self.setProperty("tone", tone.value)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the text by another tone."""
        self.setProperty("tone", tone.value if tone else None)
        self.style().unpolish(self)
        self.style().polish(self)

    @override
    def setText(self, text: str) -> None:
        super().setText(breakable(text) if self.wordWrap() else text)

    @override
    def text(self) -> str:
        return super().text().replace(_MAY_BREAK, "")

    @override
    def setTextFormat(self, form: Qt.TextFormat) -> None:
        if form != Qt.TextFormat.PlainText:
            raise ValueError("a PlainLabel shows plain text only")
        super().setTextFormat(form)


class ElidedLabel(PlainLabel):
    """One line, cut with an ellipsis where there is no room; the tooltip then has the whole."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = TextRole.BODY,
        *,
        tone: Tone | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @override
    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 4, metrics.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.contentsRect()
        text = self.text()
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self.setToolTip(text if shown != text else "")
        painter = QPainter(self)
        flags = int(self.alignment() | Qt.TextFlag.TextSingleLine)
        self.style().drawItemText(
            painter, rect, flags, self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )


class IconLabel(Painted):
    """A decorative icon: beside words that say the same, so it has no name of its own."""

    def __init__(
        self, name: str, ink: Ink = Ink.TEXT2, px: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._ink = ink
        self._px = px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, ink: Ink) -> None:
        """Show another icon."""
        self._name = name
        self._ink = ink
        self.update()

    def paint_ground(self, painter: QPainter) -> QRect:  # noqa: ARG002  a tile paints one
        """Paint what lies behind the icon; return where the icon goes."""
        return self.rect()

    @override
    def sizeHint(self) -> QSize:
        side = current_theme().px(self._px)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = self.paint_ground(painter)
        paint_icon(painter, place, self._name, current_theme().hex(self._ink))


class Line(QFrame):
    """A hairline between parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", True)
