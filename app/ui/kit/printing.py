"""Printing a PDF: the printer's own dialog, then page after page as a job."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtWidgets import QDialog

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document
from app.ui.kit.jobs import Lane
from app.ui.kit.screen import Screen
from app.ui.kit.watermark import paint_watermark

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

_SHARP = 300
"""Dots per inch beyond which paper looks no better."""
_POINTS_AN_INCH = 72


class CannotPrint(UserFacingError):
    """The printer takes nothing."""

    def __init__(self) -> None:
        super().__init__(
            _("The printer did not take the pages."),
            safe=_("Nothing was lost."),
            remedy=_("Check the printer, or save a PDF and print that."),
        )


def ask_printer(screen: Screen[Any], document: Document, watermark: str = "") -> None:
    """Open the print dialog for a PDF; what is chosen there is printed, and noted as having left.

    `watermark` is painted over every page.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # loads the printing system

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(document.leaving.title)
    dialog = QPrintDialog(printer, screen)
    dialog.setWindowTitle(_("Print"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(partial(print_pages, screen, document, printer, watermark))
    QDialog.open(dialog)


def print_pages(
    screen: Screen[Any], document: Document, printer: "QPrinter", watermark: str = ""
) -> None:
    """Print a PDF as a job, note it, and say so."""
    egress, actor = screen.desk.services.egress, screen.desk.actor
    whither = printer.printerName() or Path(printer.outputFileName()).name or _("printer")

    def work(progress: Progress) -> None:
        egress.note_printed(actor, document, whither)  # pages that came out half have left as well
        put_on_paper(document.content, printer, progress, watermark)

    screen.act(
        work,
        lambda _none: screen.desk.toast(_("Sent to the printer.")),
        title=_("Printing {what}").format(what=document.leaving.title),
        lane=Lane.WORK,
    )


def put_on_paper(
    content: bytes, printer: "QPrinter", progress: Progress, watermark: str = ""
) -> None:
    """Draw every page that was asked for. Raises CannotPrint, Cancelled."""
    from PySide6.QtPdf import QPdfDocument  # loads the PDF library

    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    first = max(1, printer.fromPage())
    last = printer.toPage() or document.pageCount()
    painter = QPainter()
    try:
        for number in range(first, min(last, document.pageCount()) + 1):
            progress.step(number - first, last - first + 1)
            _turn(printer, document, number - 1)
            started = printer.newPage() if painter.isActive() else painter.begin(printer)
            if not started:
                raise CannotPrint
            place = _draw(painter, printer, document, number - 1)
            if watermark:
                paint_watermark(painter, place, watermark)
    finally:
        painter.end()
        document.close()


def _turn(printer: "QPrinter", document: "QPdfDocument", page: int) -> None:
    size = document.pagePointSize(page)
    wide = size.width() > size.height()
    landscape, portrait = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
    printer.setPageOrientation(landscape if wide else portrait)


def _draw(painter: QPainter, printer: "QPrinter", document: "QPdfDocument", page: int) -> QRectF:
    """Draw a page as large as there is room; return where."""
    points = document.pagePointSize(page)
    scale = min(_SHARP, printer.resolution()) / _POINTS_AN_INCH
    image = document.render(
        page, QSize(round(points.width() * scale), round(points.height() * scale))
    )
    room = QRectF(painter.viewport())
    fitted = points.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(room.topLeft(), fitted)
    place.moveCenter(room.center())
    painter.drawImage(place, image)
    return place
