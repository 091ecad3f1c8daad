"""Problems of pairs, by side and row."""

from collections.abc import Iterable
from typing import ClassVar

from app.core.assessments.question_checks.base import FieldProblem
from app.core.assessments.question_types.matching import MatchingBody
from app.core.base.words import _


class MatchingCheck:
    """Pairs to be found."""

    key: ClassVar[str] = "matching"

    def places(self, body: MatchingBody) -> Iterable[FieldProblem]:
        """Yield empty sides, prompts without an answer, and that there are too few."""
        empty = _("One side of a pair is empty.")
        known = {one.key for one in body.answers}
        for place, prompt in enumerate(body.prompts):
            if prompt.text.is_blank:
                yield FieldProblem(f"prompts/{place}/text", empty)
            if prompt.answer not in known:
                yield FieldProblem(f"prompts/{place}/answer", _("A prompt has no answer."))
        for place, answer in enumerate(body.answers):
            if answer.text.is_blank:
                yield FieldProblem(f"answers/{place}/text", empty)
        yield FieldProblem("prompts", _("There must be at least two pairs."))
