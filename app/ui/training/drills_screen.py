"""Drills: when each is due next, and the register of those that were held."""

from functools import partial
from uuid import UUID

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import clock_time, day
from app.core.base.paging import Page, PageRequest, has_words
from app.core.base.words import _, mark, plural
from app.core.training.drills import DRILL_KINDS, DrillDue, DrillLine
from app.core.training.sessions import SessionState
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import KpiTile
from app.ui.kit.layouts import CardGrid
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.training.drill_forms import DrillForm, RuleForm
from app.ui.training.session_words import state_status, when
from app.ui.training.sessions_screen import TOPICS

_ICONS = {
    "fire": "flame",
    "evacuation": "log-out",
    "spill": "droplets",
    "gas": "biohazard",
    "first_aid": "heart-pulse",
    "other": "siren",
}
DRILL_TOPICS = TOPICS | {"drill", "drill_event", "drill_observation", "drill_rule"}


class DrillsScreen(ListScreen[Services, DrillLine]):
    """Tiles say what is due; the list below is the register."""

    topics = DRILL_TOPICS

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Drills"),
            subtitle=_("What is due next, and the register of what was held."),
        )
        if desk.actor.may(Capability.MANAGE_SITE):
            self.header.add_action(plain(_("Interval"), "calendar-clock").on_press(self.begin_rule))
        self.header.add_action(primary(_("Plan a drill"), "plus").on_press(self.begin_planning))
        self.due = CardGrid(240)
        self.body.addWidget(self.due)
        table = DataTable(
            _("Register of drills"),
            _columns(desk),
            self._fetch,
            key=lambda one: one.session.id,
            jobs=desk.jobs,
            search=_("Search by title or venue"),
            limit=1000,
            empty=EmptyState(
                _("No drill was held yet. Plan one; start the clock when the alarm sounds."),
                icon="siren",
                action=_("Plan a drill"),
                act=self.begin_planning,
            ),
        )
        table.opened.connect(self._open)
        self.put_table(table)

    @override
    def refresh(self) -> None:
        """Load what is due, and the register."""
        self.table.refresh()
        register, actor = self.desk.services.drills.register, self.desk.actor
        self.load(lambda _progress: register.due(actor), self._show_due, what="due")

    def begin_planning(self) -> None:
        """Ask what a new drill is."""
        now = self.desk.clock.now().astimezone()
        form = DrillForm(now.date(), f"{now:%H:%M}")
        drills, actor = self.desk.services.drills, self.desk.actor

        def wish() -> Wish[UUID]:
            return Wish(partial(drills.plan, actor, form.plan()), _("The drill is planned."))

        open_form(
            self,
            _("Plan a drill"),
            form,
            wish,
            done=lambda key: self.desk.open("drill", session_id=key),
            save=_("Plan"),
        )

    def begin_rule(self) -> None:
        """Ask how often a drill is due."""
        form = RuleForm(local_day(self.desk.clock))
        register, actor = self.desk.services.drills.register, self.desk.actor

        def wish() -> Wish[None]:
            return Wish(partial(register.set_rule, actor, form.rule()), _("The interval is set."))

        open_form(self, _("How often a drill is due"), form, wish, done=lambda _n: self.refresh())

    def _open(self, one: DrillLine) -> None:
        self.desk.open("drill", session_id=one.session.id)

    def _fetch(self, request: PageRequest) -> Page[DrillLine]:
        found = self.desk.services.drills.register.drills(self.desk.actor)
        shown = [
            one
            for one in found
            if has_words(f"{one.session.title} {one.session.venue}", request.text)
        ]
        return Page.cut(shown, request)

    def _show_due(self, due: tuple[DrillDue, ...]) -> None:
        self.due.setVisible(bool(due))
        self.due.set_cards([_tile(one) for one in due])


def _tile(one: DrillDue) -> KpiTile:
    tone = Tone.DANGER if one.is_overdue else Tone.PRIMARY
    every = plural("every {count} month", "every {count} months", one.months)
    if not one.months:
        every = _("none is due")
    value = "–" if one.due_on is None else day(one.due_on)
    last = _("never held") if one.last_on is None else _("last {day}").format(day=day(one.last_on))
    return KpiTile(
        _(DRILL_KINDS[one.drill]),
        value,
        icon=_ICONS[one.drill.value],
        tone=tone,
        trend=_("Overdue") if one.is_overdue else f"{every}, {last}",
        trend_icon="triangle-alert" if one.is_overdue else "calendar-clock",
        trend_tone=Tone.DANGER if one.is_overdue else Tone.NEUTRAL,
    )


def _columns(desk: Desk[Services]) -> list[Column[DrillLine]]:
    return [
        text_column("at", _("When"), lambda one: when(one.session.starts_at, desk.clock), width=170,
                    stretch=0, sortable=False),
        text_column("title", _("Drill"), lambda one: one.session.title, under=_under, stretch=3,
                    sortable=False),
        text_column("took", _("Took"),
                    _took, width=110,
                    stretch=0, sortable=False),
        text_column("heads", _("Heads"), _heads, width=110, stretch=0, sortable=False,
                    fold_below=900),
        chip_column("late", _("In time"), _in_time, width=120, sortable=False),
        chip_column("state", _("Status"), lambda one: state_status(one.session), width=150,
                    sortable=False),
    ]  # fmt: skip


def _under(one: DrillLine) -> str:
    shift = _("shift {shift}").format(shift=one.shift) if one.shift else ""
    return " · ".join(filter(None, (_(DRILL_KINDS[one.drill]), one.session.venue, shift)))


def _took(one: DrillLine) -> str:
    return "–" if one.took is None else clock_time(one.took.total_seconds())


def _heads(one: DrillLine) -> str:
    return "–" if one.counted is None else f"{one.counted} / {one.expected}"


def _in_time(one: DrillLine) -> tuple[str, Tone]:
    if one.session.state not in {SessionState.SIGNED, SessionState.CLOSED}:
        return "", Tone.NEUTRAL
    return (_("Late"), Tone.WARNING) if one.was_late else (_("In time"), Tone.SUCCESS)


SPEC = ScreenSpec(
    key="drills",
    title=mark("Drills"),
    icon="siren",
    in_navigation=False,
    stands_alone=True,
    needs=Capability.ASSIGN,
    factory=DrillsScreen,
    beneath="sessions",
)
