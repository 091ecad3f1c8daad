"""Every right option is to be chosen, and no wrong one."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from app.core.assessments.question_types.base import clamp, expect
from app.core.assessments.question_types.options import OptionsBody, OptionsType, option_problems
from app.core.assessments.types import EVERYTHING, NOTHING, Chosen, Response
from app.core.base.words import _, mark


class ChoiceCredit(StrEnum):
    """What a choice earns that is right in part."""

    ALL_OR_NOTHING = "all_or_nothing"
    PARTIAL = "partial"
    """Right ones less wrong ones, of the number that is right."""
    WEIGHTED = "weighted"
    """The sum of the shares of the options chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceManyBody(OptionsBody):
    """Options, of which those with a share above 0 are right."""

    credit: ChoiceCredit = ChoiceCredit.ALL_OR_NOTHING

    @property
    def right(self) -> frozenset[str]:
        """Return the keys of the right options."""
        return frozenset(option.key for option in self.options if option.share > 0)


class ChoiceMany(OptionsType[ChoiceManyBody]):
    """Any number of several options."""

    key: ClassVar[str] = "choice_many"
    title: ClassVar[str] = mark("Several choices")
    body_class = ChoiceManyBody

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
