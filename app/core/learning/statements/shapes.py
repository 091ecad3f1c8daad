"""Checking objects against tables: which properties there may be, which there must be, and of what.

A check takes a value, and raises Amiss. Checks are made of checks; `grammar` has the tables. Where in
the whole something is amiss is put together on the way out: most statements are right, and a path to
each of their values would take as long as looking at it.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from app.core.learning.statements.exact_json import Json
from app.core.learning.statements.scalars import is_iri, is_language, is_text

Check = Callable[[Json], None]


class Amiss(Exception):
    """A value is not what it must be."""

    def __init__(self, why: str, where: str = "") -> None:
        self.why = why
        self.where = where
        """The path to it from what the check was given."""
        super().__init__(why)

    def lies_in(self, step: str) -> None:
        """Lengthen the path at its front: the value lies in a part of another, `.name` or `[0]`."""
        self.where = step + self.where


def shape(
    properties: Mapping[str, Check],
    required: frozenset[str] = frozenset(),
    further: tuple[Check, ...] = (),
) -> Check:
    """Return a check for an object of these properties. Others are refused, and so is null (xAPI Data 2.2).

    `further` are for what concerns more than one property; they run when each is right by itself.
    """
    check_of = properties.get

    def check(value: Json) -> None:
        if not isinstance(value, dict):
            raise Amiss("this must be an object")
        for name, inner in value.items():
            check_inner = check_of(name)
            if check_inner is None:
                raise Amiss("there is no such property", f".{name}")
            try:
                check_inner(inner)
            except Amiss as amiss:
                amiss.lies_in(f".{name}")
                raise
        for name in required:
            if name not in value:
                raise Amiss("this property must be given", f".{name}")
        for check_whole in further:
            check_whole(value)

    return check


def scalar(is_right: Callable[[object], bool], what: str) -> Check:
    """Return a check for one value; `what` says what it must be."""

    def check(value: Json) -> None:
        if not is_right(value):
            raise Amiss(f"this must be {what}")

    return check


def text_like(pattern: re.Pattern[str], what: str) -> Check:
    """Return a check for a text that is wholly what `pattern` says, and `what` in words."""
    fits = pattern.fullmatch

    def check(value: Json) -> None:
        if not isinstance(value, str) or fits(value) is None:
            raise Amiss(f"this must be {what}")

    return check


def one_of(*words: str) -> Check:
    """Return a check for a text that is one of `words`."""

    def check(value: Json) -> None:
        if not isinstance(value, str) or value not in words:
            raise Amiss("this must be one of {words}".format(words=", ".join(words)))

    return check


def list_of(check_item: Check, *, at_least: int = 0) -> Check:
    """Return a check for a list of what `check_item` lets pass."""

    def check(value: Json) -> None:
        if not isinstance(value, list):
            raise Amiss("this must be a list")
        if len(value) < at_least:
            raise Amiss("this list is too short")
        for position, item in enumerate(value):
            try:
                check_item(item)
            except Amiss as amiss:
                amiss.lies_in(f"[{position}]")
                raise

    return check


def one_or_many(check_item: Check) -> Check:
    """Return a check for one of, or a list of, what `check_item` lets pass."""
    check_list = list_of(check_item)

    def check(value: Json) -> None:
        (check_list if isinstance(value, list) else check_item)(value)

    return check


def object_type(value: Json, otherwise: str) -> str:
    """Return the type an object says it is; `otherwise` when it does not say. Raises Amiss."""
    if not isinstance(value, dict):
        raise Amiss("this must be an object")
    named = value.get("objectType", otherwise)
    if not isinstance(named, str):
        raise Amiss("this must be text", ".objectType")
    return named


def by_object_type(otherwise: str, shapes: Mapping[str, Check]) -> Check:
    """Return a check that takes the shape an object's objectType names."""

    def check(value: Json) -> None:
        check_shape = shapes.get(object_type(value, otherwise))
        if check_shape is None:
            raise Amiss(
                "this must be one of {words}".format(words=", ".join(shapes)), ".objectType"
            )
        check_shape(value)

    return check


def extensions(value: Json) -> None:
    """Check extensions: any values, nulls too, each under an IRI. Raises Amiss."""
    if not isinstance(value, dict):
        raise Amiss("this must be an object")
    for name in value:
        if not is_iri(name):
            raise Amiss("this name must be an IRI", f".{name}")


def language_map(value: Json) -> None:
    """Check a language map: texts, each under an RFC 5646 language tag. Raises Amiss."""
    if not isinstance(value, dict):
        raise Amiss("this must be an object")
    for name, text in value.items():
        if not is_language(name):
            raise Amiss("this name must be a language tag", f".{name}")
        if not is_text(text):
            raise Amiss("this must be text", f".{name}")


def exactly_one(*names: str) -> Check:
    """Return a check that an object has exactly one of these properties."""
    wanted = frozenset(names)

    def check(value: Json) -> None:
        if len(wanted & value.keys()) != 1:
            raise Amiss("exactly one of {words} must be given".format(words=", ".join(names)))

    return check


def in_order(value: Json, *names: str) -> None:
    """Check that those of the numbers that are given do not fall. Raises Amiss."""
    given: list[int | Decimal] = [value[name] for name in names if name in value]
    if given != sorted(given):
        raise Amiss("the numbers contradict each other")
