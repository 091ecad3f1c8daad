"""Questions, quizzes, responses and scores as JSON, for the database and for carrying to other sites."""

from dataclasses import fields, replace

import msgspec

from app.core.assessments.question_types import MalformedQuestion, question_type
from app.core.assessments.question_types.base import Json, TextChange, decode, encode
from app.core.assessments.translations import with_own_texts
from app.core.assessments.types import (
    NO_TEXT,
    AttemptScore,
    Body,
    Chosen,
    Filled,
    MediaRef,
    Ordered,
    Paired,
    Question,
    QuestionScore,
    Quiz,
    Response,
    RichText,
    Translation,
    Typed,
)

_QUESTION_SCHEMA = 1
_QUIZ_SCHEMA = 1
_SCORE_SCHEMA = 2
"""In which what each question earned is a row of values. A score is kept for good, in its table and in
the journal, and the names of six parts beside them were most of it."""
_SCORE_BY_NAMES = 1
_QUESTION_SCORE = tuple(part.name for part in fields(QuestionScore))
"""The order of such a row."""
_FORMS: dict[str, type[Response]] = {
    "chosen": Chosen,
    "typed": Typed,
    "paired": Paired,
    "ordered": Ordered,
    "filled": Filled,
}
_FORM_KEYS = {form: key for key, form in _FORMS.items()}


class _Common(msgspec.Struct, frozen=True, kw_only=True):
    """What a stored question holds beside its body."""

    type: str
    name: str = ""
    stem: RichText = NO_TEXT
    feedback: RichText = NO_TEXT
    points: int = 1
    critical: bool = False
    tags: tuple[str, ...] = ()
    language: str = ""
    translations: tuple[Translation, ...] = ()


def question_to_json(question: Question) -> Json:
    """Return the whole question as JSON."""
    common = {name: getattr(question, name) for name in _Common.__struct_fields__}
    body = question_type(question.type).to_json(question.body)
    return {**encode(_Common(**common), _QUESTION_SCHEMA), "body": body}


def question_from_json(untrusted: object) -> Question:
    """Return the question that `question_to_json` wrote. Raises MalformedQuestion."""
    common = decode(untrusted, _Common, _QUESTION_SCHEMA)
    untrusted_body = untrusted.get("body") if isinstance(untrusted, dict) else None
    body: Body = question_type(common.type).from_json(untrusted_body)
    if common.points < 1:
        raise MalformedQuestion("points below 1")
    kept = {name: getattr(common, name) for name in _Common.__struct_fields__}
    return Question(body=body, **kept)


def response_to_json(response: Response) -> Json:
    """Return a response as JSON: its form and what was given."""
    return {"form": _FORM_KEYS[type(response)], **msgspec.to_builtins(response)}


def response_from_json(untrusted: object) -> Response:
    """Return the response that `response_to_json` wrote. Raises MalformedQuestion."""
    form = _FORMS.get(str(untrusted.get("form"))) if isinstance(untrusted, dict) else None
    if form is None:
        raise MalformedQuestion("a response of no known form")
    try:
        response: Response = msgspec.convert(untrusted, form)
    except msgspec.ValidationError as error:
        raise MalformedQuestion(str(error)) from error
    return response


def quiz_to_json(quiz: Quiz) -> Json:
    """Return a quiz as JSON."""
    return encode(quiz, _QUIZ_SCHEMA)


def quiz_from_json(untrusted: object) -> Quiz:
    """Return the quiz that `quiz_to_json` wrote. Raises MalformedQuestion."""
    return decode(untrusted, Quiz, _QUIZ_SCHEMA)


def score_to_json(score: AttemptScore) -> Json:
    """Return an attempt's score as JSON; exact shares stand as "numerator/denominator"."""
    document = encode(score, _SCORE_SCHEMA)
    rows = [[one[part] for part in _QUESTION_SCORE] for one in document["questions"]]
    return {**document, "questions": rows}


def score_from_json(untrusted: object) -> AttemptScore:
    """Return the score that `score_to_json` wrote, in this schema or the first. Raises MalformedQuestion."""
    if not isinstance(untrusted, dict) or untrusted.get("schema") == _SCORE_BY_NAMES:
        return decode(untrusted, AttemptScore, _SCORE_BY_NAMES)
    untrusted_rows = untrusted.get("questions")
    if not isinstance(untrusted_rows, list):
        raise MalformedQuestion("no questions")
    named = {**untrusted, "questions": [_named(row) for row in untrusted_rows]}
    return decode(named, AttemptScore, _SCORE_SCHEMA)


def _named(untrusted: object) -> Json:
    """Return the parts of what a question earned by their names. Raises MalformedQuestion."""
    if not isinstance(untrusted, list) or len(untrusted) != len(_QUESTION_SCORE):
        raise MalformedQuestion("no row of what a question earned")
    return dict(zip(_QUESTION_SCORE, untrusted, strict=True))


def with_texts(question: Question, change: TextChange) -> Question:
    """Return the question with `change` made to each of its texts, in every language."""
    translations = (
        replace(one, texts=tuple(map(change, one.texts))) for one in question.translations
    )
    return replace(
        with_own_texts(question, change),
        translations=tuple(translations),
    )


def media_of(question: Question) -> tuple[MediaRef, ...]:
    """Return every media file that the question needs, each once."""
    found: dict[MediaRef, None] = {}

    def note(text: RichText) -> RichText:
        found.update(dict.fromkeys(text.media))
        return text

    with_texts(question, note)
    return tuple(found)
