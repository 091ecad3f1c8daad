"""The tree of departments: who belongs where, adding below one, renaming, moving."""

from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.people import OrgUnit, OrgUnitId
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.form import Form
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Screen
from app.ui.kit.tables.columns import Column, number_column, text_column, tree_column
from app.ui.kit.tables.list_tools import ListTools
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.tabbed_lists import GrowingList
from app.ui.people.organisation_forms import (
    AboveField,
    NewForm,
    RenameForm,
    manages_site,
    outside,
)

Units = tuple[OrgUnit, ...]
_WHOLE_TREE = 1000
"""A tree is read from its top: pages of it would tear branches apart."""


class UnitList(GrowingList[OrgUnit]):
    """The departments on `host`, each under its parent, and what is done with one."""

    def __init__(self, host: Screen[Services]) -> None:
        self._host, self._desk = host, host.desk
        self._organisation = host.desk.services.people.organisation
        self._manages = host.desk.actor.may(Capability.MANAGE_PEOPLE)
        super().__init__(
            _("Departments"),
            _columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=host.desk.jobs,
            search=_("Search by name or code"),
            menu=self._actions,
            limit=_WHOLE_TREE,
            empty=EmptyState(
                _("No departments yet. Your HR file brings them along, or add the first here."),
                icon="building-2",
                action=_("Add a department") if self._manages else "",
                act=self.begin_adding,
            ),
        )
        self.opened.connect(self._show_people)
        self.tools = ListTools(host, self, key="org_units")

    @override
    def begin_adding(self, below: OrgUnit | None = None) -> None:
        """Ask what a new department is called, and what it is part of."""
        self._with_tree(partial(self._ask_new, below), what="new unit")

    def _with_tree(self, show: "partial[None]", *, what: str) -> None:
        organisation, actor = self._organisation, self._desk.actor
        self._host.load(lambda _progress: organisation.org_units(actor), show, what=what)

    def _fetch(self, request: PageRequest) -> Page[OrgUnit]:
        found = self._organisation.org_units(self._desk.actor, request.text)
        return Page.cut(found, request)

    def _actions(self, unit: OrgUnit) -> list[RowAction]:
        actions = [RowAction(_("Show its people"), partial(self._show_people, unit), "users")]
        if self._manages:
            actions += [
                RowAction(_("Add one below"), partial(self.begin_adding, unit), "plus"),
                RowAction(_("Rename"), partial(self._ask_name, unit), "pencil"),
                RowAction(_("Move"), partial(self._begin_moving, unit), "list-tree"),
            ]
        return actions

    def _show_people(self, unit: OrgUnit) -> None:
        self._desk.open("people", org_unit=str(unit.id))

    def _ask_new(self, below: OrgUnit | None, units: Units) -> None:
        above = self._above(units, None if below is None else below.id)
        form = NewForm(above)
        organisation, actor = self._organisation, self._desk.actor

        def wish() -> Wish[OrgUnitId]:
            code, name, parent = form.code.value(), form.name.value(), above.value()
            return Wish(
                partial(organisation.add_org_unit, actor, code, name, parent),
                _("{name} was added.").format(name=name),
            )

        open_form(
            self._host, _("Add a department"), form, wish, done=self.current.go_to, save=_("Add")
        )

    def _ask_name(self, unit: OrgUnit) -> None:
        form = RenameForm(unit.name)
        organisation, actor = self._organisation, self._desk.actor

        def wish() -> Wish[None]:
            name = form.name.value()
            return Wish(
                partial(organisation.rename_org_unit, actor, unit.id, name),
                _("{old} is now called {new}.").format(old=unit.name, new=name),
            )

        open_form(self._host, _("Rename"), form, wish, subtitle=f"{unit.name} · {unit.code}")

    def _begin_moving(self, unit: OrgUnit) -> None:
        self._with_tree(partial(self._ask_place, unit), what="move")

    def _ask_place(self, unit: OrgUnit, units: Units) -> None:
        above = self._above(outside(units, unit), unit.parent_id)
        form = Form()
        form.add(above)
        organisation, actor = self._organisation, self._desk.actor

        def wish() -> Wish[None]:
            return Wish(
                partial(organisation.move_org_unit, actor, unit.id, above.value()),
                _("{name} was moved, with all below it.").format(name=unit.name),
            )

        open_form(
            self._host,
            _("Move"),
            form,
            wish,
            save=_("Move"),
            subtitle=f"{unit.name} · {unit.code}",
        )

    def _above(self, units: Units | list[OrgUnit], chosen: OrgUnitId | None) -> AboveField:
        return AboveField(units, chosen, with_top=manages_site(self._desk.actor))


def _columns() -> list[Column[OrgUnit]]:
    return [
        tree_column("name", _("Department"), lambda one: one.name, lambda one: one.depth),
        text_column("code", _("Code"), lambda one: one.code, width=130, sortable=False),
        text_column(
            "parent",
            _("Part of"),
            lambda one: one.parent,
            width=160,
            sortable=False,
            fold_below=900,
        ),
        number_column("people", _("People"), lambda one: one.people, width=90, sortable=False),
        number_column(
            "people_within",
            _("With all below"),
            lambda one: one.people_within,
            width=140,
            sortable=False,
        ),
    ]
