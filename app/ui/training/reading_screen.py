"""Reading a document: all of its pages, with whose copy it is over each, then the acknowledgement."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.figures import day
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.egress import Document, FileKind, Leaving
from app.core.training.controlled import NotReadYet, Reading, RevisionState
from app.services import Services
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import row
from app.ui.kit.notices import Banner
from app.ui.kit.printing import ask_printer
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.acknowledging import Acknowledging
from app.ui.training.document_pages import DocumentDamaged, DocumentPages, watermark_of
from app.ui.training.reading_trace import ReadingTrace


@dataclass(frozen=True, slots=True)
class _Opened:
    reading: Reading
    content: bytes


class ReadingScreen(Screen[Services]):
    """One document. The revision is that of its opening, whatever becomes effective meanwhile."""

    scrolls = False

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Document"))
        self._requirement_id: UUID | None = None
        self._language = ""
        self._opened: _Opened | None = None
        self._acknowledging = Acknowledging(self, self._acknowledged, self._refused)
        self.print_button = plain(_("Print"), "printer").on_press(self._print)
        self.print_button.hide()
        self.header.add_action(self.print_button)
        self.news = Banner("", Tone.INFO)
        self.news.hide()
        self.body.addWidget(self.news)
        self.pages = DocumentPages()
        self.pages.language_asked.connect(self._choose_language)
        self.body.addWidget(self.pages, 1)
        self.body.addLayout(self._foot())
        self.trace = ReadingTrace(self, self.pages)
        self.trace.counted.connect(self._follow)

    def _foot(self) -> QHBoxLayout:
        self.needs = PlainLabel("", TextRole.BODY2, wrap=True)
        self.sign_button = Button(
            _("I have read and understood it"), Kind.PRIMARY, icon="signature"
        )
        self.sign_button.on_press(self._ask)
        self.sign_button.setEnabled(False)
        foot = row(gap=16)
        foot.addWidget(self.needs, 1)
        foot.addWidget(self.sign_button)
        return foot

    @override
    def enter(self, **args: object) -> None:
        asked = args.get("requirement_id")
        self._requirement_id = UUID(str(asked))
        self._language = ""

    @override
    def refresh(self) -> None:
        """Open the document, in the reader's language where there is one."""
        requirement_id, language = self._requirement_id, self._language
        if requirement_id is None:
            return
        readings, actor = self.desk.services.documents.readings, self.desk.actor

        def work(_progress: Progress) -> _Opened:
            reading = readings.open(actor, requirement_id, language)
            content = readings.content(actor, reading.file, reading.revision.id)
            return _Opened(reading, content)

        self.load(work, self._show)

    @override
    def pause(self) -> None:
        self.trace.tell()

    @override
    def focus_first(self) -> None:
        self.pages.take_focus()

    def _show(self, opened: _Opened) -> None:
        reading = opened.reading
        self._opened = opened
        self.trace.begin(reading)
        revision = reading.revision
        title = _("{number}, revision {label}").format(number=reading.number, label=revision.label)
        self.header.set_words(title, reading.title)
        self.setAccessibleName(title)
        if self.pages.show_file(opened.content, self.watermark()) != reading.file.pages:
            self.desk.tell_error(DocumentDamaged())
            return
        self._show_news(reading)
        self.pages.show_languages(revision.files, reading.file.language)
        self.print_button.setVisible(reading.terms.may_print)
        self._follow()
        if self.isVisible():
            self.trace.start()

    def watermark(self) -> str:
        """Return whose copy it is: name, number, revision and day."""
        opened = self._opened
        label = "" if opened is None else opened.reading.revision.label
        return watermark_of(self.desk.actor, label, local_day(self.desk.clock))

    def _show_news(self, reading: Reading) -> None:
        revision = reading.revision
        told = []
        if revision.state is RevisionState.APPROVED:
            told.append(_("In force from {day}.").format(day=day(revision.effective_from)))
        if revision.summary:
            told.append(_("What changed: {what}").format(what=revision.summary))
        self.news.set_text(" ".join(told))
        self.news.setVisible(bool(told))

    def _choose_language(self, language: str) -> None:
        opened = self._opened
        if opened is None or language == opened.reading.file.language:
            return
        self.trace.tell()
        self._language = language
        self.refresh()

    def _follow(self) -> None:
        reading = self.trace.reading()
        if reading is None:
            return
        missing, left = reading.missing_pages(), reading.seconds_left()
        if reading.is_done:
            words = _("You have acknowledged this document. It stands in your training record.")
        elif missing:
            words = plural("{count} page to look at", "{count} pages to look at", len(missing))
        elif left:
            words = plural("{count} second to read", "{count} seconds to read", left)
        else:
            words = _("You have seen every page.")
        self.needs.setText(words)
        self.sign_button.setVisible(not reading.is_done)
        self.sign_button.setEnabled(not (missing or left))

    def _ask(self) -> None:
        reading = self.trace.reading()
        if reading is not None and self.sign_button.isEnabled():
            self.trace.tell()
            self._acknowledging.ask(reading)

    def _refused(self, error: UserFacingError) -> None:
        self.desk.tell_error(error)
        if isinstance(error, NotReadYet):
            self.refresh()

    def _acknowledged(self, _fact: UUID) -> None:
        words = _("Acknowledged. It stands in your training record.")
        self.trace.end()
        announce(self, words)
        self.desk.toast(words)
        self._opened = None
        self.desk.back()

    def paper(self) -> Document | None:
        """Return what would leave on paper; None where nothing is open, or may not be printed."""
        opened = self._opened
        if opened is None or not opened.reading.terms.may_print:
            return None
        reading = opened.reading
        leaving = Leaving(
            kind=FileKind.DOCUMENT,
            title=f"{reading.number} {reading.revision.label}",
            about=self.desk.actor.person_id,
        )
        return Document(content=opened.content, leaving=leaving)

    def _print(self) -> None:
        paper = self.paper()
        if paper is not None:
            ask_printer(self, paper, self.watermark())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.trace.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.trace.stop()
