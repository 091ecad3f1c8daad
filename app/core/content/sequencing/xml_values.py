"""Reading values out of untrusted XML: names without their namespace, checked words and numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar
from xml.etree.ElementTree import Element

from app.core.content.sequencing.errors import SequencingUnreadable

LONGEST_TEXT = 64_000
_LONGEST_WORD = 4_096
_SHOWN = 40
_DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})")
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}

_Word = TypeVar("_Word", bound=StrEnum)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """Return the namespace of an element, empty without one."""
    return str(element.tag).rpartition("}")[0].lstrip("{")


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the direct children of that local name."""
    if element is not None:
        yield from (one for one in element if local_name(one) == name)


def child(element: Element | None, name: str) -> Element | None:
    """Return the first direct child of that local name."""
    return next(children(element, name), None)


def text_of(element: Element | None, longest: int = LONGEST_TEXT) -> str:
    """Return an element's own text without the blanks around it, cut at `longest`."""
    return (element.text or "").strip()[:longest] if element is not None else ""


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of one element, by local name, read with the books' defaults.

    Every method raises SequencingUnreadable for a value that is not of its kind.
    """

    values: dict[str, str]
    where: str

    @classmethod
    def of(cls, element: Element | None, where: str) -> "Attributes":
        """Return the attributes of an element; none at all for a missing one."""
        found = element.attrib.items() if element is not None else ()
        named = {key.rpartition("}")[2]: value.strip() for key, value in found}
        name = local_name(element) if element is not None else ""
        return cls(named, f"{where} {name}".strip())

    def text(self, name: str, otherwise: str = "") -> str:
        """Return an attribute as it stands. Raises SequencingUnreadable."""
        value = self.values.get(name, otherwise)
        if len(value) > _LONGEST_WORD:
            raise SequencingUnreadable(self.where, f"{name} is too long")
        return value

    def objective(self, name: str) -> str:
        """Return an objective's identifier: a URI whose blanks may be written out or not (xs:anyURI)."""
        return " ".join(self.text(name).replace("%20", " ").split())

    def truth(self, name: str, *, otherwise: bool) -> bool:
        """Return a boolean. Raises SequencingUnreadable."""
        value = self.values.get(name)
        if value is None:
            return otherwise
        if value.lower() not in _TRUTHS:
            raise SequencingUnreadable(self.where, f"{name}={value[:_SHOWN]}")
        return _TRUTHS[value.lower()]

    def count(self, name: str, otherwise: int | None) -> int | None:
        """Return a whole number that is not negative. Raises SequencingUnreadable."""
        value = self.values.get(name)
        if value is None:
            return otherwise
        if not re.fullmatch(r"\+?\d{1,9}", value, re.ASCII):
            raise SequencingUnreadable(self.where, f"{name}={value[:_SHOWN]}")
        return int(value)

    def number(self, name: str, otherwise: Fraction, low: int, high: int) -> Fraction:
        """Return an exact number within bounds."""
        value = self.values.get(name)
        return otherwise if value is None else exact(value, self.where, low, high)

    def word(self, name: str, words: type[_Word], otherwise: _Word | None) -> _Word:
        """Return a word of a vocabulary. Without `otherwise` the attribute must be there.

        Raises SequencingUnreadable.
        """
        value = self.values.get(name)
        if value is None:
            if otherwise is None:
                raise SequencingUnreadable(self.where, f"{name} is missing")
            return otherwise
        for word in words:
            if word.value.lower() == value.lower():
                return word
        raise SequencingUnreadable(self.where, f"{name}={value[:_SHOWN]}")


def exact(untrusted: str, where: str, low: int, high: int) -> Fraction:
    """Return a decimal number within bounds, exactly. Raises SequencingUnreadable."""
    text = untrusted.strip()
    if not _DECIMAL.fullmatch(text) or not text.isascii():
        raise SequencingUnreadable(where, f"{text[:_SHOWN]!r}")
    value = Fraction(text)
    if not low <= value <= high:
        raise SequencingUnreadable(where, f"{text[:_SHOWN]}")
    return value
