"""Problems of statements that are true or false."""

from collections.abc import Iterable
from typing import ClassVar

from app.core.assessments.question_checks.base import FieldProblem
from app.core.assessments.question_types.true_false import TrueFalseBody
from app.core.base.words import _


class TrueFalseCheck:
    """True or false."""

    key: ClassVar[str] = "true_false"

    def places(self, body: TrueFalseBody) -> Iterable[FieldProblem]:
        """Yield that nobody has said which it is."""
        if body.answer is None:
            yield FieldProblem("answer", _("Say whether the statement is true."))
