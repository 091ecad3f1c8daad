"""The job roles: how many people have each, adding one, renaming."""

from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.people import JobRole, JobRoleId
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Screen
from app.ui.kit.tables.columns import Column, number_column, text_column
from app.ui.kit.tables.list_tools import ListTools
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.tabbed_lists import GrowingList
from app.ui.people.describing_roles import ask_description
from app.ui.people.organisation_forms import NewForm, RenameForm, manages_site


class RoleList(GrowingList[JobRole]):
    """The job roles on `host`, and what is done with one. They belong to the whole site."""

    def __init__(self, host: Screen[Services]) -> None:
        self._host, self._desk = host, host.desk
        self._organisation = host.desk.services.people.organisation
        self._manages = manages_site(host.desk.actor)
        super().__init__(
            _("Job roles"),
            _columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=host.desk.jobs,
            search=_("Search by name or code"),
            menu=self._actions if self._manages else None,
            empty=EmptyState(
                _("No job roles yet. Your HR file brings them along, or add the first here."),
                icon="briefcase",
                action=_("Add a job role") if self._manages else "",
                act=self.begin_adding,
            ),
        )
        if self._manages:
            self.opened.connect(self._ask_name)
        self.tools = ListTools(host, self, key="job_roles")

    @override
    def begin_adding(self) -> None:
        """Ask what a new job role is called."""
        form = NewForm()
        organisation, actor = self._organisation, self._desk.actor

        def wish() -> Wish[JobRoleId]:
            code, name = form.code.value(), form.name.value()
            return Wish(
                partial(organisation.add_job_role, actor, code, name),
                _("{name} was added.").format(name=name),
            )

        open_form(
            self._host, _("Add a job role"), form, wish, done=self.current.go_to, save=_("Add")
        )

    def _fetch(self, request: PageRequest) -> Page[JobRole]:
        found = self._organisation.job_roles(self._desk.actor, request.text)
        return Page.cut(found, request)

    def _actions(self, role: JobRole) -> list[RowAction]:
        renaming = RowAction(_("Rename"), partial(self._ask_name, role), "pencil")
        if not self._desk.actor.may(Capability.ASSIGN):
            return [renaming]
        describing = partial(ask_description, self._host, role, self.refresh)
        return [renaming, RowAction(_("Job description"), describing, "file-text")]

    def _ask_name(self, role: JobRole) -> None:
        form = RenameForm(role.title)
        organisation, actor = self._organisation, self._desk.actor

        def wish() -> Wish[None]:
            name = form.name.value()
            return Wish(
                partial(organisation.rename_job_role, actor, role.id, name),
                _("{old} is now called {new}.").format(old=role.title, new=name),
            )

        open_form(self._host, _("Rename"), form, wish, subtitle=f"{role.title} · {role.code}")


def _columns() -> list[Column[JobRole]]:
    return [
        text_column("title", _("Job role"), lambda one: one.title, width=240, sortable=False),
        text_column("code", _("Code"), lambda one: one.code, width=130, sortable=False),
        number_column("people", _("People"), lambda one: one.people, width=110, sortable=False),
    ]
