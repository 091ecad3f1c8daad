"""Items, written in their right order."""

from collections.abc import Mapping
from typing import ClassVar

from typing_extensions import override

from app.core.assessments import Credit, OrderingBody, OrderItem
from app.core.base.words import _
from app.ui.assessments.authoring.editors.base import BodyEditor
from app.ui.assessments.authoring.editors.text_rows import KeyedRow, credit_field
from app.ui.assessments.authoring.parts import RowList, fresh_key
from app.ui.assessments.authoring.text_part import MAIN, Tools


class OrderingEditor(BodyEditor[OrderingBody]):
    """A list of items; learners see them shuffled."""

    key: ClassVar[str] = "ordering"
    icon: ClassVar[str] = "list-ordered"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.items: RowList[KeyedRow] = RowList(
            _("Items, in their right order"), _("Add an item"), self._made
        )
        self.credit = credit_field()
        for part in (self.items, self.credit):
            part.edited.connect(self.edited)
            self.lines.addWidget(part)

    @override
    def show_bodies(self, bodies: Mapping[str, OrderingBody]) -> None:
        self.items.show_rows(
            KeyedRow(_("Item"), item.key, self.tools).with_texts(
                {code: one.items[place].text for code, one in bodies.items()}
            )
            for place, item in enumerate(bodies[MAIN].items)
        )
        self.credit.set_value(bodies[MAIN].credit)

    @override
    def body(self, language: str) -> OrderingBody:
        items = (
            OrderItem(key=each.part_key, text=each.text.text(language)) for each in self.items.rows
        )
        credit = self.credit.value() or Credit.ALL_OR_NOTHING
        return OrderingBody(items=tuple(items), credit=credit)

    @override
    def show_problems(self, problems: dict[str, str]) -> None:
        self.items.show_problems("items", problems)

    def _made(self) -> KeyedRow:
        key = fresh_key(each.part_key for each in self.items.rows)
        return KeyedRow(_("Item"), key, self.tools)
