"""What a check of a question's type says: the fields at which its problems lie."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar

from app.core.assessments.types import Body

BodyT_contra = TypeVar("BodyT_contra", bound=Body, contravariant=True)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A sentence, and the field it belongs to: "stem", "options/0/text", "" for the whole."""

    field: str
    text: str


class QuestionCheck(Protocol[BodyT_contra]):
    """Places the problems of one type's bodies. Fields are named as in the body, places from 0."""

    key: ClassVar[str]

    def places(self, body: BodyT_contra) -> Iterable[FieldProblem]:
        """Yield each part that breaks a rule, with the sentence of the type for it."""
        ...
