"""Where people belong and what they do there: the departments and the job roles."""

from functools import partial

from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.words import _, mark
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.people.organisation_forms import manages_site
from app.ui.people.role_list import RoleList
from app.ui.people.unit_list import UnitList

_UNITS, _ROLES = "units", "roles"


class OrganisationScreen(Screen[Services]):
    """Two lists, one of them shown."""

    topics = frozenset(
        {"org_unit", "job_role", "person", "placement", "person_job_role", "person_listing"}
    )
    scrolls = False

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Departments and job roles"),
            subtitle=_("Where people belong, and what they do there."),
        )
        self.units, self.roles = UnitList(self), RoleList(self)
        add = self.header.add_action
        add(plain(_("Shifts"), "clock").on_press(partial(desk.open, "shifts")))
        if desk.actor.may(Capability.ASSIGN):
            add(plain(_("Committees"), "users").on_press(partial(desk.open, "committees")))
        if manages_site(desk.actor):
            add(plain(_("Add a job role"), "briefcase").on_press(self._add_role))
        if desk.actor.may(Capability.MANAGE_PEOPLE):
            add(primary(_("Add a department"), "plus").on_press(self._add_unit))
        self.tabs = SegmentedTabs(
            _("What is shown"), [(_UNITS, _("Departments")), (_ROLES, _("Job roles"))]
        )
        self.tabs.chosen.connect(self._choose)
        self._stack = QStackedWidget()
        for shown in (self.units, self.roles):
            self._stack.addWidget(shown)
        card = Card(margin=16)
        card.body.addWidget(self.tabs)
        card.body.addWidget(self._stack, 1)
        self.body.addWidget(card, 1)

    @override
    def refresh(self) -> None:
        """Load both lists."""
        self.units.refresh()
        self.roles.refresh()

    @override
    def focus_first(self) -> None:
        """Put the focus into the search of the list that is shown."""
        self._shown().search_box.setFocus()

    def _shown(self) -> UnitList | RoleList:
        return self.roles if self.tabs.key() == _ROLES else self.units

    def _choose(self, key: str) -> None:
        self.tabs.choose(key)
        self._stack.setCurrentWidget(self._shown())

    def _add_unit(self) -> None:
        self._choose(_UNITS)
        self.units.begin_adding()

    def _add_role(self) -> None:
        self._choose(_ROLES)
        self.roles.begin_adding()


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
