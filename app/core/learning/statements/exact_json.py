"""JSON in and out with nothing lost: numbers keep their digits, and no name is given twice.

Statements are evidence: 0.10 must not come back as 0.1, nor a long number as its neighbour.
"""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from app.core.learning.statements.errors import StatementInvalid

Json = Any
"""A JSON value: dict, list, str, int, Decimal, bool or None."""

MAX_DEPTH = 64
"""Deeper nesting is not a statement but an attack on whoever walks it."""

_ENCODER = msgspec.json.Encoder(decimal_format="number")


class _Refused(ValueError):
    """The text is JSON by the letter, but not what may be kept."""


def read_json(untrusted_text: bytes | str, where: str = "JSON") -> Json:
    """Return the value of a JSON text. Raises StatementInvalid."""
    try:
        text = untrusted_text if isinstance(untrusted_text, str) else untrusted_text.decode("utf-8")
        value = json.loads(
            text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_unique
        )
        text.encode("utf-8")
        to_text(value)  # a lone surrogate may hide behind an escape
    except (ValueError, InvalidOperation, RecursionError, TypeError, OverflowError) as error:
        raise StatementInvalid(where, "this is not well-formed JSON") from error
    if depth_exceeds(value, MAX_DEPTH):
        raise StatementInvalid(where, "this is nested too deeply")
    return value


def to_text(value: Json) -> str:
    """Return a value as compact JSON text; numbers as they came, names in their order."""
    return _ENCODER.encode(value).decode("utf-8")


def depth_exceeds(value: Json, limit: int) -> bool:
    """Tell whether lists and objects lie in one another more than `limit` deep."""
    level = [value]
    for _depth in range(limit):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return any(isinstance(one, (dict, list)) for one in level)


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("a name is given twice")
    return found


def _refuse(constant: str) -> Json:
    raise _Refused(constant)
