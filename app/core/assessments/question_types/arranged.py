"""What the types share whose learner arranges what lies there: pairs and orders."""

from typing import ClassVar, TypeVar

from app.core.assessments.question_types.base import StoredType
from app.core.assessments.types import Body, Response, RichText

_BodyT = TypeVar("_BodyT", bound=Body)


class ArrangedType(StoredType[_BodyT]):
    """What is arranged is shuffled always: the author's order is the answer."""

    always_shuffles: ClassVar[bool] = True

    def feedback(self, body: _BodyT, response: Response | None) -> tuple[RichText, ...]:  # noqa: ARG002  a protocol's method
        """Return nothing: what is arranged has no feedback of its own."""
        return ()
