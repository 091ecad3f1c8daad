"""A package's page on paper, through the printer's own dialog."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from app.core.egress import Document, FileKind, Leaving
from app.ui.kit.printing import ask_printer
from app.ui.kit.screen import screen_around

if TYPE_CHECKING:
    from app.ui.learning.web.page import CoursePage


def print_page(page: "CoursePage", view: QWidget, title: str) -> None:
    """Ask the printer for a page that `view` shows, once it is a PDF."""

    def printed(content: QByteArray) -> None:
        if not content.isEmpty():
            leaving = Leaving(kind=FileKind.LESSON, title=title)
            document = Document(content=bytes(content.data()), leaving=leaving)
            ask_printer(screen_around(view), document)

    page.printToPdf(printed)
