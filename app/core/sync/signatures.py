"""Signatures of what travels. Each says of what kind the signed thing is, so that none passes for another."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.core.journal import Signer

SIGNATURE_BYTES = 64


def sign_digest(label: str, digest: bytes, signer: Signer) -> bytes:
    """Return the Ed25519 signature of what has this SHA-256 and is of the kind `label`."""
    return signer.sign(_message(label, digest))


def is_signed(label: str, digest: bytes, signature: bytes, public_key: bytes) -> bool:
    """Tell whether the holder of `public_key` signed what has this SHA-256 as of the kind `label`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _message(label, digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def _message(label: str, digest: bytes) -> bytes:
    return b"daksha-" + label.encode() + b"\0" + digest
