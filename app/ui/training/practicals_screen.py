"""Practicals and their forms: what is published, what is in work, how many may assess."""

from functools import partial

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest, has_words
from app.core.base.words import _, mark
from app.core.training.practicals import FormSummary
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, number_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.training.filled_sheet import FilledSheet
from app.ui.training.practical_words import steps_in_words


class PracticalsScreen(ListScreen[Services, FormSummary]):
    """One list; a row opens the form."""

    topics = frozenset(
        {"practical_form", "practical_version", "requirement", "assessor_appointment",
         "assessor_end"}
    )  # fmt: skip

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Practicals"),
            subtitle=_("What is done by hand, step by step. A practical is a requirement."),
        )
        self.header.add_action(
            plain(_("Assessors and trainers"), "user-check").on_press(
                partial(desk.open, "assessors")
            )
        )
        self.header.add_action(
            plain(_("Requirements"), "clipboard-list").on_press(partial(desk.open, "requirements"))
        )
        self.filled = FilledSheet(self)
        scan = plain(_("Find a filled form"), "scan-line").on_press(self.filled.ask)
        self.header.add_action(scan)
        table = DataTable(
            _("Practicals"),
            _columns(),
            self._fetch,
            key=lambda one: one.requirement_id,
            jobs=desk.jobs,
            search=_("Search by title or code"),
            menu=self._actions,
            limit=1000,
            empty=EmptyState(
                _("There is no practical yet. Add a requirement of the type practical."),
                icon="list-checks",
                action=_("Requirements"),
                act=partial(desk.open, "requirements"),
            ),
        )
        table.opened.connect(self.open_form)
        self.put_list(table, key="practicals")

    def open_form(self, one: FormSummary) -> None:
        """Go to the form of a practical."""
        self.desk.open("practical_form", requirement_id=one.requirement_id)

    def _fetch(self, request: PageRequest) -> Page[FormSummary]:
        found = self.desk.services.training.practicals.forms.all(self.desk.actor)
        shown = [one for one in found if has_words(f"{one.code} {one.title}", request.text)]
        return Page.cut(shown, request)

    def _actions(self, one: FormSummary) -> list[RowAction]:
        who = partial(self.desk.open, "assignments", requirement=str(one.requirement_id))
        return [
            RowAction(_("Open the form"), partial(self.open_form, one), "list-checks"),
            RowAction(_("Who has it"), who, "users"),
        ]


def _columns() -> list[Column[FormSummary]]:
    return [
        text_column(
            "title", _("Title"), lambda one: one.title, under=lambda one: one.code, stretch=2,
            sortable=False,
        ),
        text_column(
            "steps", _("Steps"), lambda one: steps_in_words(one.steps, one.critical), width=180,
            sortable=False, fold_below=820,
        ),
        number_column(
            "assessors", _("Assessors"), lambda one: one.assessors, width=110, sortable=False
        ),
        chip_column("state", _("Status"), _status, width=190, sortable=False),
    ]  # fmt: skip


def _status(one: FormSummary) -> tuple[str, Tone]:
    if not one.version:
        return _("Not published"), Tone.WARNING
    if one.has_draft:
        return _("Version {number}, draft").format(number=one.version), Tone.INFO
    return _("Version {number}").format(number=one.version), Tone.SUCCESS


SPEC = ScreenSpec(
    key="practicals",
    title=mark("Practicals"),
    icon="list-checks",
    section=mark("Training"),
    needs=Capability.ASSIGN,
    factory=PracticalsScreen,
    beneath="requirements",
)
