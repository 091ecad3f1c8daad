"""A question being written: the form, and beside it what learners will see."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.core.assessments import (
    PICTURES,
    SOUNDS,
    BankEntry,
    MediaRef,
    Question,
    advice,
    field_problems,
    in_language,
    plain_text,
    question_type,
)
from app.core.base.actor import Capability
from app.core.base.figures import number
from app.core.base.progress import Progress
from app.core.base.words import _, current_language
from app.ui.assessments.authoring.preview_pane import PreviewPane, ReadyPanel
from app.ui.assessments.authoring.question_form import QuestionForm
from app.ui.assessments.authoring.services import BankServices
from app.ui.assessments.authoring.split_pages import SplitPages
from app.ui.assessments.authoring.text_part import Tools
from app.ui.assessments.media import QuestionMedia
from app.ui.kit.buttons import Kind, plain
from app.ui.kit.dialogs import leave_question
from app.ui.kit.jobs import Lane
from app.ui.kit.layouts import column, keep_focus_in_view
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import Tone

_LONG = 44


class QuestionEditor(Screen[BankServices]):
    """Opened with `question_id`, or with `bank_id` and `type` for a new one. Nothing typed is lost."""

    topics = frozenset({"question"})
    scrolls = False

    def __init__(self, desk: Desk[BankServices]) -> None:
        super().__init__(desk, title=_("Question"))
        self._question_id: UUID | None = None
        self._bank_id: UUID | None = None
        self._entry: BankEntry | None = None
        self._saved: Question | None = None
        self._tried_to_save = False
        self._media = QuestionMedia(desk.services.assets.path, self)
        self.form = QuestionForm(Tools(pick_media=self._pick_media))
        self.preview = PreviewPane(self._media)
        self.ready = ReadyPanel()
        self.notice = Banner("", Tone.WARNING)
        self._lay_out()
        self.form.edited.connect(self._show_edited)
        self.form.language_chosen.connect(self._show_preview)

    def _lay_out(self) -> None:
        self.save_button = plain(_("Save"), "save").on_press(self.save)
        self.save_button.setToolTip(_("Save (Ctrl+S)"))
        self.header.add_action(self.save_button)
        side = QWidget()
        lines = column(side, gap=16)
        lines.addWidget(self.preview)
        lines.addWidget(self.ready)
        self.pages = SplitPages(self.form, side)
        self.pages.hide()
        self.notice.hide()
        self.body.addWidget(self.notice)
        self.body.addWidget(self.pages, 1)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.save)

    @property
    def may_edit(self) -> bool:
        """Tell whether the fields are open."""
        return self.desk.actor.may(Capability.AUTHOR_COURSES)

    @property
    def is_dirty(self) -> bool:
        """Tell whether something is not saved."""
        return self._saved is not None and self.form.question() != self._saved

    @override
    def enter(self, **args: object) -> None:
        question_id, bank_id, key = args.get("question_id"), args.get("bank_id"), args.get("type")
        if isinstance(question_id, UUID) and question_id != self._question_id:
            self._forget()
            self._question_id = question_id
        elif isinstance(bank_id, UUID) and isinstance(key, str) and not self.is_dirty:
            self._forget()
            self._bank_id = bank_id
            self._show(self.desk.services.banks.blank(key, current_language()))

    def _forget(self) -> None:
        self._question_id = self._bank_id = self._entry = self._saved = None
        self._tried_to_save = False
        self.notice.hide()
        self.pages.hide()

    @override
    def refresh(self) -> None:
        question_id = self._question_id
        if question_id is not None:
            banks, actor = self.desk.services.banks, self.desk.actor
            self.load(lambda _progress: banks.question(actor, question_id), self._take)

    @override
    def focus_first(self) -> None:
        self.form.stem.area.setFocus()

    @override
    def may_leave(self) -> bool:
        if not self.is_dirty or not self.may_edit:
            return True
        lost = _("What you changed in this question since the last save will be lost.")
        question = leave_question(lost, stay=_("Go on editing"))
        self.desk.confirm(question, lambda _reason: self._leave())
        return False

    def _leave(self) -> None:
        self._forget()
        self.desk.back()

    @override
    def pause(self) -> None:
        self._media.stop()
        if self.is_dirty:
            self.save()

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Keep the question as its next version, ready or not."""
        if not self.is_dirty or not self.may_edit:
            return
        self._tried_to_save = True
        sent, entry, bank_id = self.form.question(), self._entry, self._bank_id
        banks, actor = self.desk.services.banks, self.desk.actor

        def work(_progress: Progress) -> BankEntry:
            if entry is not None:
                banks.edit(actor, entry.id, sent, entry.version_id)
                return banks.question(actor, entry.id)
            if bank_id is None:
                raise LookupError("no bank is open")
            return banks.question(actor, banks.add(actor, bank_id, sent))

        def saved(kept: BankEntry) -> None:
            self._question_id, self._entry, self._saved = kept.id, kept, sent
            self.notice.hide()
            self._show_edited()
            keep_focus_in_view(self)  # what is still missing is now said between the fields
            self.desk.toast(_("Saved."))
            if then is not None:
                then()

        self.act(work, saved)

    def _take(self, entry: BankEntry) -> None:
        """Show what is stored, unless something newer stands on screen."""
        if self._entry is not None and self.is_dirty:
            if entry.version_id != self._entry.version_id:
                self.notice.set_text(_("Somebody else has saved this question meanwhile."))
                self.notice.show()
            return
        is_new = self._entry is None or self._entry.version_id != entry.version_id
        self._entry = entry
        if is_new:
            self._show(entry.question)
        self._show_edited()

    def _show(self, question: Question) -> None:
        self._saved = question
        self.form.show_question(question)
        self.form.setEnabled(self.may_edit)
        self._saved = self.form.question()
        self.pages.show()
        self.pages.main_page.verticalScrollBar().setValue(0)
        self._show_edited()
        self.preview.start_over()

    def _show_edited(self) -> None:
        if self._saved is None:
            return
        question = self.form.question()
        dirty = question != self._saved
        problems = field_problems(question)
        words = question.name or plain_text(question.stem)
        title = words[:_LONG] + ("…" if len(words) > _LONG else "") or _("New question")
        self.header.set_words(title, self._about(question, dirty))
        self.save_button.set_kind(Kind.TONAL if dirty else Kind.PLAIN)
        self.save_button.setEnabled(dirty and self.may_edit)
        self.ready.show_problems(problems, advice(question))
        self.form.show_problems(problems if self._tried_to_save else ())
        self._preview_soon(question)

    def _show_preview(self) -> None:
        if self._saved is not None:
            self._preview_soon(self.form.question())

    def _preview_soon(self, question: Question) -> None:
        language = self.form.language()
        self.preview.show_soon(in_language(question, language) if language else question)

    def _about(self, question: Question, dirty: bool) -> str:
        parts = [_("Not saved")] if dirty else []
        parts.append(_(question_type(question.type).title))
        if self._entry is not None:
            version = number(self._entry.number)
            parts.append(_("version {number}").format(number=version))
            parts += [_("withdrawn")] if self._entry.is_withdrawn else []
        return " · ".join(parts)

    def _pick_media(self, then: Callable[[MediaRef], None]) -> None:
        dialog = QFileDialog(self, _("A picture or a sound"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{suffix}" for suffix in PICTURES + SOUNDS)
        words = _("Pictures and sounds")
        dialog.setNameFilter(f"{words} ({patterns})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.attach(Path(name), then))
        dialog.open()

    def attach(self, path: Path, then: Callable[[MediaRef], None]) -> None:
        """Store a picture or sound and hand it to the text that asked for it."""
        files, actor = self.desk.services.banks.files, self.desk.actor
        title = _("Adding {name}").format(name=path.name)
        self.act(
            lambda progress: files.attach(actor, path, progress), then, title=title, lane=Lane.WORK
        )
