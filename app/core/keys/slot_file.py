"""The slot file: what lies in it, read with care, written whole, authenticated under the data key.

    {"format": 2, "revision": 7, "slots": [{"id", "kind", "label", "made_at", "wrapped", …}], "kit": …, "mac": …}

Anybody may write to the file, only who knows the data key can make its MAC: a slot that was swapped,
added or removed is noticed once the key is known. The first format had no MAC.
"""

import hashlib
import hmac
import json
import os
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from app.core.base.clock import from_microseconds
from app.core.base.errors import UserFacingError
from app.core.base.words import _

_FORMAT = 2
_LARGEST = 1 << 20
_MOST_SLOTS = 64
_SALT_BYTES = 16
_DAMAGES = (FileNotFoundError, ValueError, LookupError, TypeError, RecursionError)
_MOST_MEMORY, _MOST_PASSES, _MOST_LANES = 1 << 20, 32, 16
"""A file that asks for more than a gibibyte was not written here; no PC is made to try."""


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


class SlotKind(StrEnum):
    """What opens a slot."""

    MACHINE = "machine"
    """This PC, without anybody being asked."""
    PASSWORD = "password"  # noqa: S105  the kind, not a secret
    """An administrator's password, on any PC."""
    PIN = "pin"
    """Six digits or more, on this PC alone."""
    ESCROW = "escrow"
    """Headquarters, after a request (keys.escrow)."""


class SlotCost(msgspec.Struct, frozen=True):
    """What guessing one password costs: Argon2id memory in KiB, passes and lanes."""

    memory: int
    passes: int
    lanes: int = 4

    @property
    def is_bearable(self) -> bool:
        """Tell whether a PC may be made to work it out: a file from elsewhere says what it likes."""
        bounds = (
            (self.memory, _MOST_MEMORY),
            (self.passes, _MOST_PASSES),
            (self.lanes, _MOST_LANES),
        )
        return all(0 < wanted <= most for wanted, most in bounds)


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One way to the data key."""

    id: str
    kind: SlotKind
    label: str
    """Whose password it is, or which PC's slot."""
    made_at: int
    """Microseconds; 0 where nobody wrote it down."""
    wrapped: bytes
    salt: bytes = b""
    """Of an escrow slot the age recipient: another field would change the MAC of every file there is."""
    cost: SlotCost | None = None

    @property
    def sealed_to(self) -> str:
        """Return the age recipient at headquarters of an escrow slot; "" for any other."""
        return self.salt.decode() if self.kind is SlotKind.ESCROW else ""

    @property
    def made(self) -> datetime | None:
        """Return when it was made."""
        return from_microseconds(self.made_at) if self.made_at else None


class Kit(msgspec.Struct, frozen=True, kw_only=True):
    """That a recovery kit was printed and somebody proved it. Nothing of its shares."""

    number: int
    """Stands on each of its papers."""
    made_at: int
    keepers: tuple[str, ...]


class SlotFile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything in the file but its MAC."""

    format: int = _FORMAT
    revision: int = 0
    """Rises with each change, so that an older file put back is noticed."""
    slots: tuple[Slot, ...]
    kit: Kit | None = None

    def of(self, kind: SlotKind) -> tuple[Slot, ...]:
        """Return the slots of a kind."""
        return tuple(slot for slot in self.slots if slot.kind is kind)

    @property
    def asks_pin(self) -> bool:
        """Tell whether there is a slot that a PIN opens."""
        return bool(self.of(SlotKind.PIN))

    @property
    def asks(self) -> bool:
        """Tell whether somebody is asked at each start: no PC opens the records alone."""
        return not self.of(SlotKind.MACHINE)

    @property
    def escrow(self) -> Slot | None:
        """Return the slot that headquarters opens; None where they hold nothing."""
        return next(iter(self.of(SlotKind.ESCROW)), None)


class _Sealed(msgspec.Struct, frozen=True):
    file: SlotFile
    mac: bytes


def read_slots(path: Path) -> tuple[SlotFile, bytes | None]:
    """Return the file and its MAC, which nobody has checked yet; None in the first format.

    Raises SiteFileDamaged for what is not such a file.
    """
    try:
        with path.open("rb") as file:
            untrusted = file.read(_LARGEST + 1)
        if len(untrusted) > _LARGEST:
            raise ValueError("too long")
        return _parsed(untrusted)
    except (*_DAMAGES, msgspec.MsgspecError) as damage:
        raise SiteFileDamaged(path) from damage


def write_slots(path: Path, file: SlotFile, key: bytes) -> None:
    """Write the file whole, authenticated under the data key."""
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as target:
        target.write(msgspec.json.encode(_Sealed(file, mac_of(file, key))))
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(path)


def mac_of(file: SlotFile, key: bytes) -> bytes:
    """Return the MAC of the file under the data key."""
    own = HKDFExpand(SHA256(), 32, b"daksha-slot-file-v2").derive(key)
    return hmac.digest(own, msgspec.json.encode(file), hashlib.sha256)


def is_whole(file: SlotFile, mac: bytes | None, key: bytes) -> bool:
    """Tell whether whoever wrote the file knew the data key."""
    return mac is not None and hmac.compare_digest(mac, mac_of(file, key))


def _parsed(untrusted: bytes) -> tuple[SlotFile, bytes | None]:
    fields = json.loads(untrusted)
    if not isinstance(fields, Mapping):
        raise TypeError("not an object")
    if "mac" not in fields:
        return _bearable(_of_first_format(fields)), None
    sealed = msgspec.json.decode(untrusted, type=_Sealed)
    if sealed.file.format != _FORMAT or not 0 < len(sealed.file.slots) <= _MOST_SLOTS:
        raise ValueError("another format")
    return _bearable(sealed.file), sealed.mac


def _bearable(file: SlotFile) -> SlotFile:
    """Return the file; ValueError for a slot that cannot be tried."""
    for slot in file.slots:
        typed = slot.kind in {SlotKind.PASSWORD, SlotKind.PIN}
        if typed and (
            slot.cost is None or not slot.cost.is_bearable or len(slot.salt) < _SALT_BYTES
        ):
            raise ValueError("a slot without a salt, or of a cost that no PC can bear")
    return file


def _of_first_format(fields: Mapping[str, dict[str, str]]) -> SlotFile:
    """Return what a file says that has one slot of the PC and one of a password, by name."""
    machine, password = fields["machine"], fields["password"]
    return SlotFile(
        slots=(
            Slot(
                id="machine",
                kind=SlotKind.MACHINE,
                label="",
                made_at=0,
                wrapped=b64decode(machine["wrapped"], validate=True),
            ),
            Slot(
                id="password",
                kind=SlotKind.PASSWORD,
                label="",
                made_at=0,
                wrapped=b64decode(password["wrapped"], validate=True),
                salt=b64decode(password["salt"], validate=True),
                cost=msgspec.convert(password["cost"], SlotCost),
            ),
        )
    )
