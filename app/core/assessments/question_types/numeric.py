"""A number is to be typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from app.core.assessments.question_types.base import TextChange, clamp, expect, share_problems
from app.core.assessments.question_types.numbers import (
    DecimalMark,
    exact,
    is_bounded,
    read_number,
    written,
)
from app.core.assessments.question_types.typed import TypedType
from app.core.assessments.types import EVERYTHING, NO_TEXT, NOTHING, Body, Response, RichText, Typed
from app.core.base.words import _, mark


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRange:
    """The numbers accepted: from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        """Refuse numbers without bounds. Raises ValueError."""
        _require_bounded(self.low, self.high)

    def holds(self, number: Fraction) -> bool:
        """Tell whether the number is accepted."""
        return exact(self.low) <= number <= exact(self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberNear:
    """The numbers accepted: no further from `value` than the tolerance, the ends included."""

    value: Decimal
    tolerance: Decimal = Decimal(0)
    relative: bool = False
    """Whether the tolerance is a share of the value (0.05 is 5%) rather than a distance."""

    def __post_init__(self) -> None:
        """Refuse numbers without bounds. Raises ValueError."""
        _require_bounded(self.value, self.tolerance)

    def holds(self, number: Fraction) -> bool:
        """Tell whether the number is accepted."""
        reach = exact(self.tolerance) * (abs(exact(self.value)) if self.relative else 1)
        return abs(number - exact(self.value)) <= reach


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedNumber:
    """Numbers that are accepted, either near a value or within a range."""

    near: NumberNear | None = None
    within: NumberRange | None = None
    share: Fraction = EVERYTHING
    feedback: RichText = NO_TEXT

    def holds(self, number: Fraction) -> bool:
        """Tell whether the number is accepted."""
        target = self.near or self.within
        return target is not None and target.holds(number)

    @property
    def example(self) -> Decimal | None:
        """Return a number that is accepted."""
        if self.near is not None:
            return self.near.value
        return self.within.low if self.within is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericBody(Body):
    """What is accepted, in the order it is tried: the first that fits decides."""

    accepted: tuple[AcceptedNumber, ...]
    decimal_mark: DecimalMark = DecimalMark.POINT
    other_feedback: RichText = NO_TEXT
    """Said to whatever else was typed."""


class Numeric(TypedType[NumericBody]):
    """A number, exact or within a tolerance."""

    key: ClassVar[str] = "numeric"
    title: ClassVar[str] = mark("Number")
    body_class = NumericBody

    def blank(self) -> NumericBody:
        """Return a body without a number."""
        return NumericBody(accepted=())

    def problems(self, body: NumericBody) -> tuple[str, ...]:
        """Return what keeps it from being asked."""
        return number_problems(body.accepted, body.decimal_mark)

    def score(self, body: NumericBody, response: Response | None) -> Fraction:
        """Return the share of the first target that the number hits."""
        found = self._found(body, response)
        return clamp(found.share) if found else NOTHING

    def best_response(self, body: NumericBody) -> Typed | None:
        """Return a number that earns everything."""
        best = best_number(body.accepted, body.decimal_mark)
        return None if best is None else Typed(text=best)

    def feedback(self, body: NumericBody, response: Response | None) -> tuple[RichText, ...]:
        """Return what the author says to the number."""
        if response is None:
            return ()
        found = self._found(body, response)
        said = found.feedback if found else body.other_feedback
        return () if said.is_blank else (said,)

    def with_texts(self, body: NumericBody, change: TextChange) -> NumericBody:
        """Return the body with each feedback changed."""
        accepted = (replace(one, feedback=change(one.feedback)) for one in body.accepted)
        return replace(body, accepted=tuple(accepted), other_feedback=change(body.other_feedback))

    def _found(self, body: NumericBody, response: Response | None) -> AcceptedNumber | None:
        typed = expect(response, Typed)
        return first_hit(body.accepted, typed.text, body.decimal_mark) if typed else None


def first_hit(
    accepted: Sequence[AcceptedNumber], text: str, decimal_mark: DecimalMark
) -> AcceptedNumber | None:
    """Return the first target that the number typed hits."""
    number = read_number(text, decimal_mark)
    if number is None:
        return None
    return next((one for one in accepted if one.holds(exact(number))), None)


def best_number(accepted: Sequence[AcceptedNumber], decimal_mark: DecimalMark) -> str | None:
    """Return a number that earns everything, as it would be typed."""
    for one in accepted:
        if one.example is None:
            continue
        text = written(one.example, decimal_mark)
        found = first_hit(accepted, text, decimal_mark)
        if found is not None and found.share == EVERYTHING:
            return text
    return None


def number_problems(
    accepted: Sequence[AcceptedNumber], decimal_mark: DecimalMark
) -> tuple[str, ...]:
    """Return what is wrong with a list of targets."""
    found = list(share_problems(one.share for one in accepted))
    found.extend(problem for one in accepted for problem in _target_problems(one))
    if not found and best_number(accepted, decimal_mark) is None:
        found.append(_("No answer earns 100%."))
    return tuple(found)


def _target_problems(one: AcceptedNumber) -> Iterable[str]:
    if (one.near is None) == (one.within is None):
        yield _("Give either a number with its tolerance or a range.")
    if one.near and one.near.tolerance < 0:
        yield _("A tolerance is below 0.")
    if one.within and one.within.low > one.within.high:
        yield _("A range ends before it begins.")


def _require_bounded(*numbers: Decimal) -> None:
    if not all(is_bounded(number) for number in numbers):
        raise ValueError("a number is out of bounds")
