"""What QTI 1.2's scoring conditions say: which values earn what, and what is said to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from xml.etree.ElementTree import Element

from app.core.assessments.formats.qti_declarations import number
from app.core.assessments.formats.xml_reading import child, children, local, within, words
from app.core.assessments.types import EVERYTHING, NOTHING

_WHOLE = "SCORE.max"
"""Blackboard's way to say all points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One condition: what must be given, what it sets the score to."""

    right: frozenset[tuple[str, str]]
    """Pairs of (response, value) that must be given."""
    wrong: frozenset[tuple[str, str]]
    """Those that must not."""
    value: Fraction
    feedback: str
    low: str = ""
    high: str = ""
    case_matters: bool = False

    @property
    def values(self) -> frozenset[str]:
        """Return the values that must be given."""
        return frozenset(value for _response, value in self.right)

    def names(self, response: Element, value: str) -> bool:
        """Tell whether one value of a response is among what must be given."""
        return (response.get("ident", ""), value) in self.right


def hits_of(item: Element) -> Iterator[Hit]:
    """Yield the conditions of an item, in their order, those that set no score included."""
    for processing in children(item, "resprocessing"):
        for condition in children(processing, "respcondition"):
            holder = child(condition, "conditionvar")
            if holder is not None:
                yield _hit(condition, holder)


def whole_of(item: Element, hits: Sequence[Hit]) -> Fraction:
    """Return the score that is everything: the highest that a condition sets, or all of them added."""
    above = [hit.value for hit in hits if hit.value > 0]
    adds = any(one.get("action", "Set").lower() == "add" for one in within(item, "setvar"))
    if adds:
        return sum(above, NOTHING) or EVERYTHING
    return max(above, default=EVERYTHING)


def whole_set(hits: Sequence[Hit]) -> Hit | None:
    """Return the condition that names all that is to be chosen at once, the best of them; or None."""
    sets = (hit for hit in hits if len(hit.right) > 1 or hit.wrong)
    return max(sets, key=lambda hit: hit.value, default=None)


def _hit(condition: Element, holder: Element) -> Hit:
    forbidden = {one for no in within(holder, "not") for one in within(no, "varequal", "varsubset")}
    equal = list(within(holder, "varequal", "varsubset"))
    linked = next(within(condition, "displayfeedback"), None)
    return Hit(
        right=frozenset(_pair(one) for one in equal if one not in forbidden),
        wrong=frozenset(_pair(one) for one in equal if one in forbidden),
        value=_value(condition),
        feedback="" if linked is None else linked.get("linkrefid", ""),
        low=_bound(holder, "vargte", "vargt"),
        high=_bound(holder, "varlte", "varlt"),
        case_matters=any(one.get("case", "No").lower() == "yes" for one in equal),
    )


def _pair(element: Element) -> tuple[str, str]:
    return element.get("respident", ""), words(element)


def _value(condition: Element) -> Fraction:
    for one in children(condition, "setvar"):
        text = words(one)
        if text == _WHOLE:
            return EVERYTHING
        if text and local(one) == "setvar":
            return number(text)
    return NOTHING


def _bound(holder: Element, *names: str) -> str:
    found = next(within(holder, *names), None)
    return "" if found is None else words(found)
