"""Who waits for an assessor: who asked first, at which stage, since when."""

from datetime import date

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.paging import Page, PageRequest, has_words
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.training.practicals import AssessorLine, RunState, WaitingPractical
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, day_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.training.filled_sheet import FilledSheet
from app.ui.training.practical_words import STATES, lapsed_in_words, stage_in_words


class MyAssessmentsScreen(ListScreen[Services, WaitingPractical]):
    """One list; a row opens the person's practical."""

    topics = frozenset(
        {"practical_request", "practical_round", "practical_mark", "practical_result",
         "practical_signing", "assessor_appointment", "assessor_end", "assignment",
         "effectiveness_rule", "effectiveness_check", "requirement_credit"}
    )  # fmt: skip

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("My assessments"),
            subtitle=_("Who is to be watched and assessed by you. Who asked comes first."),
        )
        self._strips = column(gap=8)
        self.body.addLayout(self._strips)
        self.filled = FilledSheet(self)
        scan = plain(_("Find a filled form"), "scan-line").on_press(self.filled.ask)
        self.header.add_action(scan)
        self.later = plain(_("Effectiveness"), "eye")
        self.later.on_press(lambda: desk.open("effectiveness"))
        self.header.add_action(self.later)
        table = DataTable(
            _("My assessments"),
            _columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=desk.jobs,
            search=_("Search by person or practical"),
            menu=lambda one: [RowAction(_("Open"), lambda: self._open(one), "clipboard-check")],
            empty=EmptyState(
                _("Nobody waits for you. Who is appointed as assessor sees here who does."),
                icon="clipboard-check",
            ),
        )
        table.filters.add("asked", "yes", _("Asked for"))
        table.filters.add("state", RunState.TO_SIGN.value, _(STATES[RunState.TO_SIGN][0]))
        table.filters.add("overdue", "yes", _("Overdue"))
        table.opened.connect(self._open)
        self.put_list(table, key="my-assessments")

    @override
    def refresh(self) -> None:
        """Load the list, and for what the actor may sign no more."""
        self.table.refresh()
        self.load(self._look, self._show_strips, what="strips")
        checks, actor = self.desk.services.training.effectiveness, self.desk.actor
        self.load(lambda _progress: checks.due(actor).total, self._show_due, what="checks")

    def _show_due(self, checks: int) -> None:
        words = plural("{count} to look at", "{count} to look at", checks)
        self.later.set_words(words if checks else _("Effectiveness"))

    def strips(self) -> list[str]:
        """Return what the strips say."""
        items = (self._strips.itemAt(place) for place in range(self._strips.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [one.text() for one in widgets if isinstance(one, Banner)]

    def _look(self, _progress: Progress) -> tuple[AssessorLine, ...]:
        actor, assessors = self.desk.actor, self.desk.services.training.practicals.assessors
        return () if actor.person_id is None else assessors.of_person(actor, actor.person_id)

    def _show_strips(self, mine: tuple[AssessorLine, ...]) -> None:
        clear(self._strips)
        for line in mine:
            if words := lapsed_in_words(line.title, line.qualification):
                self._strips.addWidget(Banner(words, Tone.DANGER))

    def _fetch(self, request: PageRequest) -> Page[WaitingPractical]:
        today = local_day(self.desk.clock)
        found = self.desk.services.training.practicals.to_assess(self.desk.actor)
        rows = tuple(one for one in found if _is_asked(one, request, today))
        return Page.cut(rows, request)

    def _open(self, one: WaitingPractical) -> None:
        self.desk.open("practical", person_id=one.person_id, requirement_id=one.requirement_id)


def _is_asked(one: WaitingPractical, request: PageRequest, today: date) -> bool:
    states = request.values("state")
    return (
        has_words(f"{one.name} {one.number} {one.code} {one.title}", request.text)
        and (not request.values("asked") or one.request is not None)
        and (not request.values("overdue") or one.is_overdue(today))
        and (not states or one.stands.state.value in states)
    )


def _columns() -> list[Column[WaitingPractical]]:
    return [
        text_column(
            "name", _("Person"), lambda one: one.name, under=lambda one: one.number, stretch=2,
            sortable=False,
        ),
        text_column(
            "title", _("Practical"), lambda one: one.title, under=lambda one: one.code, stretch=2,
            sortable=False,
        ),
        text_column(
            "stage", _("Next"), lambda one: stage_in_words(one.stands), width=170, sortable=False
        ),
        text_column(
            "wanted", _("Asked for"), _wanted, width=130, sortable=False, fold_below=900
        ),
        day_column("since", _("Since"), lambda one: one.since, sortable=False, fold_below=820),
        day_column("due_on", _("Due"), lambda one: one.due_on, sortable=False),
        chip_column("state", _("Status"), _status, width=170, sortable=False),
    ]  # fmt: skip


def _wanted(one: WaitingPractical) -> str:
    if one.request is None:
        return "–"
    return _("Any day") if one.request.wanted_on is None else day(one.request.wanted_on)


def _status(one: WaitingPractical) -> tuple[str, Tone]:
    if not one.has_form:
        return _("No form yet"), Tone.WARNING
    words, tone = STATES[one.stands.state]
    return _(words), tone


SPEC = ScreenSpec(
    key="my_assessments",
    title=mark("My assessments"),
    icon="clipboard-check",
    section=mark("Training"),
    needs=Capability.ASSESS,
    factory=MyAssessmentsScreen,
)
