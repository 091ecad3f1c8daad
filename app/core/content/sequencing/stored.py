"""A tree of activities as JSON, for the version that a course was published with."""

from fractions import Fraction

import msgspec

from app.core.content.sequencing.activities import ActivityTree
from app.core.content.sequencing.errors import SequencingUnreadable

SCHEMA = 1
_LONGEST_FRACTION = 64


def tree_to_json(tree: ActivityTree) -> bytes:
    """Return a tree as JSON with its schema number."""
    fields = msgspec.to_builtins(tree, enc_hook=_encode)
    return msgspec.json.encode({"schema": SCHEMA, **fields})


def tree_from_json(untrusted: bytes) -> ActivityTree:
    """Return the tree that `tree_to_json` wrote. Raises SequencingUnreadable."""
    try:
        fields = msgspec.json.decode(untrusted, type=dict[str, object])
        schema = fields.pop("schema", None)
        tree = msgspec.convert(fields, ActivityTree, dec_hook=_decode)
    except (msgspec.MsgspecError, ValueError, ArithmeticError, RecursionError) as error:
        raise SequencingUnreadable("JSON", str(error)) from error
    if schema != SCHEMA:
        raise SequencingUnreadable("JSON", f"schema {str(schema)[:20]}, not {SCHEMA}")
    return tree


def _encode(value: object) -> str:
    if not isinstance(value, Fraction):
        raise NotImplementedError(f"no JSON for {type(value).__name__}")
    return str(value)


def _decode(wanted: type, untrusted: object) -> Fraction:
    if wanted is not Fraction or not isinstance(untrusted, str):
        raise ValueError(f"expected {wanted.__name__}")
    if len(untrusted) > _LONGEST_FRACTION or not set(untrusted) <= set("-0123456789/"):
        raise ValueError("not a fraction")
    return Fraction(untrusted)
