"""A document's pages on screen, with whose copy they are over each, and buttons for pages and size."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.figures import day
from app.core.base.words import _, language_name
from app.core.training.controlled import RevisionFile
from app.ui.kit.buttons import IconButton
from app.ui.kit.focus_ring import FocusRing
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.paged_document import STEP, PagedDocument
from app.ui.kit.theme import TextRole


class DocumentDamaged(UserFacingError):
    """A document's file opens no more."""

    def __init__(self) -> None:
        super().__init__(
            _("This document cannot be shown: its file is damaged."),
            safe=_("What you have read is kept."),
            remedy=_("Tell your trainer."),
        )


class DocumentPages(QWidget):
    """The pages of a PDF that is given as bytes, below their buttons."""

    turned = Signal(int)
    """Carries the number of the page now shown, from 1."""
    language_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.view = PagedDocument(self._pdf)
        self.view.setProperty("card", True)
        self.view.turned.connect(self._turned)
        FocusRing(self.view)
        lines = column(self, gap=12)
        lines.addLayout(self._bar())
        lines.addWidget(self.view, 1)

    def show_file(self, content: bytes, watermark: str) -> int:
        """Show a PDF; return how many pages it has, 0 where it does not open."""
        self._buffer.close()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._pdf.load(self._buffer)
        self.view.set_watermark(watermark)
        self._turned(self.view.page())
        return self._pdf.pageCount()

    def show_languages(self, files: Sequence[RevisionFile], language: str) -> None:
        """Offer the languages that there are, where there is more than one."""
        has_several = len(files) > 1
        self.languages.setVisible(has_several)
        if has_several:
            names = [(one.language, language_name(one.language)) for one in files]
            self.languages.set_tabs(names)
            self.languages.choose(language)

    def page(self) -> int:
        """Return the number of the page shown, from 1."""
        return self.view.page()

    def take_focus(self) -> None:
        """Put the focus where pages are turned."""
        self.view.setFocus()

    def _bar(self) -> QHBoxLayout:
        view = self.view
        self.before = IconButton("chevron-left", _("Page before"), dense=True)
        self.before.on_press(lambda: view.turn_to(view.page() - 1))
        self.following = IconButton("chevron-right", _("Next page"), dense=True)
        self.following.on_press(lambda: view.turn_to(view.page() + 1))
        self._where = PlainLabel("", TextRole.MUTED)
        self.languages = SegmentedTabs(_("Language"))
        self.languages.chosen.connect(self.language_asked)
        self.languages.hide()
        bar = row(gap=4)
        for widget in (self.before, self._where, self.following):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.languages)
        for icon, name, act in (
            ("zoom-out", _("Smaller"), lambda: view.zoom_by(1 / STEP)),
            ("zoom-in", _("Larger"), lambda: view.zoom_by(STEP)),
            ("file-text", _("Whole page"), view.fit_page),
            ("maximize", _("Full width"), view.fit_width),
        ):
            bar.addWidget(IconButton(icon, name, dense=True).on_press(act))
        return bar

    def _turned(self, page: int) -> None:
        count = self._pdf.pageCount()
        self._where.setText(_("Page {page} of {count}").format(page=page, count=count))
        self.before.setEnabled(page > 1)
        self.following.setEnabled(page < count)
        self.turned.emit(page)


def watermark_of(actor: Actor, label: str, today: date) -> str:
    """Return whose copy of a revision somebody looks at: name, number, revision and day."""
    revision = _("revision {label}").format(label=label)
    return " · ".join(part for part in (actor.name, actor.number, revision, day(today)) if part)
