"""The grid of what is asked of whom: marked by mouse or keys, tried, and applied all at once."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import number
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.training.matrix import (
    NEED_LETTERS,
    NEEDS,
    Cell,
    CellEdit,
    Grid,
    MatrixImpact,
    Need,
    PastEntry,
    Proposal,
    RunOfMatrix,
    WaitingCells,
)
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Screen
from app.ui.kit.shortcuts import give_keys
from app.ui.kit.tables.grid import GridMark, GridView
from app.ui.kit.tables.legend import Legend
from app.ui.kit.tables.menus import RowAction, show_row_menu
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.matrix_forms import ImpactForm
from app.ui.training.matrix_model import NEED_TONES, NEXT, AskedModel, count_in_words
from app.ui.training.matrix_sheets import CellSheet


class AskedPart(QWidget):
    """The grid with its searches and its day, and the bar of what is marked."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__()
        self._host = host
        self._matrix = host.desk.services.training.matrix
        self._may_change = host.desk.actor.scope_of(Capability.ASSIGN) is None
        self._has_begun = False
        self._waits: WaitingCells | None = None
        lines = column(self, gap=12)
        self.row_search = SearchBox(_("Job role or audience"))
        self.column_search = SearchBox(_("Requirement"))
        self.as_of = DateField(_("As it stands on"), self._today())
        self.as_of.stand_in_a_bar()
        self.tools = (self.row_search, self.column_search, self.as_of)
        self.model = AskedModel(self)
        self.view = GridView(_("Requirements by job role"), self.model)
        lines.addWidget(self.view, 1)
        self.waiting = Banner("", Tone.WARNING)
        self.waiting.add_action(_("Carry out"), self._ask_run)
        self.waiting.hide()
        lines.addWidget(self.waiting)
        self.empty = EmptyState(
            _("There are no job roles or no requirements yet: a matrix is made of both."),
            icon="grid-3x3",
            action=_("Requirements"),
            act=partial(host.desk.open, "requirements"),
        )
        self.empty.hide()
        lines.addWidget(self.empty, 1)
        lines.addWidget(
            Legend(
                [
                    GridMark(NEED_LETTERS[one], _(NEEDS[one]), NEED_TONES[one])
                    for one in (Need.MANDATORY, Need.RECOMMENDED)
                ]
            )
        )
        lines.addWidget(self._made_bar())
        self._connect()

    def refresh(self) -> None:
        """Load the matrix of the day, and what was marked before."""
        matrix, actor, on = self._matrix, self._host.desk.actor, self.as_of.value()

        def work(_progress: Progress) -> tuple[Grid, tuple[CellEdit, ...]]:
            return matrix.grid(actor, on), matrix.drafts.mine(actor)

        self._host.load(work, self._show, what="asked")
        if self._may_change:
            self._host.load(
                lambda _progress: matrix.waiting(actor), self._show_waiting, what="waiting"
            )

    def focus_first(self) -> None:
        """Put the keys into the grid."""
        self.view.setFocus()

    def mark(self, row_: int, column_: int, need: Need, until: date | None = None) -> None:
        """Mark a cell, for good or up to a day, and keep the mark on this PC."""
        self.model.set_need(row_, column_, need, until)

    def look_at_impact(self) -> None:
        """Say what applying the marks would do, and let them be applied."""
        proposal = Proposal(edits=self.model.edits())
        matrix, actor = self._matrix, self._host.desk.actor
        self._host.load(
            lambda _progress: matrix.try_out(actor, proposal, matrix.first_day(actor, proposal)),
            partial(self.show_impact, proposal),
            what="impact",
        )

    def show_impact(self, proposal: Proposal, impact: MatrixImpact) -> None:
        """Show what a change would do, in a form that applies it."""
        form = ImpactForm(impact, self._cells_in_words, self._today())
        matrix, actor, host = self._matrix, self._host.desk.actor, self._host
        shown_for = [impact.effective_on]

        def wish() -> Wish[RunOfMatrix]:
            on, reason, said = form.on.value(), form.reason.value(), form.confirmed()
            told = _("The matrix is changed.")
            if on is not None and on > self._today():
                told = _("The matrix will change on that day.")
            return Wish(
                lambda: matrix.apply(actor, proposal, reason=reason, on=on, confirmed=said), told
            )

        def try_again() -> None:
            on = form.on.value()
            if on is None or on in shown_for or on < self._today():
                return
            shown_for[:] = [on]
            host.load(
                lambda _progress: matrix.try_out(actor, proposal, on),
                form.show_impact,
                what="impact",
            )

        form.edited.connect(try_again)
        open_form(
            host,
            _("What the change does"),
            form,
            wish,
            save=_("Apply"),
            done=lambda _done: self._applied(proposal),
        )

    def _show_waiting(self, waiting: WaitingCells) -> None:
        self._waits = waiting
        self.waiting.setVisible(waiting.is_anything)
        self.waiting.set_text(
            _(
                "Held back, because it reaches many: {new} new assignments, {ended} that end."
            ).format(new=number(waiting.assigned), ended=number(waiting.cancelled))
        )

    def _ask_run(self) -> None:
        """Carry out what was held back, once somebody has seen the number."""
        waits, matrix, actor = self._waits, self._matrix, self._host.desk.actor
        if waits is None:
            return
        question = Question(
            title=_("It reaches many people."),
            text=_(
                "Carrying the matrix out changes something for {count} of {here} people."
            ).format(count=number(waits.people), here=number(waits.here)),
            yes=_("That is meant"),
            careful=True,
        )
        self._host.desk.confirm(
            question,
            lambda _reason: self._host.act(
                lambda _progress: matrix.run(actor, confirmed=waits.people),
                lambda _done: self.refresh(),
            ),
        )

    def _applied(self, proposal: Proposal) -> None:
        if proposal.edits:
            self.model.begin_anew()
        self.refresh()

    def _made_bar(self) -> QWidget:
        self.bar = QWidget()
        line = row(self.bar, gap=10)
        self.count = PlainLabel("", TextRole.STRONG)
        line.addWidget(self.count, 1)
        self.undo_button = plain(_("Undo"), "undo-2").on_press(self.model.undo)
        give_keys(self, self.undo_button, "Ctrl+Z")
        self.forget_button = plain(_("Take the marks away"), "x").on_press(self.model.forget)
        self.impact_button = primary(_("See what it does"), "eye").on_press(self.look_at_impact)
        line.addWidget(self.undo_button)
        line.addWidget(self.forget_button)
        line.addWidget(self.impact_button)
        self.bar.hide()
        return self.bar

    def _connect(self) -> None:
        self.row_search.searched.connect(self._narrow)
        self.column_search.searched.connect(self._narrow)
        self.as_of.edited.connect(self.refresh)
        self.model.edited.connect(self._edited)
        self.view.pressed_at.connect(self._toggle)
        self.view.cleared_at.connect(lambda one, other: self.mark(one, other, Need.NOTHING))
        self.view.told_at.connect(self.tell)
        self.view.menu_at.connect(self._offer)

    def _show(self, found: tuple[Grid, tuple[CellEdit, ...]]) -> None:
        grid, edits = found
        at = self.view.current()
        is_today = (self.as_of.value() or self._today()) == self._today()
        marked = self.model.edits() if self._has_begun else edits  # what was marked meanwhile stays
        self._has_begun = True
        self.model.show_grid(grid, marked, may_change=self._may_change and is_today)
        if at is not None and at[0] < len(self.model.rows) and at[1] < len(self.model.columns):
            self.view.go_to(*at)
        is_empty = not (grid.rows and grid.columns)
        self.empty.setVisible(is_empty)
        self.view.setVisible(not is_empty)
        self._show_bar()

    def _narrow(self, _words: str) -> None:
        self.model.narrow(self.row_search.text(), self.column_search.text())

    def _toggle(self, row_: int, column_: int) -> None:
        if not self.model.may_change:
            self.tell(row_, column_)
            return
        self.mark(row_, column_, NEXT[self.model.need(row_, column_)])

    def _edited(self) -> None:
        self._show_bar()
        drafts, actor, edits = self._matrix.drafts, self._host.desk.actor, self.model.edits()
        self._host.desk.jobs.run(
            lambda _progress: drafts.keep(actor, edits),
            failed=self._host.desk.tell_error,
            owner=self,
        )

    def _show_bar(self) -> None:
        count = len(self.model.edits())
        self.bar.setVisible((bool(count) or self.model.can_undo) and self.model.may_change)
        self.undo_button.setEnabled(self.model.can_undo)
        self.forget_button.setEnabled(bool(count))
        self.impact_button.setEnabled(bool(count))
        self.count.setText(count_in_words(count))

    def tell(self, row_: int, column_: int) -> None:
        """Show the days of a cell."""
        cell = self.model.cell(row_, column_)
        matrix, actor = self._matrix, self._host.desk.actor
        self._host.load(
            lambda _progress: matrix.history(actor, cell),
            partial(self._show_cell, cell, row_, column_),
            what="cell",
        )

    def _show_cell(
        self, cell: Cell, row_: int, column_: int, history: tuple[PastEntry, ...]
    ) -> None:
        grid = self.model.grid()
        doubts = sorted(grid.in_doubt.get(cell, ())) if grid is not None else []
        mark: Callable[[Need, date | None], None] | None = None
        if self.model.may_change:
            mark = partial(self.mark, row_, column_)
        until = self.model.until(row_, column_)
        CellSheet(self._host, self.model.titles(cell), history, doubts, mark, until).open()

    def _offer(self, row_: int, column_: int, place: QPoint) -> None:
        actions = [
            RowAction(_("Days and history"), partial(self.tell, row_, column_), "calendar-days")
        ]
        if self.model.may_change:
            actions += [
                RowAction(
                    f"{NEED_LETTERS[need]}  {_(NEEDS[need])}",
                    partial(self.mark, row_, column_, need),
                )
                for need in Need
            ]
        show_row_menu(self.view, actions, place)

    def _cells_in_words(self, impact: MatrixImpact) -> list[str]:
        lines = [
            _("{cell}: {gain} gain, {lose} lose, {keep} as before").format(
                cell=self.model.titles(one.cell), gain=one.gain, lose=one.lose, keep=one.keep
            )
            for one in impact.cells[:12]
        ]
        more = len(impact.cells) - len(lines)
        if more > 0:
            lines.append(plural("and {count} more cell", "and {count} more cells", more))
        return lines

    def _today(self) -> date:
        return local_day(self._host.desk.clock)
