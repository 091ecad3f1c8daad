"""The training matrix: what is asked of whom, and where everybody stands."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.egress import Document
from app.core.people import JobRole
from app.core.training.matrix import (
    Curriculum,
    Gap,
    GridColumn,
    MatrixImpact,
    Proposal,
    SavedAudience,
)
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
from app.ui.training.matrix_forms import AudienceForm, CurriculumForm, GapForm
from app.ui.training.matrix_people import PeoplePart
from app.ui.training.matrix_sheets import (
    GapSheet,
    SetsSheet,
    audience_about,
    curriculum_about,
)
from app.ui.training.rule_forms import RuleChoices

ASKED, PEOPLE = "asked", "people"


class MatrixScreen(Screen[Services]):
    """Two grids under two tabs."""

    topics = frozenset(
        {"matrix_entry", "curriculum", "curriculum_item", "audience", "requirement", "job_role",
         "assignment", "assignment_event", "requirement_credit", "course_completion", "person"}
    )  # fmt: skip
    scrolls = False

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Training matrix"),
            subtitle=_("What is asked of whom, and where everybody stands."),
        )
        self._matrix = desk.services.training.matrix
        self._shapes = desk.actor.scope_of(Capability.ASSIGN) is None
        buttons = (
            (_("Another job role"), "user-check", self._ask_gap),
            (_("Curricula"), "list-tree", self._load_curricula),
            (_("Audiences"), "users-round", self._load_audiences),
            (_("Print"), "printer", self._ask_print),
        )
        for words, icon, act in buttons:
            self.header.add_action(plain(words, icon).on_press(act))
        self.tabs = SegmentedTabs(
            _("Training matrix"),
            [(ASKED, _("What is asked")), (PEOPLE, _("Where everybody stands"))],
        )
        self.tabs.chosen.connect(self.show_part)
        self.asked, self.people = AskedPart(self), PeoplePart(self)
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
        is_asked = self.tabs.key() == ASKED

        def make(_progress: Progress) -> Document:
            return (
                matrix.paper(actor, on) if is_asked else matrix.people.paper(actor, request, said)
            )

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

    def _load_curricula(self) -> None:
        curricula, actor = self._matrix.curricula, self.desk.actor
        self.load(lambda _progress: curricula.all(actor), self._show_curricula, what="sets")

    def _show_curricula(self, found: tuple[Curriculum, ...]) -> None:
        lines = [
            (f"{one.title} · {one.code}", curriculum_about(one), partial(self._ask_curriculum, one))
            for one in found
        ]
        add = (_("Add a curriculum"), partial(self._ask_curriculum, None))
        SetsSheet(
            self, _("Curricula"), lines, add if self._shapes else None,
            _("No curriculum yet: a named set of requirements, such as all that a new joiner needs."),
        ).open()  # fmt: skip

    def _ask_curriculum(self, known: Curriculum | None) -> None:
        matrix, actor = self._matrix, self.desk.actor

        def show(columns: tuple[GridColumn, ...]) -> None:
            form = CurriculumForm(columns, known)
            if known is None:
                self._add_curriculum(form)
            else:
                self._change(_("Change “{title}”").format(title=known.title), form, known)

        self.load(lambda _progress: matrix.grid(actor).columns, show, what="columns")

    def _add_curriculum(self, form: CurriculumForm) -> None:
        matrix, actor = self._matrix, self.desk.actor

        def wish() -> Wish[UUID]:
            code, title, parts = form.code.value(), form.title.value(), form.ids()
            return Wish(
                lambda: matrix.curricula.add(actor, code, title, parts),
                _("The curriculum is there: put it into the matrix."),
            )

        open_form(self, _("Add a curriculum"), form, wish)

    def _load_audiences(self) -> None:
        audiences, actor = self._matrix.audiences, self.desk.actor
        self.load(lambda _progress: audiences.all(actor), self._show_audiences, what="sets")

    def _show_audiences(self, found: tuple[SavedAudience, ...]) -> None:
        lines = [
            (f"{one.title} · {one.code}", audience_about(one), partial(self._ask_audience, one))
            for one in found
            if one.retired_on is None
        ]
        add = (_("Add an audience"), partial(self._ask_audience, None))
        SetsSheet(
            self, _("Audiences"), lines, add if self._shapes else None,
            _("No audience yet: a saved condition, such as all contractors of Plot 4."),
        ).open()  # fmt: skip

    def _ask_audience(self, known: SavedAudience | None) -> None:
        def show(choices: RuleChoices) -> None:
            form = AudienceForm(choices, known)
            if known is None:
                self._add_audience(form)
            else:
                self._change(_("Change “{title}”").format(title=known.title), form, known)

        self.load(self._choices, show, what="choices")

    def _add_audience(self, form: AudienceForm) -> None:
        matrix, actor = self._matrix, self.desk.actor

        def wish() -> Wish[UUID]:
            code, title, condition = form.code.value(), form.title.value(), form.condition()
            return Wish(
                lambda: matrix.audiences.add(actor, code, title, condition),
                _("The audience is there: say in the matrix what is asked of it."),
            )

        open_form(self, _("Add an audience"), form, wish)

    def _change(
        self, title: str, form: CurriculumForm | AudienceForm, known: Curriculum | SavedAudience
    ) -> None:
        """Ask what else it is to stand for, then say what that does before it is applied."""
        matrix, actor = self._matrix, self.desk.actor

        def proposal() -> Proposal:
            if isinstance(form, CurriculumForm):
                return Proposal(parts={known.id: form.ids()})
            return Proposal(conditions={known.id: form.condition()})

        def wish() -> Wish[tuple[Proposal, MatrixImpact]]:
            wanted = proposal()
            return Wish(
                lambda: (wanted, matrix.try_out(actor, wanted)),
                _("Nothing is changed yet: see what it does."),
            )

        open_form(
            self,
            title,
            form,
            wish,
            save=_("See what it does"),
            done=lambda found: self.asked.show_impact(*found),
        )

    def _choices(self, _progress: Progress) -> RuleChoices:
        organisation, actor = self.desk.services.people.organisation, self.desk.actor
        return RuleChoices(
            requirements=(),
            units=organisation.org_units(actor),
            roles=organisation.job_roles(actor),
        )


SPEC = ScreenSpec(
    key="matrix",
    title=mark("Training matrix"),
    icon="grid-3x3",
    section=mark("Training"),
    needs=Capability.ASSIGN,
    factory=MatrixScreen,
)
