"""Writing questions as GIFT: what is read back is what was written, or is told among the problems."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.core.assessments.formats.assembling import NotAsked, joined_tags
from app.core.assessments.formats.base import BankQuestion
from app.core.assessments.formats.gift_blocks import escape
from app.core.assessments.formats.gift_reader import ARROW, GENERAL
from app.core.assessments.formats.shares import percent_of
from app.core.assessments.markup import MEDIA_SCHEME, PLUGIN_FILE, plain_text
from app.core.assessments.question_types.choice_many import (
    ChoiceCredit,
    ChoiceMany,
    ChoiceManyBody,
)
from app.core.assessments.question_types.choice_one import ChoiceOne, ChoiceOneBody
from app.core.assessments.question_types.matching import Matching, MatchingBody
from app.core.assessments.question_types.numbers import written
from app.core.assessments.question_types.numeric import AcceptedNumber, Numeric, NumericBody
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.short_text import (
    AcceptedText,
    ShortText,
    ShortTextBody,
)
from app.core.assessments.question_types.true_false import TrueFalse, TrueFalseBody
from app.core.assessments.types import (
    EVERYTHING,
    RichText,
    TextFormat,
)
from app.core.base.words import _

_MEDIA = re.compile(r"(src=\"|!\[[^\]\n]{0,500}\]\()" + MEDIA_SCHEME)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_INDENT = "\n    "


def write_bank(bank: Sequence[BankQuestion]) -> bytes:
    """Return the questions as one GIFT file. Raises NotAsked."""
    parts: list[str] = []
    category: tuple[str, ...] = ()
    for one in bank:
        text = _question(one)
        if one.category != category:
            category = one.category
            parts.append(_category(category))
        parts.append(text)
    return ("\n\n".join(parts) + "\n").encode()


def _category(path: Sequence[str]) -> str:
    names = (_one_line(name).replace("/", "//") for name in path)
    return "$CATEGORY: " + "/".join(["$course$", "top", *map(escape, names)])


def _question(one: BankQuestion) -> str:
    question = one.question
    writer = _WRITERS.get(question.type)
    if writer is None:
        raise NotAsked(_("GIFT has no question of this type."))
    answers = writer(question.body)
    general = "" if question.feedback.is_blank else _INDENT + GENERAL + _text(question.feedback)
    name = f"::{escape(_one_line(question.name))}::" if question.name else ""
    return f"{_comments(one)}{name}{_text(question.stem)}{{{answers}{general}}}"


def _comments(one: BankQuestion) -> str:
    marks = [f"[tag:{_mark(tag)}]" for tag in joined_tags(one.question)]
    if one.external_id:
        marks.insert(0, f"[id:{_mark(one.external_id)}]")
    return f"// {' '.join(marks)}\n" if marks else ""


def _mark(text: str) -> str:
    return _one_line(text).rstrip("\\").replace("]", "\\]")


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _text(text: RichText) -> str:
    source = text.source
    if text.format is not TextFormat.PLAIN:
        source = _MEDIA.sub(rf"\1{PLUGIN_FILE}", source)
    return f"[{text.format.value}]{escape(source)}"


def _said(feedback: RichText) -> str:
    return "" if feedback.is_blank else "#" + _text(feedback)


def _weight(share: Fraction) -> str:
    return f"%{percent_of(share)}%"


def _choice_one(body: ChoiceOneBody) -> str:
    first_right = next(option.key for option in body.options if option.share == EVERYTHING)
    return "".join(_INDENT + _option(option, option.key == first_right) for option in body.options)


def _choice_many(body: ChoiceManyBody) -> str:
    shares = _credited_shares(body)
    return "".join(
        f"{_INDENT}~{_weight(share) if share else ''}{_text(option.text)}{_said(option.feedback)}"
        for option, share in zip(body.options, shares, strict=True)
    )


def _credited_shares(body: ChoiceManyBody) -> Iterable[Fraction]:
    """Return the weights nearest to the rule of credit: right ones share the whole, wrong ones take as much."""
    if body.credit is ChoiceCredit.WEIGHTED:
        return [option.share for option in body.options]
    each = Fraction(1, len(body.right))
    wrong = -each if body.credit is ChoiceCredit.PARTIAL else -EVERYTHING
    return [each if option.key in body.right else wrong for option in body.options]


def _option(option: Option, right: bool) -> str:
    sign = "=" if right else "~" + (_weight(option.share) if option.share else "")
    return f"{sign}{_text(option.text)}{_said(option.feedback)}"


def _true_false(body: TrueFalseBody) -> str:
    right, wrong = body.feedback_true, body.feedback_false
    if not body.answer:
        right, wrong = wrong, right
    said = (_said(wrong) or ("" if right.is_blank else "#")) + _said(right)
    return f"{'TRUE' if body.answer else 'FALSE'}{said}"


def _short_text(body: ShortTextBody) -> str:
    if any(ARROW in one.pattern + one.feedback.source for one in body.accepted):
        raise NotAsked(_("An arrow (->) in an answer would make it a matching question."))
    return "".join(_INDENT + "=" + _pattern(one) for one in body.accepted)


def _pattern(one: AcceptedText) -> str:
    weight = _weight(one.share) if one.share != EVERYTHING or one.pattern.startswith("%") else ""
    shield = "[plain]" if one.pattern.startswith("[") else ""
    return f"{weight}{shield}{escape(_one_line(one.pattern))}{_said(one.feedback)}"


def _numeric(body: NumericBody) -> str:
    numbers = "".join(
        f"{_INDENT}={_weight(one.share) if one.share != EVERYTHING else ''}{_target(one)}{_said(one.feedback)}"
        for one in body.accepted
    )
    other = "" if body.other_feedback.is_blank else f"{_INDENT}~{_said(body.other_feedback)}"
    return f"#{numbers}{other}"


def _target(one: AcceptedNumber) -> str:
    if one.within is not None:
        return f"{written(one.within.low)}..{written(one.within.high)}"
    if one.near is None:
        raise NotAsked(_("There is no number."))
    tolerance = one.near.tolerance * (abs(one.near.value) if one.near.relative else Decimal(1))
    return f"{written(one.near.value)}:{written(tolerance)}"


def _matching(body: MatchingBody) -> str:
    answers = {one.key: _bare(one.text) for one in body.answers}
    used = {one.answer for one in body.prompts}
    lines = [f"={_prompt(one.text)} {ARROW} {answers[one.answer]}" for one in body.prompts]
    lines += [f"= {ARROW} {answers[one.key]}" for one in body.answers if one.key not in used]
    return "".join(_INDENT + line for line in lines)


def _prompt(text: RichText) -> str:
    if ARROW in text.source:
        raise NotAsked(_("An arrow (->) in a prompt would part the pair there."))
    return _text(text)


def _bare(text: RichText) -> str:
    return escape(_one_line(plain_text(text)))


_WRITERS: dict[str, Callable[[Any], str]] = {  # Any: each is handed its own kind of body
    ChoiceOne.key: _choice_one,
    ChoiceMany.key: _choice_many,
    TrueFalse.key: _true_false,
    ShortText.key: _short_text,
    Numeric.key: _numeric,
    Matching.key: _matching,
}
