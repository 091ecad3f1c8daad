"""What the types share whose learner types: a number or words, laid out nowhere."""

from typing import ClassVar, TypeVar

from app.core.assessments.draws import Draws
from app.core.assessments.question_types.base import StoredType, expect
from app.core.assessments.types import Body, Response, Typed

_BodyT = TypeVar("_BodyT", bound=Body)


class TypedType(StoredType[_BodyT]):
    """What was typed is the learner's own, and there is nothing to shuffle."""

    always_shuffles: ClassVar[bool] = False

    def describe_response(self, body: _BodyT, response: Response | None) -> str:  # noqa: ARG002  the words are the learner's own
        """Return what was typed."""
        typed = expect(response, Typed)
        return typed.text.strip() if typed else ""

    def as_written(self, body: _BodyT) -> tuple[str, ...]:  # noqa: ARG002  a protocol's method
        """Return nothing: there is nothing to lay out."""
        return ()

    def shuffle(self, body: _BodyT, draws: Draws) -> tuple[str, ...]:  # noqa: ARG002  a protocol's method
        """Return nothing: there is nothing to lay out."""
        return ()
