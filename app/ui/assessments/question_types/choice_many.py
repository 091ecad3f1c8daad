"""Any number of cards are to be chosen."""

from typing import ClassVar

from typing_extensions import override

from app.core.assessments import ChoiceManyBody
from app.core.base.words import mark
from app.ui.assessments.question_types.option_cards import CardAnswer, Choice, in_order


class ChoiceManyWidget(CardAnswer[ChoiceManyBody]):
    """Cards that are chosen each for itself."""

    key: ClassVar[str] = "choice_many"
    how: ClassVar[str] = mark("Choose every right answer.")
    one_only: ClassVar[bool] = False

    @override
    def choices(self) -> list[Choice]:
        return in_order(self.content.options, self.order)
