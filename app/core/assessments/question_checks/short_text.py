"""Problems of typed words, by what is accepted."""

from collections.abc import Iterable
from typing import ClassVar

from app.core.assessments.question_checks.base import FieldProblem
from app.core.assessments.question_types.short_text import ShortTextBody, pattern_problems
from app.core.base.words import _


class ShortTextCheck:
    """A word or a few."""

    key: ClassVar[str] = "short_text"

    def places(self, body: ShortTextBody) -> Iterable[FieldProblem]:
        """Yield what is wrong with each pattern for itself, and that none earns everything."""
        whole = _("No answer earns 100%.")
        for place, one in enumerate(body.accepted):
            for problem in pattern_problems([one], case_matters=body.case_matters):
                if problem != whole:
                    yield FieldProblem(f"accepted/{place}", problem)
        yield FieldProblem("accepted", whole)
