"""What is locked under a password that its owner chose: nobody who gives or takes passwords opens it.

Signing keys lie above this feature; bootstrap hands their keeper in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from app.core.journal import Unit

Keep = Callable[[Unit, UUID, UUID], None]
"""Keeps what was prepared, within the unit that sets the password: account, and the credential set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPassword:
    """A password that its owner has just chosen, and the one before it."""

    account_id: UUID | None
    """None for the first account of a site, which is made together with it."""
    name: str
    """Of the owner, as it is printed."""
    new: str = field(repr=False)
    former: str = field(default="", repr=False)
    former_id: UUID | None = None
    """The credential that `former` is the secret of; None where there was none."""


class PasswordKeeper(Protocol):
    """Locks something of its owner under their own password."""

    def prepared(self, chosen: ChosenPassword) -> Keep:
        """Do what takes time, before the write lock is held; return what keeps it."""
        ...

    def reset(self, unit: Unit, account_id: UUID, by: UUID | None) -> None:
        """Lock for good what lay under a password that somebody else replaced or took away."""
        ...


Keepers = list[PasswordKeeper]


def prepare_all(keepers: Keepers, chosen: ChosenPassword) -> Keep:
    """Return what keeps everything that lies under a password."""
    keeps = [keeper.prepared(chosen) for keeper in keepers]

    def keep(unit: Unit, account_id: UUID, credential_id: UUID) -> None:
        for one in keeps:
            one(unit, account_id, credential_id)

    return keep
