"""Hashing what accounts prove themselves with: Argon2id for secrets, SHA-256 for badges."""

import hashlib
import os
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.core.keys import SlotCost
from app.core.people.rules import normal_secret
from app.core.spreadsheets import clean

SIGN_IN_COST = SlotCost(memory=64 * 1024, passes=3, lanes=4)
"""What guessing one PIN costs: about 0.2 s of two cores."""


class SecretHasher:
    """Makes and checks hashes at one cost; older hashes carry their own."""

    def __init__(self, cost: SlotCost = SIGN_IN_COST) -> None:
        self._hasher = PasswordHasher(
            time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes
        )
        settings = f"m={cost.memory},t={cost.passes},p={cost.lanes}"
        salt, digest = (b64encode(os.urandom(n)).decode().rstrip("=") for n in (16, 32))
        self._nobodys = f"$argon2id$v=19${settings}${salt}${digest}"

    def hashed(self, secret: str) -> str:
        """Return the hash that is kept."""
        return self._hasher.hash(normal_secret(secret))

    def fits(self, stored: str | None, untrusted_secret: str) -> bool:
        """Tell whether a secret is the one kept. Where none is kept, it takes as long to say no.

        No secret fits what is no hash, or one that no PC can work out: another site's program may have
        written it.
        """
        try:
            self._hasher.verify(stored or self._nobodys, normal_secret(untrusted_secret))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def is_dated(self, stored: str) -> bool:
        """Tell whether a hash was made at another cost than is asked now."""
        return self._hasher.check_needs_rehash(stored)


def badge_hash(untrusted_code: str) -> str:
    """Return what is kept of a badge's code; readers differ in spaces, capitals and signs nobody sees."""
    code = clean(untrusted_code).replace(" ", "").casefold()
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
