"""Problems of items to be put in order, by item."""

from collections.abc import Iterable
from typing import ClassVar

from app.core.assessments.question_checks.base import FieldProblem
from app.core.assessments.question_types.ordering import OrderingBody
from app.core.base.words import _


class OrderingCheck:
    """Items to be put in order."""

    key: ClassVar[str] = "ordering"

    def places(self, body: OrderingBody) -> Iterable[FieldProblem]:
        """Yield empty items, and that there are too few."""
        for place, one in enumerate(body.items):
            if one.text.is_blank:
                yield FieldProblem(f"items/{place}/text", _("An item is empty."))
        yield FieldProblem("items", _("There must be at least two items."))
