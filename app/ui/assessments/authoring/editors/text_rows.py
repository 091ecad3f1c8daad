"""Rows that are a text under a key: items to be ordered, answers to be matched."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.assessments import NO_TEXT, Credit, RichText
from app.core.base.words import _, mark
from app.ui.assessments.authoring.parts import PartRow
from app.ui.assessments.authoring.text_part import MAIN, TextPart, Tools
from app.ui.kit.forms.fields import ComboField

_CREDITS = {
    Credit.ALL_OR_NOTHING: mark("Only all of it counts"),
    Credit.PARTIAL: mark("Every right part counts"),
}


class KeyedRow(PartRow):
    """A text, and the key by which responses name it."""

    def __init__(self, title: str, key: str, tools: Tools) -> None:
        super().__init__(title)
        self.part_key = key
        self.text = TextPart(_("Text"), tools, rows=1, bare=True)
        self.text.set_texts({MAIN: NO_TEXT})
        self.bind(self.text)
        self.lines.addWidget(self.text)

    def with_texts(self, texts: Mapping[str, RichText]) -> "KeyedRow":
        """Show texts by language; return the row."""
        self.text.set_texts(texts)
        return self

    @override
    def show_place(self, place: int, count: int) -> None:
        super().show_place(place, count)
        words = _("Text of {option}").format(option=self.accessibleName())
        self.text.area.setAccessibleName(words)

    @override
    def show_error(self, message: str) -> None:
        self.text.set_error(message)

    @override
    def first_control(self) -> QWidget:
        return self.text.area


def credit_field() -> ComboField[Credit]:
    """Return a field for what an answer earns that is right in part."""
    choices = [(one, _(words)) for one, words in _CREDITS.items()]
    return ComboField(_("What is right in part"), choices)
