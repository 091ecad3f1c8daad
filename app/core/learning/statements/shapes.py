"""Checking objects against tables: which properties there may be, which there must be, and of what.

A check takes a value and the path to it, and raises StatementInvalid. Checks are made of checks;
`grammar` has the tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.core.learning.statements.errors import StatementInvalid
from app.core.learning.statements.exact_json import Json
from app.core.learning.statements.scalars import is_iri, is_language, is_text

Check = Callable[[Json, str], None]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object's properties. Others are refused, and so is null (xAPI Data 2.2)."""

    properties: Mapping[str, Check]
    required: frozenset[str] = frozenset()
    further: tuple[Check, ...] = ()
    """What concerns more than one property; run when each is right by itself."""

    def __call__(self, value: Json, where: str) -> None:
        """Check an object."""
        if not isinstance(value, dict):
            raise StatementInvalid(where, "this must be an object")
        for name, inner in value.items():
            check = self.properties.get(name)
            if check is None:
                raise StatementInvalid(f"{where}.{name}", "there is no such property")
            check(inner, f"{where}.{name}")
        for name in self.required - value.keys():
            raise StatementInvalid(f"{where}.{name}", "this property must be given")
        for check in self.further:
            check(value, where)


def scalar(is_right: Callable[[object], bool], what: str) -> Check:
    """Return a check for one value; `what` says what it must be."""

    def check(value: Json, where: str) -> None:
        if not is_right(value):
            raise StatementInvalid(where, f"this must be {what}")

    return check


def one_of(*words: str) -> Check:
    """Return a check for a text that is one of `words`."""

    def check(value: Json, where: str) -> None:
        if not isinstance(value, str) or value not in words:
            raise StatementInvalid(
                where, "this must be one of {words}".format(words=", ".join(words))
            )

    return check


def list_of(check_item: Check, *, at_least: int = 0) -> Check:
    """Return a check for a list of what `check_item` lets pass."""

    def check(value: Json, where: str) -> None:
        if not isinstance(value, list):
            raise StatementInvalid(where, "this must be a list")
        if len(value) < at_least:
            raise StatementInvalid(where, "this list is too short")
        for position, item in enumerate(value):
            check_item(item, f"{where}[{position}]")

    return check


def one_or_many(check_item: Check) -> Check:
    """Return a check for one of, or a list of, what `check_item` lets pass."""
    check_list = list_of(check_item)

    def check(value: Json, where: str) -> None:
        (check_list if isinstance(value, list) else check_item)(value, where)

    return check


def object_type(value: Json, where: str, otherwise: str) -> str:
    """Return the type an object says it is; `otherwise` when it does not say. Raises StatementInvalid."""
    if not isinstance(value, dict):
        raise StatementInvalid(where, "this must be an object")
    named = value.get("objectType", otherwise)
    if not isinstance(named, str):
        raise StatementInvalid(f"{where}.objectType", "this must be text")
    return named


def by_object_type(otherwise: str, shapes: Mapping[str, Check]) -> Check:
    """Return a check that takes the shape an object's objectType names."""

    def check(value: Json, where: str) -> None:
        shape = shapes.get(object_type(value, where, otherwise))
        if shape is None:
            raise StatementInvalid(
                f"{where}.objectType",
                "this must be one of {words}".format(words=", ".join(shapes)),
            )
        shape(value, where)

    return check


def extensions(value: Json, where: str) -> None:
    """Check extensions: any values, nulls too, each under an IRI. Raises StatementInvalid."""
    if not isinstance(value, dict):
        raise StatementInvalid(where, "this must be an object")
    for name in value:
        if not is_iri(name):
            raise StatementInvalid(f"{where}.{name}", "this name must be an IRI")


def language_map(value: Json, where: str) -> None:
    """Check a language map: texts, each under an RFC 5646 language tag. Raises StatementInvalid."""
    if not isinstance(value, dict):
        raise StatementInvalid(where, "this must be an object")
    for name, text in value.items():
        if not is_language(name):
            raise StatementInvalid(f"{where}.{name}", "this name must be a language tag")
        if not is_text(text):
            raise StatementInvalid(f"{where}.{name}", "this must be text")


def exactly_one(*names: str) -> Check:
    """Return a check that an object has exactly one of these properties."""

    def check(value: Json, where: str) -> None:
        if sum(name in value for name in names) != 1:
            raise StatementInvalid(
                where,
                "exactly one of {words} must be given".format(words=", ".join(names)),
            )

    return check


def in_order(value: Json, where: str, *names: str) -> None:
    """Check that those of the numbers that are given do not fall. Raises StatementInvalid."""
    given: list[int | Decimal] = [value[name] for name in names if name in value]
    if given != sorted(given):
        raise StatementInvalid(where, "the numbers contradict each other")
