"""Every right option is to be chosen, and no wrong one."""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from app.core.assessments.draws import Draws
from app.core.assessments.question_types.base import (
    Json,
    TextChange,
    clamp,
    decode,
    encode,
    expect,
    number_key,
)
from app.core.assessments.question_types.options import (
    Option,
    feedback_of,
    in_words,
    option_problems,
    options_with_texts,
    shuffled_keys,
)
from app.core.assessments.types import (
    EVERYTHING,
    NO_TEXT,
    NOTHING,
    Body,
    Chosen,
    Response,
    RichText,
)
from app.core.base.words import _, mark

_SCHEMA = 1


class ChoiceCredit(StrEnum):
    """What a choice earns that is right in part."""

    ALL_OR_NOTHING = "all_or_nothing"
    PARTIAL = "partial"
    """Right ones less wrong ones, of the number that is right."""
    WEIGHTED = "weighted"
    """The sum of the shares of the options chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceManyBody(Body):
    """Options, of which those with a share above 0 are right."""

    options: tuple[Option, ...]
    credit: ChoiceCredit = ChoiceCredit.ALL_OR_NOTHING

    @property
    def right(self) -> frozenset[str]:
        """Return the keys of the right options."""
        return frozenset(option.key for option in self.options if option.share > 0)


class ChoiceMany:
    """Any number of several options."""

    key: ClassVar[str] = "choice_many"
    title: ClassVar[str] = mark("Several choices")
    always_shuffles: ClassVar[bool] = False

    def blank(self) -> ChoiceManyBody:
        """Return four empty options."""
        return ChoiceManyBody(
            options=tuple(Option(key=number_key(i), text=NO_TEXT) for i in range(4))
        )

    def problems(self, body: ChoiceManyBody) -> tuple[str, ...]:
        """Return what keeps it from being asked."""
        found = list(option_problems(body.options))
        if not body.right:
            found.append(_("No option is marked as right."))
        elif self.score(body, self.best_response(body)) != EVERYTHING:
            found.append(_("The right options together do not earn 100%."))
        return tuple(found)

    def score(self, body: ChoiceManyBody, response: Response | None) -> Fraction:
        """Return the share earned under the body's rule of credit."""
        chosen = expect(response, Chosen)
        if chosen is None or not chosen.keys or not body.right:
            return NOTHING
        keys = set(chosen.keys)
        match body.credit:
            case ChoiceCredit.ALL_OR_NOTHING:
                return EVERYTHING if keys == body.right else NOTHING
            case ChoiceCredit.PARTIAL:
                right, wrong = len(keys & body.right), len(keys - body.right)
                return clamp(Fraction(right - wrong, len(body.right)))
            case ChoiceCredit.WEIGHTED:
                earned = (option.share for option in body.options if option.key in keys)
                return clamp(sum(earned, NOTHING))

    def best_response(self, body: ChoiceManyBody) -> Chosen | None:
        """Return all the right options."""
        right = tuple(option.key for option in body.options if option.share > 0)
        return Chosen(keys=right) if right else None

    def describe_response(self, body: ChoiceManyBody, response: Response | None) -> str:
        """Return the words of the options chosen."""
        chosen = expect(response, Chosen)
        return in_words(body.options, chosen.keys) if chosen else ""

    def feedback(self, body: ChoiceManyBody, response: Response | None) -> tuple[RichText, ...]:
        """Return what the author says to the options chosen."""
        chosen = expect(response, Chosen)
        return feedback_of(body.options, chosen.keys) if chosen else ()

    def as_written(self, body: ChoiceManyBody) -> tuple[str, ...]:
        """Return the options' keys in the author's order."""
        return tuple(option.key for option in body.options)

    def shuffle(self, body: ChoiceManyBody, draws: Draws) -> tuple[str, ...]:
        """Return the options' keys in an order drawn at random."""
        return shuffled_keys(body.options, draws)

    def with_texts(self, body: ChoiceManyBody, change: TextChange) -> ChoiceManyBody:
        """Return the body with each text changed."""
        return replace(body, options=options_with_texts(body.options, change))

    def to_json(self, body: ChoiceManyBody) -> Json:
        """Return the body as JSON."""
        return encode(body, _SCHEMA)

    def from_json(self, untrusted: object) -> ChoiceManyBody:
        """Return the body that JSON holds."""
        return decode(untrusted, ChoiceManyBody, _SCHEMA)
