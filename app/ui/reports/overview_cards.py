"""The cards of the overview: trend, departments, who needs attention, is it all sound."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal

from app.core.base.figures import moment, month, number, percent, size
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, plural
from app.core.operations import Check, Health
from app.core.reports import WHOLE, Attention, DepartmentBar, Overview, SystemFacts, TrendPoint
from app.core.training import Standing
from app.ui.kit.buttons import Button, link, plain
from app.ui.kit.cards import Card, FactRow, RowButton
from app.ui.kit.charts.bars import BarList, Slice
from app.ui.kit.charts.base import Point
from app.ui.kit.charts.card import ChartCard
from app.ui.kit.charts.trend import TrendChart
from app.ui.kit.chips import CountChip, StatusChip
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import EmptyState
from app.ui.kit.progress import ProgressBar
from app.ui.kit.tables.columns import Column, chip_column, day_column, text_column
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import TextRole, Tone
from app.ui.reports.proof import Proof

TARGET = 95
"""Percent of required training that should be valid."""
_FAIR, _POOR = 90, 80
_SHOWN_UNITS = 5
_SHOWN_PEOPLE = 6


class TrendCard(ChartCard):
    """Twelve month ends of compliance, with the target and the same figures as a table."""

    def __init__(self) -> None:
        self.trend = TrendChart(_("Compliance trend"), unit="%", target=TARGET)
        super().__init__(self.trend, subtitle=_("Share of assigned training that is valid"))

    def show_trend(self, trend: Sequence[TrendPoint]) -> None:
        """Show other months; those in which nothing was required are left out."""
        self.trend.set_points(
            [
                Point(month(one.day), one.compliance / 10, _share(one.compliance))
                for one in trend
                if one.compliance is not None
            ]
        )
        if self.shows_table():
            self.twin.show_figures(*self.trend.table())


class DepartmentsCard(Card):
    """Bars of the departments; of many, the lowest."""

    def __init__(self, see_all: Callable[[], None]) -> None:
        super().__init__(_("By department"), gap=16)
        self.add_action(link(_("See all")).on_press(see_all))
        self.bars = BarList(_("Compliance"))
        self.body.addWidget(self.bars)
        self.body.addStretch(1)

    def show_departments(self, bars: Sequence[DepartmentBar]) -> None:
        """Show other figures."""
        shown = bars[-_SHOWN_UNITS:]
        about = ""
        if len(bars) > len(shown):
            about = _("The lowest {shown} of {count}").format(
                shown=len(shown), count=number(len(bars))
            )
        self.set_title(_("By department"), about)
        self.bars.set_points(
            [
                Slice(
                    bar.name or _("No department"),
                    bar.compliance / WHOLE,
                    _share(bar.compliance),
                    _tone(bar.compliance),
                )
                for bar in shown
            ]
        )


class AttentionCard(Card):
    """The most urgent people and courses; a row opens the person's record."""

    def __init__(self, jobs: JobRunner, see_all: Callable[[], None]) -> None:
        super().__init__(_("Needs attention"))
        self._rows: tuple[Attention, ...] = ()
        self.count = CountChip("", Tone.DANGER)
        self.add_action(self.count)
        self.add_action(Button(_("See all"), icon="list", dense=True).on_press(see_all))
        self.table: DataTable[Attention] = DataTable(
            _("Needs attention"),
            _attention_columns(),
            self._page,
            key=lambda one: (one.person_id, one.course),
            jobs=jobs,
            empty=EmptyState(_("Nobody is overdue, and nothing is due soon."), icon="circle-check"),
        )
        self.table.set_bar_visible(False)
        self.table.fit_rows(_SHOWN_PEOPLE)
        self.body.addWidget(self.table)

    def show_people(self, rows: tuple[Attention, ...], overdue: int) -> None:
        """Show other rows; `overdue` counts all there are."""
        self._rows = rows[:_SHOWN_PEOPLE]
        self.count.setVisible(overdue > 0)
        self.count.set_status(_("{count} overdue").format(count=number(overdue)), Tone.DANGER)
        self.table.refresh()

    def _page(self, request: PageRequest) -> Page[Attention]:
        return Page.cut(self._rows, request)


_PLACES = {
    "committees": "committees",
    "effectiveness": "effectiveness",
    "document-reviews": "documents",
}
"""Where a line about something late leads, unless to the reviews."""


class SystemCard(Card):
    """Journal, seals, database and health, with the proof of the journal at a press."""

    verify_asked = Signal()
    place_asked = Signal(str)
    """The key of the screen on which something late is seen to."""

    def __init__(self) -> None:
        super().__init__(_("System and audit"))
        self.health = StatusChip(_("Looking"), Tone.NEUTRAL)
        self.add_action(self.health)
        self._facts = column(gap=12)
        self.body.addLayout(self._facts)
        self._oversight = column(gap=6)
        self.body.addLayout(self._oversight)
        self.bar = ProgressBar(_("Verifying"), with_text=True)
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.verify_button = plain(_("Verify now"), "shield-check").on_press(self.verify_asked.emit)
        self.body.addWidget(self.verify_button)
        self.body.addStretch(1)

    def show_facts(self, facts: SystemFacts, proof: Proof) -> None:
        """Show how the journal and the database are."""
        told = proof.told(facts.entries)
        clear(self._facts)
        self._facts.addWidget(FactRow(told.title, told.about, icon=told.icon, tone=told.tone))
        sealed = moment(facts.last_seal_at) if facts.last_seal_at else _("Never sealed yet")
        self._facts.addWidget(FactRow(sealed, _("Last seal"), icon="stamp"))
        database = _("Database {size}").format(size=size(facts.database_bytes))
        backed_up = (
            _("Backed up {when}").format(when=moment(facts.last_backup_at))
            if facts.last_backup_at
            else _("{count} journal entries").format(count=number(facts.entries))
        )
        self._facts.addWidget(FactRow(database, backed_up, icon="database"))
        self.bar.setVisible(proof.is_under_way)
        self.bar.set_share(proof.share)
        self.verify_button.set_words(_("Stop") if proof.is_under_way else _("Verify now"))

    def show_health(self, checks: Sequence[Check]) -> None:
        """Say how the site is on this PC: the worst finding counts."""
        bad = [check for check in checks if check.health is Health.BAD]
        watch = [check for check in checks if check.health is Health.WATCH]
        worst = bad or watch
        if not worst:
            self.health.set_status(_("Healthy"), Tone.SUCCESS)
        else:
            tone = Tone.DANGER if bad else Tone.WARNING
            self.health.set_status(_("Needs a look"), tone)
        self.health.setToolTip("\n".join(f"{check.title}: {check.says}" for check in worst))

    def show_oversight(self, checks: Sequence[Check]) -> None:
        """Tell what is late of the site's own looking; each line leads to where it is done."""
        clear(self._oversight)
        for check in checks:
            line = RowButton(check.title, check.says, icon="triangle-alert", tone=Tone.WARNING)
            key = _PLACES.get(check.key, "reviews")
            line.clicked.connect(lambda _on=False, key=key: self.place_asked.emit(key))
            self._oversight.addWidget(line)


class EmptySystemCard(Card):
    """Stands beside the table where somebody may see neither journal nor settings."""

    def __init__(self) -> None:
        super().__init__(_("System and audit"))
        words = _("An administrator or auditor sees here whether the records are sound.")
        self.body.addWidget(PlainLabel(words, TextRole.BODY2, wrap=True))
        self.body.addStretch(1)


def _attention_columns() -> list[Column[Attention]]:
    text = partial(text_column, sortable=False)
    return [
        text("name", _("Employee"), lambda one: one.name, under=_about, width=160),
        text("course", _("Course"), lambda one: one.course, width=190),
        text("department", _("Department"), lambda one: one.department, width=120, fold_below=700),
        day_column(
            "due", _("Due"), lambda one: one.due_on, width=116, sortable=False, fold_below=640
        ),
        chip_column("status", _("Status"), attention_status, width=156, sortable=False),
    ]


def attention_status(one: Attention) -> tuple[str, Tone]:
    """Return how late or how soon something is due."""
    if one.standing is Standing.OVERDUE:
        return plural("{count} day overdue", "{count} days overdue", -one.days), Tone.DANGER
    if not one.days:
        return _("Due today"), Tone.WARNING
    return plural("Due in {count} day", "Due in {count} days", one.days), Tone.WARNING


def is_unused(overview: Overview) -> bool:
    """Tell whether nothing has ever been asked of anybody: there is nothing to chart."""
    return not any(point.required for point in overview.trend)


def _about(one: Attention) -> str:
    """Return the number, and the name in its own script for whoever reads that."""
    return " · ".join(part for part in (one.number, one.name_local) if part)


def _share(tenths: int) -> str:
    return percent(tenths, WHOLE)


def _tone(tenths: int) -> Tone:
    if tenths >= TARGET * 10:
        return Tone.SUCCESS
    if tenths >= _FAIR * 10:
        return Tone.PRIMARY
    return Tone.WARNING if tenths >= _POOR * 10 else Tone.DANGER
