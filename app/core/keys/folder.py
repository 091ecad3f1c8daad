"""The key folder: private keys of this PC, outside the data folder and never in a backup.

A data folder copied to another PC is therefore a copy without an identity: it opens with the
administrator's password and gets a station of its own.
"""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class StationKey:
    """This PC's identity for one site: an Ed25519 key and the incarnation of its data folder."""

    private: bytes = field(repr=False)
    incarnation: bytes

    @property
    def public_key(self) -> bytes:
        """Return the 32-byte Ed25519 public key."""
        return self._key().public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> bytes:
        """Return SHA-256 of the public key: the station's name in every log."""
        return hashlib.sha256(self.public_key).digest()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of `message`."""
        return self._key().sign(message)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.private)


class KeyFolder:
    """The folder of one site's keys on this PC: `root/<site id>`."""

    def __init__(self, root: Path, site_id: UUID) -> None:
        self.path = root / site_id.hex

    @property
    def has_station(self) -> bool:
        """Tell whether this PC has an identity for the site."""
        return (self.path / "station.key").exists()

    def machine_secret(self) -> bytes:
        """Return 32 bytes that only this PC knows; made on first use."""
        return self._whole("machine.secret", 32) or self._write("machine.secret", os.urandom(32))

    def station(self) -> StationKey:
        """Return this PC's identity for the site; made on first use."""
        private = self._whole("station.key", 32) or self._write(
            "station.key", Ed25519PrivateKey.generate().private_bytes_raw()
        )
        incarnation = self._whole("incarnation", 8) or self._write("incarnation", os.urandom(8))
        return StationKey(private=private, incarnation=incarnation)

    def read_private(self, name: str) -> bytes | None:
        """Return a private key kept under `name`, or None."""
        return self._read(name)

    def write_private(self, name: str, content: bytes) -> None:
        """Keep a private key under `name`, readable by this program's user alone."""
        self._write(name, content)

    def _whole(self, name: str, length: int) -> bytes | None:
        """Return what is kept; a file that was cut short is as good as lost, and is made anew."""
        kept = self._read(name)
        return kept if kept is not None and len(kept) == length else None

    def _read(self, name: str) -> bytes | None:
        path = self.path / name
        return path.read_bytes() if path.exists() else None

    def _write(self, name: str, content: bytes) -> bytes:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self.path / f"{name}.new"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / name)
        return content
