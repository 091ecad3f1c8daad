"""A few lists under tabs, one of them shown: for a screen that is about things of more than one kind."""

from abc import abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.cards import Card
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.screen import Screen, ServicesT
from app.ui.kit.tables.table import DataTable

RowT = TypeVar("RowT")


class GrowingList(DataTable[RowT], Generic[RowT]):
    """A list to which rows are added by a form."""

    @abstractmethod
    def begin_adding(self) -> None:
        """Ask what is to be added."""


class TabbedListsScreen(Screen[ServicesT], Generic[ServicesT]):
    """Makes its lists in `__init__` and hands them to `put_lists`; each tab is called as its list is."""

    scrolls: ClassVar[bool] = False
    tabs: SegmentedTabs

    def put_lists(self, *lists: GrowingList[Any]) -> None:
        """Show the first of some lists, of whatever rows, and a tab for each."""
        self._lists = {one.view.accessibleName(): one for one in lists}
        self.tabs = SegmentedTabs(_("What is shown"), [(name, name) for name in self._lists])
        self.tabs.chosen.connect(lambda name: self.show_list(self._lists[name]))
        self._stack = QStackedWidget()
        for one in lists:
            self._stack.addWidget(one)
        card = Card(margin=16)
        card.body.addWidget(self.tabs)
        card.body.addWidget(self._stack, 1)
        self.body.addWidget(card, 1)

    def show_list(self, one: GrowingList[Any]) -> None:
        """Show one of the lists in the place of the others."""
        self.tabs.choose(one.view.accessibleName())
        self._stack.setCurrentWidget(one)

    def begin_adding(self, to: GrowingList[Any]) -> None:
        """Show a list and ask what is to be added to it."""
        self.show_list(to)
        to.begin_adding()

    @override
    def refresh(self) -> None:
        """Load every list."""
        for one in self._lists.values():
            one.refresh()

    @override
    def focus_first(self) -> None:
        """Put the focus into the search of the list that is shown."""
        self._lists[self.tabs.key()].search_box.setFocus()
