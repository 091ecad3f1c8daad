"""Several options are right, and a rule says what a part of them earns."""

from collections.abc import Mapping
from typing import ClassVar

from typing_extensions import override

from app.core.assessments import ChoiceCredit, ChoiceManyBody
from app.core.base.words import _, mark
from app.ui.assessments.authoring.editors.base import BodyEditor
from app.ui.assessments.authoring.editors.option_rows import OptionList
from app.ui.assessments.authoring.text_part import MAIN, Tools
from app.ui.kit.forms.fields import ComboField

_CREDITS = {
    ChoiceCredit.ALL_OR_NOTHING: mark("Only all of it counts"),
    ChoiceCredit.PARTIAL: mark("Right ones less wrong ones"),
    ChoiceCredit.WEIGHTED: mark("What each option earns"),
}


class ChoiceManyEditor(BodyEditor[ChoiceManyBody]):
    """A list of options and the rule of credit."""

    key: ClassVar[str] = "choice_many"
    icon: ClassVar[str] = "square-check"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.options = OptionList(tools, one_alone=False)
        self.credit = ComboField(
            _("What is right in part"), [(one, _(words)) for one, words in _CREDITS.items()]
        )
        self.options.edited.connect(self.edited)
        self.credit.edited.connect(self.edited)
        self.lines.addWidget(self.options)
        self.lines.addWidget(self.credit)

    @override
    def show_bodies(self, bodies: Mapping[str, ChoiceManyBody]) -> None:
        self.options.show_options({code: one.options for code, one in bodies.items()})
        self.credit.set_value(bodies[MAIN].credit)

    @override
    def body(self, language: str) -> ChoiceManyBody:
        credit = self.credit.value() or ChoiceCredit.ALL_OR_NOTHING
        return ChoiceManyBody(options=self.options.options(language), credit=credit)

    @override
    def show_problems(self, problems: dict[str, str]) -> None:
        self.options.show_problems("options", problems)
