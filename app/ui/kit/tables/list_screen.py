"""A screen that is one list: its table in a card, with the tools that every list has."""

from typing import Any, ClassVar, Generic, TypeVar

from typing_extensions import override

from app.ui.kit.cards import Card
from app.ui.kit.screen import Screen, ServicesT
from app.ui.kit.tables.list_tools import ListTools
from app.ui.kit.tables.table import DataTable

RowT = TypeVar("RowT")


class ListScreen(Screen[ServicesT], Generic[ServicesT, RowT]):
    """Makes its table in `__init__` and hands it to `put_list`."""

    scrolls: ClassVar[bool] = False
    table: DataTable[RowT]
    tools: ListTools[Any]

    def put_list(self, table: DataTable[RowT], *, key: str) -> None:
        """Show a table; its views are kept under `key`."""
        self.table = table
        self.tools = ListTools(self, table, key=key)
        card = Card(margin=16)
        card.body.addWidget(table)
        self.body.addWidget(card, 1)

    @override
    def refresh(self) -> None:
        """Load the list."""
        self.table.refresh()

    @override
    def focus_first(self) -> None:
        """Put the focus into the search."""
        self.table.search_box.setFocus()
