"""One option is right; others may earn a part."""

from collections.abc import Mapping
from typing import ClassVar

from typing_extensions import override

from app.core.assessments import ChoiceOneBody
from app.ui.assessments.authoring.editors.base import BodyEditor
from app.ui.assessments.authoring.editors.option_rows import OptionList
from app.ui.assessments.authoring.text_part import Tools


class ChoiceOneEditor(BodyEditor[ChoiceOneBody]):
    """A list of options."""

    key: ClassVar[str] = "choice_one"
    icon: ClassVar[str] = "circle-dot"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.options = OptionList(tools, one_alone=True)
        self.options.edited.connect(self.edited)
        self.lines.addWidget(self.options)

    @override
    def show_bodies(self, bodies: Mapping[str, ChoiceOneBody]) -> None:
        self.options.show_options({code: one.options for code, one in bodies.items()})

    @override
    def body(self, language: str) -> ChoiceOneBody:
        return ChoiceOneBody(options=self.options.options(language))

    @override
    def show_problems(self, problems: dict[str, str]) -> None:
        self.options.show_problems("options", problems)
