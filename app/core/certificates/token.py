"""The signed token in a certificate's QR code: enough to tell a true certificate without a network.

`DKSHA1:` and base32 (RFC 4648, no padding), so that the code stays in QR's alphanumeric mode and a
pasted one survives line breaks. Inside: a version byte, the claims as a msgpack array, and an
Ed25519 signature over everything before it, prefix and version included. Dates are days since
2000-01-01. Names are kept at one byte a letter where one Indic script and ASCII are enough.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.core.base.errors import UserFacingError
from app.core.base.words import _

PREFIX = "DKSHA1:"
_VERSION = 1
_SIGNATURE_BYTES = 64
_MOST_CHARACTERS = 1200
_MOST_NAME_BYTES = 80
_MOST_NUMBER_BYTES = 48
_DAY_ZERO = date(2000, 1, 1)
_UTF8 = 0
_BLOCK = 128


class TokenUnreadable(UserFacingError):
    """The text is not a certificate code."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is not a complete Daksha certificate code; scan it again or paste the whole of it."
            )
        )


class TokenTampered(UserFacingError):
    """The code was not signed by the site whose key was asked."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This certificate code was changed or not issued by this site; do not rely on the certificate."
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenClaims:
    """What the issuing site vouches for. Long names and titles end in "…"."""

    site_id: UUID
    certificate_id: UUID
    number: str
    person_name: str
    person_number: str
    course_title: str
    completed_on: date
    valid_until: date | None


class _Wire(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    site_id: bytes
    certificate_id: bytes
    number: str
    person_name: bytes
    person_number: str
    course_title: bytes
    completed_on: int
    valid_until: int | None


def encode(claims: TokenClaims, sign: Callable[[bytes], bytes]) -> str:
    """Return the token for `claims`; `sign` is the site's Ed25519 signature over bytes."""
    wire = _Wire(
        claims.site_id.bytes,
        claims.certificate_id.bytes,
        _shortened(claims.number, _plain_size, _MOST_NUMBER_BYTES),
        _packed(_shortened(claims.person_name, _packed_size, _MOST_NAME_BYTES)),
        _shortened(claims.person_number, _plain_size, _MOST_NUMBER_BYTES),
        _packed(_shortened(claims.course_title, _packed_size, _MOST_NAME_BYTES)),
        (claims.completed_on - _DAY_ZERO).days,
        None if claims.valid_until is None else (claims.valid_until - _DAY_ZERO).days,
    )
    payload = bytes([_VERSION]) + msgspec.msgpack.encode(wire)
    return PREFIX + _text(payload + sign(_signed(payload)))


def read(untrusted_token: str) -> tuple[TokenClaims, bytes, bytes]:
    """Return what the token claims, the bytes that were signed, and the signature, unverified.

    Raises TokenUnreadable.
    """
    text = "".join(untrusted_token.split()).upper()
    if not text.startswith(PREFIX) or len(text) > _MOST_CHARACTERS:
        raise TokenUnreadable
    data = _bytes(text.removeprefix(PREFIX))
    payload, signature = data[:-_SIGNATURE_BYTES], data[-_SIGNATURE_BYTES:]
    if payload[:1] != bytes([_VERSION]):
        raise TokenUnreadable
    try:
        claims = _claims(msgspec.msgpack.decode(payload[1:], type=_Wire))
    except (msgspec.MsgspecError, ValueError, OverflowError):
        raise TokenUnreadable from None
    return claims, _signed(payload), signature


def verify(untrusted_token: str, public_key: bytes) -> TokenClaims:
    """Return the claims if the holder of `public_key` (32 bytes, Ed25519) signed them.

    Raises TokenUnreadable or TokenTampered.
    """
    claims, signed, signature = read(untrusted_token)
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
    except InvalidSignature:
        raise TokenTampered from None
    return claims


def short_code(token: str) -> str:
    """Return eight letters that stand for `token` where somebody reads it out: K7QF-2M9X.

    For comparing by eye or looking up; it proves nothing.
    """
    digest = base64.b32encode(hashlib.sha256(token.encode()).digest()[:5]).decode()
    return f"{digest[:4]}-{digest[4:]}"


def _signed(payload: bytes) -> bytes:
    """Return what is signed: the prefix keeps a token's signature from passing for anything else's."""
    return PREFIX.encode() + payload


def _claims(wire: _Wire) -> TokenClaims:
    return TokenClaims(
        site_id=UUID(bytes=wire.site_id),
        certificate_id=UUID(bytes=wire.certificate_id),
        number=wire.number,
        person_name=_unpacked(wire.person_name),
        person_number=wire.person_number,
        course_title=_unpacked(wire.course_title),
        completed_on=_DAY_ZERO + timedelta(days=wire.completed_on),
        valid_until=None
        if wire.valid_until is None
        else _DAY_ZERO + timedelta(days=wire.valid_until),
    )


def _text(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """Return what `text` stands for. Only the one spelling `_text` gives is taken."""
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        raise TokenUnreadable from None
    if _text(data) != text:
        raise TokenUnreadable
    return data


def _packed(text: str) -> bytes:
    """Return `text` in bytes: the number of a 128-character block and a byte a letter, or UTF-8."""
    blocks = {ord(character) // _BLOCK for character in text} - {0}
    block = blocks.pop() if len(blocks) == 1 else None
    if block is None or block > 255:  # noqa: PLR2004  what a byte holds
        return bytes([_UTF8]) + text.encode()
    letters = (ord(character) for character in text)
    return bytes([block, *(code if code < _BLOCK else code % _BLOCK + _BLOCK for code in letters)])


def _unpacked(data: bytes) -> str:
    if not data or data[0] == _UTF8:
        return data[1:].decode()
    base = data[0] * _BLOCK
    return "".join(chr(code if code < _BLOCK else code - _BLOCK + base) for code in data[1:])


def _packed_size(text: str) -> int:
    return len(_packed(text))


def _plain_size(text: str) -> int:
    return len(text.encode())


def _shortened(text: str, size: Callable[[str], int], most: int) -> str:
    """Return `text`, or as much of its beginning as stays within `most` bytes with "…" after it."""
    if size(text) <= most:
        return text
    kept = text
    while kept and size(f"{kept}…") > most:
        kept = kept[:-1]
    return f"{kept}…"
