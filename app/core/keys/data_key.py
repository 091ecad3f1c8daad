"""The ways to the data key, as this PC goes them: of itself, by a PIN, by a password."""

from pathlib import Path

from app.core.base.clock import Clock
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys.folder import KeyFolder
from app.core.keys.pin_attempts import PinAttempts
from app.core.keys.slot_file import SiteFileDamaged
from app.core.keys.slots import KeySlots, SlotState, WrongPassword

SLOT_FILE = "keyslots.json"
_SEEN = "slots.seen"
_LONGEST_PIN = 12


class PasswordNeeded(UserFacingError):
    """This PC does not know the site: its folder came from elsewhere."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("These records were brought from another PC."),
            safe=_("They are locked and were not changed."),
            remedy=_("Give the password of the administrator who set the site up."),
        )


class AskedAtStart(PasswordNeeded):
    """This PC does not open the records of itself: somebody chose so."""

    def __init__(self, *, pin: bool) -> None:
        UserFacingError.__init__(
            self,
            _("These records are opened by somebody at each start."),
            safe=_("They are locked and were not changed."),
            remedy=_("Give the PIN for them, or an administrator's password.")
            if pin
            else _("Give an administrator's password for them."),
        )
        self.pin = pin


class DataKeyFile:
    """The slot file of one data folder, and what this PC knows of it."""

    def __init__(self, folder: Path, keys: KeyFolder, clock: Clock) -> None:
        self.slots = KeySlots(folder / SLOT_FILE, clock)
        self._keys = keys
        self._clock = clock
        self._attempts = PinAttempts(keys)

    @property
    def machine_secret(self) -> bytes:
        """Return what only this PC knows."""
        return self._keys.machine_secret()

    def open(self, typed: str | None) -> bytes:
        """Return the data key, by this PC itself or by what somebody typed.

        Raises PasswordNeeded, AskedAtStart, PinLocked, WrongPassword, SiteFileDamaged.
        """
        key = self.slots.open_with_machine(self.machine_secret)
        if key is None:
            if typed is None:
                file = self.slots.read()
                raise AskedAtStart(pin=file.asks_pin) if file.asks else PasswordNeeded
            key = self._typed(typed)
            if not self.slots.read().asks and self.state(key) is SlotState.WHOLE:
                self.slots.bind_machine(self.machine_secret, key)
        self._note(key)
        return key

    def state(self, key: bytes) -> SlotState:
        """Tell what the slot file is, seen from this PC."""
        return self.slots.state(key, self._seen)

    @property
    def latest(self) -> int:
        """Return the latest revision of the file that there is or was; what a damaged one says is lost."""
        try:
            return max(self.slots.read().revision, self._seen)
        except SiteFileDamaged:
            return self._seen

    def accept(self, key: bytes) -> None:
        """Take the file as it is: somebody has looked at it."""
        self.slots.accept(key, self._seen)
        self.note()

    def note(self) -> None:
        """Remember how far the file is, so that an older one put back is noticed."""
        revision = self.slots.read().revision
        if revision > self._seen:
            self._keys.write_private(_SEEN, str(revision).encode())

    def _note(self, key: bytes) -> None:
        if self.state(key) is SlotState.WHOLE:
            if not self.slots.is_authenticated:
                self.slots.accept(key)  # of the first format: from now on with a MAC
            self.note()

    def _typed(self, typed: str) -> bytes:
        if self.slots.read().asks_pin and typed.isdecimal() and len(typed) <= _LONGEST_PIN:
            with self._attempts.turn():
                self._attempts.count(self._clock.now())
                key = self.slots.open_with_pin(typed, self.machine_secret)
                if key is None:
                    raise WrongPassword
                self._attempts.clear()
            return key
        key = self.slots.open_with_password(typed)
        self._attempts.clear()
        return key

    @property
    def _seen(self) -> int:
        kept = self._keys.read_private(_SEEN) or b""
        return int(kept) if kept.isdigit() else 0
