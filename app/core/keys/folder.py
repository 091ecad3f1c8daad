"""The key folder: private keys of this PC, outside the data folder and never in a backup.

    machine.secret    opens the data key on this PC
    station.key       this PC's signing key; incarnation beside it
    station.age       what is sealed to this PC is read with it (sealing.py)
    site.key          the site's identity and signing key, where the site was founded; site.age
    site-pdf.key/pem  the site's key for PDF signatures (authority.py)
    organisation.key  the root that certifies sites, where it was made
    anchor.pub        public key of the site that this PC believes without a paper
    lost-station      fingerprint of the PC whose records were restored here, on other hardware

A data folder copied to another PC is therefore a copy without an identity: it opens with the
administrator's password and gets a station of its own.
"""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_OWNER_ONLY = 0o600
_LOST_STATION = "lost-station"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private Ed25519 key. What it is for stands in its key certificate."""

    private: bytes = field(repr=False)

    @property
    def public_key(self) -> bytes:
        """Return the 32-byte Ed25519 public key."""
        return self._key().public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> bytes:
        """Return SHA-256 of the public key: its name in every log and paper."""
        return hashlib.sha256(self.public_key).digest()

    @staticmethod
    def make() -> "SigningKey":
        """Return a fresh key."""
        return SigningKey(Ed25519PrivateKey.generate().private_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of `message`."""
        return self._key().sign(message)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.private)


@dataclass(frozen=True, slots=True)
class StationKey(SigningKey):
    """This PC's identity for one site: its key, and the incarnation of its data folder."""

    incarnation: bytes


class KeyFolder:
    """The folder of one site's keys on this PC: `root/<site id>`, or under a name of its own.

    A PC that joined has a name with its station in it, so that it may hold another data folder of
    the same site; one that has not joined yet is named after its data folder.
    """

    def __init__(self, root: Path, name: UUID | str) -> None:
        self.path = root / (name.hex if isinstance(name, UUID) else name)

    @classmethod
    def waiting(cls, root: Path, data_folder: Path) -> Self:
        """Return the folder of the keys that a data folder without a site asks to join with."""
        place = hashlib.sha256(str(data_folder.resolve()).encode()).hexdigest()[:16]
        return cls(root, f"joining-{place}")

    @property
    def name(self) -> str:
        """Return the folder's own name."""
        return self.path.name

    @property
    def exists(self) -> bool:
        """Tell whether there is anything in it."""
        return self.path.exists()

    def move_to(self, name: str) -> "KeyFolder":
        """Put the keys under another name, all at once; return the folder they lie in now."""
        moved = KeyFolder(self.path.parent, name)
        self.path.rename(moved.path)
        return moved

    @property
    def has_station(self) -> bool:
        """Tell whether this PC has an identity for the site."""
        return (self.path / "station.key").exists()

    @property
    def lost_station(self) -> bytes:
        """Return the fingerprint of the PC whose place this one took by a restore; b"" where it took none."""
        return self._whole(_LOST_STATION, 32) or b""

    def take_place_of(self, station: bytes) -> None:
        """Keep whose records were restored here, unless they are this PC's own."""
        if self.station().fingerprint != station:
            self._write(_LOST_STATION, station)

    def machine_secret(self) -> bytes:
        """Return 32 bytes that only this PC knows; made on first use."""
        return self._whole("machine.secret", 32) or self._write("machine.secret", os.urandom(32))

    def station(self) -> StationKey:
        """Return this PC's identity for the site; made on first use."""
        private = self._whole("station.key", 32) or self._write(
            "station.key", SigningKey.make().private
        )
        incarnation = self._whole("incarnation", 8) or self._write("incarnation", os.urandom(8))
        return StationKey(private=private, incarnation=incarnation)

    def new_incarnation(self) -> None:
        """Begin new logs: what an attempt before this one wrote is no part of them."""
        self._write("incarnation", os.urandom(8))

    def signing_key(self, name: str) -> SigningKey | None:
        """Return the signing key kept under `name`, or None where there is none that is whole."""
        private = self._whole(name, 32)
        return None if private is None else SigningKey(private)

    def read_private(self, name: str) -> bytes | None:
        """Return a private key kept under `name`, or None."""
        return self._read(name)

    def write_private(self, name: str, content: bytes) -> None:
        """Keep a private key under `name`, readable by this program's user alone."""
        self._write(name, content)

    def put_private(self, fresh: str, name: str) -> None:
        """Let the key kept under `fresh` take the place of the one under `name`."""
        (self.path / fresh).replace(self.path / name)

    def forget_private(self, name: str) -> None:
        """Keep what lies under `name` no longer."""
        (self.path / name).unlink(missing_ok=True)

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
