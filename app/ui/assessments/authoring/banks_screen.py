"""Every question bank of the site."""

from uuid import UUID

from app.core.assessments import BankSummary
from app.core.base.actor import Capability
from app.core.base.paging import Sort
from app.core.base.words import _
from app.ui.assessments.authoring.bank_sheets import ImportSheet, TitleSheet
from app.ui.assessments.authoring.importing import begin_import
from app.ui.assessments.authoring.services import BankServices
from app.ui.kit.buttons import plain, primary
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.shortcuts import give_keys
from app.ui.kit.tables.columns import Column, day_column, number_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable, RowAction


class BanksScreen(ListScreen[BankServices, BankSummary]):
    """The list of banks. Enter opens one."""

    topics = frozenset({"question_bank", "question"})

    def __init__(self, desk: Desk[BankServices]) -> None:
        super().__init__(desk, title=_("Questions"), subtitle=_("Banks that quizzes draw from"))
        self._may_author = desk.actor.may(Capability.AUTHOR_COURSES)
        self.new_button = plain(_("New bank"), "plus").on_press(self.begin_bank)
        give_keys(self, self.new_button, "Ctrl+N")
        self.import_button = primary(_("Import questions"), "upload").on_press(self.begin_import)
        for button in (self.new_button, self.import_button):
            self.header.add_action(button)
            button.setVisible(self._may_author)
        self.put_list(self._make_table(), key="question_banks")

    def _make_table(self) -> DataTable[BankSummary]:
        banks, actor = self.desk.services.banks, self.desk.actor
        made = DataTable(
            _("Question banks"),
            _columns(),
            lambda request: banks.list(actor, request),
            key=lambda bank: bank.id,
            jobs=self.desk.jobs,
            search=_("Search title or code"),
            sort=Sort("title"),
            menu=self._actions,
            empty=self._empty(),
            nothing_found=_("No bank matches. Search for something else."),
        )
        made.opened.connect(lambda bank: self.open_bank(bank.id))
        return made

    def _empty(self) -> EmptyState:
        return EmptyState(
            _("No questions yet. Begin a bank, or import a file of questions."),
            icon="file-question-mark",
            action=_("Import questions") if self._may_author else "",
            act=self.begin_import,
        )

    def _actions(self, bank: BankSummary) -> tuple[RowAction, ...]:
        return (
            RowAction(_("Open"), lambda: self.open_bank(bank.id), "file-question-mark"),
            RowAction(_("Rename"), lambda: self._rename(bank), "pencil", self._may_author),
        )

    def open_bank(self, bank_id: UUID) -> None:
        """Go to a bank's questions."""
        self.desk.open("question_bank", bank_id=bank_id)

    def begin_import(self) -> ImportSheet:
        """Ask for a file that becomes a bank."""
        return begin_import(self, None, self.open_bank)

    def begin_bank(self) -> TitleSheet:
        """Ask what an empty bank is called."""
        sheet = TitleSheet(self, _("New bank"), _("Begin"))
        banks, actor = self.desk.services.banks, self.desk.actor

        def made(bank_id: UUID) -> None:
            sheet.saved()
            self.open_bank(bank_id)

        sheet.save_asked.connect(
            lambda: self.load(
                lambda _progress: banks.create(actor, sheet.bank_title.value()),
                made,
                failed=sheet.refused,
                what="create",
            )
        )
        sheet.open()
        return sheet

    def _rename(self, bank: BankSummary) -> None:
        begin_renaming(self, bank)


def begin_renaming(screen: Screen[BankServices], bank: BankSummary) -> TitleSheet:
    """Ask what a bank is to be called, and call it so."""
    sheet = TitleSheet(screen, _("Rename the bank"), _("Save"), bank.title)
    banks, actor = screen.desk.services.banks, screen.desk.actor
    sheet.save_asked.connect(
        lambda: screen.load(
            lambda _progress: banks.rename(actor, bank.id, sheet.bank_title.value()),
            lambda _nothing: sheet.saved(),
            failed=sheet.refused,
            what="rename",
        )
    )
    sheet.open()
    return sheet


def _columns() -> tuple[Column[BankSummary], ...]:
    return (
        text_column(
            "title", _("Bank"), lambda one: one.title, under=_code, width=300
        ),
        number_column("questions", _("Questions"), lambda one: one.questions, width=120),
        number_column(
            "withdrawn", _("Withdrawn"), lambda one: one.withdrawn, width=120,
            sortable=False, fold_below=700,
        ),
        day_column("changed_at", _("Last changed"), lambda one: one.changed_at, width=150),
    )  # fmt: skip


def _code(bank: BankSummary) -> str:
    return "" if bank.code == bank.title else bank.code
