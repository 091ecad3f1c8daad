"""One of several cards is to be chosen."""

from typing import ClassVar

from typing_extensions import override

from app.core.assessments import ChoiceOneBody
from app.core.base.words import mark
from app.ui.assessments.question_types.option_cards import CardAnswer, Choice, in_order


class ChoiceOneWidget(CardAnswer[ChoiceOneBody]):
    """Cards of which choosing one lets go of the other."""

    key: ClassVar[str] = "choice_one"
    how: ClassVar[str] = mark("Choose one answer.")

    @override
    def choices(self) -> list[Choice]:
        return in_order(self.content.options, self.order)
