"""Rich text of questions on screen: as high as it needs to be, pictures fitted, links without effect."""

import math
from collections.abc import Iterator
from urllib.parse import unquote

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetricsF,
    QImage,
    QPaintEvent,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.assessments import RichText, shown_html
from app.ui.assessments.media import QuestionMedia
from app.ui.kit.icons import pixmap
from app.ui.kit.painted import Painted, smooth
from app.ui.kit.theme import Ink, TextRole, current_theme

_SCHEME = "media"
_PICTURE_SIGN = "\ufffc"
_LINE_HEIGHT = 145
_SMALLEST_PICTURE = 96


class _Document(QTextDocument):
    """A text whose pictures come from the asset store, or not at all."""

    def __init__(self, text: RichText, media: QuestionMedia, parent: QWidget) -> None:
        super().__init__(parent)
        self._known = {one.name: one for one in text.media}
        self._media = media

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        return self.picture(name.toString() if isinstance(name, QUrl) else name)

    def picture(self, address: str) -> QImage:
        """Return the picture at a `media:` address; a sign in its place where there is none."""
        scheme, _colon, name = address.partition(":")
        ref = self._known.get(unquote(name)) if scheme == _SCHEME else None
        image = self._media.picture(ref) if ref is not None else QImage()
        return _missing() if image.isNull() else image


def _missing() -> QImage:
    theme = current_theme()
    return pixmap("image", theme.hex(Ink.TEXT3), theme.px(32)).toImage()


class RichView(Painted):
    """Shows a rich text, in the middle of the height it gets. The screen reader gets its words and the pictures' descriptions."""

    def __init__(
        self,
        text: RichText,
        media: QuestionMedia,
        *,
        role: TextRole = TextRole.BODY,
        tallest_picture: int = 340,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._tallest = tallest_picture
        self._heights: dict[int, int] = {}
        self._fitted = -1
        self._text = text
        self._document = _Document(text, media, self)
        self._fill()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.words())

    def words(self) -> str:
        """Return what it says, with descriptions in place of pictures."""
        alts = [_alt(image) for _where, image in self._pictures()]
        words = self._document.toPlainText()
        for alt in alts:
            words = words.replace(_PICTURE_SIGN, alt, 1)
        return " ".join(words.split())

    @override
    def restyle(self) -> None:
        self._fill()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            if len(self._heights) > 16:  # noqa: PLR2004  more widths than one resize asks for
                self._heights.clear()
            self._lay(width)
            self._heights[width] = math.ceil(self._used_height())
        return self._heights[width]

    @override
    def sizeHint(self) -> QSize:
        widest = current_theme().px(560)
        self._lay(widest)
        width = min(math.ceil(self._document.idealWidth()) + 2, widest)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(56), self.fontMetrics().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay(self.width())
        painter = smooth(self)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette(self.palette())
        ink = Ink.TEXT3 if not self.isEnabled() else self._role.ink
        palette.setColor(QPalette.ColorRole.Text, current_theme().colour(ink))
        context.palette = palette
        spare = (self.height() - self._used_height()) / 2
        painter.translate(0, max(0.0, spare))
        self._document.documentLayout().draw(painter, context)

    def _fill(self) -> None:
        document = self._document
        document.setDocumentMargin(0)
        document.setDefaultFont(self._font())
        document.setDefaultStyleSheet(_style())
        document.setHtml(shown_html(self._text))
        self._drop_blank_ends()
        self._space_out()
        self._heights.clear()
        self._fitted = -1
        self.updateGeometry()

    def _drop_blank_ends(self) -> None:
        """Take blank lines off both ends: a sound that had a line of its own is a button beside it."""
        keep, move = QTextCursor.MoveMode.KeepAnchor, QTextCursor.MoveOperation
        for _line in range(self._document.blockCount() - 1):
            cursor = QTextCursor(self._document.lastBlock())
            if _is_blank(cursor.block()):
                cursor.movePosition(move.PreviousCharacter)  # the break before it goes too
                cursor.movePosition(move.End, keep)
                cursor.removeSelectedText()
        for _line in range(self._document.blockCount() - 1):
            cursor = QTextCursor(self._document.begin())
            if _is_blank(cursor.block()):
                cursor.movePosition(move.NextBlock, keep)
                cursor.removeSelectedText()

    def _used_height(self) -> float:
        """Return the height of the text without the blank that follows its last line."""
        blank = 0.0
        if not _has_picture(self._document.lastBlock()):
            blank = QFontMetricsF(self._font()).height() * (_LINE_HEIGHT - 100) / 100
        return self._document.size().height() - blank

    def _font(self) -> QFont:
        return current_theme().font(self._role)

    def _space_out(self) -> None:
        """Give lines the height that Indic letters need, and no blank above the first or below the last."""
        last = self._document.lastBlock()
        block = self._document.begin()
        while block.isValid():
            form = QTextBlockFormat(block.blockFormat())
            proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            if not _has_picture(block):
                form.setLineHeight(_LINE_HEIGHT, proportional)
            if block == self._document.begin():
                form.setTopMargin(0)
            if block == last:
                form.setBottomMargin(0)
            QTextCursor(block).setBlockFormat(form)
            block = block.next()

    def _pictures(self) -> Iterator[tuple[int, QTextImageFormat]]:
        """Yield the place and form of each picture."""
        block = self._document.begin()
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                fragment = fragments.fragment()
                if fragment.charFormat().isImageFormat():
                    form = fragment.charFormat().toImageFormat()
                    for place in range(fragment.length()):
                        yield fragment.position() + place, form
                fragments += 1
            block = block.next()

    def _lay(self, width: int) -> None:
        if width == self._fitted:
            return
        self._fitted = width
        for place, form in list(self._pictures()):
            self._fit(place, form, width)
        self._document.setTextWidth(width)

    def _fit(self, place: int, form: QTextImageFormat, width: int) -> None:
        theme = current_theme()
        natural = self._document.picture(form.name()).size()
        room = QSize(max(width, theme.px(_SMALLEST_PICTURE)), theme.px(self._tallest))
        size = natural * theme.scale
        if size.width() > room.width() or size.height() > room.height():
            size = natural.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if (form.width(), form.height()) == (size.width(), size.height()):
            return
        fitted = QTextImageFormat(form)
        fitted.setWidth(size.width())
        fitted.setHeight(size.height())
        cursor = QTextCursor(self._document)
        cursor.setPosition(place)
        cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(fitted)


def _has_picture(block: QTextBlock) -> bool:
    return _PICTURE_SIGN in block.text()


def _is_blank(block: QTextBlock) -> bool:
    cursor = QTextCursor(block)
    is_part = cursor.currentTable() is not None or cursor.currentList() is not None
    return not (block.text().strip() or is_part)


def _alt(form: QTextImageFormat) -> str:
    alt = form.property(QTextFormat.Property.ImageAltText.value)
    return f" {alt} " if alt else " "


def _style() -> str:
    theme = current_theme()
    text, edge, soft = theme.hex(Ink.TEXT), theme.hex(Ink.BORDER), theme.hex(Ink.SURFACE2)
    return (
        f"a {{ color: {text}; text-decoration: none; }}"
        f"p, ul, ol, table, pre {{ margin-top: 0; margin-bottom: {theme.px(8)}px; }}"
        f"table {{ border-collapse: collapse; }}"
        f"th, td {{ padding: {theme.px(6)}px; border: 1px solid {edge}; }}"
        f"code, pre, kbd {{ background-color: {soft}; }} mark {{ background-color: {soft}; }}"
    )
