"""The list of people: search, filter, add, import, open."""

from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _, mark
from app.core.people import (
    GATE_PASS_DAYS,
    HomeSite,
    JobRole,
    OrgUnit,
    PassState,
    PersonId,
    PersonSummary,
    Reads,
    SignInState,
)
from app.core.people.shifts import ListedShift, word_of
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.sheets import FormSheet
from app.ui.kit.shortcuts import give_keys
from app.ui.kit.tables.columns import Column, chip_column, day_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable, RowAction, View
from app.ui.people.chosen_people import ChosenPeople
from app.ui.people.person_form import PersonForm
from app.ui.people.pin_slips import offer_slips
from app.ui.people.words import STATES, kind_words, reads_words, state_of

_Places = tuple[tuple[OrgUnit, ...], tuple[JobRole, ...]]
_Shifts = tuple[ListedShift, ...]
_Sites = tuple[HomeSite, ...]

_CHIPS = (SignInState.LOCKED, SignInState.CLOSED, SignInState.NO_PIN, SignInState.NO_ACCOUNT)
"""What an administrator does something about."""
_COMBO_LETTERS, _SHIFT_LETTERS, _SITE_LETTERS = 16, 8, 10


class PeopleScreen(ListScreen[Services, PersonSummary]):
    """Everybody the actor may see."""

    topics = frozenset(
        {
            *("person", "placement", "person_job_role", "person_listing", "org_unit", "job_role"),
            *("account", "sign_in_guard", "shift"),
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk, title=_("People"), subtitle=_("Everybody whose training is recorded.")
        )
        self._add_actions()
        table = self._make_table()
        table.filters.add("active", "yes", _("Here now"), on=True)
        table.filters.add("active", "no", _("Left"))
        for state in _CHIPS:
            table.filters.add("sign_in", state.value, _(STATES[state][0]))
        table.filters.add("reads", Reads.ALONG.value, reads_words(Reads.ALONG))
        table.filters.add("gate_pass", PassState.OVER, _("Gate pass over"))
        ends = _("Gate pass ends within {count} days").format(count=GATE_PASS_DAYS)
        table.filters.add("gate_pass", PassState.ENDS, ends)
        self.units = ComboBox(_("Department"))
        self.units.keep_width(_COMBO_LETTERS)
        self.shifts = ComboBox(_("Shift"))
        self.shifts.keep_width(_SHIFT_LETTERS)
        self.sites = ComboBox(_("Site"))
        self.sites.keep_width(_SITE_LETTERS)
        self._boxes = ((self.sites, "site"), (self.units, "org_unit"), (self.shifts, "shift"))
        for box, key in self._boxes:
            box.activated.connect(partial(self._filter, box, key))
            table.add_to_bar(box)
        self.sites.hide()
        self.shifts.hide()
        table.opened.connect(self._open)
        self.put_list(
            table, key="people", words_of=self._filter_words, leaving=self._fetch_what_may_leave
        )
        if not self.desk.actor.by_own_roles().may(Capability.VIEW_PEOPLE):
            self.tools.keep_in()
        self.tools.looked_otherwise.connect(self._follow_view)
        self.chosen = ChosenPeople(self, table, self._fetch)

    def _add_actions(self) -> None:
        desk, add = self.desk, self.header.add_action
        open_organisation = partial(desk.open, "organisation")
        add(plain(_("Departments"), "building-2").on_press(open_organisation))
        if desk.actor.may(Capability.MANAGE_ACCOUNTS):
            open_visits = partial(desk.open, "auditor_visits")
            add(plain(_("Auditors' visits"), "shield-check").on_press(open_visits))
        if desk.actor.may(Capability.MANAGE_SITE):
            open_twice = partial(desk.open, "same_person")
            self.twice_button = plain(_("Same person?"), "git-compare").on_press(open_twice)
            self.twice_button.hide()
            add(self.twice_button)
        if desk.actor.may(Capability.ERASE_PEOPLE):
            open_erasures = partial(desk.open, "erasures")
            add(plain(_("Erasures"), "user-x").on_press(open_erasures))
        if desk.actor.may(Capability.MANAGE_PEOPLE):
            open_import = partial(desk.open, "people_import")
            add(plain(_("Import people"), "upload").on_press(open_import))
            new = primary(_("Add a person"), "plus").on_press(self.begin_adding)
            add(give_keys(self, new, "Ctrl+N"))

    def _make_table(self) -> DataTable[PersonSummary]:
        may, actor = self.desk.actor.may, self.desk.actor
        are_several = bool(self.desk.services.people.organisation.sites(actor))
        return DataTable(
            _("People"),
            _columns(are_several),
            self._fetch,
            key=lambda one: one.id,
            jobs=self.desk.jobs,
            search=_("Search by name or number"),
            sort=Sort("name"),
            menu=self._menu,
            selectable=may(Capability.GIVE_TRAINING) or may(Capability.MANAGE_ACCOUNTS),
            empty=EmptyState(
                _("Nobody yet. Import your HR file, or add the first person."),
                icon="users",
                action=_("Import people"),
                act=partial(self.desk.open, "people_import"),
            ),
        )

    @override
    def enter(self, **args: object) -> None:
        """Take the department or the shift whose people are to be shown, or the numbers of those who need a PIN."""
        if "slips_for" in args:
            offer_slips(self, str(args["slips_for"]).split())
        chosen = [(key, str(args[key])) for key in ("org_unit", "shift") if key in args]
        if chosen:
            look = self.table.look()
            request = look.request.searching("").filtered_by([("active", "yes"), *chosen])
            self.table.set_look(View(request=request, hidden=look.hidden))

    @override
    def refresh(self) -> None:
        """Load the list and the departments."""
        self.table.refresh()
        self.load(self._places, self._show_units, what="units")
        shifts, actor = self.desk.services.people.shifts, self.desk.actor
        self.load(lambda _progress: shifts.all(actor), self._show_shifts, what="shifts")
        organisation = self.desk.services.people.organisation
        self.load(lambda _progress: organisation.sites(actor), self._show_sites, what="sites")
        if self.desk.actor.may(Capability.MANAGE_SITE):
            self.load(self._twice, self.twice_button.setVisible, what="twice")

    def _fetch(self, request: PageRequest) -> Page[PersonSummary]:
        return self.desk.services.people.list_people(self.desk.actor, request)

    def _fetch_what_may_leave(self, request: PageRequest) -> Page[PersonSummary]:
        """Fetch whom the actor sees by roles of their own: giving training for somebody lends the look alone."""
        return self.desk.services.people.list_people(self.desk.actor.by_own_roles(), request)

    def _places(self, _progress: object) -> _Places:
        organisation = self.desk.services.people.organisation
        return organisation.org_units(self.desk.actor), organisation.job_roles(self.desk.actor)

    def _twice(self, _progress: object) -> bool:
        return self.desk.services.people.merging.is_anybody_twice(self.desk.actor)

    def _show_units(self, places: _Places) -> None:
        self.units.clear()
        self.units.addItem(_("All departments"), None)
        for unit in places[0]:
            self.units.addItem(unit.called, str(unit.id))
        self._follow_view()

    def _show_shifts(self, found: _Shifts) -> None:
        self.shifts.clear()
        self.shifts.addItem(_("Any shift"), None)
        for one in found:
            self.shifts.addItem(one.name or _("None written"), word_of(one.name))
        self.shifts.setVisible(any(one.name for one in found))
        self._follow_view()

    def _show_sites(self, found: _Sites) -> None:
        self.sites.clear()
        self.sites.addItem(_("All sites"), None)
        for one in found:
            self.sites.addItem(one.name, str(one.id))
        self.sites.setVisible(bool(found))
        self._follow_view()

    def _filter(self, box: ComboBox, key: str, _index: int) -> None:
        request = self.table.request()
        others = [pair for pair in request.filters if pair[0] != key]
        chosen = box.currentData()
        self.table.ask(request.filtered_by(others if chosen is None else [*others, (key, chosen)]))

    def _filter_words(self, pair: tuple[str, str]) -> str:
        box = {key: box for box, key in self._boxes}.get(pair[0])
        return "" if box is None else box.itemText(box.findData(pair[1]))

    def _follow_view(self) -> None:
        for box, key in self._boxes:
            chosen = self.table.request().values(key)
            box.setCurrentIndex(max(box.findData(chosen[0]) if chosen else 0, 0))

    def _open(self, person: PersonSummary) -> None:
        self.desk.open("person", person_id=person.id)

    def _menu(self, person: PersonSummary) -> list[RowAction]:
        return [RowAction(_("Open"), partial(self._open, person), "user")]

    def begin_adding(self) -> None:
        """Ask who is to be added."""
        self.load(self._places, self._show_form, what="form")

    def _show_form(self, places: _Places) -> None:
        form = PersonForm(*places)
        sheet = FormSheet(self, _("Add a person"), form, save=_("Add"))
        sheet.save_asked.connect(partial(self._save, sheet, form))
        sheet.open()

    def _save(self, sheet: FormSheet, form: PersonForm) -> None:
        new, people, actor = form.new_person(), self.desk.services.people, self.desk.actor
        self.desk.jobs.run(
            lambda _progress: people.add(actor, new),
            done=partial(self._added, sheet, new.name),
            failed=sheet.refused,
            owner=self,
        )

    def _added(self, sheet: FormSheet, name: str, person_id: PersonId) -> None:
        sheet.saved()
        self.desk.toast(_("{name} was added.").format(name=name))
        self.desk.open("person", person_id=person_id)


def _columns(are_several_sites: bool) -> list[Column[PersonSummary]]:
    """Return what is told of each; of which site they are where people of several lie together."""
    site: Column[PersonSummary] = text_column(
        "site", _("Site"), lambda one: one.site, width=150, sortable=False, fold_below=1150
    )
    return [
        text_column(
            "name", _("Name"), lambda one: one.name, under=lambda one: one.name_local, width=220
        ),
        text_column("number", _("Number"), lambda one: one.number, width=110),
        *([site] if are_several_sites else []),
        text_column("org_unit", _("Department"), lambda one: one.org_unit),
        text_column("job_role", _("Job role"), lambda one: one.job_role, fold_below=1100),
        text_column(
            "kind",
            _("Kind"),
            lambda one: kind_words(one.kind),
            width=110,
            sortable=False,
            fold_below=1250,
        ),
        text_column(
            "reads",
            _("Reading"),
            lambda one: reads_words(one.reads) if one.reads is Reads.ALONG else "",
            width=130,
            sortable=False,
            fold_below=1500,
        ),
        text_column(
            "gate_pass",
            _("Gate pass"),
            lambda one: one.gate_pass.number,
            width=110,
            sortable=False,
            fold_below=1400,
        ),
        day_column(
            "gate_pass_until",
            _("Gate pass till"),
            lambda one: one.gate_pass.until,
            sortable=False,
            fold_below=1050,
        ),
        chip_column("state", _("State"), state_of, sortable=False),
    ]


SPEC = ScreenSpec(
    key="people",
    title=mark("People"),
    icon="users",
    section=mark("People"),
    needs=Capability.VIEW_PEOPLE,
    factory=PeopleScreen,
)
