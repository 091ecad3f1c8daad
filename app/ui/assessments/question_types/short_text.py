"""A word or a few are to be typed."""

from typing import ClassVar

from typing_extensions import override

from app.core.assessments import ShortTextBody
from app.core.base.words import _, mark
from app.ui.assessments.question_types.typed_line import TypedAnswer


class ShortTextWidget(TypedAnswer[ShortTextBody]):
    """A line for a word or a few."""

    key: ClassVar[str] = "short_text"
    how: ClassVar[str] = mark("Type your answer.")

    @override
    def hint(self) -> str:
        return _("Capital and small letters count.") if self.content.case_matters else ""
