"""Who is told of what is due: the list as of today, the ladder, and pages for notice boards."""

from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.egress import Document
from app.core.training.reminders import STEPS, Ladder, LadderStep, Told
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Button, plain, primary
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import EmptyState
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, day_column, number_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction, show_row_menu
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.ladder_form import LadderForm

_TONES = {
    LadderStep.LEARNER: Tone.INFO,
    LadderStep.SUPERVISOR: Tone.WARNING,
    LadderStep.HEAD: Tone.DANGER,
    LadderStep.QA: Tone.DANGER,
}


class RemindersScreen(ListScreen[Services, Told]):
    """One list; each row is one person who is told of one assignment."""

    topics = frozenset({"assignment", "reminder_ladder", "absence", "requirement_credit"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Reminders"),
            subtitle=_("Who is told of what is due, as of today. Each step is taken once."),
        )
        self._reminders = desk.services.training.reminders
        if desk.actor.may(Capability.MANAGE_SITE):
            self.header.add_action(
                plain(_("Outbox"), "mail").on_press(partial(desk.open, "outbox"))
            )
            self.header.add_action(plain(_("Ladder"), "settings").on_press(self.begin_changing))
        for button, by_unit in (
            (plain(_("Board by department"), "printer"), True),
            (primary(_("Notice board"), "printer"), False),
        ):
            button.on_press(partial(self._offer_board, button, by_unit=by_unit))
            self.header.add_action(button)
        self.ladder = PlainLabel("", TextRole.BODY2, wrap=True)
        self.body.addWidget(self.ladder)
        table = DataTable(
            _("Reminders"),
            _columns(self),
            self._fetch,
            key=lambda one: (one.due.assignment_id, one.step),
            jobs=desk.jobs,
            search=_("Search by name, number or training"),
            empty=EmptyState(_("Nobody has to be told anything: nothing is due."), icon="bell"),
        )
        for step, words in STEPS.items():
            table.filters.add("step", step.value, _(words))
        self.put_list(table, key="reminders")

    @override
    def refresh(self) -> None:
        """Load the list and the ladder."""
        self.table.refresh()
        reminders, actor = self._reminders, self.desk.actor
        self.load(
            lambda _progress: reminders.ladder(actor),
            lambda found: self.ladder.setText(ladder_in_words(found)),
            what="ladder",
        )

    def begin_changing(self) -> None:
        """Ask who is told when."""
        reminders, actor = self._reminders, self.desk.actor
        self.load(lambda _progress: reminders.ladder(actor), self._ask, what="ask")

    def _offer_board(self, button: Button, *, by_unit: bool) -> None:
        """Offer to print pages for the notice board, one for each supervisor or department, or to save them."""
        reminders, actor, name = self._reminders, self.desk.actor, self.desk.place.name

        def make(_progress: Progress) -> Document:
            return reminders.board(actor, name, by_unit=by_unit)

        def save() -> None:
            title, file = _("Save the pages"), "notice-board.pdf"
            ask_where(self, title, file, lambda path: save_document(self, path, make))

        def print_() -> None:
            self.act(make, partial(ask_printer, self), title=_("Notice board"))

        show_row_menu(
            button,
            [RowAction(_("Print"), print_, "printer"), RowAction(_("Save PDF"), save, "download")],
            button.mapToGlobal(button.rect().bottomLeft()),
        )

    def _ask(self, found: Ladder) -> None:
        form = LadderForm(found, local_day(self.desk.clock))
        reminders, actor = self._reminders, self.desk.actor

        def wish() -> Wish[None]:
            words, reason = form.words(), form.reason.value()
            return Wish(partial(reminders.set_ladder, actor, words, reason), _("Saved."))

        open_form(self, _("Who is told when"), form, wish)

    def _fetch(self, request: PageRequest) -> Page[Told]:
        return self._reminders.page(self.desk.actor, request)


def ladder_in_words(ladder: Ladder) -> str:
    """Return the ladder as one sentence."""
    said = (
        (_("learner"), ladder.learner_before, _before),
        (_("supervisor"), ladder.supervisor_after, _after),
        (_("head of the plant"), ladder.head_after, _after),
        (_("quality assurance"), ladder.qa_after, _after),
    )
    steps = [
        _("{who} {when}").format(who=who, when=words(days) if days else _("on the day it is due"))
        for who, days, words in said
        if days is not None
    ]
    return _("Ladder: {steps}.").format(steps=", ".join(steps) or _("nobody is told"))


def _before(days: int) -> str:
    return plural("{count} day before", "{count} days before", days)


def _after(days: int) -> str:
    return plural("{count} day after", "{count} days after", days)


def _columns(screen: RemindersScreen) -> list[Column[Told]]:
    today = local_day(screen.desk.clock)
    return [
        chip_column(
            "step", _("Step"), lambda one: (_(STEPS[one.step]), _TONES[one.step]), width=170
        ),
        text_column("told", _("Who is told"), _told, width=180),
        text_column(
            "name", _("Person"), lambda one: one.due.name, under=lambda one: one.due.number, width=180
        ),
        text_column(
            "org_unit", _("Department"), lambda one: one.due.org_unit, width=150, fold_below=1000
        ),
        text_column("title", _("Training"), lambda one: one.due.title, stretch=2),
        day_column("due_on", _("Due"), lambda one: one.due.due_on),
        number_column(
            "late", _("Days overdue"), lambda one: max(0, one.due.days_late(today)), width=110,
            sortable=False, fold_below=760,
        ),
    ]  # fmt: skip


def _told(one: Told) -> str:
    return _("Nobody is known") if one.recipient is None else one.recipient.name


SPEC = ScreenSpec(
    key="reminders",
    title=mark("Reminders"),
    icon="bell",
    section=mark("Training"),
    needs=Capability.VIEW_RECORDS,
    factory=RemindersScreen,
)
