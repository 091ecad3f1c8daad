"""The training matrix: what is asked of whom, and where everybody stands."""

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.egress import Document
from app.core.people import JobRole
from app.core.training.matrix import Gap
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.handing_out import save_document
from app.ui.kit.layouts import FlowLayout
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.training.matrix_asked import AskedPart
from app.ui.training.matrix_forms import GapForm
from app.ui.training.matrix_people import PeoplePart
from app.ui.training.matrix_sets import MatrixSets
from app.ui.training.matrix_sheets import GapSheet

ASKED, PEOPLE = "asked", "people"


class MatrixScreen(Screen[Services]):
    """Two grids under two tabs."""

    topics = frozenset(
        {"matrix_entry", "curriculum", "curriculum_item", "audience", "requirement", "job_role",
         "assignment", "assignment_event", "requirement_credit", "course_completion", "completion_withdrawal", "person"}
    )  # fmt: skip
    scrolls = False

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Training matrix"),
            subtitle=_("What is asked of whom, and where everybody stands."),
        )
        self._matrix = desk.services.training.matrix
        self.asked, self.people = AskedPart(self), PeoplePart(self)
        self.sets = MatrixSets(self, self.asked.show_impact)
        buttons = (
            (_("Another job role"), "user-check", self._ask_gap),
            (_("Curricula"), "list-tree", self.sets.ask_curricula),
            (_("Audiences"), "users-round", self.sets.ask_audiences),
            (_("Print"), "printer", self._ask_print),
        )
        for words, icon, act in buttons:
            self.header.add_action(plain(words, icon).on_press(act))
        self.tabs = SegmentedTabs(
            _("Training matrix"),
            [(ASKED, _("What is asked")), (PEOPLE, _("Where everybody stands"))],
        )
        self.tabs.chosen.connect(self.show_part)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.asked)
        self._stack.addWidget(self.people)
        card = Card(margin=16)
        tools = QWidget()
        flow = FlowLayout(tools, gap=10)
        for part in (self.tabs, *self.asked.tools, *self.people.tools):
            flow.addWidget(part)
        card.body.addWidget(tools)
        card.body.addWidget(self._stack, 1)
        self.body.addWidget(card, 1)
        self._show_part()

    @override
    def enter(self, **args: object) -> None:
        """Show the grid of people where the screen was opened so."""
        if args.get("part") in {ASKED, PEOPLE}:
            self.tabs.choose(str(args["part"]))
            self._show_part()

    @override
    def refresh(self) -> None:
        """Load the grid that is seen."""
        self._part().refresh()

    @override
    def focus_first(self) -> None:
        """Put the keys into the grid."""
        self._part().focus_first()

    def show_part(self, _key: str) -> None:
        """Show the other grid."""
        self._show_part()
        self._part().refresh()

    def _show_part(self) -> None:
        self._stack.setCurrentWidget(self._part())
        for part in (self.asked, self.people):
            for tool in part.tools:
                tool.setVisible(part is self._part())

    def _part(self) -> AskedPart | PeoplePart:
        return self.asked if self.tabs.key() == ASKED else self.people

    def _ask_print(self) -> None:
        name = _("training-matrix") + ".pdf"
        ask_where(self, _("Save PDF"), name, self.save_paper)

    def save_paper(self, path: Path) -> None:
        """Write the grid that is seen as a PDF, A3 across."""
        matrix, actor = self._matrix, self.desk.actor
        on = self.asked.as_of.value()
        request, said = self.people.request(), self.people.filters_in_words()
        then = self.people.moment()
        is_asked = self.tabs.key() == ASKED

        def make(_progress: Progress) -> Document:
            if is_asked:
                return matrix.paper(actor, on)
            return matrix.people.paper(actor, request, said, *then)

        save_document(self, path, make)

    def _ask_gap(self) -> None:
        organisation, actor = self.desk.services.people.organisation, self.desk.actor
        self.load(lambda _progress: organisation.job_roles(actor), self._open_gap, what="roles")

    def _open_gap(self, roles: tuple[JobRole, ...]) -> None:
        form = GapForm(roles)
        people, matrix, actor = self.desk.services.people, self._matrix, self.desk.actor

        def wish() -> Wish[Gap]:
            number, role = form.person.value(), form.role.value()
            ids = [] if role is None else [role.id]
            return Wish(
                lambda: matrix.gap(actor, people.find(actor, number).id, ids),
                _("Nothing was changed."),
            )

        open_form(
            self,
            _("What would another job role ask?"),
            form,
            wish,
            save=_("Tell"),
            done=lambda gap: GapSheet(self, gap).open(),
        )


SPEC = ScreenSpec(
    key="matrix",
    title=mark("Training matrix"),
    icon="grid-3x3",
    section=mark("Training"),
    needs=Capability.ASSIGN,
    factory=MatrixScreen,
)
