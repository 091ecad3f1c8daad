"""Words that are accepted, tried one after the other."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.assessments import AcceptedText, ShortTextBody
from app.core.base.words import _
from app.ui.assessments.authoring.editors.base import BodyEditor
from app.ui.assessments.authoring.exact_fields import ExactLine, ShareField
from app.ui.assessments.authoring.parts import PartRow, RowList
from app.ui.assessments.authoring.text_part import MAIN, TextPart, Tools
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.form import side_by_side


class TextRow(PartRow):
    """One pattern, what it earns and what is said to it."""

    def __init__(self, accepted: AcceptedText, tools: Tools) -> None:
        super().__init__(_("Answer"))
        self.pattern = ExactLine(_("Accepted is"), placeholder=_("* stands for anything"))
        self.share = ShareField(_("What it earns"), accepted.share)
        self.feedback = TextPart(_("Said to it"), tools, rows=1)
        self.pattern.set_exact(accepted.pattern)
        for field in (self.pattern, self.share, self.feedback):
            self.bind(field)
        self.lines.addWidget(side_by_side([self.pattern, self.share], 200))
        self.lines.addWidget(self.feedback)

    def accepted(self, language: str) -> AcceptedText:
        """Return the pattern with its feedback in a language."""
        return AcceptedText(
            pattern=self.pattern.exact(),
            share=self.share.share(),
            feedback=self.feedback.text(language),
        )

    @override
    def show_error(self, message: str) -> None:
        self.pattern.set_error(message)

    @override
    def first_control(self) -> QWidget:
        return self.pattern.line


class ShortTextEditor(BodyEditor[ShortTextBody]):
    """Patterns in the order they are tried. They hold in every language; add one for each."""

    key: ClassVar[str] = "short_text"
    icon: ClassVar[str] = "type"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.accepted: RowList[TextRow] = RowList(
            _("Accepted answers, in every language"),
            _("Add an answer"),
            lambda: TextRow(AcceptedText(pattern=""), tools),
        )
        self.case = CheckField(_("Capital letters matter"))
        for part in (self.accepted, self.case):
            part.edited.connect(self.edited)
            self.lines.addWidget(part)

    @override
    def show_bodies(self, bodies: Mapping[str, ShortTextBody]) -> None:
        rows = []
        for place, accepted in enumerate(bodies[MAIN].accepted):
            made = TextRow(accepted, self.tools)
            said = {code: one.accepted[place].feedback for code, one in bodies.items()}
            made.feedback.set_texts(said)
            rows.append(made)
        self.accepted.show_rows(rows)
        self.case.set_value(bodies[MAIN].case_matters)

    @override
    def body(self, language: str) -> ShortTextBody:
        accepted = tuple(each.accepted(language) for each in self.accepted.rows)
        return ShortTextBody(accepted=accepted, case_matters=self.case.value())

    @override
    def show_problems(self, problems: dict[str, str]) -> None:
        self.accepted.show_problems("accepted", problems)
