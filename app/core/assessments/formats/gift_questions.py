"""Making questions of what a GIFT file says, its texts cleaned, its media named."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from app.core.assessments.formats.assembling import (
    Draft,
    Made,
    NotAsked,
    Source,
    make,
    split_tags,
)
from app.core.assessments.formats.building import (
    ASKS_NOTHING,
    FOR_A_PERSON,
    Asked,
    Offered,
    Pairing,
    broken_text,
    many_choice,
    one_choice,
    truth,
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
from app.core.assessments.question_types.choice_many import ChoiceCredit
from app.core.assessments.question_types.numeric import (
    AcceptedNumber,
    NumberNear,
    NumberRange,
    NumericBody,
)
from app.core.assessments.question_types.short_text import AcceptedText, ShortTextBody
from app.core.assessments.types import (
    EVERYTHING,
    NO_TEXT,
    NOTHING,
    Credit,
    Question,
    RichText,
    TextFormat,
    plain,
)
from app.core.base.words import _

_FORMATS = {
    GiftFormat.HTML: TextFormat.HTML,
    GiftFormat.MARKDOWN: TextFormat.MARKDOWN,
    GiftFormat.PLAIN: TextFormat.PLAIN,
}


def make_question(item: GiftItem, category: tuple[str, ...]) -> Made:
    """Return the question that an item stands for. Never raises for what a file may hold."""
    source = Source(
        name=item.name or item.stem.source[:60],
        category=category,
        external_id=item.external_id,
        line=item.line,
    )
    return make(source, lambda: _draft(item))


def _draft(item: GiftItem) -> Draft:
    asked = _READERS[type(item.asked)](item.asked)
    tags, critical = split_tags(item.tags)
    question = Question(
        type=asked.type,
        name=item.name,
        stem=_text(item.stem),
        body=asked.body,
        feedback=_text(item.general_feedback),
        critical=critical,
        tags=tags,
    )
    return Draft(question, asked.notes)


def _text(text: GiftText | None) -> RichText:
    if text is None or not text.source:
        return NO_TEXT
    if text.format is GiftFormat.MOODLE:
        return broken_text(text.source)
    return RichText(source=text.source, format=_FORMATS[text.format])


def _description(_asked: GiftDescription) -> Asked:
    raise NotAsked(_(ASKS_NOTHING))


def _essay(_asked: GiftEssay) -> Asked:
    raise NotAsked(_(FOR_A_PERSON))


def _truth(asked: GiftTruth) -> Asked:
    said = {
        asked.answer: _text(asked.right_feedback),
        not asked.answer: _text(asked.wrong_feedback),
    }
    return Asked(truth(answer=asked.answer, said=said))


def _choice(asked: GiftChoice) -> Asked:
    marked = [one.right for one in asked.answers]
    shares = _choice_shares(asked.answers)
    offered = [
        Offered(text=_text(one.text), share=share, feedback=_text(one.feedback))
        for one, share in zip(asked.answers, shares, strict=True)
    ]
    notes = (
        (_("Several answers are marked =. If one is part of a text, write \\= there."),)
        if sum(marked) > 1
        else ()
    )
    if (True, EVERYTHING) in zip(marked, shares, strict=True):
        return Asked(one_choice(offered), notes=notes)
    return Asked(many_choice(offered, ChoiceCredit.WEIGHTED), notes=notes)


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


def _words(asked: GiftWords) -> Asked:
    accepted = tuple(
        AcceptedText(pattern=one.text.source, share=_share(one), feedback=_text(one.feedback))
        for one in asked.answers
    )
    return Asked(ShortTextBody(accepted=accepted))


def _numbers(asked: GiftNumbers) -> Asked:
    accepted = tuple(_accepted(one) for one in asked.numbers)
    return Asked(NumericBody(accepted=accepted, other_feedback=_text(asked.other_feedback)))


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


def _pairs(asked: GiftPairs) -> Asked:
    pairing = Pairing()
    for one in asked.pairs:
        pairing.pair(_text(one.prompt), plain(one.answer))
    return Asked(pairing.body(Credit.PARTIAL))


_READERS: dict[type[GiftAsked], Callable[[Any], Asked]] = {  # Any: each is handed its own kind
    GiftDescription: _description,
    GiftEssay: _essay,
    GiftTruth: _truth,
    GiftChoice: _choice,
    GiftWords: _words,
    GiftNumbers: _numbers,
    GiftPairs: _pairs,
}
