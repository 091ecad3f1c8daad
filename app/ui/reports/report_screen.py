"""One report: searched, filtered, sorted, counted; exported and printed as it stands."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability
from app.core.base.errors import UserFacingError
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.reports import REPORTS, ReportOffer, Row
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.shortcuts import listen
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import TextRole
from app.ui.reports.columns import table_columns
from app.ui.reports.exporting import Exporter, Wanted
from app.ui.reports.filters import ActiveFilters, FilterForm, Pair, choices_of, named_choices
from app.ui.reports.sources_line import SourcesLine

_NUMBER = "number"
"""Key of the column that names a person."""


class ReportScreen(Screen[Services]):
    """Opened with `report` (a key) and perhaps `filters` (pairs)."""

    topics = frozenset(
        {
            "person",
            "placement",
            "person_job_role",
            "assignment",
            "course_completion",
            "completion_withdrawal",
            "certificate",
            "sign_in",
            "saved_file",
            "sent_file",
        }
    )
    scrolls = False

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Report"))
        self._offers = {one.key: one for one in desk.services.reports.offers(desk.actor)}
        self._named: dict[str, list[Pair]] = {}
        self._entered: tuple[str, tuple[Pair, ...]] | None = None
        self._first: PageRequest | None = None
        self.offer: ReportOffer | None = None
        self.exporter = Exporter(self, self.wanted)
        self.header.add_action(self.exporter.print_button())
        self.header.add_action(self.exporter.button())
        self.sources = SourcesLine(self)
        self.body.addWidget(self.sources)
        self.of_now = PlainLabel("", TextRole.MUTED, wrap=True)
        self.of_now.hide()
        self.body.addWidget(self.of_now)
        self.active = ActiveFilters()
        self.active.changed.connect(self.narrow)
        self.body.addWidget(self.active)
        card = Card(margin=16)
        self._holder = QWidget()
        self._place = column(self._holder, gap=0)
        card.body.addWidget(self._holder, 1)
        self.body.addWidget(card, 1)
        self.table: DataTable[Row] | None = None
        listen(self, "Ctrl+F", self.focus_first)

    def enter(self, **args: object) -> None:
        """Take which report, and how it is narrowed."""
        key, given = str(args.get("report", REPORTS[0].key)), args.get("filters", ())
        pairs = tuple((str(k), str(v)) for k, v in given) if isinstance(given, tuple) else ()
        if self._entered == (key, pairs) or key not in self._offers:
            return
        self._entered = (key, pairs)
        self.offer = offer = self._offers[key]
        self.header.set_words(offer.title, offer.question)
        clear(self._place)
        self.table = self._make_table(offer)
        self._first = self.table.request().filtered_by(pairs)
        self._place.addWidget(self.table)

    def refresh(self) -> None:
        """Fetch the rows, and the names that filters offer."""
        if self.table is not None:
            self.table.ask(self._first or self.table.request())
            self._first = None
            self._show_filters()
            self.sources.refresh()
            self._say_what_is_of_now()
            self.load(self._read_names, self._take_names, what="names")

    def focus_first(self) -> None:
        """Put the focus into the search."""
        if self.table is not None:
            self.table.search_box.setFocus()

    def narrow(self, pairs: Sequence[Pair]) -> None:
        """Narrow by those filters, and no others."""
        if self.table is not None:
            self.table.ask(self.table.request().filtered_by(pairs))
            self._show_filters()
            self._say_what_is_of_now()

    def _say_what_is_of_now(self) -> None:
        """Say under a look back what it tells as of now, because nothing says what it was."""
        assert self.table is not None  # noqa: S101  asked once a report is entered
        reports, actor, request = self.desk.services.reports, self.desk.actor, self.table.request()

        def show(lines: tuple[str, ...]) -> None:
            self.of_now.setVisible(bool(lines))
            self.of_now.setText(". ".join(lines))

        def refused(_error: UserFacingError) -> None:
            """Leave it to the table, which says so of the same request."""

        def look(_progress: Progress) -> tuple[str, ...]:
            return reports.told_as_of_now(actor, request)

        self.load(look, show, failed=refused, what="then")

    def open_filters(self) -> None:
        """Show every filter of the report in a sheet."""
        offer, table = self.offer, self.table
        if offer is None or table is None:
            return
        choices = choices_of(offer.filters, self._named)
        form = FilterForm(offer.filters, choices, table.request().filters)
        sheet = FormSheet(self, _("Filters"), form, save=_("Show"), subtitle=offer.title)
        sheet.save_asked.connect(partial(self._filtered, sheet, form))
        sheet.open()

    def _filtered(self, sheet: FormSheet, form: FilterForm) -> None:
        self.narrow(form.pairs())
        sheet.saved()

    def _make_table(self, offer: ReportOffer) -> DataTable[Row]:
        made: DataTable[Row] = DataTable(
            offer.title,
            table_columns(offer.columns),
            partial(self._fetch, offer.key),
            key=lambda row: row,
            jobs=self.desk.jobs,
            search=_("Search"),
            sort=offer.default_sort,
            empty=EmptyState(_("Nothing to report: there are no rows yet."), icon="table"),
            nothing_found=_("No row matches. Search for something else, or take filters off."),
        )
        made.opened.connect(self._open_row)
        if offer.filters:
            button = Button(_("Filters"), icon="funnel", dense=True)
            made.add_to_bar(button.on_press(self.open_filters))
        return made

    def _fetch(self, report: str, request: PageRequest) -> Page[Row]:
        return self.desk.services.reports.page(self.desk.actor, report, request)

    def _read_names(self, _progress: Progress) -> dict[str, list[Pair]]:
        return named_choices(self.desk.services, self.desk.actor)

    def _take_names(self, named: dict[str, list[Pair]]) -> None:
        self._named = named
        self._show_filters()

    def _show_filters(self) -> None:
        if self.offer is not None and self.table is not None:
            choices = choices_of(self.offer.filters, self._named)
            self.active.show_pairs(self.table.request().filters, self.offer.filters, choices)

    def wanted(self) -> Wanted:
        """Return what export and print take: the report as it stands on screen."""
        assert self.offer is not None  # noqa: S101  the buttons are of use only once entered
        request = self.table.request() if self.table is not None else PageRequest()
        return Wanted(report=self.offer.key, title=self.offer.title, request=request)

    def _open_row(self, row: Row) -> None:
        """Open the record of the person that a row is about."""
        keys = [column.key for column in self.offer.columns] if self.offer is not None else []
        may = self.desk.actor.may
        if _NUMBER not in keys or not (
            may(Capability.VIEW_PEOPLE) and may(Capability.VIEW_RECORDS)
        ):
            return
        wanted = str(row[keys.index(_NUMBER)] or "")
        people, actor = self.desk.services.people, self.desk.actor

        def find(_progress: Progress) -> UUID | None:
            found = people.list_people(actor, PageRequest(text=wanted)).rows
            return next((one.id for one in found if one.number == wanted), None)

        self.load(find, self._open_person, what="person")

    def _open_person(self, person_id: UUID | None) -> None:
        if person_id is not None:
            self.desk.open("dossier", person_id=person_id)
