"""A word or a few are to be typed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from app.core.assessments.question_types.base import TextChange, clamp, expect, share_problems
from app.core.assessments.question_types.typed import TypedType
from app.core.assessments.question_types.typed_text import LONGEST_PATTERN, example, matches
from app.core.assessments.types import EVERYTHING, NO_TEXT, NOTHING, Body, Response, RichText, Typed
from app.core.base.words import _, mark


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedText:
    r"""A pattern that is accepted: `*` stands for anything, `\*` for an asterisk."""

    pattern: str
    share: Fraction = EVERYTHING
    feedback: RichText = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortTextBody(Body):
    """What is accepted, in the order it is tried: the first that fits decides."""

    accepted: tuple[AcceptedText, ...]
    case_matters: bool = False


class ShortText(TypedType[ShortTextBody]):
    """A word or a few."""

    key: ClassVar[str] = "short_text"
    title: ClassVar[str] = mark("Short answer")
    body_class = ShortTextBody

    def blank(self) -> ShortTextBody:
        """Return one empty pattern."""
        return ShortTextBody(accepted=(AcceptedText(pattern=""),))

    def problems(self, body: ShortTextBody) -> tuple[str, ...]:
        """Return what keeps it from being asked."""
        return pattern_problems(body.accepted, case_matters=body.case_matters)

    def score(self, body: ShortTextBody, response: Response | None) -> Fraction:
        """Return the share of the first pattern that fits."""
        found = self._found(body, response)
        return clamp(found.share) if found else NOTHING

    def best_response(self, body: ShortTextBody) -> Typed | None:
        """Return a text that earns everything."""
        best = best_text(body.accepted, case_matters=body.case_matters)
        return None if best is None else Typed(text=best)

    def feedback(self, body: ShortTextBody, response: Response | None) -> tuple[RichText, ...]:
        """Return what the author says to the pattern that fits."""
        found = self._found(body, response)
        return (found.feedback,) if found and not found.feedback.is_blank else ()

    def with_texts(self, body: ShortTextBody, change: TextChange) -> ShortTextBody:
        """Return the body with each feedback changed."""
        accepted = (replace(one, feedback=change(one.feedback)) for one in body.accepted)
        return replace(body, accepted=tuple(accepted))

    def _found(self, body: ShortTextBody, response: Response | None) -> AcceptedText | None:
        typed = expect(response, Typed)
        if typed is None:
            return None
        return first_match(body.accepted, typed.text, case_matters=body.case_matters)


def first_match(
    accepted: Sequence[AcceptedText], text: str, *, case_matters: bool
) -> AcceptedText | None:
    """Return the first pattern that `text` fits."""
    fitting = (one for one in accepted if matches(one.pattern, text, fold_case=not case_matters))
    return next(fitting, None)


def best_text(accepted: Sequence[AcceptedText], *, case_matters: bool) -> str | None:
    """Return a text that earns everything, or None when an earlier pattern always gets in the way."""
    for one in accepted:
        text = example(one.pattern)
        found = first_match(accepted, text, case_matters=case_matters)
        if found is not None and found.share == EVERYTHING:
            return text
    return None


def pattern_problems(accepted: Sequence[AcceptedText], *, case_matters: bool) -> tuple[str, ...]:
    """Return what is wrong with a list of patterns."""
    found = list(share_problems(one.share for one in accepted))
    if any(not one.pattern.strip() for one in accepted):
        found.append(_("An accepted answer is empty."))
    if any(len(one.pattern) > LONGEST_PATTERN for one in accepted):
        found.append(_("An accepted answer is too long."))
    if best_text(accepted, case_matters=case_matters) is None:
        found.append(_("No answer earns 100%."))
    return tuple(found)
