"""Where in a question a problem lies. A new question type is one module here and one line in `QUESTION_CHECKS`.

What is wrong is said by the question types (`rules.question_problems`); a check only says at which
part of an editor it belongs. A sentence that no check places belongs to the question as a whole.
"""

from typing import Any

from app.core.assessments.question_checks.base import FieldProblem, QuestionCheck
from app.core.assessments.question_checks.choices import ChoiceManyCheck, ChoiceOneCheck
from app.core.assessments.question_checks.gaps import GapsCheck
from app.core.assessments.question_checks.matching import MatchingCheck
from app.core.assessments.question_checks.numeric import NumericCheck
from app.core.assessments.question_checks.ordering import OrderingCheck
from app.core.assessments.question_checks.short_text import ShortTextCheck
from app.core.assessments.question_checks.true_false import TrueFalseCheck
from app.core.assessments.rules import question_problems
from app.core.assessments.types import Question

AnyQuestionCheck = QuestionCheck[Any]
"""A check whose body class is not known here; it is only handed bodies of its own."""

QUESTION_CHECKS: tuple[AnyQuestionCheck, ...] = (
    ChoiceOneCheck(),
    ChoiceManyCheck(),
    TrueFalseCheck(),
    NumericCheck(),
    ShortTextCheck(),
    MatchingCheck(),
    OrderingCheck(),
    GapsCheck(),
)

_BY_KEY = {check.key: check for check in QUESTION_CHECKS}


def field_problems(question: Question) -> tuple[FieldProblem, ...]:
    """Return what keeps the question from being asked, each with the field it lies in."""
    sentences = question_problems(question)
    placed = [FieldProblem("stem", sentences[0])] if question.stem.is_blank else []
    if question.points < 1:
        placed.append(FieldProblem("points", sentences[len(placed)]))
    common = {one.text for one in placed}
    said = set(sentences) - common
    placed += [one for one in _BY_KEY[question.type].places(question.body) if one.text in said]
    known = {one.text for one in placed}
    return (*placed, *(FieldProblem("", one) for one in sentences if one not in known))


__all__ = ["QUESTION_CHECKS", "AnyQuestionCheck", "FieldProblem", "field_problems"]
