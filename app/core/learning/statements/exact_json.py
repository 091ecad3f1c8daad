"""JSON in and out with nothing lost: numbers keep their digits, and no name is given twice.

Statements are evidence: 0.10 must not come back as 0.1, nor a long number as its neighbour.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import Any

import msgspec

from app.core.learning.statements.errors import StatementInvalid

Json = Any
"""A JSON value: dict, list, str, int, Decimal, bool or None."""

MAX_DEPTH = 64
"""Deeper nesting is not a statement but an attack on whoever walks it."""

_encode = msgspec.json.Encoder(decimal_format="number").encode
_encode_sorted = msgspec.json.Encoder(decimal_format="number", order="sorted").encode
_decode = msgspec.json.Decoder(float_hook=Decimal).decode


class _Refused(ValueError):
    """The text is JSON by the letter, but not what may be kept."""


def read_json(untrusted_text: bytes | str, where: str = "JSON") -> Json:
    """Return the value of a JSON text. Raises StatementInvalid."""
    try:
        written = untrusted_text if isinstance(untrusted_text, bytes) else untrusted_text.encode()
        value = _value_of(written)
    except (ValueError, InvalidOperation, RecursionError, TypeError, OverflowError) as error:
        raise StatementInvalid(where, "this is not well-formed JSON") from error
    if depth_exceeds(value, MAX_DEPTH):
        raise StatementInvalid(where, "this is nested too deeply")
    return value


def to_text(value: Json) -> str:
    """Return a value as compact JSON text; numbers as they came, names in their order."""
    return _encode(value).decode("utf-8")


def to_sorted_bytes(value: Json) -> bytes:
    """Return a value as compact JSON with the names of each object in order."""
    return _encode_sorted(value)


def depth_exceeds(value: Json, limit: int) -> bool:
    """Tell whether lists and objects lie in one another more than `limit` deep."""
    level = [value]
    for _depth in range(limit + 1):
        level = [one for one in level if isinstance(one, (dict, list))]
        if not level:
            return False
        level = list(chain.from_iterable(map(_inner, level)))
    return True


def _inner(outer: Json) -> Iterable[Json]:
    return outer.values() if isinstance(outer, dict) else outer


def _value_of(untrusted: bytes) -> Json:
    """Return the value of a text from which nothing is lost.

    A quick reader drops all but the last of a name's values and the sign of -0. What it made of a text
    that can be written back to the letter has lost nothing; most programs write theirs as we do.
    """
    with suppress(msgspec.DecodeError, InvalidOperation, RecursionError, OverflowError):
        value = _decode(untrusted)
        if _encode(value) == untrusted:
            return value
    text = untrusted.decode("utf-8")
    value = json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_unique)
    _encode(value)  # a lone surrogate may hide behind an escape
    return value


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("a name is given twice")
    return found


def _refuse(constant: str) -> Json:
    raise _Refused(constant)
