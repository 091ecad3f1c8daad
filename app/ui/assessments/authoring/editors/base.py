"""What every editor of a question's body does."""

from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.assessments import Body
from app.ui.assessments.authoring.text_part import TextPart, Tools
from app.ui.kit.layouts import column

BodyT = TypeVar("BodyT", bound=Body)


class BodyEditor(QWidget, Generic[BodyT]):
    """Edits the bodies of one type. A body built from what was shown equals it.

    Bodies come by language, all built alike: that of `MAIN` has the structure, the others bring
    the texts of one language each, blank where nothing is translated.
    """

    key: ClassVar[str]
    """Of the question type in the core."""
    icon: ClassVar[str]
    edited = Signal()
    """Comes from the author only."""

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tools = tools
        self.language = ""
        self.lines: QVBoxLayout = column(self, gap=14)

    def show_bodies(self, bodies: Mapping[str, BodyT]) -> None:
        """Show another body. Raises KeyError without one in the main language."""
        raise NotImplementedError

    def body(self, language: str) -> BodyT:
        """Return the body with the texts of a language."""
        raise NotImplementedError

    def show_problems(self, problems: dict[str, str]) -> None:
        """Say what is wrong, by field as `field_problems` names them."""
        raise NotImplementedError

    def show_language(self, language: str) -> None:
        """Show the texts of another language."""
        self.language = language
        for part in self.findChildren(TextPart):
            part.show_language(language)

    def first_control(self) -> QWidget | None:
        """Return where the work begins."""
        return None
