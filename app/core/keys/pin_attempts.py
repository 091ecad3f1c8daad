"""Wrong PINs at the data key, counted in the key folder before a PIN is looked at.

They lie where no copy of the data folder takes them: restoring the data gives no new tries.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import msgspec

from app.core.base.clock import from_microseconds, to_microseconds
from app.core.base.errors import UserFacingError
from app.core.base.figures import duration
from app.core.base.words import _
from app.core.keys.folder import KeyFolder
from app.core.storage.faults import told_plainly
from app.core.storage.locks import FileLock

_NAME, _TURN = "pin.attempts", "pin-turn.lock"
_FREE, _MOST = 5, 10
"""Tries without a wait; tries after which only a password opens."""


class PinLocked(UserFacingError):
    """Too many wrong PINs."""

    exit_code = 3

    def __init__(self, wait: timedelta | None) -> None:
        super().__init__(
            _("Too many wrong PINs were typed."),
            safe=_("The records are locked and were not changed."),
            remedy=_("Open them with an administrator's password.")
            if wait is None
            else _("Try again in {time}, or use an administrator's password.").format(
                time=duration(wait)
            ),
        )


class _Tries(msgspec.Struct, frozen=True):
    count: int = 0
    last_at: int = 0


class PinAttempts:
    """The tries at one key folder."""

    def __init__(self, keys: KeyFolder) -> None:
        self._keys = keys

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until no other program on this PC is at a try: right ones at once are none too many."""
        with told_plainly(), FileLock(self._keys.path / _TURN, for_all=False) as lock:
            lock.take(wait=True)
            yield

    def count(self, now: datetime) -> None:
        """Count a try, on disk when this returns. Raises PinLocked."""
        tries = self._read()
        if tries.count >= _MOST:
            raise PinLocked(None)
        if tries.count >= _FREE:
            wait = timedelta(minutes=2 ** (tries.count - _FREE))
            # where the clock was set back, the wait begins anew: neither shorter nor without end
            since = min(tries.last_at, to_microseconds(now))
            left = from_microseconds(since) + wait - now
            if left > timedelta(0):
                self._write(_Tries(tries.count, since))
                raise PinLocked(left)
        self._write(_Tries(tries.count + 1, to_microseconds(now)))

    def clear(self) -> None:
        """Forget them: somebody has opened the records."""
        if self._keys.read_private(_NAME) is not None:
            self._keys.forget_private(_NAME)

    def _read(self) -> _Tries:
        kept = self._keys.read_private(_NAME)
        if kept is None:
            return _Tries()
        try:
            return msgspec.json.decode(kept, type=_Tries)
        except msgspec.MsgspecError:
            return _Tries(_MOST)  # a damaged count is no reason for new tries

    def _write(self, tries: _Tries) -> None:
        self._keys.write_private(_NAME, msgspec.json.encode(tries))
