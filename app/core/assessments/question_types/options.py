"""Options to choose from, as choices and gaps have them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, TypeVar

from app.core.assessments.draws import Draws
from app.core.assessments.markup import plain_text
from app.core.assessments.question_types.base import (
    StoredType,
    TextChange,
    expect,
    key_problems,
    number_key,
    share_problems,
    text_problems,
)
from app.core.assessments.types import NO_TEXT, NOTHING, Body, Chosen, Response, RichText
from app.core.base.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose."""

    key: str
    text: RichText
    share: Fraction = NOTHING
    """What choosing it earns: 1 is right, 0 wrong; below 0 takes away where weights count."""
    feedback: RichText = NO_TEXT
    pinned: bool = False
    """Keeps its place when options are shuffled ("all of these")."""


def option_problems(options: Sequence[Option]) -> Iterable[str]:
    """Yield what keeps the options from being asked, whatever the rule of credit."""
    if len(options) < 2:  # noqa: PLR2004
        yield _("There must be at least two options.")
    yield from key_problems([option.key for option in options])
    yield from text_problems((option.text for option in options), _("An option is empty."))
    yield from share_problems(option.share for option in options)


def shuffled_keys(options: Sequence[Option], draws: Draws) -> tuple[str, ...]:
    """Return the keys in an order drawn at random, the pinned options at their places."""
    loose = iter(draws.shuffled([option.key for option in options if not option.pinned]))
    return tuple(option.key if option.pinned else next(loose) for option in options)


def options_with_texts(options: Sequence[Option], change: TextChange) -> tuple[Option, ...]:
    """Return the options with `change` made to each text and feedback."""
    return tuple(
        replace(option, text=change(option.text), feedback=change(option.feedback))
        for option in options
    )


def in_words(options: Sequence[Option], keys: Iterable[str]) -> str:
    """Return the options chosen, in the author's order; a key that is none of them as it stands."""
    chosen = set(keys)
    known = [plain_text(option.text) for option in options if option.key in chosen]
    strange = sorted(chosen - {option.key for option in options})
    return "; ".join(known + strange)


def feedback_of(options: Sequence[Option], keys: Iterable[str]) -> tuple[RichText, ...]:
    """Return what the author says to the options chosen."""
    chosen = set(keys)
    return tuple(
        option.feedback
        for option in options
        if option.key in chosen and not option.feedback.is_blank
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsBody(Body):
    """A body that lays out options."""

    options: tuple[Option, ...]


_OptionsBodyT = TypeVar("_OptionsBodyT", bound=OptionsBody)


class OptionsType(StoredType[_OptionsBodyT]):
    """What the types do alike whose learner chooses among options."""

    always_shuffles: ClassVar[bool] = False

    def blank(self) -> _OptionsBodyT:
        """Return four empty options."""
        return self.body_class(
            options=tuple(Option(key=number_key(i), text=NO_TEXT) for i in range(4))
        )

    def describe_response(self, body: _OptionsBodyT, response: Response | None) -> str:
        """Return the words of the options chosen."""
        chosen = expect(response, Chosen)
        return in_words(body.options, chosen.keys) if chosen else ""

    def feedback(self, body: _OptionsBodyT, response: Response | None) -> tuple[RichText, ...]:
        """Return what the author says to the options chosen."""
        chosen = expect(response, Chosen)
        return feedback_of(body.options, chosen.keys) if chosen else ()

    def as_written(self, body: _OptionsBodyT) -> tuple[str, ...]:
        """Return the options' keys in the author's order."""
        return tuple(option.key for option in body.options)

    def shuffle(self, body: _OptionsBodyT, draws: Draws) -> tuple[str, ...]:
        """Return the options' keys in an order drawn at random."""
        return shuffled_keys(body.options, draws)

    def numbered(self, body: _OptionsBodyT) -> _OptionsBodyT:
        """Return the body with its options called by their numbers."""
        options = (
            replace(option, key=number_key(index)) for index, option in enumerate(body.options)
        )
        return replace(body, options=tuple(options))

    def with_texts(self, body: _OptionsBodyT, change: TextChange) -> _OptionsBodyT:
        """Return the body with each text changed."""
        return replace(body, options=options_with_texts(body.options, change))
