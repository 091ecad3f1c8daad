"""One bank: its questions in their order, each with its type; written, moved and withdrawn here."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from app.core.assessments import (
    EXPORT_FORMATS,
    QUESTION_TYPES,
    BankEntry,
    BankSummary,
    EntryState,
)
from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _, plural
from app.ui.assessments.authoring.bank_approval import BankApproval
from app.ui.assessments.authoring.bank_sheets import ImportSheet
from app.ui.assessments.authoring.banks_screen import begin_renaming
from app.ui.assessments.authoring.editors import type_icon
from app.ui.assessments.authoring.importing import begin_export, begin_import
from app.ui.assessments.authoring.services import BankServices
from app.ui.assessments.authoring.wording import (
    about,
    languages,
    state_cell,
    type_cell,
    words,
)
from app.ui.kit.buttons import Button, IconButton, plain, primary
from app.ui.kit.icons import icon
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk
from app.ui.kit.shortcuts import listen
from app.ui.kit.tables.columns import Column, number_column, paint_status, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable, RowAction
from app.ui.kit.theme import Ink


class BankScreen(ListScreen[BankServices, BankEntry]):
    """Opened with `bank_id`. Enter opens a question, Alt+Up and Alt+Down move it."""

    topics = frozenset({"question_bank", "question", "approval_step", "approval_rule"})

    def __init__(self, desk: Desk[BankServices]) -> None:
        super().__init__(desk, title=_("Question bank"))
        self._bank_id: UUID | None = None
        self.bank: BankSummary | None = None
        self._stands_at = 0
        self._may_author = desk.actor.may(Capability.AUTHOR_COURSES)
        self.more_button = IconButton("ellipsis", _("More")).on_press(self._show_more)
        self.import_button = plain(_("Import"), "upload").on_press(self.begin_import)
        self.new_button = primary(_("New question"), "plus").on_press(self._show_types)
        self.new_button.setToolTip(_("New question (Ctrl+N)"))
        for button in (self.more_button, self.import_button, self.new_button):
            self.header.add_action(button)
        for button in (self.import_button, self.new_button):
            button.setVisible(self._may_author)
        self.approval = BankApproval(self)
        self.body.addWidget(self.approval)
        table = self._make_table()
        table.filters.add("state", EntryState.WITHDRAWN.value, _("Withdrawn"))
        self.put_list(table, key="questions")
        listen(self, "Alt+Up", partial(self._shift_current, -1))
        listen(self, "Alt+Down", partial(self._shift_current, 1))
        listen(self, "Ctrl+N", self._show_types)

    def _make_table(self) -> DataTable[BankEntry]:
        empty = EmptyState(
            _("No questions yet. Write the first one, or import a file."), icon="file-question-mark"
        )
        made = DataTable(
            _("Questions"),
            _columns(),
            self._fetch,
            key=lambda entry: entry.id,
            jobs=self.desk.jobs,
            search=_("Search questions"),
            sort=Sort("position"),
            menu=self._actions,
            empty=empty,
            nothing_found=_("No question matches. Search for something else."),
        )
        made.opened.connect(self.open_question)
        made.loaded.connect(self._stand)
        return made

    def _fetch(self, request: PageRequest) -> Page[BankEntry]:
        if self._bank_id is None:
            return Page(rows=(), total=0)
        return self.desk.services.banks.questions(self.desk.actor, self._bank_id, request)

    def _actions(self, entry: BankEntry) -> tuple[RowAction, ...]:
        may = self._may_author
        banks, actor = self.desk.services.banks, self.desk.actor
        withdrawal = (
            RowAction(
                _("Bring back"),
                lambda: self._do(lambda: banks.bring_back(actor, entry.id)),
                "rotate-ccw",
                may,
            )
            if entry.is_withdrawn
            else RowAction(_("Withdraw"), lambda: self.withdraw(entry), "archive", may)
        )
        return (
            RowAction(_("Open"), lambda: self.open_question(entry), "pencil"),
            RowAction(
                _("Where used"),
                lambda: self.desk.open("where_used", question_id=entry.id),
                "link",
            ),
            RowAction(
                _("How it was answered"),
                lambda: self.desk.open("question_look", question_id=entry.id),
                "chart-column",
                self.desk.actor.may(Capability.VIEW_RECORDS),
            ),
            RowAction(_("Preview"), lambda: self._preview(entry), "eye", may),
            RowAction(
                _("Duplicate"),
                lambda: self._do(lambda: banks.duplicate(actor, entry.id)),
                "copy",
                may,
            ),
            RowAction(_("Move up"), lambda: self.shift(entry, -1), "arrow-up", may),
            RowAction(_("Move down"), lambda: self.shift(entry, 1), "arrow-down", may),
            withdrawal,
        )

    @override
    def enter(self, **args: object) -> None:
        bank_id = args.get("bank_id")
        if isinstance(bank_id, UUID) and bank_id != self._bank_id:
            self._bank_id, self.bank, self._stands_at = bank_id, None, 0
            self.header.set_words(_("Question bank"))

    @override
    def refresh(self) -> None:
        bank_id = self._bank_id
        if bank_id is not None:
            banks, actor = self.desk.services.banks, self.desk.actor
            self.load(lambda _progress: banks.bank(actor, bank_id), self._show)
            self.approval.look(bank_id)
            self.table.refresh()

    @override
    def focus_first(self) -> None:
        """Go to the search; whoever comes back from a question goes on where it stands."""
        comes_back = self.bank is not None and bool(self.table.model.total())
        (self.table.view if comes_back else self.table.search_box).setFocus()

    def _show(self, bank: BankSummary) -> None:
        self.bank = bank
        count = plural("{count} question", "{count} questions", bank.questions)
        withdrawn = plural("{count} withdrawn", "{count} withdrawn", bank.withdrawn)
        parts = [bank.code, count, *([withdrawn] if bank.withdrawn else [])]
        self.header.set_words(bank.title, " · ".join(parts))
        self.table.view.setAccessibleName(bank.title)

    def open_question(self, entry: BankEntry) -> None:
        """Go to a question's editor."""
        self._stands_at = max(self.table.view.currentIndex().row(), 0)
        self.desk.open("question_editor", question_id=entry.id)

    def write_question(self, type_key: str) -> None:
        """Begin a question of a type."""
        self.desk.open("question_editor", bank_id=self._bank_id, type=type_key)

    def begin_import(self) -> ImportSheet | None:
        """Ask for a file whose questions are added."""
        if self.bank is None:
            return None
        return begin_import(self, self.bank, lambda _bank_id: None)

    def withdraw(self, entry: BankEntry) -> None:
        """Take a question out of use; a toast brings it back."""
        banks, actor = self.desk.services.banks, self.desk.actor

        def undo() -> None:
            self._do(lambda: banks.bring_back(actor, entry.id))

        self.act(
            lambda _progress: banks.withdraw(actor, entry.id),
            lambda _nothing: self.desk.toast(
                _("Withdrawn. Published quizzes ask it until they are published anew."), undo=undo
            ),
        )

    def shift(self, entry: BankEntry, step: int) -> None:
        """Move a question up or down."""
        banks, actor = self.desk.services.banks, self.desk.actor
        self._do(lambda: banks.move(actor, entry.id, step))

    def _shift_current(self, step: int) -> None:
        view, request = self.table.view, self.table.request()
        entry = self.table.model.row(view.currentIndex().row())
        in_order = request.sort == "position" and not request.descending and not request.text
        if entry is None or not self._may_author or not in_order:
            return
        place = view.currentIndex().row() + step
        self._stands_at = min(max(place, 0), self.table.model.total() - 1)
        self.shift(entry, step)

    def _stand(self) -> None:
        """Go back to the row that was worked on: a fresh list knows no current one."""
        if self.table.model.total():
            place = min(self._stands_at, self.table.model.total() - 1)
            self.table.view.setCurrentIndex(self.table.model.index(place, 0))

    def _do(self, work: Callable[[], object]) -> None:
        self.act(lambda _progress: work(), lambda _nothing: None)

    def _preview(self, entry: BankEntry) -> None:
        self.desk.open("question_preview", question=entry.question)

    def _show_types(self) -> None:
        if not self._may_author:
            return
        menu = QMenu(self)
        for kind in QUESTION_TYPES:
            line = menu.addAction(icon(type_icon(kind.key), Ink.TEXT2), _(kind.title))
            line.triggered.connect(lambda _on=False, key=kind.key: self.write_question(key))
        _pop_up(menu, self.new_button)

    def _show_more(self) -> None:
        bank = self.bank
        if bank is None:
            return
        menu = QMenu(self)
        for form in EXPORT_FORMATS:
            words = _("Export as {format}").format(format=_(form.title))
            line = menu.addAction(icon("download", Ink.TEXT2), words)
            line.triggered.connect(lambda _on=False, form=form: begin_export(self, bank, form))
        used = menu.addAction(icon("link", Ink.TEXT2), _("Where used"))
        used.triggered.connect(lambda _on=False: self.desk.open("where_used", bank_id=bank.id))
        rename = menu.addAction(icon("pencil", Ink.TEXT2), _("Rename"))
        rename.setEnabled(self._may_author)
        rename.triggered.connect(lambda _on=False: begin_renaming(self, bank))
        _pop_up(menu, self.more_button)


def _pop_up(menu: QMenu, button: Button) -> None:
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))


def _columns() -> tuple[Column[BankEntry], ...]:
    return (
        number_column("position", _("No."), lambda one: one.position, width=64),
        text_column("title", _("Question"), words, under=about, width=320),
        Column(key="type", title=_("Type"), cell=type_cell, paint=paint_status, width=160),
        Column(
            key="state", title=_("State"), cell=state_cell, paint=paint_status, width=150,
            sortable=False,
        ),
        text_column(
            "languages", _("Languages"), languages, width=150, stretch=0, sortable=False,
            fold_below=900,
        ),
    )  # fmt: skip
