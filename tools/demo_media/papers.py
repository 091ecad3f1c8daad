"""Prints the plant's controlled papers from Markdown, with number and revision on every page.

Qt lays the text out because it shapes Indic scripts. The date and id inside the PDF are fixed, so that the same
source gives the same bytes.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from tools.demo_media.brush import font

_SOURCES = Path(__file__).parent / "papers"
_DOTS_PER_INCH = 96
_HEAD, _FOOT = 76, 46
_FIXED_DATES = (
    (rb"D:\d{14}", b"D:20261101090000"),
    (rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", b"2026-11-01T09:00:00"),
)
_NAMESPACE = QUuid("{7b0f9f4e-5d2a-4d6b-9c3e-1f2a3b4c5d6e}")


@dataclass(frozen=True)
class Paper:
    """A controlled paper: what stands in its head and foot, and its Markdown."""

    file: str
    organisation: str
    title: str
    number: str
    revision: str
    effective: str
    page: str
    sample: str
    markdown: str


def render_papers(slug: str, folder: Path) -> None:
    """Print every paper whose source lies in papers/<slug>."""
    for source in sorted((_SOURCES / slug).glob("*.md")):
        head, markdown = source.read_text(encoding="utf-8").split("\n+++\n", 1)
        paper = Paper(**tomllib.loads(head), markdown=markdown)
        target = folder / paper.file
        _print(paper, target)
        target.write_bytes(_with_fixed_dates(target.read_bytes()))


def _print(paper: Paper, target: Path) -> None:
    writer = QPdfWriter(str(target))
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(18, 14, 18, 14),
                    QPageLayout.Unit.Millimeter)
    )  # fmt: skip
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(f"{paper.number} {paper.title}")
    writer.setCreator(paper.organisation)
    writer.setDocumentId(QUuid.createUuidV5(_NAMESPACE, paper.file.encode()))
    area = QRectF(0, 0, writer.width(), writer.height())
    body = QRectF(0, _HEAD, area.width(), area.height() - _HEAD - _FOOT)
    document = _laid_out(paper, body)
    painter = QPainter(writer)
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        _frame(painter, paper, area, page + 1, document.pageCount())
        painter.save()
        painter.translate(0, body.top() - page * body.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * body.height(), body.width(), body.height() - 3)
        painter.setClipRect(context.clip)
        document.documentLayout().draw(painter, context)
        painter.restore()
    painter.end()


def _laid_out(paper: Paper, body: QRectF) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultFont(font(13 if paper.title.isascii() else 15, text=paper.title))
    document.setDocumentMargin(0)
    document.setMarkdown(paper.markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    _space_blocks(document)
    _style_tables(document.rootFrame())
    document.setPageSize(QSizeF(body.width(), body.height()))
    return document


def _space_blocks(document: QTextDocument) -> None:
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        style = block.blockFormat()
        style.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if style.headingLevel():
            style.setTopMargin(14)
            style.setBottomMargin(3)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            letters = QTextCharFormat()
            letters.setProperty(QTextFormat.Property.FontPixelSize, 16)
            letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            letters.setForeground(QColor("#2736AE"))
            cursor.mergeCharFormat(letters)
            cursor.setPosition(block.position())
        elif cursor.currentTable() is None:
            style.setBottomMargin(7 if cursor.currentList() is None else 4)
        cursor.setBlockFormat(style)
        block = block.next()


def _style_tables(frame: QTextFrame) -> None:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            style = child.format().toTableFormat()
            style.setBorder(1)
            style.setBorderBrush(QColor("#AEB7CC"))
            style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            style.setBorderCollapse(True)
            style.setCellPadding(5)
            style.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            style.setTopMargin(6)
            style.setBottomMargin(10)
            style.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_Auto)
            child.setFormat(style)
            for column in range(child.columns()):
                head = child.cellAt(0, column)
                ground = head.format()
                ground.setBackground(QColor("#E7EAFD"))
                head.setFormat(ground)


def _frame(painter: QPainter, paper: Paper, area: QRectF, page: int, pages: int) -> None:
    painter.setPen(QColor("#141926"))
    painter.setFont(font(17, bold=True, text=paper.title))
    painter.drawText(QRectF(0, 20, area.width() - 150, 30), paper.title)
    painter.setFont(font(11.5, text=paper.organisation + paper.title))
    painter.setPen(QColor("#465066"))
    painter.drawText(QRectF(0, 0, area.width(), 20), paper.organisation)
    painter.drawText(
        QRectF(area.width() - 150, 0, 150, 60),
        f"{paper.number}\n{paper.revision}\n{paper.effective}",
    )
    painter.fillRect(QRectF(0, 60, area.width(), 2), QColor("#3346D3"))
    low = area.height() - 24
    painter.fillRect(QRectF(0, low - 8, area.width(), 1), QColor("#AEB7CC"))
    painter.drawText(QRectF(0, low, area.width() - 110, 22), paper.sample)
    painter.drawText(QRectF(area.width() - 100, low, 100, 22), f"{paper.page} {page} / {pages}")


def _with_fixed_dates(pdf: bytes) -> bytes:
    for pattern, fixed in _FIXED_DATES:
        pdf = re.sub(pattern, fixed, pdf)
    return pdf
