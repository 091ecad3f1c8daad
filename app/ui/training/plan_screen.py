"""The training plan: what is planned for each month of a year, what came of it, and who signed it."""

from collections import defaultdict
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import moment, month, number
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.training.programme import PLAN_STATES, PlanLine, PlanState, YearPlan
from app.services import Services
from app.ui.kit.buttons import IconButton, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import Tone
from app.ui.training.plan_forms import ask_line, ask_proposals, ask_remove, ask_to_sign

_TONES = {
    PlanState.TO_COME: Tone.NEUTRAL,
    PlanState.UNDER_WAY: Tone.INFO,
    PlanState.DONE: Tone.SUCCESS,
    PlanState.PARTLY: Tone.WARNING,
    PlanState.MISSED: Tone.DANGER,
    PlanState.NOT_PLANNED: Tone.NEUTRAL,
}


class PlanScreen(Screen[Services]):
    """For coordinators of the whole site."""

    topics = frozenset(
        {
            "plan_line",
            "plan_signing",
            "requirement_credit",
            "course_completion",
            "completion_withdrawal",
            "session_signing",
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Training plan"),
            subtitle=_("What is planned for each month, for how many, and what came of it."),
        )
        this_year = local_day(desk.clock).year
        self.year_box = ComboBox(_("Calendar year"))
        self._years = (this_year - 1, this_year, this_year + 1)
        self.year_box.addItems([str(one) for one in self._years])
        self.year_box.setCurrentIndex(1)
        self.year_box.activated.connect(lambda _index: self.refresh())
        self.header.add_action(self.year_box)
        as_report = plain(_("As a report"), "file-text")
        self.header.add_action(as_report.on_press(self._report))
        self.sign_button = plain(_("Sign the plan"), "signature")
        self.header.add_action(self.sign_button.on_press(lambda: ask_to_sign(self, self.year)))
        self.propose_button = plain(_("Propose"), "lightbulb")
        self.header.add_action(
            self.propose_button.on_press(lambda: ask_proposals(self, self._shown_plan))
        )
        self.add_button = primary(_("Plan training"), "plus")
        self.header.add_action(
            self.add_button.on_press(lambda: ask_line(self, self._shown_plan, None))
        )
        self.months = column(gap=16)
        self.body.addLayout(self.months)
        self.body.addStretch(1)
        self._shown_plan = YearPlan(year=this_year, lines=(), signed=None)

    @property
    def year(self) -> int:
        """Return the year that is looked at."""
        return self._years[self.year_box.currentIndex()]

    @override
    def focus_first(self) -> None:
        self.add_button.setFocus()

    @override
    def refresh(self) -> None:
        plans, actor, year = self.desk.services.training.year_plans, self.desk.actor, self.year

        def work(_progress: Progress) -> YearPlan:
            return plans.plan(actor, year)

        self.load(work, self._show)

    def _report(self) -> None:
        self.desk.open("report", report="training-plan", filters=(("year", str(self.year)),))

    def _show(self, plan: YearPlan) -> None:
        self._shown_plan = plan
        clear(self.months)
        self.sign_button.setEnabled(bool(plan.planned))
        if plan.planned:
            self.months.addWidget(_signature_banner(plan))
        by_month = defaultdict(list)
        for one in plan.lines:
            by_month[one.month].append(one)
        for first_on, lines in by_month.items():
            card = Card(f"{month(first_on)} {first_on.year}")
            for one in lines:
                card.body.addWidget(self._line(one))
            self.months.addWidget(card)
        if not plan.lines:
            words = _("Nothing is planned. Propose fills in what falls due and what runs out.")
            self.months.addWidget(EmptyState(words, icon="calendar-check"))

    def _line(self, one: PlanLine) -> QWidget:
        state = one.state(local_day(self.desk.clock))
        counted = _("{trained} of {planned} trained").format(
            trained=number(one.trained), planned=number(one.people)
        )
        if state is PlanState.NOT_PLANNED:
            counted = _("{trained} trained").format(trained=number(one.trained))
        held = _("{count} sessions").format(count=number(one.sessions)) if one.sessions else ""
        about = " · ".join(filter(None, (one.code, counted, held, one.note)))
        shown = FactRow(one.title, about, icon="calendar-check", tone=_TONES[state])
        shown.add_button(StatusChip(_(PLAN_STATES[state]), _TONES[state]))
        if one.id is not None:
            change = IconButton("pencil", _("Change {title}").format(title=one.title))
            shown.add_button(change.on_press(partial(ask_line, self, self._shown_plan, one)))
            remove = IconButton("x", _("Take {title} out of the plan").format(title=one.title))
            shown.add_button(remove.on_press(partial(ask_remove, self, one)))
        return shown


def _signature_banner(plan: YearPlan) -> Banner:
    signed = plan.signed
    if signed is None:
        return Banner(_("Nobody has signed this plan yet."), Tone.INFO)
    words = _("Signed by {name}, {moment}.").format(name=signed.by, moment=moment(signed.at))
    if signed.still_holds:
        return Banner(words, Tone.SUCCESS)
    return Banner(f"{words} {_('It has changed since: have it signed again.')}", Tone.WARNING)


SPEC = ScreenSpec(
    key="training_plan",
    title=mark("Training plan"),
    icon="calendar-check",
    section=mark("Training"),
    needs=Capability.ASSIGN,
    factory=PlanScreen,
    beneath="sessions",
)
