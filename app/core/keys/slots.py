"""The data key, 32 random bytes that open the database, wrapped in slots (records-and-sync, At rest).

Each slot opens it alone: the machine slot by a secret of this PC, so that the program starts
without being asked; a password slot by an administrator's password, on any PC; a PIN slot by a PIN
together with the PC's secret, so that a copy of the folder is no use for guessing.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.base.clock import Clock, SystemClock, to_microseconds
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys.slot_file import (
    Kit,
    Slot,
    SlotCost,
    SlotFile,
    SlotKind,
    is_whole,
    read_slots,
    write_slots,
)

_NONCE_BYTES = 12
_LABEL = b"daksha-slot-v1"

DEFAULT_COST = SlotCost(memory=256 * 1024, passes=4)
PIN_COST = SlotCost(memory=64 * 1024, passes=3)


class WrongPassword(UserFacingError):
    """The password does not open the data key."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This password does not open the records."),
            safe=_("Nothing was changed."),
            remedy=_("Type the password of the administrator who set this site up."),
        )


class SlotsAltered(UserFacingError):
    """The slot file was changed by something that does not know the data key."""

    def __init__(self) -> None:
        super().__init__(
            _("The file of the ways to the records was changed by another hand."),
            safe=_("The records are as they were, and no way was added or taken away."),
            remedy=_("Look at the list of ways to the records, and accept it or change the key."),
        )


class LastWay(UserFacingError):
    """Without this slot nobody could open the records on another PC."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the only password that opens the records."),
            safe=_("Nothing was changed."),
            remedy=_("Give somebody else a password for the records first."),
        )


class NoSuchSlot(UserFacingError):
    """No slot has the name."""

    def __init__(self, slot_id: str) -> None:
        super().__init__(
            _("There is no way to the records called {name}.").format(name=slot_id),
            safe=_("Nothing was changed."),
            remedy=_("Take a name from the list of ways to the records."),
        )


class SlotState(StrEnum):
    """What a slot file is, seen by whoever knows the data key."""

    WHOLE = "whole"
    ALTERED = "altered"
    """Something that does not know the key has written it."""
    OLDER = "older"
    """It is whole, but this PC has seen a later one: an older copy was put back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassword:
    """A password that is to open the records."""

    label: str
    """Whose it is; the same label takes the place of the one before."""
    password: str
    cost: SlotCost = DEFAULT_COST


class KeySlots:
    """The slot file in the data folder."""

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        self.path = path
        self._clock = clock or SystemClock()

    def create(
        self, password: str, machine_secret: bytes, cost: SlotCost = DEFAULT_COST, label: str = ""
    ) -> bytes:
        """Make a data key, wrap it in both slots, and return it."""
        key = os.urandom(32)
        self.begin(key, NewPassword(label=label, password=password, cost=cost), machine_secret)
        return key

    def begin(
        self, key: bytes, password: NewPassword, machine_secret: bytes | None, revision: int = 1
    ) -> None:
        """Write a file of new slots, whatever was there: one password, and this PC unless it asks."""
        own = (
            ()
            if machine_secret is None
            else (_machine_slot(machine_secret, key, self._clock.now()),)
        )
        file = SlotFile(
            revision=revision, slots=(*own, _password_slot(password, key, self._clock.now()))
        )
        write_slots(self.path, file, key)

    def open_with_machine(self, machine_secret: bytes) -> bytes | None:
        """Return the data key, or None when this PC's secret does not open it."""
        return _first(
            _unwrap(machine_secret, slot.wrapped) for slot in self.read().of(SlotKind.MACHINE)
        )

    def open_with_password(self, password: str) -> bytes:
        """Return the data key. Takes about a second a password by design. Raises WrongPassword."""
        key = _first(
            _unwrap(_stretch(password, slot), slot.wrapped)
            for slot in self.read().of(SlotKind.PASSWORD)
        )
        if key is None:
            raise WrongPassword
        return key

    def open_with_pin(self, pin: str, machine_secret: bytes) -> bytes | None:
        """Return the data key, or None. Attempts are counted by whoever calls this (pin_attempts)."""
        return _first(
            _unwrap(_with_machine(_stretch(pin, slot), machine_secret), slot.wrapped)
            for slot in self.read().of(SlotKind.PIN)
        )

    def read(self) -> SlotFile:
        """Return what the file says; whether nobody else wrote it tells `state`. Raises SiteFileDamaged."""
        return read_slots(self.path)[0]

    @property
    def is_authenticated(self) -> bool:
        """Tell whether the file has a MAC at all; the first format had none."""
        return read_slots(self.path)[1] is not None

    def state(self, key: bytes, seen: int = 0) -> SlotState:
        """Tell what the file is; `seen` is the latest revision that this PC knows of."""
        file, mac = read_slots(self.path)
        if mac is None and not seen:
            return SlotState.WHOLE  # of the first format, which this PC has known until now
        if not is_whole(file, mac, key):
            return SlotState.ALTERED
        return SlotState.OLDER if file.revision < seen else SlotState.WHOLE

    def bind_machine(self, machine_secret: bytes, key: bytes) -> None:
        """Let this PC open the data key from now on, in the place of the PC before."""
        self._put(
            key, (_machine_slot(machine_secret, key, self._clock.now()),), but=SlotKind.MACHINE
        )

    def unbind_machine(self, key: bytes) -> None:
        """Let no PC open the data key alone: somebody is asked at each start."""
        self._put(key, (), but=SlotKind.MACHINE)

    def set_pin(
        self, pin: str, machine_secret: bytes, key: bytes, cost: SlotCost = PIN_COST
    ) -> None:
        """Let a PIN open the data key on this PC, in the place of the one before."""
        slot = _fresh(SlotKind.PIN, "", self._clock.now(), cost)
        secret = _with_machine(_stretch(pin, slot), machine_secret)
        self._put(key, (_filled(slot, secret, key),), but=SlotKind.PIN)

    def forget_pin(self, key: bytes) -> None:
        """Let no PIN open the data key."""
        self._put(key, (), but=SlotKind.PIN)

    def set_password(self, new: NewPassword, key: bytes) -> None:
        """Let a password open the data key, in the place of the one with the same label."""
        kept = tuple(
            slot
            for slot in self.read().slots
            if slot.kind is not SlotKind.PASSWORD or slot.label != new.label
        )
        self._change(key, slots=(*kept, _password_slot(new, key, self._clock.now())))

    def remove(self, slot_id: str, key: bytes) -> Slot:
        """Take a slot away and return it. Raises NoSuchSlot, LastWay, SlotsAltered."""
        file = self.read()
        leaving = next((slot for slot in file.slots if slot.id == slot_id), None)
        if leaving is None:
            raise NoSuchSlot(slot_id)
        if file.of(SlotKind.PASSWORD) == (leaving,):
            raise LastWay
        self._change(key, slots=tuple(slot for slot in file.slots if slot is not leaving))
        return leaving

    def set_escrow(self, label: str, sealed: bytes, sealed_to: str, key: bytes) -> None:
        """Keep the data key sealed to headquarters, in the place of what was sealed before."""
        slot = _fresh(SlotKind.ESCROW, label, self._clock.now())
        slot = msgspec.structs.replace(slot, wrapped=sealed, salt=sealed_to.encode(), cost=None)
        self._put(key, (slot,), but=SlotKind.ESCROW)

    def set_kit(self, kit: Kit | None, key: bytes) -> None:
        """Keep that a recovery kit was printed and proved."""
        self._change(key, kit=kit)

    def accept(self, key: bytes, seen: int = 0) -> None:
        """Authenticate the file as it is: somebody looked at it. Slots of other keys go."""
        file, _mac = read_slots(self.path)
        revision = max(file.revision, seen) + 1
        write_slots(self.path, msgspec.structs.replace(file, revision=revision), key)

    def _put(self, key: bytes, slots: tuple[Slot, ...], *, but: SlotKind) -> None:
        kept = tuple(slot for slot in self.read().slots if slot.kind is not but)
        self._change(key, slots=(*slots, *kept))

    def _change(self, key: bytes, **changes: object) -> None:
        """Write the file anew. Raises SlotsAltered, lest a change would hide what others did."""
        file, mac = read_slots(self.path)
        if mac is not None and not is_whole(file, mac, key):
            raise SlotsAltered
        write_slots(
            self.path,
            msgspec.structs.replace(file, revision=file.revision + 1, **changes),
            key,
        )


def _first(keys: Iterable[bytes | None]) -> bytes | None:
    return next((key for key in keys if key is not None), None)


def _fresh(kind: SlotKind, label: str, now: datetime, cost: SlotCost | None = None) -> Slot:
    return Slot(
        id=os.urandom(4).hex(),
        kind=kind,
        label=label,
        made_at=to_microseconds(now),
        wrapped=b"",
        salt=b"" if cost is None else os.urandom(16),
        cost=cost,
    )


def _machine_slot(secret: bytes, key: bytes, now: datetime) -> Slot:
    return _filled(_fresh(SlotKind.MACHINE, "", now), secret, key)


def _password_slot(new: NewPassword, key: bytes, now: datetime) -> Slot:
    slot = _fresh(SlotKind.PASSWORD, new.label, now, new.cost)
    return _filled(slot, _stretch(new.password, slot), key)


def _filled(slot: Slot, secret: bytes, key: bytes) -> Slot:
    nonce = os.urandom(_NONCE_BYTES)
    sealed = ChaCha20Poly1305(secret).encrypt(nonce, key, _LABEL)
    return msgspec.structs.replace(slot, wrapped=nonce + sealed)


def _with_machine(stretched: bytes, machine_secret: bytes) -> bytes:
    """Return a secret that needs both: what somebody types, and this PC."""
    return HKDF(SHA256(), 32, salt=machine_secret, info=b"daksha-pin-slot-v1").derive(stretched)


def _stretch(typed: str, slot: Slot) -> bytes:
    cost = slot.cost or DEFAULT_COST
    return hash_secret_raw(
        typed.encode(),
        slot.salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _unwrap(secret: bytes, wrapped: bytes) -> bytes | None:
    nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
    try:
        return ChaCha20Poly1305(secret).decrypt(nonce, sealed, _LABEL)
    except (InvalidTag, ValueError):  # a nonce of another length is a slot of another hand
        return None
