"""A number is to be typed."""

from typing import ClassVar

from typing_extensions import override

from app.core.assessments import DecimalMark, NumericBody
from app.core.base.words import _, mark
from app.ui.assessments.question_types.typed_line import TypedAnswer


class NumericWidget(TypedAnswer[NumericBody]):
    """A short line for a number."""

    key: ClassVar[str] = "numeric"
    how: ClassVar[str] = mark("Type a number.")
    line_width: ClassVar[int] = 260

    @override
    def hint(self) -> str:
        if self.content.decimal_mark is DecimalMark.COMMA:
            return _("Only the number, with a comma before the decimals: 2,5")
        return _("Only the number, with a point before the decimals: 2.5")
