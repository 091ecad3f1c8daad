"""When people work: the hours of the shifts, and the holidays of the site."""

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
from app.ui.people.shift_list import HolidayList, ShiftList

_SHIFTS, _HOLIDAYS = "shifts", "holidays"


class ShiftsScreen(Screen[Services]):
    """Two lists, one of them shown."""

    topics = frozenset({"shift", "shift_hours", "holiday", "person", "person_listing"})
    scrolls = False

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Shifts and holidays"),
            subtitle=_("When people work: the hours of what stands on them as their shift."),
        )
        self.shifts, self.holidays = ShiftList(self), HolidayList(self)
        if manages_site(desk.actor):
            add = self.header.add_action
            add(plain(_("Add a holiday"), "calendar-plus").on_press(self._add_holiday))
            add(primary(_("Add a shift"), "plus").on_press(self._add_shift))
        self.tabs = SegmentedTabs(
            _("What is shown"), [(_SHIFTS, _("Shifts")), (_HOLIDAYS, _("Holidays"))]
        )
        self.tabs.chosen.connect(self._choose)
        self._stack = QStackedWidget()
        for shown in (self.shifts, self.holidays):
            self._stack.addWidget(shown)
        card = Card(margin=16)
        card.body.addWidget(self.tabs)
        card.body.addWidget(self._stack, 1)
        self.body.addWidget(card, 1)

    @override
    def refresh(self) -> None:
        """Load both lists."""
        self.shifts.refresh()
        self.holidays.refresh()

    @override
    def focus_first(self) -> None:
        """Put the focus into the search of the list that is shown."""
        shown = self.holidays if self.tabs.key() == _HOLIDAYS else self.shifts
        shown.search_box.setFocus()

    def _choose(self, key: str) -> None:
        self.tabs.choose(key)
        self._stack.setCurrentWidget(self.holidays if key == _HOLIDAYS else self.shifts)

    def _add_shift(self) -> None:
        self._choose(_SHIFTS)
        self.shifts.begin_adding()

    def _add_holiday(self) -> None:
        self._choose(_HOLIDAYS)
        self.holidays.begin_adding()


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
