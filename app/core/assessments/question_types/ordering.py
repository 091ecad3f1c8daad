"""Items are to be put in order: the steps of a job."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from app.core.assessments.draws import Draws
from app.core.assessments.markup import plain_text
from app.core.assessments.question_types.arranged import ArrangedType
from app.core.assessments.question_types.base import (
    TextChange,
    credited,
    expect,
    key_problems,
    number_key,
    text_problems,
)
from app.core.assessments.types import NO_TEXT, NOTHING, Body, Credit, Ordered, Response, RichText
from app.core.base.words import _, mark


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderItem:
    """One thing to be put at its place."""

    key: str
    text: RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingBody(Body):
    """The items in their right order."""

    items: tuple[OrderItem, ...]
    credit: Credit = Credit.ALL_OR_NOTHING
    """In part: the share of items that are followed by the right next one."""


class Ordering(ArrangedType[OrderingBody]):
    """Items to be put in order."""

    key: ClassVar[str] = "ordering"
    title: ClassVar[str] = mark("Put in order")
    body_class = OrderingBody

    def blank(self) -> OrderingBody:
        """Return three empty items."""
        return OrderingBody(
            items=tuple(OrderItem(key=number_key(i), text=NO_TEXT) for i in range(3))
        )

    def problems(self, body: OrderingBody) -> tuple[str, ...]:
        """Return what keeps it from being asked."""
        found = []
        if len(body.items) < 2:  # noqa: PLR2004
            found.append(_("There must be at least two items."))
        found.extend(key_problems([one.key for one in body.items]))
        found.extend(text_problems((one.text for one in body.items), _("An item is empty.")))
        return tuple(found)

    def score(self, body: OrderingBody, response: Response | None) -> Fraction:
        """Return the share of items followed by the right next one; every item must be there once."""
        ordered = expect(response, Ordered)
        right = [one.key for one in body.items]
        if ordered is None or len(right) < 2 or sorted(ordered.keys) != sorted(right):  # noqa: PLR2004
            return NOTHING
        followed = len(set(pairwise(ordered.keys)) & set(pairwise(right)))
        return credited(Fraction(followed, len(right) - 1), body.credit)

    def best_response(self, body: OrderingBody) -> Ordered | None:
        """Return the right order."""
        return Ordered(keys=tuple(one.key for one in body.items)) if body.items else None

    def describe_response(self, body: OrderingBody, response: Response | None) -> str:
        """Return the items in the order they were put."""
        ordered = expect(response, Ordered)
        words = {one.key: plain_text(one.text) for one in body.items}
        return " → ".join(words.get(key, key) for key in (ordered.keys if ordered else ()))

    def as_written(self, body: OrderingBody) -> tuple[str, ...]:
        """Return the items' keys in the right order."""
        return tuple(one.key for one in body.items)

    def shuffle(self, body: OrderingBody, draws: Draws) -> tuple[str, ...]:
        """Return the items' keys in an order drawn at random that is not the right one."""
        right = self.as_written(body)
        if len(set(right)) < 2:  # noqa: PLR2004
            return right
        while (order := draws.shuffled(right)) == right:
            pass
        return order

    def numbered(self, body: OrderingBody) -> OrderingBody:
        """Return the body with its items called by their numbers."""
        items = (replace(one, key=number_key(index)) for index, one in enumerate(body.items))
        return replace(body, items=tuple(items))

    def with_texts(self, body: OrderingBody, change: TextChange) -> OrderingBody:
        """Return the body with each text changed."""
        return replace(body, items=tuple(replace(one, text=change(one.text)) for one in body.items))
