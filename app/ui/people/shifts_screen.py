"""When people work: the hours of the shifts, and the holidays of the site."""

from functools import partial

from app.core.base.actor import Capability
from app.core.base.words import _, mark
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.tabbed_lists import TabbedListsScreen
from app.ui.people.organisation_forms import manages_site
from app.ui.people.shift_list import HolidayList, ShiftList


class ShiftsScreen(TabbedListsScreen[Services]):
    """Two lists, one of them shown."""

    topics = frozenset({"shift", "shift_hours", "holiday", "person", "person_listing"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Shifts and holidays"),
            subtitle=_("When people work: the hours of what stands on them as their shift."),
        )
        self.shifts, self.holidays = ShiftList(self), HolidayList(self)
        if manages_site(desk.actor):
            add, begin = self.header.add_action, self.begin_adding
            add_holiday = partial(begin, self.holidays)
            add(plain(_("Add a holiday"), "calendar-plus").on_press(add_holiday))
            add_shift = partial(begin, self.shifts)
            add(primary(_("Add a shift"), "plus").on_press(add_shift))
        self.put_lists(self.shifts, self.holidays)


SPEC = ScreenSpec(
    key="shifts",
    title=mark("Shifts and holidays"),
    icon="clock",
    needs=Capability.VIEW_PEOPLE,
    factory=ShiftsScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="people",
)
