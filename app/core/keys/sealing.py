"""Sealing keys: what is encrypted to this PC, or to the site, is read with them (age, X25519).

The keys before the newest are kept for a year, because a stick may be late.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.core.base.clock import from_microseconds, to_microseconds
from app.core.keys.folder import KeyFolder

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

STATION_SEALING, SITE_SEALING = "station.age", "site.age"
KEPT_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class _Kept:
    made_at: datetime
    private: str = field(repr=False)


class SealingKeys:
    """The sealing keys kept under one name of a key folder, the newest first."""

    def __init__(self, folder: KeyFolder, name: str) -> None:
        self._folder = folder
        self._name = name

    def recipient(self, now: datetime) -> str:
        """Return what to encrypt to, `age1…`; the key is made on first use."""
        return str(self._identity((self._read() or self.renew(now))[0]).to_public())

    def identities(self) -> "list[Identity]":
        """Return everything that may open what was sealed, the newest first."""
        return [self._identity(kept) for kept in self._read()]

    def renew(self, now: datetime, *, under: str = "") -> list[_Kept]:
        """Make a new key; those that took their leave longer than a year ago are destroyed.

        With `under` the keys are kept under another name, until the folder puts them in place.
        """
        from pyrage import x25519  # a library of its own, where something is sealed or opened

        before = self._read()
        # a key takes its leave when the next one is made
        left_at = [now, *(kept.made_at for kept in before)]
        still = [kept for kept, left in zip(before, left_at, strict=False) if now - left < KEPT_FOR]
        all_kept = [_Kept(now, str(x25519.Identity.generate())), *still]
        lines = [f"{to_microseconds(kept.made_at)} {kept.private}\n" for kept in all_kept]
        self._folder.write_private(under or self._name, "".join(lines).encode())
        return all_kept

    def _identity(self, kept: _Kept) -> "Identity":
        from pyrage import x25519  # as above

        return x25519.Identity.from_str(kept.private)

    def _read(self) -> list[_Kept]:
        """Return what is kept; a file that was cut short is as good as lost."""
        lines = (self._folder.read_private(self._name) or b"").decode("ascii", "replace")
        kept = []
        for line in lines.splitlines():
            made, _blank, private = line.partition(" ")
            if made.isdecimal() and private.startswith("AGE-SECRET-KEY-1"):
                kept.append(_Kept(from_microseconds(int(made)), private))
        return kept
