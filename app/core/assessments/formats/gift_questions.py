"""Making questions of what a GIFT file says, its texts cleaned, its media named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from app.core.assessments.formats.assembling import (
    Made,
    NotAsked,
    Source,
    assemble,
    left_out,
    split_tags,
)
from app.core.assessments.formats.gift_items import (
    GiftAnswer,
    GiftAsked,
    GiftChoice,
    GiftDescription,
    GiftEssay,
    GiftFormat,
    GiftItem,
    GiftNumber,
    GiftNumbers,
    GiftPairs,
    GiftText,
    GiftTruth,
    GiftWords,
)
from app.core.assessments.formats.shares import even_shares, share_of
from app.core.assessments.markup import looks_like_html
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_many import (
    ChoiceCredit,
    ChoiceMany,
    ChoiceManyBody,
)
from app.core.assessments.question_types.choice_one import ChoiceOne, ChoiceOneBody
from app.core.assessments.question_types.matching import (
    MatchAnswer,
    Matching,
    MatchingBody,
    MatchPrompt,
)
from app.core.assessments.question_types.numeric import (
    AcceptedNumber,
    NumberNear,
    NumberRange,
    Numeric,
    NumericBody,
)
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.short_text import (
    AcceptedText,
    ShortText,
    ShortTextBody,
)
from app.core.assessments.question_types.true_false import TrueFalse, TrueFalseBody
from app.core.assessments.types import (
    EVERYTHING,
    NO_TEXT,
    NOTHING,
    Body,
    Credit,
    Question,
    RichText,
    TextFormat,
)
from app.core.base.words import _

_FORMATS = {
    GiftFormat.HTML: TextFormat.HTML,
    GiftFormat.MARKDOWN: TextFormat.MARKDOWN,
    GiftFormat.PLAIN: TextFormat.PLAIN,
}


@dataclass(frozen=True, slots=True)
class _Built:
    type: str
    body: Body
    warnings: tuple[str, ...] = ()


def make_question(item: GiftItem, category: tuple[str, ...]) -> Made:
    """Return the question that an item stands for. Never raises for what a file may hold."""
    source = Source(
        name=item.name or item.stem.source[:60],
        category=category,
        external_id=item.external_id,
        line=item.line,
    )
    try:
        built = _BUILDERS[type(item.asked)](item.asked)
    except (NotAsked, ValueError) as error:
        return left_out(source, error.reason if isinstance(error, NotAsked) else str(error))
    return assemble(_question(item, built), replace(source, notes=built.warnings))


def _question(item: GiftItem, built: _Built) -> Question:
    tags, critical = split_tags(item.tags)
    return Question(
        type=built.type,
        name=item.name,
        stem=_text(item.stem),
        body=built.body,
        feedback=_text(item.general_feedback),
        critical=critical,
        tags=tags,
    )


def _text(text: GiftText | None) -> RichText:
    if text is None or not text.source:
        return NO_TEXT
    if text.format is not GiftFormat.MOODLE:
        return RichText(source=text.source, format=_FORMATS[text.format])
    if looks_like_html(text.source):
        return RichText(source=text.source.replace("\n", "<br>"), format=TextFormat.HTML)
    return RichText(source=text.source)


def _description(_asked: GiftDescription) -> _Built:
    raise NotAsked(_("It is a text that asks nothing; put it on a page of the course."))


def _essay(_asked: GiftEssay) -> _Built:
    raise NotAsked(_("It is an essay, which a person must mark; this is not supported yet."))


def _truth(asked: GiftTruth) -> _Built:
    said = {
        asked.answer: _text(asked.right_feedback),
        not asked.answer: _text(asked.wrong_feedback),
    }
    return _Built(
        TrueFalse.key,
        TrueFalseBody(answer=asked.answer, feedback_true=said[True], feedback_false=said[False]),
    )


def _choice(asked: GiftChoice) -> _Built:
    marked = sum(one.right for one in asked.answers)
    warnings = (
        (_("Several answers are marked =. If one is part of a text, write \\= there."),)
        if marked > 1
        else ()
    )
    shares = _choice_shares(asked.answers)
    single = any(
        one.right and share == EVERYTHING for one, share in zip(asked.answers, shares, strict=True)
    )
    options = tuple(
        Option(key=number_key(i), text=_text(one.text), share=share, feedback=_text(one.feedback))
        for i, (one, share) in enumerate(zip(asked.answers, shares, strict=True))
    )
    if single:
        return _Built(ChoiceOne.key, ChoiceOneBody(options=options), warnings)
    body = ChoiceManyBody(options=options, credit=ChoiceCredit.WEIGHTED)
    return _Built(ChoiceMany.key, body, warnings)


def _choice_shares(answers: Sequence[GiftAnswer]) -> tuple[Fraction, ...]:
    if any(one.right and one.weight is None for one in answers):
        return tuple(_share(one) for one in answers)
    weights = [one.weight for one in answers if one.weight is not None]
    shares = iter(even_shares(weights))
    return tuple(next(shares) if one.weight is not None else NOTHING for one in answers)


def _share(answer: GiftAnswer | GiftNumber) -> Fraction:
    if answer.weight is not None:
        return share_of(answer.weight)
    return NOTHING if isinstance(answer, GiftAnswer) and not answer.right else EVERYTHING


def _words(asked: GiftWords) -> _Built:
    accepted = tuple(
        AcceptedText(pattern=one.text.source, share=_share(one), feedback=_text(one.feedback))
        for one in asked.answers
    )
    return _Built(ShortText.key, ShortTextBody(accepted=accepted))


def _numbers(asked: GiftNumbers) -> _Built:
    return _Built(
        Numeric.key,
        NumericBody(
            accepted=tuple(_accepted(one) for one in asked.numbers),
            other_feedback=_text(asked.other_feedback),
        ),
    )


def _accepted(one: GiftNumber) -> AcceptedNumber:
    share, feedback = _share(one), _text(one.feedback)
    if one.low is not None and one.high is not None:
        within = NumberRange(low=one.low, high=one.high)
        return AcceptedNumber(within=within, share=share, feedback=feedback)
    if one.value is None:
        raise NotAsked(_("There is no number."))
    tolerance = one.tolerance if one.tolerance is not None else one.value * 0
    near = NumberNear(value=one.value, tolerance=tolerance)
    return AcceptedNumber(near=near, share=share, feedback=feedback)


def _pairs(asked: GiftPairs) -> _Built:
    keys: dict[str, str] = {}
    for pair in asked.pairs:
        keys.setdefault(pair.answer, number_key(len(keys)))
    prompts = [pair for pair in asked.pairs if pair.prompt.source]
    body = MatchingBody(
        prompts=tuple(
            MatchPrompt(key=number_key(i), text=_text(pair.prompt), answer=keys[pair.answer])
            for i, pair in enumerate(prompts)
        ),
        answers=tuple(
            MatchAnswer(key=key, text=RichText(source=text)) for text, key in keys.items()
        ),
        credit=Credit.PARTIAL,
    )
    return _Built(Matching.key, body)


_BUILDERS: dict[type[GiftAsked], Callable[[Any], _Built]] = {  # Any: each is handed its own kind
    GiftDescription: _description,
    GiftEssay: _essay,
    GiftTruth: _truth,
    GiftChoice: _choice,
    GiftWords: _words,
    GiftNumbers: _numbers,
    GiftPairs: _pairs,
}
