"""A package's page on paper, through the printer's own dialog."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from app.ui.kit.printing import ask_printer
from app.ui.kit.screen import screen_around

if TYPE_CHECKING:
    from app.ui.learning.web.page import CoursePage


def print_page(page: "CoursePage", view: QWidget, title: str) -> None:
    """Ask the printer for a page that `view` shows, once it is a PDF."""

    def printed(content: QByteArray) -> None:
        if not content.isEmpty():
            ask_printer(screen_around(view), bytes(content.data()), title)

    page.printToPdf(printed)
