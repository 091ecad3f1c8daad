"""What came from outside, as the types it claims to be of."""

from typing import TypeVar

import msgspec

from app.core.sync.refusals import BundleDamaged, BundleTooNew

Decoded = TypeVar("Decoded")


class _Versioned(msgspec.Struct):
    version: int


def decode_versioned(untrusted: bytes, kind: type[Decoded], known: int) -> Decoded:
    """Return a struct with a version. Raises BundleTooNew past the `known` one, BundleDamaged."""
    if decode(untrusted, _Versioned).version > known:
        raise BundleTooNew
    return decode(untrusted, kind)


def decode(untrusted: bytes, kind: type[Decoded]) -> Decoded:
    """Return what msgpack holds, checked against `kind`. Raises BundleDamaged.

    Fields that are not known are passed over: they came with a later version that changed
    nothing else.
    """
    try:
        return msgspec.msgpack.decode(untrusted, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # msgspec tells of text that is no UTF-8, and of too deep a nesting, with Python's own errors.
        raise BundleDamaged from error
