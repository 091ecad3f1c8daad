"""Looking at a revision: whoever assigns, approves or audits sees each one, whatever its state."""

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from app.core.base.clock import local_day
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.training.controlled import REVISION_STATES, DocumentSummary, Revision, RevisionState
from app.services import Services
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import Tone
from app.ui.training.document_pages import DocumentDamaged, DocumentPages, watermark_of


@dataclass(frozen=True, slots=True)
class _Opened:
    document: DocumentSummary
    revision: Revision
    language: str
    content: bytes


class RevisionScreen(Screen[Services]):
    """One file of a revision, with whose copy it is over each page; nothing is recorded of reading."""

    scrolls = False

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Revision"))
        self._revision_id: UUID | None = None
        self._language = ""
        self.notice = Banner("", Tone.WARNING)
        self.notice.hide()
        self.pages = DocumentPages()
        self.pages.language_asked.connect(self._choose_language)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.pages, 1)

    @override
    def enter(self, **args: object) -> None:
        self._revision_id = UUID(str(args["revision_id"]))
        self._language = ""

    @override
    def refresh(self) -> None:
        """Load the file."""
        revision_id, language = self._revision_id, self._language
        if revision_id is None:
            return
        documents, actor = self.desk.services.documents, self.desk.actor

        def work(_progress: Progress) -> _Opened:
            found = documents.of_revision(actor, revision_id)
            revision = next(one for one in found.revisions if one.id == revision_id)
            file = revision.file_in(language or actor.language)
            content = documents.readings.content(actor, file, revision.id)
            return _Opened(found.summary, revision, file.language, content)

        self.load(work, self._show)

    @override
    def focus_first(self) -> None:
        self.pages.take_focus()

    def _show(self, opened: _Opened) -> None:
        revision = opened.revision
        title = _("{number}, revision {label}").format(
            number=opened.document.number, label=revision.label
        )
        self.header.set_words(title, opened.document.title)
        words = ""
        if revision.state is RevisionState.SUPERSEDED:
            words = _("Superseded by revision {label}.").format(label=revision.superseded_by)
        elif revision.state is not RevisionState.EFFECTIVE:
            words = _(REVISION_STATES[revision.state])
        self.notice.set_text(words)
        self.notice.setVisible(bool(words))
        self.pages.show_languages(revision.files, opened.language)
        today = local_day(self.desk.clock)
        if not self.pages.show_file(
            opened.content, watermark_of(self.desk.actor, revision.label, today)
        ):
            self.desk.tell_error(DocumentDamaged())

    def _choose_language(self, language: str) -> None:
        self._language = language
        self.refresh()
