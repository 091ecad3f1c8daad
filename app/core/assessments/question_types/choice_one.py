"""One option is to be chosen."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from app.core.assessments.question_types.base import clamp, expect
from app.core.assessments.question_types.options import OptionsBody, OptionsType, option_problems
from app.core.assessments.types import EVERYTHING, NOTHING, Chosen, Response
from app.core.base.words import _, mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceOneBody(OptionsBody):
    """Options, of which one at least earns everything; others may earn a part."""


class ChoiceOne(OptionsType[ChoiceOneBody]):
    """One of several options."""

    key: ClassVar[str] = "choice_one"
    title: ClassVar[str] = mark("One choice")
    body_class = ChoiceOneBody

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
