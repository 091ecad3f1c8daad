"""A page is written as it will be read: headings, lists, a table, pictures, from a row of buttons."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.buttons import IconButton
from app.ui.kit.forms.field import Field
from app.ui.kit.layouts import FlowLayout
from app.ui.kit.page_look import page_font, page_style
from app.ui.kit.pictures import read_picture
from app.ui.kit.rich_html import html_of, is_quote
from app.ui.kit.theme import Ink, current_theme

_SCHEME = "asset"
_HEADINGS = (2, 3)
_QUOTE_INDENT = 40
_TABLE_ROWS, _TABLE_COLUMNS = 3, 2
_WIDEST_PICTURE = 560
_ROWS = 16


class RichTextArea(QTextEdit):
    """Shows safe HTML and lets it be changed. Pictures come from where `picture_path` says, or not at all."""

    def __init__(self, picture_path: Callable[[str], Path | None]) -> None:
        super().__init__()
        self._picture_path = picture_path
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        document = self.document()
        document.setDefaultStyleSheet(page_style())
        document.setDefaultFont(page_font())
        document.setDocumentMargin(current_theme().px(14))

    def show_html(self, safe_html: str) -> None:
        """Show a page; what is done from here on can be undone."""
        self.setHtml(safe_html)
        self.document().setModified(False)
        self.document().clearUndoRedoStacks()

    def html(self) -> str:
        """Return what stands there as HTML of elements alone."""
        return html_of(self.document())

    @override
    def insertFromMimeData(self, source: object) -> None:
        """Paste words only: what other programs put around them does not stay in a page."""
        text = getattr(source, "text", str)()
        if text:
            self.textCursor().insertText(text)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        address = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value or address.scheme() != _SCHEME:
            return QImage()
        path = self._picture_path(address.path())
        room = current_theme().px(_WIDEST_PICTURE)
        picture = QImage() if path is None else read_picture(path, room)
        if picture.width() > room:
            return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return picture

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * _ROWS)


class RichTextField(Field):
    """A page's text under a row of buttons. `ask_picture` is called for a picture to put in."""

    def __init__(
        self,
        label: str,
        picture_path: Callable[[str], Path | None],
        ask_picture: Callable[[], object],
        *,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.area = RichTextArea(picture_path)
        super().__init__(label, self.area, required=required, parent=parent)
        self.tools: dict[str, IconButton] = {}
        self.body.insertWidget(1, self._make_tools(ask_picture))
        self.area.textChanged.connect(self.edited)
        self.area.cursorPositionChanged.connect(self._show_state)
        self._show_state()

    def _make_tools(self, ask_picture: Callable[[], object]) -> QWidget:
        place = QWidget()
        line = FlowLayout(place, gap=4)
        tools: tuple[tuple[str, str, str, Callable[[], object], bool], ...] = (
            ("heading", _("Heading"), "Ctrl+Alt+2", partial(self.set_heading, 2), True),
            ("type", _("Smaller heading"), "Ctrl+Alt+3", partial(self.set_heading, 3), True),
            ("bold", _("Bold"), "Ctrl+B", self.turn_bold, True),
            ("italic", _("Italic"), "Ctrl+I", self.turn_italic, True),
            ("list", _("List"), "Ctrl+Shift+8", partial(self.turn_list, is_numbered=False), True),
            (
                "list-ordered",
                _("Numbered list"),
                "Ctrl+Shift+7",
                partial(self.turn_list, is_numbered=True),
                True,
            ),
            ("message-square", _("Quotation"), "Ctrl+Shift+9", self.turn_quote, True),
            ("table", _("Table"), "Ctrl+Shift+T", self.put_table, False),
            ("image", _("Picture"), "Ctrl+Shift+P", ask_picture, False),
            ("undo-2", _("Undo"), "", self.area.undo, False),
            ("redo-2", _("Redo"), "", self.area.redo, False),
        )
        for icon, name, keys, act, is_state in tools:
            told = f"{name} ({QKeySequence(keys).toString()})" if keys else name
            button = IconButton(icon, told).on_press(partial(self._do, act))
            button.setCheckable(is_state)
            self.tools[icon] = button
            line.addWidget(button)
            if keys:
                shortcut = QShortcut(QKeySequence(keys), self.area)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(partial(self._do, act))
        return place

    def value(self) -> str:
        """Return the page as HTML of elements alone, not yet checked."""
        return self.area.html()

    def set_value(self, safe_html: str) -> None:
        """Show a page."""
        self.area.show_html(safe_html)
        self._show_state()

    @override
    def is_blank(self) -> bool:
        return not self.value()

    def set_heading(self, level: int) -> None:
        """Make the paragraph a heading, or a paragraph again."""
        cursor = self.area.textCursor()
        level = 0 if cursor.blockFormat().headingLevel() == level else level
        form = QTextBlockFormat()
        form.setHeadingLevel(level)
        letters = QTextCharFormat()
        letters.setFontWeight(QFont.Weight.Bold if level else QFont.Weight.Normal)
        sizes = {0: 16, 1: 26, 2: 20, 3: 17}
        letters.setProperty(QTextFormat.Property.FontPixelSize, current_theme().px(sizes[level]))
        cursor.beginEditBlock()
        cursor.mergeBlockFormat(form)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)
        cursor.mergeBlockCharFormat(letters)
        cursor.endEditBlock()

    def turn_bold(self) -> None:
        """Make what is chosen bold, or plain again."""
        is_bold = self.area.fontWeight() >= QFont.Weight.DemiBold
        self.area.setFontWeight(QFont.Weight.Normal if is_bold else QFont.Weight.Bold)

    def turn_italic(self) -> None:
        """Make what is chosen italic, or upright again."""
        self.area.setFontItalic(not self.area.fontItalic())

    def turn_list(self, *, is_numbered: bool) -> None:
        """Make the paragraphs items of a list, or paragraphs again."""
        cursor = self.area.textCursor()
        style = QTextListFormat.Style.ListDecimal if is_numbered else QTextListFormat.Style.ListDisc
        there = _list_at(cursor)
        if there is None:
            cursor.createList(style)
        elif there.format().style() == style:
            there.remove(cursor.block())
            form = cursor.blockFormat()
            form.setIndent(0)
            cursor.setBlockFormat(form)
        else:
            form_of_list = there.format()
            form_of_list.setStyle(style)
            there.setFormat(form_of_list)

    def turn_quote(self) -> None:
        """Set the paragraph off as a quotation or a warning, or back into the text."""
        cursor = self.area.textCursor()
        is_set_off = is_quote(cursor.block())
        form = cursor.blockFormat()
        form.setProperty(QTextFormat.Property.BlockQuoteLevel, 0 if is_set_off else 1)
        indent = 0 if is_set_off else _QUOTE_INDENT
        form.setLeftMargin(indent)
        form.setRightMargin(indent)
        cursor.setBlockFormat(form)

    def put_table(self) -> None:
        """Put in a small table with a heading row; Enter in its last cell's end adds nothing, Tab leaves."""
        theme, form = current_theme(), QTextTableFormat()
        form.setHeaderRowCount(1)
        form.setCellPadding(theme.px(8))
        form.setCellSpacing(0)
        form.setBorder(1)
        form.setBorderBrush(theme.colour(Ink.BORDER))
        form.setBorderCollapse(True)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        self.area.textCursor().insertTable(_TABLE_ROWS, _TABLE_COLUMNS, form)

    def put_picture(self, sha256: str, words: str) -> None:
        """Put in a stored picture, with the words for who cannot see it."""
        form = QTextImageFormat()
        form.setName(f"{_SCHEME}:{sha256}")
        form.setProperty(QTextFormat.Property.ImageAltText, words)
        self.area.textCursor().insertImage(form)

    def _do(self, act: Callable[[], object]) -> None:
        act()
        self.area.setFocus()
        self._show_state()

    def _show_state(self) -> None:
        cursor = self.area.textCursor()
        level, listed = cursor.blockFormat().headingLevel(), _list_at(cursor)
        style = None if listed is None else listed.format().style()
        on = {
            "heading": level == _HEADINGS[0],
            "type": level == _HEADINGS[1],
            "bold": not level and self.area.fontWeight() >= QFont.Weight.DemiBold,
            "italic": self.area.fontItalic(),
            "list": style is not None and style != QTextListFormat.Style.ListDecimal,
            "list-ordered": style == QTextListFormat.Style.ListDecimal,
            "message-square": is_quote(cursor.block()),
        }
        for name, is_on in on.items():
            self.tools[name].setChecked(is_on)


def _list_at(cursor: QTextCursor) -> QTextList | None:
    return cursor.currentList()
