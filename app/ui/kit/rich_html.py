"""What stands in a rich text document, as plain HTML: headings, paragraphs, lists, tables, quotes, pictures.

Qt's own HTML is of styles, which pages do not keep; its Markdown breaks lines within marks.
"""

import html
from collections.abc import Iterator
from itertools import groupby

from PySide6.QtGui import (
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrame,
    QTextListFormat,
    QTextTable,
    QTextTableCell,
)

_OBJECT = "\ufffc"
_LINE_BREAK = "\u2028"
_BOLD = 600
_NUMBERED = frozenset(
    {
        QTextListFormat.Style.ListDecimal,
        QTextListFormat.Style.ListLowerAlpha,
        QTextListFormat.Style.ListUpperAlpha,
        QTextListFormat.Style.ListLowerRoman,
        QTextListFormat.Style.ListUpperRoman,
    }
)


def html_of(document: QTextDocument) -> str:
    """Return a document as HTML of elements alone, one line for each block."""
    return "\n".join(_within(document.rootFrame().begin()))


def _within(at: QTextFrame.iterator) -> Iterator[str]:
    """Yield what a frame or a cell of a table holds."""
    parts = list(_parts(at))
    for within_quote, some in groupby(parts, key=_is_quote):
        lines = list(_flow(list(some)))
        if within_quote and lines:
            yield "\n".join(["<blockquote>", *lines, "</blockquote>"])
        else:
            yield from lines


def _parts(at: QTextFrame.iterator) -> Iterator[QTextBlock | QTextTable]:
    while not at.atEnd():
        if at.currentBlock().isValid():
            yield at.currentBlock()
        elif isinstance(frame := at.currentFrame(), QTextTable):
            yield frame
        else:
            yield from _parts(frame.begin())
        at += 1


def _flow(parts: list[QTextBlock | QTextTable]) -> Iterator[str]:
    """Yield blocks, tables, and what belongs together: the items of a list, the lines of a program."""
    for kind, some in groupby(parts, key=_kind):
        blocks = [part for part in some if isinstance(part, QTextBlock)] if kind else []
        if kind == "list":
            yield _list(blocks)
        elif kind == "pre":
            lines = "\n".join(map(_letters, blocks)).rstrip()
            yield f"<pre><code>{lines}\n</code></pre>"
        elif kind:
            yield from filter(None, map(_block, blocks))
        else:
            yield from (_table(part) for part in some if isinstance(part, QTextTable))


def _kind(part: QTextBlock | QTextTable) -> str:
    if isinstance(part, QTextTable):
        return ""
    if part.textList() is not None:
        return "list"
    return "pre" if part.blockFormat().nonBreakableLines() else "text"


def _letters(block: QTextBlock) -> str:
    return html.escape(block.text().replace(_OBJECT, ""), quote=False)


def _block(block: QTextBlock) -> str:
    form = block.blockFormat()
    if form.hasProperty(QTextFormat.Property.BlockTrailingHorizontalRulerWidth):
        return "<hr>"
    level = form.headingLevel()
    words = _words(block, is_bold=level > 0)
    if not words:
        return ""
    return f"<h{level}>{words}</h{level}>" if level else f"<p>{words}</p>"


def _is_quote(part: QTextBlock | QTextTable) -> bool:
    return isinstance(part, QTextBlock) and is_quote(part)


def is_quote(block: QTextBlock) -> bool:
    """Tell whether a block stands within a quotation."""
    form = block.blockFormat()
    # Qt notes the level at the first paragraph only; the others have the indents of one
    indented = form.leftMargin() > 0 and form.rightMargin() > 0
    return indented or form.intProperty(QTextFormat.Property.BlockQuoteLevel) > 0


def _list(items: list[QTextBlock]) -> str:
    """Return a list, with those that lie deeper within the item before them."""
    depth = min(_depth(item) for item in items)
    tag = "ol" if items[0].textList().format().style() in _NUMBERED else "ul"
    lines: list[str] = []
    deeper: list[QTextBlock] = []

    def close() -> None:
        if deeper:
            within = _list(list(deeper))
            deeper.clear()
            if lines:
                lines[-1] = lines[-1].removesuffix("</li>") + within + "</li>"
            else:
                lines.append(f"<li>{within}</li>")

    for item in items:
        if _depth(item) > depth:
            deeper.append(item)
            continue
        close()
        lines.append(f"<li>{_words(item)}</li>")
    close()
    return f"<{tag}>{''.join(lines)}</{tag}>"


def _depth(item: QTextBlock) -> int:
    return item.textList().format().indent()


def _table(table: QTextTable) -> str:
    headed = table.format().headerRowCount()
    rows = [_row(table, row, "th" if row < headed else "td") for row in range(table.rows())]
    head, body = "".join(rows[:headed]), "".join(rows[headed:])
    return f"<table>{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"


def _row(table: QTextTable, row: int, tag: str) -> str:
    cells = [table.cellAt(row, place) for place in range(table.columns())]
    own = [cell for place, cell in enumerate(cells) if (cell.row(), cell.column()) == (row, place)]
    return f"<tr>{''.join(_cell(cell, tag) for cell in own)}</tr>"


def _cell(cell: QTextTableCell, tag: str) -> str:
    spans = "".join(
        f' {name}="{count}"'
        for name, count in (("colspan", cell.columnSpan()), ("rowspan", cell.rowSpan()))
        if count > 1
    )
    parts = list(_parts(cell.begin()))
    plain = [
        _words(part, is_bold=tag == "th")
        for part in parts
        if isinstance(part, QTextBlock) and part.textList() is None
    ]
    is_plain = len(plain) == len(parts)
    words = "<br>".join(filter(None, plain)) if is_plain else "".join(_flow(parts))
    return f"<{tag}{spans}>{words}</{tag}>"


def _words(block: QTextBlock, *, is_bold: bool = False) -> str:
    """Return what a block says; `is_bold`: all of it is so by what the block is."""
    at, words = block.begin(), ""
    while not at.atEnd():
        words += _fragment(at.fragment(), is_bold=is_bold)
        at += 1
    return _joined(words).strip()


def _fragment(fragment: QTextFragment, *, is_bold: bool) -> str:
    form = fragment.charFormat()
    if form.isImageFormat():
        picture = form.toImageFormat()
        alt = str(picture.property(QTextFormat.Property.ImageAltText) or "")
        return f'<img src="{html.escape(picture.name())}" alt="{html.escape(alt)}">'
    text = html.escape(fragment.text().replace(_OBJECT, ""), quote=False)
    text = text.replace(_LINE_BREAK, "<br>")
    if not text.strip():
        return text
    for tag in _marks(form, is_bold=is_bold):
        text = f"<{tag}>{text}</{tag}>"
    return text


def _marks(form: QTextCharFormat, *, is_bold: bool) -> Iterator[str]:
    raised = form.verticalAlignment()
    if is_code(form):
        yield "code"
    if raised == QTextCharFormat.VerticalAlignment.AlignSubScript:
        yield "sub"
    if raised == QTextCharFormat.VerticalAlignment.AlignSuperScript:
        yield "sup"
    if form.fontStrikeOut():
        yield "s"
    if form.fontItalic():
        yield "em"
    if form.fontWeight() >= _BOLD and not is_bold:
        yield "strong"


def is_code(form: QTextCharFormat) -> bool:
    """Tell whether letters are those of a program or a key."""
    return form.fontFixedPitch() or "monospace" in (form.fontFamilies() or [])


def _joined(words: str) -> str:
    """Take out marks that end and begin again at one place: fragments part there for other reasons."""
    for tag in ("code", "sub", "sup", "s", "em", "strong"):
        words = words.replace(f"</{tag}><{tag}>", "")
    return words
