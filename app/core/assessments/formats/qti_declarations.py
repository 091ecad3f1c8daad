"""What a QTI item declares: which responses are right, and what each is worth."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import NotAsked
from app.core.assessments.formats.building import not_a_number
from app.core.assessments.formats.xml_reading import child, children, local, within, words
from app.core.assessments.types import NOTHING
from app.core.base.words import _

_MAP_RESPONSE = "map_response"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A response declaration (QTI 2.x, 6.4; 3.0 the same in other spelling)."""

    identifier: str
    cardinality: str
    base_type: str
    correct: tuple[str, ...] = ()
    mapped: dict[str, Fraction] = field(default_factory=dict)
    """What a value earns, in the points of the mapping."""
    exact_case: frozenset[str] = frozenset()
    """Values of the mapping whose capital letters matter."""
    lower: Fraction | None = None
    upper: Fraction | None = None

    def shares(self, keys: list[str], *, by_mapping: bool) -> dict[str, Fraction]:
        """Return what each key earns of the whole: by the mapping, or everything for a right one."""
        if not by_mapping or not self.mapped:
            return {key: Fraction(key in self.correct) for key in keys}
        whole = self.whole
        return {
            key: min(max(self.mapped.get(key, NOTHING) / whole, Fraction(-1)), Fraction(1))
            for key in keys
        }

    @property
    def whole(self) -> Fraction:
        """Return the most that can be earned by the mapping. Raises NotAsked."""
        above = [one for one in self.mapped.values() if one > 0]
        most = sum(above, NOTHING) if self.cardinality != "single" else max(above, default=NOTHING)
        if self.upper is not None and 0 < self.upper < most:
            return self.upper
        if most <= 0:
            raise NotAsked(_("No answer earns anything."))
        return most


def declarations(item: Element) -> dict[str, Declaration]:
    """Return the response declarations of an item by identifier."""
    found = (_declaration(one) for one in children(item, "responseDeclaration"))
    return {one.identifier: one for one in found}


def uses_mapping(item: Element) -> bool:
    """Tell whether the item's scoring adds up mapped values rather than asks for the right answer."""
    processing = child(item, "responseProcessing")
    if processing is None:
        return False
    template = processing.get("template", "")
    return (
        _MAP_RESPONSE in template
        or next(within(processing, "mapResponse", "sum"), None) is not None
    )


def points_of(item: Element) -> int:
    """Return what the item is worth, in whole points; 1 where it does not say."""
    for one in children(item, "outcomeDeclaration"):
        if one.get("identifier") == "SCORE" and one.get("normalMaximum"):
            most = number(one.get("normalMaximum", "1"))
            return max(int(most), 1)
    return 1


def number(text: str) -> Fraction:
    """Return a number of the file. Raises NotAsked."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation as error:
        raise not_a_number(text) from error
    if not value.is_finite() or abs(value.adjusted()) > 15:  # noqa: PLR2004  digits before or after the point
        raise not_a_number(text)
    return Fraction(value)


def _declaration(element: Element) -> Declaration:
    holder, mapping = child(element, "correctResponse"), child(element, "mapping")
    correct = () if holder is None else tuple(words(one) for one in children(holder, "value"))
    entries = [] if mapping is None else [e for e in mapping if local(e) == "mapEntry"]
    return Declaration(
        identifier=element.get("identifier", ""),
        cardinality=element.get("cardinality", "single"),
        base_type=element.get("baseType", "identifier"),
        correct=correct,
        mapped={e.get("mapKey", ""): number(e.get("mappedValue", "0")) for e in entries},
        exact_case=frozenset(
            e.get("mapKey", "") for e in entries if e.get("caseSensitive", "true") == "true"
        ),
        lower=_bound(mapping, "lowerBound"),
        upper=_bound(mapping, "upperBound"),
    )


def _bound(mapping: Element | None, name: str) -> Fraction | None:
    text = "" if mapping is None else mapping.get(name, "")
    return number(text) if text else None
