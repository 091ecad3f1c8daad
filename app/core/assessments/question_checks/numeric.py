"""Problems of numbers, by what is accepted."""

from collections.abc import Iterable
from typing import ClassVar

from app.core.assessments.question_checks.base import FieldProblem
from app.core.assessments.question_types.numeric import NumericBody, number_problems
from app.core.base.words import _


class NumericCheck:
    """A number, exact or within a tolerance."""

    key: ClassVar[str] = "numeric"

    def places(self, body: NumericBody) -> Iterable[FieldProblem]:
        """Yield what is wrong with each number for itself, and that none earns everything."""
        whole = _("No answer earns 100%.")
        for place, one in enumerate(body.accepted):
            for problem in number_problems([one], body.decimal_mark):
                if problem != whole:
                    yield FieldProblem(f"accepted/{place}", problem)
        yield FieldProblem("accepted", whole)
