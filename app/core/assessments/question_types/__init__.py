"""The kinds of question there are. A new one is one module here and one line in `QUESTION_TYPES`."""

from typing import Any

from app.core.assessments.question_types.base import MalformedQuestion, QuestionType
from app.core.assessments.question_types.choice_many import ChoiceMany
from app.core.assessments.question_types.choice_one import ChoiceOne
from app.core.assessments.question_types.gaps import Gaps
from app.core.assessments.question_types.matching import Matching
from app.core.assessments.question_types.numeric import Numeric
from app.core.assessments.question_types.ordering import Ordering
from app.core.assessments.question_types.short_text import ShortText
from app.core.assessments.question_types.true_false import TrueFalse
from app.core.assessments.types import Body, Question, Response

AnyQuestionType = QuestionType[Any]
"""A question type whose body class is not known here; it is only handed bodies of its own."""

QUESTION_TYPES: tuple[AnyQuestionType, ...] = (
    ChoiceOne(),
    ChoiceMany(),
    TrueFalse(),
    Numeric(),
    ShortText(),
    Matching(),
    Ordering(),
    Gaps(),
)

_BY_KEY = {type_.key: type_ for type_ in QUESTION_TYPES}
_KEYS_BY_BODY = {type_.body_class: type_.key for type_ in QUESTION_TYPES}


def question_type(key: str) -> AnyQuestionType:
    """Return the question type of that key. Raises MalformedQuestion when there is none."""
    found = _BY_KEY.get(key)
    if found is None:
        raise MalformedQuestion(f"question type {key[:40]!r} is not known")
    return found


def type_key(body: Body) -> str:
    """Return the key of the question type whose body this is."""
    return _KEYS_BY_BODY[type(body)]


def best_response(question: Question) -> Response | None:
    """Return a response that earns everything; None when the question has none."""
    return question_type(question.type).best_response(question.body)


__all__ = [
    "QUESTION_TYPES",
    "AnyQuestionType",
    "MalformedQuestion",
    "QuestionType",
    "best_response",
    "question_type",
    "type_key",
]
