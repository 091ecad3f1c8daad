"""The data key, 32 random bytes that open the database, wrapped in slots (records-and-sync, At rest).

Each slot opens it alone: the machine slot by a secret of this PC, so that the program starts
without being asked; the password slot by the administrator's password, on any PC.
"""

import json
import os
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.core.base.errors import UserFacingError
from app.core.base.words import _

_MACHINE, _PASSWORD = "machine", "password"
_NONCE_BYTES = 12


class SiteFileDamaged(UserFacingError):
    """A small file of the data folder, without which the records are not found or not opened."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} is missing or damaged; the records cannot be opened without it.").format(
                path=path
            ),
            safe=_("The records themselves were not touched."),
            remedy=_("Put the file back from a copy of the data folder, or restore a backup."),
        )


class WrongPassword(UserFacingError):
    """The password does not open the data key."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This password does not open the records."),
            safe=_("Nothing was changed."),
            remedy=_("Type the password of the administrator who set this site up."),
        )


@dataclass(frozen=True, slots=True)
class SlotCost:
    """What guessing one password costs: Argon2id memory in KiB, passes and lanes."""

    memory: int
    passes: int
    lanes: int = 4


DEFAULT_COST = SlotCost(memory=256 * 1024, passes=4)


class KeySlots:
    """The slot file in the data folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def create(self, password: str, machine_secret: bytes, cost: SlotCost = DEFAULT_COST) -> bytes:
        """Make a data key, wrap it in both slots, and return it."""
        key = os.urandom(32)
        self._save(
            {
                _MACHINE: _wrap(machine_secret, key),
                _PASSWORD: _password_slot(password, key, cost),
            }
        )
        return key

    def open_with_machine(self, machine_secret: bytes) -> bytes | None:
        """Return the data key, or None when this PC's secret does not open it."""
        return _unwrap(machine_secret, self._load()[_MACHINE])

    def open_with_password(self, password: str) -> bytes:
        """Return the data key. Takes about a second by design. Raises WrongPassword."""
        slot = self._load()[_PASSWORD]
        cost = SlotCost(**slot["cost"])
        key = _unwrap(_stretch(password, b64decode(slot["salt"]), cost), slot)
        if key is None:
            raise WrongPassword
        return key

    def bind_machine(self, machine_secret: bytes, key: bytes) -> None:
        """Let this PC open the data key from now on."""
        self._save({**self._load(), _MACHINE: _wrap(machine_secret, key)})

    def _load(self) -> dict[str, dict[str, Any]]:
        """Return the slots. Raises SiteFileDamaged for a file that is not what `_save` writes."""
        try:
            slots: dict[str, dict[str, Any]] = json.loads(self._path.read_bytes())
            for name in (_MACHINE, _PASSWORD):
                b64decode(slots[name]["wrapped"], validate=True)
            b64decode(slots[_PASSWORD]["salt"], validate=True)
            SlotCost(**slots[_PASSWORD]["cost"])
        except (FileNotFoundError, ValueError, LookupError, TypeError) as damage:
            raise SiteFileDamaged(self._path) from damage
        return slots

    def _save(self, slots: dict[str, dict[str, Any]]) -> None:
        fresh = self._path.with_suffix(".new")
        with fresh.open("w") as file:
            json.dump(slots, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)


def _password_slot(password: str, key: bytes, cost: SlotCost) -> dict[str, Any]:
    salt = os.urandom(16)
    wrapped = _wrap(_stretch(password, salt, cost), key)
    return {**wrapped, "salt": b64encode(salt).decode(), "cost": asdict(cost)}


def _stretch(password: str, salt: bytes, cost: SlotCost) -> bytes:
    return hash_secret_raw(
        password.encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _wrap(secret: bytes, key: bytes) -> dict[str, Any]:
    nonce = os.urandom(_NONCE_BYTES)
    sealed = ChaCha20Poly1305(secret).encrypt(nonce, key, b"daksha-slot-v1")
    return {"wrapped": b64encode(nonce + sealed).decode()}


def _unwrap(secret: bytes, slot: dict[str, Any]) -> bytes | None:
    wrapped = b64decode(slot["wrapped"])
    nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
    try:
        return ChaCha20Poly1305(secret).decrypt(nonce, sealed, b"daksha-slot-v1")
    except InvalidTag:
        return None
