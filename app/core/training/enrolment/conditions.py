"""The tree of conditions of an enrolment rule: as values, as JSON, and in words.

JSON: {"all": […]}, {"any": […]}, {"not": …}, {"is": "unit", "of": ["FIN"]},
{"between": "joined_on", "first": "2026-01-01", "last": null}.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.training.enrolment.attributes import ATTRIBUTES, Attribute, ValueKind
from app.core.training.errors import TrainingRefused

MOST_PARTS = 100
"""Of a tree in all: beyond that nobody can say what it means."""
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts it is everybody."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class OneOf:
    """An attribute has one of some values."""

    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """A day lies between two others, both counted in; None for no end."""

    attribute: str
    first: date | None = None
    last: date | None = None


Condition = All | Either | Not | OneOf | Between


def to_json(condition: Condition) -> dict[str, Any]:
    """Return a tree as JSON."""
    match condition:
        case All(parts):
            return {"all": [to_json(one) for one in parts]}
        case Either(parts):
            return {"any": [to_json(one) for one in parts]}
        case Not(part):
            return {"not": to_json(part)}
        case OneOf(attribute, values):
            return {"is": attribute, "of": list(values)}
        case Between(attribute, first, last):
            return {"between": attribute, "first": _iso(first), "last": _iso(last)}


def from_json(untrusted: Any) -> Condition:
    """Return the tree of JSON. Raises TrainingRefused for what is none."""
    return _Reader().read(untrusted, 0)


def in_words(condition: Condition) -> str:
    """Return a tree as a sentence's part."""
    match condition:
        case All(parts):
            return _(" and ").join(map(_in_brackets, parts)) if parts else _("everybody")
        case Either(parts):
            return _(" or ").join(map(_in_brackets, parts))
        case Not(part):
            return _("not {part}").format(part=_in_brackets(part))
        case OneOf(attribute, values):
            return _("{what}: {values}").format(
                what=_(ATTRIBUTES[attribute].title), values=", ".join(values)
            )
        case Between(attribute, first, last):
            return _between_in_words(_(ATTRIBUTES[attribute].title), first, last)


class _Reader:
    """Reads a tree of unknown origin, and counts what it reads."""

    def __init__(self) -> None:
        self._left = MOST_PARTS

    def read(self, untrusted: Any, depth: int) -> Condition:
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise TrainingRefused(
                _("The condition has too many parts."), _("Make several rules of it.")
            )
        if not isinstance(untrusted, dict):
            raise _unreadable(untrusted)
        match untrusted:
            case {"all": list(parts)}:
                return All(tuple(self.read(one, depth + 1) for one in parts))
            case {"any": list(parts)} if parts:
                return Either(tuple(self.read(one, depth + 1) for one in parts))
            case {"not": part}:
                return Not(self.read(part, depth + 1))
            case {"is": str(key), "of": list(values)} if values:
                return _one_of(key, values)
            case {"between": str(key), "first": first, "last": last}:
                _attribute(key, ValueKind.DAY)
                return Between(key, _day(first), _day(last))
            case _:
                raise _unreadable(untrusted)


def _one_of(key: str, values: list[Any]) -> OneOf:
    attribute = _attribute(key, ValueKind.WORD)
    words = tuple(dict.fromkeys(" ".join(str(one).split()) for one in values))
    wrong = [one for one in words if attribute.choices and one not in attribute.choices]
    if wrong or not all(words):
        raise TrainingRefused(
            _("{what} has no value “{value}”.").format(
                what=_(attribute.title), value=", ".join(wrong)
            ),
            _("Choose among: {choices}.").format(choices=", ".join(attribute.choices)),
        )
    return OneOf(key, words)


def _attribute(key: str, kind: "ValueKind") -> Attribute:
    found = ATTRIBUTES.get(key)
    if found is None or found.kind is not kind:
        raise TrainingRefused(
            _("People have no “{key}” that a rule could ask for.").format(key=key),
            _("Choose among: {keys}.").format(keys=", ".join(ATTRIBUTES)),
        )
    return found


def _day(untrusted: Any) -> date | None:
    if untrusted is None:
        return None
    try:
        return date.fromisoformat(str(untrusted))
    except ValueError:
        raise _unreadable(untrusted) from None


def _unreadable(untrusted: Any) -> TrainingRefused:
    return TrainingRefused(
        _("The condition “{text}” cannot be read.").format(text=str(untrusted)[:80]),
        _("Look at the examples in the manual."),
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _in_brackets(condition: Condition) -> str:
    words = in_words(condition)
    is_plain = not isinstance(condition, (All, Either)) or len(condition.parts) == 1
    return words if is_plain else f"({words})"


def _between_in_words(what: str, first: date | None, last: date | None) -> str:
    if first is not None and last is not None:
        return _("{what} from {first} to {last}").format(
            what=what, first=day_in_words(first), last=day_in_words(last)
        )
    if first is not None:
        return _("{what} from {first} on").format(what=what, first=day_in_words(first))
    if last is not None:
        return _("{what} up to {last}").format(what=what, last=day_in_words(last))
    return _("{what} known").format(what=what)
