"""A statement is true or false."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from app.core.assessments.draws import Draws
from app.core.assessments.question_types.base import StoredType, TextChange, expect
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

TRUE = "true"
FALSE = "false"
_RIGHT: dict[bool | None, tuple[str, ...]] = {True: (TRUE,), False: (FALSE,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalseBody(Body):
    """Which of the two is right; None until the author has said."""

    answer: bool | None
    feedback_true: RichText = NO_TEXT
    """Said to whoever chose "true"."""
    feedback_false: RichText = NO_TEXT


class TrueFalse(StoredType[TrueFalseBody]):
    """True or false."""

    key: ClassVar[str] = "true_false"
    title: ClassVar[str] = mark("True or false")
    always_shuffles: ClassVar[bool] = False
    body_class = TrueFalseBody

    def blank(self) -> TrueFalseBody:
        """Return a statement of which nobody has said whether it is true."""
        return TrueFalseBody(answer=None)

    def problems(self, body: TrueFalseBody) -> tuple[str, ...]:
        """Return what keeps it from being asked."""
        return (_("Say whether the statement is true."),) if body.answer is None else ()

    def score(self, body: TrueFalseBody, response: Response | None) -> Fraction:
        """Return everything for the right choice."""
        chosen = expect(response, Chosen)
        is_right = chosen is not None and chosen.keys == _RIGHT.get(body.answer)
        return EVERYTHING if is_right else NOTHING

    def best_response(self, body: TrueFalseBody) -> Chosen | None:
        """Return the right choice."""
        right = _RIGHT.get(body.answer)
        return None if right is None else Chosen(keys=right)

    def describe_response(self, body: TrueFalseBody, response: Response | None) -> str:  # noqa: ARG002  the words are the same for every body
        """Return True or False in words."""
        chosen = expect(response, Chosen)
        words = {TRUE: _("True"), FALSE: _("False")}
        return "; ".join(words.get(key, key) for key in chosen.keys) if chosen else ""

    def feedback(self, body: TrueFalseBody, response: Response | None) -> tuple[RichText, ...]:
        """Return what the author says to the choice."""
        chosen = expect(response, Chosen)
        said = {TRUE: body.feedback_true, FALSE: body.feedback_false}
        texts = (said[key] for key in (chosen.keys if chosen else ()) if key in said)
        return tuple(text for text in texts if not text.is_blank)

    def as_written(self, body: TrueFalseBody) -> tuple[str, ...]:  # noqa: ARG002  the same for every body
        """Return true, false."""
        return (TRUE, FALSE)

    def shuffle(self, body: TrueFalseBody, draws: Draws) -> tuple[str, ...]:  # noqa: ARG002  everybody looks for True first
        """Return true, false: their order says nothing."""
        return (TRUE, FALSE)

    def with_texts(self, body: TrueFalseBody, change: TextChange) -> TrueFalseBody:
        """Return the body with each text changed."""
        return replace(
            body,
            feedback_true=change(body.feedback_true),
            feedback_false=change(body.feedback_false),
        )
