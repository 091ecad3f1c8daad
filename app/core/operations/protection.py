"""Who can open this site's records where: the slots of the data key, looked after by an administrator."""

from dataclasses import dataclass
from datetime import datetime

from app.core.base.actor import Actor, Capability
from app.core.base.clock import from_microseconds
from app.core.keys import (
    DEFAULT_COST,
    PIN_COST,
    NewPassword,
    SlotCost,
    SlotKind,
    SlotState,
    WrongPassword,
)
from app.core.operations.open_site import OpenSite
from app.core.people import check_password, check_pin, note_confirmed

_METHOD = "data key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to the records."""

    id: str
    kind: SlotKind
    label: str
    made_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedKit:
    """A recovery kit that somebody printed and proved."""

    number: int
    made_at: datetime
    keepers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """All ways to the records, and whether their file is as this program left it."""

    ways: tuple[Way, ...]
    state: SlotState
    kit: PrintedKit | None

    def has(self, kind: SlotKind) -> bool:
        """Tell whether there is a way of a kind."""
        return any(way.kind is kind for way in self.ways)


class Protection:
    """The ways to the records of an open site. Everything here raises NoDataKey for a server's."""

    def __init__(self, opened: OpenSite) -> None:
        self._opened = opened
        self._file = opened.data_key_file
        self._slots = opened.data_key_file.slots

    def ways(self, actor: Actor) -> Ways:
        """Return the ways to the records."""
        actor.require(Capability.MANAGE_SITE)
        return ways_of(self._opened)

    def set_password(
        self, actor: Actor, label: str, password: str, cost: SlotCost = DEFAULT_COST
    ) -> None:
        """Let a password open the records on any PC, in the place of the one of that name.

        Takes about a second by design. Raises WeakSecret, SlotsAltered.
        """
        key = self._key(actor)
        check_password(password, (label,))
        new = NewPassword(label=" ".join(label.split()), password=password, cost=cost)
        self._slots.set_password(new, key)
        self._told(actor, "data-key.password", new.label)

    def remove(self, actor: Actor, way_id: str) -> None:
        """Take a way to the records away. Raises NoSuchSlot, LastWay, SlotsAltered."""
        key = self._key(actor)
        removed = self._slots.remove(way_id, key)
        self._told(actor, "data-key.remove", f"{removed.kind.value} {removed.label}".strip())

    def ask_at_start(self, actor: Actor, *, asks: bool) -> None:
        """Let somebody be asked at each start of this PC, or let it open the records by itself."""
        key = self._key(actor)
        if asks:
            self._slots.unbind_machine(key)
            self._told(actor, "data-key.ask")
        else:
            self._slots.bind_machine(self._file.machine_secret, key)
            self._told(actor, "data-key.unasked")

    def set_pin(self, actor: Actor, pin: str, cost: SlotCost = PIN_COST) -> None:
        """Let a PIN open the records on this PC alone. Raises WeakSecret, SlotsAltered."""
        key = self._key(actor)
        check_pin(pin, actor.number)
        self._slots.set_pin(pin, self._file.machine_secret, key, cost)
        self._told(actor, "data-key.pin")

    def accept(self, actor: Actor) -> None:
        """Take the file of the ways as it is: the actor has looked at the list."""
        key = self._key(actor)
        self._file.accept(key)
        self._told(actor, "data-key.accept")

    def prove(self, actor: Actor, password: str) -> None:
        """Raise WrongPassword unless a password opens these records. Takes about a second."""
        key = self._key(actor)
        if self._slots.open_with_password(password) != key:
            raise WrongPassword

    def begin_key_change(self, actor: Actor) -> None:
        """Put on record who has the data key changed. The site is closed for the change itself."""
        self._key(actor)
        self._told(actor, "data-key.begin-change")

    def _key(self, actor: Actor) -> bytes:
        actor.require(Capability.MANAGE_SITE)
        return self._opened.data_key

    def _told(self, actor: Actor, action: str, reason: str = "") -> None:
        """Put what was done on record. The file is first: a way that is on record must be there."""
        self._file.note()
        site = self._opened.site
        with site.transaction(actor, action, reason=reason) as unit:
            note_confirmed(unit, actor, _METHOD, site.clock.now())


def ways_of(opened: OpenSite) -> Ways:
    """Return the ways to the records of an open site. Raises NoDataKey."""
    key, file = opened.data_key, opened.data_key_file.slots.read()
    kit = file.kit
    return Ways(
        state=opened.data_key_file.state(key),
        ways=tuple(
            Way(id=slot.id, kind=slot.kind, label=slot.label, made_at=slot.made)
            for slot in file.slots
        ),
        kit=None
        if kit is None
        else PrintedKit(
            number=kit.number, made_at=from_microseconds(kit.made_at), keepers=kit.keepers
        ),
    )
