"""What GIFT cannot say of a question, so that an export tells it."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.core.assessments.formats.shares import percent_of, share_of
from app.core.assessments.question_types.choice_many import (
    ChoiceCredit,
    ChoiceMany,
    ChoiceManyBody,
)
from app.core.assessments.question_types.choice_one import ChoiceOne, ChoiceOneBody
from app.core.assessments.question_types.matching import Matching, MatchingBody
from app.core.assessments.question_types.numbers import DecimalMark
from app.core.assessments.question_types.numeric import Numeric, NumericBody
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.short_text import ShortText, ShortTextBody
from app.core.assessments.question_types.true_false import TrueFalse, TrueFalseBody
from app.core.assessments.stored import media_of
from app.core.assessments.types import Credit, Question, TextFormat
from app.core.base.words import _


def losses(question: Question) -> Iterable[str]:
    """Yield what a GIFT file does not say of a question that it holds."""
    if question.points != 1:
        yield _("Its points are not carried.")
    if question.language:
        yield _("Its language is not carried.")
    if question.translations:
        yield _("Its translations are not carried.")
    if media_of(question):
        yield _("Its pictures and recordings do not come with the file.")
    yield from _BODY_LOSSES[question.type](question.body)


def _choice_one(body: ChoiceOneBody) -> Iterable[str]:
    yield from _of_options(body.options)


def _choice_many(body: ChoiceManyBody) -> Iterable[str]:
    yield from _of_options(body.options)
    if body.credit is not ChoiceCredit.WEIGHTED:
        yield _("Its rule of credit is written as weights.")


def _true_false(_body: TrueFalseBody) -> Iterable[str]:
    return ()


def _short_text(body: ShortTextBody) -> Iterable[str]:
    yield from _of_shares(one.share for one in body.accepted)
    if body.case_matters:
        yield _("That capital letters matter is not carried.")


def _numeric(body: NumericBody) -> Iterable[str]:
    yield from _of_shares(one.share for one in body.accepted)
    if any(one.near and one.near.relative for one in body.accepted):
        yield _("A relative tolerance is written as a fixed one.")
    if body.decimal_mark is not DecimalMark.POINT:
        yield _("That the comma is the decimal mark is not carried.")


def _matching(body: MatchingBody) -> Iterable[str]:
    if any(one.text.format is not TextFormat.PLAIN for one in body.answers):
        yield _("Answers are written as plain text.")
    if body.credit is not Credit.PARTIAL:
        yield _("Its rule of credit is not carried.")


def _of_options(options: Sequence[Option]) -> Iterable[str]:
    yield from _of_shares(option.share for option in options)
    if any(option.pinned for option in options):
        yield _("That an option keeps its place is not carried.")


def _of_shares(shares: Iterable[Fraction]) -> Iterable[str]:
    if any(share_of(Decimal(percent_of(share))) != share for share in shares):
        yield _("A share is rounded.")


_BODY_LOSSES: dict[str, Callable[[Any], Iterable[str]]] = {  # Any: each is handed its own body
    ChoiceOne.key: _choice_one,
    ChoiceMany.key: _choice_many,
    TrueFalse.key: _true_false,
    ShortText.key: _short_text,
    Numeric.key: _numeric,
    Matching.key: _matching,
}
