"""Whether a statement is true, and what is said to each answer."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.assessments import TrueFalseBody
from app.core.base.words import _
from app.ui.assessments.authoring.editors.base import BodyEditor
from app.ui.assessments.authoring.text_part import MAIN, TextPart, Tools
from app.ui.kit.forms.fields import ComboField


class TrueFalseEditor(BodyEditor[TrueFalseBody]):
    """A choice of two, open until the author has said."""

    key: ClassVar[str] = "true_false"
    icon: ClassVar[str] = "scale"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        choices: list[tuple[bool | None, str]]
        choices = [(None, _("Choose…")), (True, _("True")), (False, _("False"))]
        self.answer = ComboField(_("The statement is"), choices, required=True)
        self.feedback_true = TextPart(_("Said to whoever chooses “true”"), tools, rows=1)
        self.feedback_false = TextPart(_("Said to whoever chooses “false”"), tools, rows=1)
        for field in (self.answer, self.feedback_true, self.feedback_false):
            field.edited.connect(self.edited)
            self.lines.addWidget(field)

    @override
    def show_bodies(self, bodies: Mapping[str, TrueFalseBody]) -> None:
        self.answer.set_value(bodies[MAIN].answer)
        self.feedback_true.set_texts({code: one.feedback_true for code, one in bodies.items()})
        self.feedback_false.set_texts({code: one.feedback_false for code, one in bodies.items()})

    @override
    def body(self, language: str) -> TrueFalseBody:
        return TrueFalseBody(
            answer=self.answer.value(),
            feedback_true=self.feedback_true.text(language),
            feedback_false=self.feedback_false.text(language),
        )

    @override
    def show_problems(self, problems: dict[str, str]) -> None:
        self.answer.set_error(problems.get("answer", ""))

    @override
    def first_control(self) -> QWidget | None:
        return self.answer.combo
