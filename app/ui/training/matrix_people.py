"""The grid of where everybody stands: a letter and a colour a cell, narrowed by department, role and shift."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from app.core.base.clock import start_of
from app.core.base.figures import day
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people import JobRole, OrgUnit
from app.core.training.matrix import MARKS, GridColumn, PersonLine, StandingMark
from app.services import Services
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Screen
from app.ui.kit.tables.grid import GridMark, GridView
from app.ui.kit.tables.legend import Legend
from app.ui.kit.tables.menus import RowAction, show_row_menu
from app.ui.kit.theme import TextRole
from app.ui.training.assignment_acts import AssignmentActs
from app.ui.training.assignment_sheet import AssignmentSheet
from app.ui.training.matrix_model import MARK_TONES, PAGE, PeopleModel, people_in_words
from app.ui.training.waiting import FoundAssignment, found_assignment

Moment = tuple[date | None, datetime | None]
_Shown = tuple[tuple[GridColumn, ...], Page[PersonLine], tuple[str, ...]]
Choices = tuple[tuple[OrgUnit, ...], tuple[JobRole, ...], tuple[str, ...]]


class PeoplePart(QWidget):
    """The grid with its filters."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__()
        self._host = host
        self._grid = host.desk.services.training.matrix.people
        self._acts = AssignmentActs(host)
        self._is_offering = False
        lines = column(self, gap=12)
        self.search = SearchBox(_("Find a person"))
        self.unit: ComboField[str] = ComboField(_("Department"), [("", _("Any department"))])
        self.role: ComboField[str] = ComboField(_("Job role"), [("", _("Any job role"))])
        self.shift: ComboField[str] = ComboField(_("Shift"), [("", _("Any shift"))])
        for field in (self.unit, self.role, self.shift):
            field.stand_in_a_bar()
            field.combo.keep_width(9)
        self.as_of = DateField(_("As it stood on"), empty=_("As of now"))
        self.known_at = DateField(_("As it was known on"), empty=_("As known now"))
        for day_field in (self.as_of, self.known_at):
            day_field.stand_in_a_bar()
        self.count = PlainLabel("", TextRole.MUTED)
        self.tools = (
            self.search, self.unit, self.role, self.shift, self.as_of, self.known_at, self.count,
        )  # fmt: skip
        self.told = Banner("")
        self.told.hide()
        lines.addWidget(self.told)
        self.model = PeopleModel(self)
        self.view = GridView(_("People by requirement"), self.model)
        lines.addWidget(self.view, 1)
        self.empty = EmptyState(
            _("Nobody of those has to meet anything. Choose others, or fill the matrix."),
            icon="users-round",
        )
        self.empty.hide()
        lines.addWidget(self.empty, 1)
        self.legend = Legend([])
        lines.addWidget(self.legend)
        self._connect()

    def refresh(self) -> None:
        """Load the people, and what there is to narrow them by."""
        services, actor = self._host.desk.services, self._host.desk.actor
        organisation, grid = services.people.organisation, self._grid

        def work(_progress: Progress) -> Choices:
            return organisation.org_units(actor), organisation.job_roles(actor), grid.shifts(actor)

        if not self._is_offering:
            self._is_offering = True
            self._host.load(work, self._offer_choices, what="choices")
        self._ask()

    def focus_first(self) -> None:
        """Put the keys into the grid."""
        self.view.setFocus()

    def moment(self) -> Moment:
        """Return as of when the grid is told: a day, and the end of the day up to which it was known."""
        known = self.known_at.value()
        return self.as_of.value(), None if known is None else start_of(known + timedelta(days=1))

    def request(self) -> PageRequest:
        """Return what the people are narrowed to."""
        chosen = (
            ("org_unit", self.unit.value()),
            ("role", self.role.value()),
            ("shift", self.shift.value()),
        )
        filters = [(key, value) for key, value in chosen if value]
        return PageRequest().filtered_by(filters).searching(self.search.text().strip())

    def filters_in_words(self) -> tuple[str, ...]:
        """Return the same for a paper."""
        fields = (self.unit, self.role, self.shift)
        words = [one.combo.currentText() for one in fields if one.value()]
        return (*words, *(text for text in [self.search.text().strip()] if text))

    def open_cell(self, row: int, column_: int) -> None:
        """Show everything about a cell: the assignment, why it is there, what can be done."""
        one = self.model.standpoint(row, column_)
        line = self.model.line(row)
        if one is None or line is None:
            return
        if one.assignment_id is None or self._looks_back():
            self._host.desk.toast(self.model.words(row, column_))
            return
        services, actor = self._host.desk.services, self._host.desk.actor
        wanted = one.assignment_id
        self._host.load(
            lambda _progress: found_assignment(services, actor, wanted),
            self._show_detail,
            what="detail",
        )

    def _connect(self) -> None:
        self.search.searched.connect(lambda _words: self._ask())
        for field in (self.unit, self.role, self.shift, self.as_of, self.known_at):
            field.edited.connect(self._ask)
        self.model.page_wanted.connect(self._fetch)
        self.view.pressed_at.connect(self.open_cell)
        self.view.told_at.connect(self.open_cell)
        self.view.menu_at.connect(self._offer)
        self.view.row_opened.connect(self._open_person)

    def _ask(self) -> None:
        grid, actor, request = self._grid, self._host.desk.actor, self.request()
        then = self.moment()

        def work(_progress: Progress) -> _Shown:
            columns = grid.columns(actor, request, *then)
            first = grid.page(actor, request.stretch(0, PAGE), *then)
            return columns, first, grid.told_as_of_now(*then)

        self._host.load(work, self._show, what="people")

    def _looks_back(self) -> bool:
        return self.moment() != (None, None)

    def _moment_in_words(self) -> Iterator[str]:
        on, known = self.as_of.value(), self.known_at.value()
        if on is not None:
            yield _("As it stood on {day}.").format(day=day(on))
        if known is not None:
            yield _("As it was known on {day}.").format(day=day(known))

    def _show(self, found: _Shown) -> None:
        columns, first, told = found
        self.told.set_text(" ".join((*self._moment_in_words(), *told)))
        self.told.setVisible(bool(told))
        at = self.view.current()
        self.model.begin(columns, first)
        if at is not None and at[0] < first.total and at[1] < len(columns):
            self.view.go_to(*at)
        is_empty = not (columns and first.total)
        self.empty.setVisible(is_empty)
        self.view.setVisible(not is_empty)
        self.count.setText(people_in_words(first.total))
        self._explain()

    def _explain(self) -> None:
        """Say what the letters mean that stand in what has come."""
        there = self.model.letters()
        self.legend.show_marks(
            [
                GridMark(one.value, _(MARKS[one]), MARK_TONES[one])
                for one in StandingMark
                if one in there
            ]
        )

    def _fetch(self, page: int) -> None:
        grid, actor, request = self._grid, self._host.desk.actor, self.request()
        then = self.moment()
        self._host.load(
            lambda _progress: grid.page(actor, request.stretch(page * PAGE, PAGE), *then),
            partial(self._add, page),
            what=f"page {page}",
        )

    def _add(self, page: int, found: Page[PersonLine]) -> None:
        self.model.add(page, found)
        self._explain()

    def _offer_choices(self, found: Choices) -> None:
        units, roles, shifts = found
        offered: tuple[tuple[ComboField[str], str, list[tuple[str, str]]], ...] = (
            (self.unit, _("Any department"), [(str(one.id), one.called) for one in units]),
            (self.role, _("Any job role"), [(str(one.id), one.called) for one in roles]),
            (self.shift, _("Any shift"), [(one, one) for one in shifts]),
        )
        for field, anything, choices in offered:
            field.set_choices([("", anything), *choices])

    def _show_detail(self, found: FoundAssignment) -> None:
        actions = self._acts.for_row(found.detail.summary)
        AssignmentSheet(self._host, found, actions).open()

    def _offer(self, row: int, column_: int, place: QPoint) -> None:
        """Offer what the sheet offers, too, without the way through it."""
        line, one = self.model.line(row), self.model.standpoint(row, column_)
        if line is None:
            return
        person = partial(self._host.desk.open, "person", person_id=line.person_id)
        actions = [
            RowAction(_("Everything about it"), partial(self.open_cell, row, column_), "history"),
            RowAction(_("Open the person"), person, "user"),
        ]

        def show(found: FoundAssignment) -> None:
            acts = self._acts.for_row(found.detail.summary)
            show_row_menu(self.view, [*actions, *acts], place)

        if one is None or one.assignment_id is None or self._looks_back():
            show_row_menu(self.view, actions, place)
            return
        services, actor, wanted = self._host.desk.services, self._host.desk.actor, one.assignment_id
        self._host.load(
            lambda _progress: found_assignment(services, actor, wanted), show, what="menu"
        )

    def _open_person(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None:
            self._host.desk.open("person", person_id=line.person_id)
