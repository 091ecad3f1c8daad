"""Where people stand: every assignment, why it is there, and what is done about it."""

from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import day
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, mark, plural
from app.core.training import RequirementType
from app.core.training.assignments import AssignmentSummary, State
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, day_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.training.assignment_acts import AssignmentActs
from app.ui.training.assignment_sheet import AssignmentSheet
from app.ui.training.chosen_assignments import ChosenAssignments
from app.ui.training.evidence_sheet import WaitingSheet
from app.ui.training.waiting import FoundAssignment, Waiting, found_assignment, what_waits
from app.ui.training.words import STATES, status_of


class AssignmentsScreen(ListScreen[Services, AssignmentSummary]):
    """One list; a row opens why it is there and what happened to it."""

    topics = frozenset(
        {"assignment", "assignment_event", "evidence", "evidence_verdict", "absence",
         "requirement_credit", "course_completion", "completion_withdrawal", "training_request", "training_reply", "correction", "correction_verdict", "person"}
    )  # fmt: skip

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Assignments"),
            subtitle=_("Where everybody stands, why they have it, and what is done about it."),
        )
        self._acts = AssignmentActs(self)
        self._add_actions()
        table = DataTable(
            _("Assignments"),
            _columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=desk.jobs,
            search=_("Search by person or requirement"),
            menu=self._actions,
            selectable=True,
            empty=EmptyState(
                _("Nobody has anything assigned yet."),
                icon="list-checks",
                action=_("Assign"),
                act=partial(desk.open, "assign"),
            ),
        )
        table.filters.add("open", "yes", _("Still open"), on=True)
        table.filters.add("overdue", "yes", _("Overdue"))
        for state in (State.PENDING_EVIDENCE, State.WAIVED, State.PAUSED):
            table.filters.add("state", state.value, _(STATES[state][0]))
        table.opened.connect(self.open_detail)
        ChosenAssignments(self, table, self._fetch)
        self.put_list(table, key="assignments")

    def _add_actions(self) -> None:
        desk = self.desk
        self.waiting_button = plain(_("To confirm"), "badge-check").on_press(self._load_waiting)
        self.waiting_button.hide()
        self.header.add_action(self.waiting_button)
        if desk.actor.scope_of(Capability.ASSIGN) is None:
            old = plain(_("Old training"), "archive").on_press(partial(desk.open, "legacy"))
            self.header.add_action(old)
        self.requests_button = plain(_("Requests"), "message-square")
        self.requests_button.on_press(partial(desk.open, "training_requests"))
        self.header.add_action(self.requests_button)
        give = primary(_("Assign"), "list-checks").on_press(partial(desk.open, "assign"))
        self.header.add_action(give)

    @override
    def enter(self, **args: object) -> None:
        """Show one requirement's or one person's alone, when the screen was opened so."""
        narrow = [(key, str(args[key])) for key in ("requirement", "person") if key in args]
        others = [
            pair
            for pair in self.table.request().filters
            if pair[0] not in {"requirement", "person"}
        ]
        self.table.ask(self.table.request().filtered_by([*others, *narrow]))

    @override
    def refresh(self) -> None:
        """Load the list, and how much waits to be confirmed."""
        self.table.refresh()
        services, actor = self.desk.services, self.desk.actor
        self.load(lambda _progress: what_waits(services, actor), self._show_waiting, what="waiting")
        requests = services.training.requests
        self.load(lambda _progress: requests.waiting(actor), self._show_requests, what="requests")

    def open_detail(self, one: AssignmentSummary) -> None:
        """Show why somebody has it, and everything that happened to it."""
        services, actor = self.desk.services, self.desk.actor
        self.load(
            lambda _progress: found_assignment(services, actor, one.id),
            self._show_detail,
            what="detail",
        )

    def _show_detail(self, found: FoundAssignment) -> None:
        actions = self._acts.for_row(found.detail.summary)
        AssignmentSheet(self, found, actions).open()

    def _show_waiting(self, waiting: Waiting) -> None:
        self.waiting_button.setVisible(bool(waiting.count))
        words = plural("{count} to confirm", "{count} to confirm", waiting.count)
        self.waiting_button.setText(words)

    def _show_requests(self, count: int) -> None:
        waits = plural("{count} request", "{count} requests", count)
        self.requests_button.set_words(waits if count else _("Requests"))

    def _load_waiting(self) -> None:
        services, actor = self.desk.services, self.desk.actor
        self.load(
            lambda _progress: what_waits(services, actor),
            lambda waiting: WaitingSheet(self, waiting).open(),
            what="to confirm",
        )

    def _fetch(self, request: PageRequest) -> Page[AssignmentSummary]:
        return self.desk.services.training.assignments.page(self.desk.actor, request)

    def _actions(self, one: AssignmentSummary) -> list[RowAction]:
        why = RowAction(_("Why, and what happened"), partial(self.open_detail, one), "history")
        person = partial(self.desk.open, "person", person_id=one.person_id)
        return [
            why,
            *self._practical_of(one),
            *self._acts.for_row(one),
            RowAction(_("Open the person"), person, "user"),
        ]

    def _practical_of(self, one: AssignmentSummary) -> list[RowAction]:
        if one.type is not RequirementType.PRACTICAL:
            return []
        look = partial(
            self.desk.open,
            "practical",
            person_id=one.person_id,
            requirement_id=one.requirement_id,
        )
        return [RowAction(_("The practical, step by step"), look, "clipboard-check")]


def _columns() -> list[Column[AssignmentSummary]]:
    return [
        text_column(
            "name", _("Person"), lambda one: one.name, under=lambda one: one.number, stretch=2
        ),
        text_column(
            "title", _("Requirement"), lambda one: one.title, under=lambda one: one.code, stretch=2
        ),
        text_column("org_unit", _("Department"), lambda one: one.org_unit, fold_below=1000),
        day_column("due_on", _("Due"), lambda one: one.due_on),
        text_column(
            "valid", _("Valid until"), _validity, width=118, stretch=0, sortable=False,
            fold_below=860,
        ),
        chip_column("state", _("Status"), status_of, width=190),
    ]  # fmt: skip


def _validity(one: AssignmentSummary) -> str:
    if one.valid_until is not None:
        return day(one.valid_until)
    return _("For good") if one.is_held else "–"


SPEC = ScreenSpec(
    key="assignments",
    title=mark("Assignments"),
    icon="list-todo",
    section=mark("Training"),
    needs=Capability.ASSIGN,
    factory=AssignmentsScreen,
)
