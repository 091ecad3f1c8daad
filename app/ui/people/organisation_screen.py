"""Where people belong and what they do there: the departments and the job roles."""

from functools import partial

from app.core.base.actor import Capability
from app.core.base.words import _, mark
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.tabbed_lists import TabbedListsScreen
from app.ui.people.organisation_forms import manages_site
from app.ui.people.role_list import RoleList
from app.ui.people.unit_list import UnitList


class OrganisationScreen(TabbedListsScreen[Services]):
    """Two lists, one of them shown."""

    topics = frozenset(
        {"org_unit", "job_role", "person", "placement", "person_job_role", "person_listing"}
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Departments and job roles"),
            subtitle=_("Where people belong, and what they do there."),
        )
        self.units, self.roles = UnitList(self), RoleList(self)
        add_unit = partial(self.begin_adding, self.units)
        add_role = partial(self.begin_adding, self.roles)
        add = self.header.add_action
        add(plain(_("Shifts"), "clock").on_press(partial(desk.open, "shifts")))
        if desk.actor.may(Capability.ASSIGN):
            add(plain(_("Committees"), "users").on_press(partial(desk.open, "committees")))
        if manages_site(desk.actor):
            add(plain(_("Add a job role"), "briefcase").on_press(add_role))
        if desk.actor.may(Capability.MANAGE_PEOPLE):
            add(primary(_("Add a department"), "plus").on_press(add_unit))
        self.put_lists(self.units, self.roles)


SPEC = ScreenSpec(
    key="organisation",
    title=mark("Departments and job roles"),
    icon="building-2",
    needs=Capability.VIEW_PEOPLE,
    factory=OrganisationScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="people",
)
