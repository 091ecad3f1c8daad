"""Who is told of what is due: the list as of today, the ladder, and pages for notice boards."""

from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, mark, plural
from app.core.people.shifts import ListedShift, word_of
from app.core.training.reminders import (
    STEPS,
    Ladder,
    LadderStep,
    Told,
    step_in_words,
    whom_told,
    work_in_words,
)
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, day_column, number_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.board_sheet import BoardSheet
from app.ui.training.ladder_form import LadderForm

_SHIFT_LETTERS = 10
_TONES = {
    LadderStep.LEARNER: Tone.INFO,
    LadderStep.LEARNER_LATE: Tone.WARNING,
    LadderStep.SUPERVISOR: Tone.WARNING,
    LadderStep.HEAD: Tone.DANGER,
    LadderStep.QA: Tone.DANGER,
}


class RemindersScreen(ListScreen[Services, Told]):
    """One list; each row is one person who is told of one assignment."""

    topics = frozenset(
        {
            *("assignment", "reminder_ladder", "absence", "requirement_credit"),
            *("shift", "shift_hours", "holiday"),
            *("document_review", "document_keeper", "document_revision", "approval_step"),
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Reminders"),
            subtitle=_("Who is told of what is due, as of today. Each step is taken once."),
        )
        self._reminders = desk.services.training.reminders
        self._listed: tuple[ListedShift, ...] = ()
        if desk.actor.may(Capability.MANAGE_SITE):
            self.header.add_action(
                plain(_("Outbox"), "mail").on_press(partial(desk.open, "outbox"))
            )
            self.header.add_action(plain(_("Ladder"), "settings").on_press(self.begin_changing))
        self.header.add_action(primary(_("Notice board"), "printer").on_press(self._open_board))
        self.ladder = PlainLabel("", TextRole.BODY2, wrap=True)
        self.body.addWidget(self.ladder)
        table = DataTable(
            _("Reminders"),
            _columns(self),
            self._fetch,
            key=lambda one: (one.due.work_id, one.step),
            jobs=desk.jobs,
            search=_("Search by name, number or training"),
            empty=EmptyState(_("Nobody has to be told anything: nothing is due."), icon="bell"),
        )
        for step, words in STEPS.items():
            table.filters.add("step", step.value, _(words))
        table.filters.add("works", "today", _("May work today"))
        self.shifts = ComboBox(_("Shift"))
        self.shifts.keep_width(_SHIFT_LETTERS)
        self.shifts.activated.connect(self._filter_shift)
        self.shifts.hide()
        table.add_to_bar(self.shifts)
        self.put_list(table, key="reminders", words_of=self._filter_words)
        self.tools.looked_otherwise.connect(self._follow_view)

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
        if actor.may(Capability.VIEW_PEOPLE):
            shifts = self.desk.services.people.shifts
            self.load(lambda _progress: shifts.all(actor), self._show_shifts, what="shifts")

    def begin_changing(self) -> None:
        """Ask who is told when."""
        reminders, actor = self._reminders, self.desk.actor
        self.load(lambda _progress: reminders.ladder(actor), self._ask, what="ask")

    def _open_board(self) -> None:
        BoardSheet(self, self._listed, local_day(self.desk.clock)).open()

    def _show_shifts(self, found: tuple[ListedShift, ...]) -> None:
        """Offer the shifts whose hours are known, and all whose hours are not as one."""
        self._listed = found
        self.shifts.clear()
        self.shifts.addItem(_("Any shift"), None)
        for one in found:
            if one.shift is not None:
                self.shifts.addItem(one.name, word_of(one.name))
        self.shifts.addItem(_("Hours not known"), "")
        self.shifts.setVisible(any(one.shift for one in found))
        self._follow_view()

    def _filter_shift(self, _index: int) -> None:
        request, chosen = self.table.request(), self.shifts.currentData()
        others = [pair for pair in request.filters if pair[0] != "shift"]
        self.table.ask(
            request.filtered_by(others if chosen is None else [*others, ("shift", chosen)])
        )

    def _filter_words(self, pair: tuple[str, str]) -> str:
        key, shift = pair
        return self.shifts.itemText(self.shifts.findData(shift)) if key == "shift" else ""

    def _follow_view(self) -> None:
        chosen = self.table.request().values("shift")
        self.shifts.setCurrentIndex(max(self.shifts.findData(chosen[0]) if chosen else 0, 0))

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
    if ladder.learner_before is not None:
        steps.insert(1, _("learner again once overdue"))
    return _("Ladder: {steps}.").format(steps=", ".join(steps) or _("nobody is told"))


def _before(days: int) -> str:
    return plural("{count} day before", "{count} days before", days)


def _after(days: int) -> str:
    return plural("{count} day after", "{count} days after", days)


def _columns(screen: RemindersScreen) -> list[Column[Told]]:
    today = local_day(screen.desk.clock)
    return [
        chip_column(
            "step", _("Step"), lambda one: (step_in_words(one), _TONES[one.step]), width=170
        ),
        text_column("told", _("Who is told"), _told, width=180),
        text_column(
            "name", _("Person"), lambda one: one.due.name, under=_under, width=180
        ),
        text_column(
            "org_unit", _("Department"), lambda one: one.due.org_unit, width=150, fold_below=1000
        ),
        text_column("title", _("Training"), lambda one: work_in_words(one.due), stretch=2),
        day_column("due_on", _("Due"), lambda one: one.due.due_on),
        number_column(
            "late", _("Days overdue"), lambda one: max(0, one.due.days_late(today)), width=110,
            sortable=False, fold_below=760,
        ),
    ]  # fmt: skip


def _under(one: Told) -> str:
    return " · ".join(filter(None, (one.due.number, one.due.shift)))


def _told(one: Told) -> str:
    return whom_told(one)


SPEC = ScreenSpec(
    key="reminders",
    title=mark("Reminders"),
    icon="bell",
    section=mark("Training"),
    needs=Capability.VIEW_RECORDS,
    factory=RemindersScreen,
)
