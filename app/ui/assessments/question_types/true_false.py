"""True or False, as two cards."""

from typing import ClassVar

from typing_extensions import override

from app.core.assessments import FALSE, TRUE, TrueFalseBody, plain
from app.core.base.words import _, mark
from app.ui.assessments.question_types.option_cards import CardAnswer, Choice


class TrueFalseWidget(CardAnswer[TrueFalseBody]):
    """Two cards side by side."""

    key: ClassVar[str] = "true_false"
    how: ClassVar[str] = mark("True or false?")
    beside: ClassVar[bool] = True

    @override
    def choices(self) -> list[Choice]:
        words = {TRUE: _("True"), FALSE: _("False")}
        return [Choice(key, plain(words[key])) for key in self.order if key in words]
