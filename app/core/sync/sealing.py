"""age v1 (age-encryption.org/v1): only who holds a recipient's identity reads what is sealed.

Streamed both ways: the library holds one chunk of 64 KiB.
"""

from collections.abc import Sequence
from contextlib import suppress

from app.core.sync.limits import MOST_AGE_HEADER_BYTES
from app.core.sync.refusals import BundleDamaged, BundleOverLimits, NotForUs
from app.core.sync.streams import Guarded, Readable, Region, Writable

_NO_KEY_FITS = "No matching keys found"
_BEGINS, _HEADER_ENDS, _ENDS = b"age-encryption.org/v1\n", b"\n--- ", b"\n"


class NoRecipient(ValueError):
    """What should name a recipient or an identity is not one of age's."""


def address_of(identity: str) -> str:
    """Return the age recipient ("age1…") of an identity ("AGE-SECRET-KEY-1…"). Raises NoRecipient."""
    from pyrage import IdentityError, x25519  # a native library, loaded when something travels

    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except IdentityError as error:
        raise NoRecipient from error


def seal(plain: Readable, target: Writable, recipients: Sequence[str]) -> None:
    """Write what `plain` gives to `target`, sealed for age recipients. Raises NoRecipient."""
    import pyrage

    try:
        addresses = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    except pyrage.RecipientError as error:
        raise NoRecipient from error
    if not addresses:
        raise NoRecipient
    ends = Guarded(plain, target)
    try:
        pyrage.encrypt_io(ends, ends, addresses)
    except (pyrage.EncryptError, OSError) as error:
        raise ends.trouble or error from None


def unseal(sealed: Readable, length: int, target: Writable, identities: Sequence[str]) -> None:
    """Write to `target` what the next `length` bytes of `sealed` hold for one of `identities`.

    Raises NotForUs, BundleDamaged and BundleOverLimits, and whatever the two ends raise.
    What came before damage was found has been written by then.
    """
    import pyrage

    keys = [pyrage.x25519.Identity.from_str(each) for each in identities]
    header = _checked_header(sealed, length)
    ends = Guarded(Region(sealed, length - len(header), header), target)
    try:
        pyrage.decrypt_io(ends, ends, keys)
    except (pyrage.DecryptError, OSError) as error:
        if ends.trouble is not None:
            raise ends.trouble from None
        raise (NotForUs if str(error) == _NO_KEY_FITS else BundleDamaged) from error


def require_reader(sealed: Readable, length: int, identities: Sequence[str]) -> None:
    """Raise NotForUs where none of `identities` opens what is sealed; of the rest nothing is said."""
    with suppress(_Enough):
        unseal(sealed, length, _FirstBytes(), identities)


class _Enough(Exception):
    """A key fits: no more need be read."""


class _FirstBytes:
    def write(self, data: bytes, /) -> int:  # noqa: ARG002  as a file is written to
        raise _Enough


def _checked_header(sealed: Readable, length: int) -> bytes:
    """Return the first bytes, with a whole header in them that is no longer than any of ours."""
    start = sealed.read(min(length, MOST_AGE_HEADER_BYTES))
    if not start.startswith(_BEGINS):
        raise BundleDamaged
    mac = start.find(_HEADER_ENDS)
    if mac < 0 or start.find(_ENDS, mac + 1) < 0:
        raise BundleOverLimits if len(start) == MOST_AGE_HEADER_BYTES else BundleDamaged
    return start
