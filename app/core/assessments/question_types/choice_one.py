"""One option is to be chosen."""

from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceOneBody(Body):
    """Options, of which one at least earns everything; others may earn a part."""

    options: tuple[Option, ...]


class ChoiceOne:
    """One of several options."""

    key: ClassVar[str] = "choice_one"
    title: ClassVar[str] = mark("One choice")
    always_shuffles: ClassVar[bool] = False

    def blank(self) -> ChoiceOneBody:
        """Return four empty options."""
        return ChoiceOneBody(
            options=tuple(Option(key=number_key(i), text=NO_TEXT) for i in range(4))
        )

    def problems(self, body: ChoiceOneBody) -> tuple[str, ...]:
        """Return what keeps it from being asked."""
        found = list(option_problems(body.options))
        if self.best_response(body) is None:
            found.append(_("No option is marked as right."))
        return tuple(found)

    def score(self, body: ChoiceOneBody, response: Response | None) -> Fraction:
        """Return the share of the one option chosen."""
        chosen = expect(response, Chosen)
        if chosen is None or len(chosen.keys) != 1:
            return NOTHING
        shares = {option.key: option.share for option in body.options}
        return clamp(shares.get(chosen.keys[0], NOTHING))

    def best_response(self, body: ChoiceOneBody) -> Chosen | None:
        """Return the first option that earns everything."""
        right = (option.key for option in body.options if option.share == EVERYTHING)
        key = next(right, None)
        return None if key is None else Chosen(keys=(key,))

    def describe_response(self, body: ChoiceOneBody, response: Response | None) -> str:
        """Return the words of the option chosen."""
        chosen = expect(response, Chosen)
        return in_words(body.options, chosen.keys) if chosen else ""

    def feedback(self, body: ChoiceOneBody, response: Response | None) -> tuple[RichText, ...]:
        """Return what the author says to the option chosen."""
        chosen = expect(response, Chosen)
        return feedback_of(body.options, chosen.keys) if chosen else ()

    def as_written(self, body: ChoiceOneBody) -> tuple[str, ...]:
        """Return the options' keys in the author's order."""
        return tuple(option.key for option in body.options)

    def shuffle(self, body: ChoiceOneBody, draws: Draws) -> tuple[str, ...]:
        """Return the options' keys in an order drawn at random."""
        return shuffled_keys(body.options, draws)

    def with_texts(self, body: ChoiceOneBody, change: TextChange) -> ChoiceOneBody:
        """Return the body with each text changed."""
        return replace(body, options=options_with_texts(body.options, change))

    def to_json(self, body: ChoiceOneBody) -> Json:
        """Return the body as JSON."""
        return encode(body, _SCHEMA)

    def from_json(self, untrusted: object) -> ChoiceOneBody:
        """Return the body that JSON holds."""
        return decode(untrusted, ChoiceOneBody, _SCHEMA)
