"""A private signing key under its owner's password: Argon2id, ChaCha20-Poly1305."""

import os
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.core.keys import SigningKey, SlotCost

_NONCE_BYTES = 12
_LABEL = b"daksha-signing-key-v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """The private half, locked."""

    salt: bytes
    cost: SlotCost
    sealed: bytes


def wrapped(key: SigningKey, password: str, cost: SlotCost) -> Wrap:
    """Lock a key under a password. Takes 0.2 s by design."""
    salt, nonce = os.urandom(16), os.urandom(_NONCE_BYTES)
    secret = _stretched(password, salt, cost)
    sealed = ChaCha20Poly1305(secret).encrypt(nonce, key.private, _LABEL + key.public_key)
    return Wrap(salt=salt, cost=cost, sealed=nonce + sealed)


def unwrapped(wrap: Wrap, password: str, public_key: bytes) -> SigningKey | None:
    """Return the key; None where the password is another, or the wrap was changed."""
    if not wrap.cost.is_bearable:
        return None
    secret = _stretched(password, wrap.salt, wrap.cost)
    nonce, sealed = wrap.sealed[:_NONCE_BYTES], wrap.sealed[_NONCE_BYTES:]
    try:
        private = ChaCha20Poly1305(secret).decrypt(nonce, sealed, _LABEL + public_key)
    except (InvalidTag, ValueError):
        return None
    key = SigningKey(private)
    return key if key.public_key == public_key else None


def _stretched(password: str, salt: bytes, cost: SlotCost) -> bytes:
    return hash_secret_raw(
        password.encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )
