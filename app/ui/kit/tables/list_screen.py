"""A screen that is one list: its table in a card, with the tools that every list has."""

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.paging import Page, PageRequest
from app.ui.kit.cards import Card
from app.ui.kit.screen import Screen, ServicesT
from app.ui.kit.tables.list_tools import ListTools, Pair
from app.ui.kit.tables.table import DataTable

RowT = TypeVar("RowT")


class ListScreen(Screen[ServicesT], Generic[ServicesT, RowT]):
    """Makes its table in `__init__` and hands it to `put_list`, below whatever stands above the list."""

    scrolls: ClassVar[bool] = False
    table: DataTable[RowT]
    tools: ListTools[Any]

    def put_list(
        self,
        table: DataTable[RowT],
        *,
        key: str,
        words_of: Callable[[Pair], str] = lambda _pair: "",
        leaving: Callable[[PageRequest], Page[RowT]] | None = None,
    ) -> None:
        """Show a table with its tools; its views are kept under `key`, the rest is as in `ListTools`."""
        self.tools = ListTools(self, table, key=key, words_of=words_of, leaving=leaving)
        self.put_table(table)

    def put_table(self, table: DataTable[RowT], *, below: QWidget | None = None) -> None:
        """Show a table alone, whose rows are neither sorted nor kept as views; perhaps below tabs."""
        self.table = table
        card = Card(margin=16)
        if below is not None:
            card.body.addWidget(below)
        card.body.addWidget(table, 1)
        self.body.addWidget(card, 1)

    @override
    def enter(self, **args: object) -> None:
        """Search for `text`, where it is given."""
        if "text" in args:
            self.table.search_box.search_for(str(args["text"]))

    @override
    def refresh(self) -> None:
        """Load the list."""
        self.table.refresh()

    @override
    def focus_first(self) -> None:
        """Put the focus into the search."""
        self.table.search_box.setFocus()
