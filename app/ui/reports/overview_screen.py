"""The first page: how the site stands, whither it goes, who needs somebody, is it all sound."""

from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability
from app.core.base.figures import ago, day
from app.core.base.paging import PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.operations import Check, check_health
from app.core.reports import Attention, Overview
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.focus import lead_before
from app.ui.kit.jobs import Lane
from app.ui.kit.layouts import CardGrid, SideBySide, column
from app.ui.kit.screen import Desk, Screen
from app.ui.reports.exporting import Exporter, Wanted
from app.ui.reports.getting_started import Beginnings, GettingStarted, read_beginnings
from app.ui.reports.overview_cards import (
    AttentionCard,
    DepartmentsCard,
    EmptySystemCard,
    SystemCard,
    TrendCard,
    is_unused,
)
from app.ui.reports.overview_tiles import Filters, kpi_tiles
from app.ui.reports.proof import Proof
from app.ui.reports.sources_line import SourcesLine

_DAYS = (
    mark("Monday"),
    mark("Tuesday"),
    mark("Wednesday"),
    mark("Thursday"),
    mark("Friday"),
    mark("Saturday"),
    mark("Sunday"),
)
_SIDE, _FOLD = 290, 860
_A_MINUTE = 60_000


class OverviewScreen(Screen[Services]):
    """For whoever holds VIEW_REPORTS; figures cover the departments that they may see."""

    topics = frozenset(
        {
            "person",
            "placement",
            "person_job_role",
            "org_unit",
            "requirement",
            "assignment",
            "course_start",
            "course_completion",
            "completion_withdrawal",
            "learning_session",
            "audit_review",
            "incident",
            "incident_step",
            "reader_test",
            "oversight_rule",
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Plant overview"), subtitle=_("Counting…"))
        self._overview: Overview | None = None
        self.exporter = Exporter(self, self._wanted)
        self.proof = Proof(self)
        self.proof.changed.connect(self._show_system)
        if desk.actor.may(Capability.MANAGE_PEOPLE):
            people = plain(_("Import people"), "upload")
            self.header.add_action(people.on_press(lambda: desk.open("people_import")))
        if desk.actor.may(Capability.ASSIGN):
            assign = primary(_("Assign training"), "plus")
            self.header.add_action(assign.on_press(lambda: desk.open("assign")))
        self.getting_started = GettingStarted(desk.actor, desk.open)
        self.getting_started.hide()
        self.body.addWidget(self.getting_started)
        self.sources = SourcesLine(self)
        self.body.addWidget(self.sources)
        self.figures = QWidget()
        self._lay_out_figures()
        self.figures.hide()
        self.body.addWidget(self.figures)
        self.body.addStretch(1)
        self._minute = QTimer(self, interval=_A_MINUTE)
        self._minute.timeout.connect(self._show_when)
        self._minute.start()

    def _lay_out_figures(self) -> None:
        desk = self.desk
        lines = column(self.figures, gap=16)
        self.tiles = CardGrid(210)
        self.trend = TrendCard()
        self.departments = DepartmentsCard(lambda: self._open_report("completion-by-department"))
        self.attention = AttentionCard(desk.jobs, lambda: self._open_report("overdue"))
        self.attention.add_action(self.exporter.button(dense=True))
        self.attention.table.opened.connect(self._open_person)
        sees_system = desk.actor.may(Capability.VIEW_JOURNAL) or desk.actor.may(
            Capability.MANAGE_SITE
        )
        self.system = SystemCard() if sees_system else None
        if self.system is not None:
            self.system.verify_asked.connect(self.proof.toggle)
            self.system.place_asked.connect(desk.open)
            self.system.verify_button.setVisible(desk.actor.may(Capability.VIEW_JOURNAL))
        lines.addWidget(self.tiles)
        lines.addWidget(
            SideBySide(self.trend, self.departments, side_width=_SIDE, fold_below=_FOLD)
        )
        beside = self.system or EmptySystemCard()
        lines.addWidget(SideBySide(self.attention, beside, side_width=_SIDE, fold_below=_FOLD))

    def refresh(self) -> None:
        """Count, and look at the site's health."""
        self.load(self._count, self._show, lane=Lane.WORK)  # after an upgrade it may take a minute
        self.sources.refresh()
        if self.system is not None:
            services = self.desk.services

            def look(_progress: Progress) -> tuple[tuple[Check, ...], tuple[Check, ...]]:
                return check_health(services.open_site), services.oversight.checks()

            self.load(look, self._show_health, lane=Lane.WORK, what="health")

    def _show_health(self, checks: tuple[tuple[Check, ...], tuple[Check, ...]]) -> None:
        if self.system is not None:
            health, oversight = checks
            self.system.show_health((*health, *oversight))
            self.system.show_oversight(oversight)

    def _count(self, progress: Progress) -> tuple[Overview, Beginnings]:
        services, actor = self.desk.services, self.desk.actor
        overview = services.reports.overview(actor, progress)
        begun = read_beginnings(services, actor) if is_unused(overview) else Beginnings()
        return overview, begun

    def _show(self, counted: tuple[Overview, Beginnings]) -> None:
        overview, begun = counted
        before, self._overview = self._overview, overview
        unused = is_unused(overview)
        self.getting_started.setVisible(unused)
        self.figures.setVisible(not unused)
        self._show_when()
        if unused:
            self.getting_started.show_beginnings(begun)
            return
        if before is None or _tiles_of(before) != _tiles_of(overview):
            self._show_tiles(overview)
        self.trend.show_trend(overview.trend)
        self.departments.show_departments(overview.departments)
        self.attention.show_people(overview.needs_attention, overview.overdue.value or 0)
        self._show_system()

    def _show_tiles(self, overview: Overview) -> None:
        self.tiles.set_cards(list(kpi_tiles(overview, self._open_report)))
        lead_before(self.tiles.cards(), self.trend.turn_button)

    def _show_system(self) -> None:
        facts = self._overview.system if self._overview is not None else None
        if self.system is not None and facts is not None:
            self.system.show_facts(facts, self.proof)

    def _show_when(self) -> None:
        if self._overview is None:
            return
        words = _("{day} · updated {ago}").format(
            day=_weekday(self._overview.today),
            ago=ago(self._overview.counted_at, self.desk.clock.now()),
        )
        self.header.set_words(_("Plant overview"), words)

    def _open_report(self, report: str, filters: Filters = ()) -> None:
        self.desk.open("report", report=report, filters=filters)

    def _open_person(self, one: Attention) -> None:
        if self.desk.actor.may(Capability.VIEW_RECORDS):
            self.desk.open("dossier", person_id=one.person_id)

    def _wanted(self) -> Wanted:
        return Wanted(report="overdue", title=_("Overdue"), request=PageRequest())


def _tiles_of(overview: Overview) -> tuple[object, ...]:
    return overview.compliance, overview.overdue, overview.expiring, overview.active_learners


def _weekday(today: date) -> str:
    return f"{_(_DAYS[today.weekday()])}, {day(today)}"
