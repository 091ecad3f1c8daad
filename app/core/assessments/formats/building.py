"""What a foreign question becomes: one way for every format to make a body of what its file says.

A format reads its own notation; which keys the parts get, when two answers of a pairing are one, and
which rule of credit weights amount to is said here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from app.core.assessments.formats.assembling import NotAsked
from app.core.assessments.markup import looks_like_html
from app.core.assessments.question_types import type_key
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_many import ChoiceCredit, ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.matching import MatchAnswer, MatchingBody, MatchPrompt
from app.core.assessments.question_types.numbers import read_number
from app.core.assessments.question_types.numeric import AcceptedNumber, NumberNear, NumericBody
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.ordering import OrderingBody, OrderItem
from app.core.assessments.question_types.true_false import TrueFalseBody
from app.core.assessments.types import (
    EVERYTHING,
    NO_TEXT,
    NOTHING,
    Body,
    Credit,
    RichText,
    TextFormat,
    plain,
)
from app.core.base.words import _, mark

ASKS_NOTHING = mark("It is a text that asks nothing; put it on a page of the course.")
FOR_A_PERSON = mark("It is an essay, which a person must mark; this is not supported yet.")
SEVERAL_AT_ONCE = mark("It asks several things at once, which is not supported.")
GAPS_IN_TEXT = mark("Its text holds words in double square brackets, which mark gaps here.")
_ANY_OTHER = "*"
_LITERAL = str.maketrans({"*": r"\*", "\\": r"\\"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file asks: the body, and what the making of it says of the rest of the question."""

    body: Body
    stem: RichText | None = None
    """In place of the text of the question, where that has become part of the body."""
    notes: tuple[str, ...] = ()
    """What did not come through, as sentences."""

    @property
    def type(self) -> str:
        """Return the key of the question type."""
        return type_key(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An option as a file has it, before it is numbered."""

    text: RichText
    share: Fraction = NOTHING
    feedback: RichText = NO_TEXT
    pinned: bool = False


def _options(offered: Iterable[Offered]) -> tuple[Option, ...]:
    return tuple(
        Option(
            key=number_key(index),
            text=one.text,
            share=one.share,
            feedback=one.feedback,
            pinned=one.pinned,
        )
        for index, one in enumerate(offered)
    )


def one_choice(offered: Iterable[Offered]) -> ChoiceOneBody:
    """Return a choice of one among options."""
    return ChoiceOneBody(options=_options(offered))


def right_choice(texts: Iterable[RichText], right: int | None) -> ChoiceOneBody:
    """Return a choice of one in which the option at `right`, from 0, is right and no other."""
    return one_choice(
        Offered(text=text, share=EVERYTHING if index == right else NOTHING)
        for index, text in enumerate(texts)
    )


def many_choice(offered: Iterable[Offered], credit: ChoiceCredit) -> ChoiceManyBody:
    """Return a choice of several among options."""
    return ChoiceManyBody(options=_options(offered), credit=credit)


def weighed_choice(offered: Iterable[Offered]) -> ChoiceManyBody:
    """Return a choice of several whose options carry weights.

    Weights by which each wrong option takes as much as each right one gives are our rule of credit
    in part, and are kept as that.
    """
    options = _options(offered)
    right = [one for one in options if one.share > 0]
    each = Fraction(1, max(len(right), 1))
    even = all(abs(one.share) == each for one in options) and len(right) < len(options)
    if not even:
        return ChoiceManyBody(options=options, credit=ChoiceCredit.WEIGHTED)
    bare = tuple(replace(one, share=EVERYTHING if one.share > 0 else NOTHING) for one in options)
    return ChoiceManyBody(options=bare, credit=ChoiceCredit.PARTIAL)


def truth(*, answer: bool | None, said: Mapping[bool, RichText]) -> TrueFalseBody:
    """Return a statement with what is said to either choice. Raises NotAsked when no answer is right."""
    if answer is None:
        raise NotAsked(_("It does not say whether the statement is true."))
    return TrueFalseBody(
        answer=answer,
        feedback_true=said.get(True, NO_TEXT),
        feedback_false=said.get(False, NO_TEXT),
    )


def ordered(texts: Iterable[RichText], credit: Credit) -> OrderingBody:
    """Return items whose right order is that of the texts."""
    items = (OrderItem(key=number_key(index), text=text) for index, text in enumerate(texts))
    return OrderingBody(items=tuple(items), credit=credit)


class Pairing:
    """Prompts and answers as they are met; an answer met again is the same one."""

    def __init__(self) -> None:
        self._prompts: list[MatchPrompt] = []
        self._answers: dict[str, MatchAnswer] = {}

    def answer(self, text: RichText, known_as: str) -> str:
        """Add an answer, unless one is known by that name, and return its key."""
        made = MatchAnswer(key=number_key(len(self._answers)), text=text)
        return self._answers.setdefault(known_as, made).key

    def prompt(self, text: RichText, answer: str) -> None:
        """Add a prompt and the key of its answer."""
        key = number_key(len(self._prompts))
        self._prompts.append(MatchPrompt(key=key, text=text, answer=answer))

    def pair(self, prompt: RichText, answer: RichText) -> None:
        """Add an answer and its prompt; a blank prompt leaves the answer there to mislead."""
        key = self.answer(answer, answer.source)
        if not prompt.is_blank:
            self.prompt(prompt, key)

    def body(self, credit: Credit) -> MatchingBody:
        """Return all of them as they were met."""
        return MatchingBody(
            prompts=tuple(self._prompts), answers=tuple(self._answers.values()), credit=credit
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedNumber:
    """An accepted number as Moodle has it: `*` stands for all that are not accepted."""

    value: str
    tolerance: str = ""
    share: Fraction = EVERYTHING
    feedback: RichText = NO_TEXT


def typed_numbers(typed: Iterable[TypedNumber]) -> NumericBody:
    """Return what is accepted, and what is said to any other number. Raises NotAsked."""
    accepted: list[AcceptedNumber] = []
    other = NO_TEXT
    for one in typed:
        if one.value == _ANY_OTHER:
            other = one.feedback
            continue
        near = NumberNear(value=decimal(one.value), tolerance=decimal(one.tolerance or "0"))
        accepted.append(AcceptedNumber(near=near, share=one.share, feedback=one.feedback))
    return NumericBody(accepted=tuple(accepted), other_feedback=other)


def decimal(text: str) -> Decimal:
    """Return the number that a text is. Raises NotAsked."""
    value = read_number(text)
    if value is None:
        raise not_a_number(text)
    return value


def not_a_number(text: str) -> NotAsked:
    """Return what to raise for a text that should be a number."""
    return NotAsked(_("Not a number: {text}").format(text=text.strip()[:40] or "–"))


def literal(text: str) -> str:
    """Return the pattern that accepts a text and nothing else, asterisks included."""
    return text.translate(_LITERAL)


def marked_text(source: str) -> RichText:
    """Return a text whose format the file does not say: HTML where it looks like it."""
    fmt = TextFormat.HTML if looks_like_html(source) else TextFormat.PLAIN
    return RichText(source=source, format=fmt)


def broken_text(source: str) -> RichText:
    """Return a text in Moodle's mixture, in whose HTML a line end is a break."""
    found = marked_text(source)
    if found.format is TextFormat.PLAIN:
        return found
    return replace(found, source=source.replace("\n", "<br>"))


def gaps_stem() -> RichText:
    """Return what is asked where all of a question is a text with gaps."""
    return plain(_("Fill the gaps."))
