"""Problems of a text with gaps, by gap."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from app.core.assessments.question_checks.base import FieldProblem
from app.core.assessments.question_types.gaps import Gaps, GapsBody
from app.core.assessments.types import plain
from app.core.base.words import _


class GapsCheck:
    """A text with gaps."""

    key: ClassVar[str] = "gaps"

    def places(self, body: GapsBody) -> Iterable[FieldProblem]:
        """Yield what is wrong with each gap for itself, and what is wrong with the text."""
        for place, gap in enumerate(body.gaps):
            alone = replace(body, text=plain(f"[[{gap.key}]]"), gaps=(gap,))
            for problem in Gaps().problems(alone):
                yield FieldProblem(f"gaps/{place}", problem)
        yield FieldProblem("text", _("Each gap must stand in the text once, as [[its key]]."))
        yield FieldProblem("gaps", _("There is no gap."))
