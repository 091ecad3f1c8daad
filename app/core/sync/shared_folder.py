"""The folder that this PC shares with the others of its site: which one, and how the last round went.

Which folder it is, is a matter of this PC: it lies in a file beside the records. How the last round
went is known while the program runs.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.core.base.actor import Actor, Capability
from app.core.base.clock import Clock
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.storage.faults import told_plainly
from app.core.sync.folder_exchange import FolderExchange, Round, require_folder

_FILE = "shared_folder.json"
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRound:
    """What came of a round."""

    at: datetime
    applied: int = 0
    """Entries that came and stand in the tables."""
    sent: int = 0
    """Entries that were laid into the folder."""
    troubles: tuple[str, ...] = ()
    """Why the round, or a file in it, went wrong: one sentence each."""
    useless: tuple[str, ...] = ()
    """What is wrong with files in the folder, as long as they lie there: one sentence each."""
    failed: bool = False
    """Whether the round could not be gone at all, or not to its end."""
    changed: bool = False
    """Whether anything came, went or was taken away."""


class SharedFolder:
    """Keeps the choice, and goes rounds."""

    def __init__(self, exchange: FolderExchange, clock: Clock, data: Path) -> None:
        """Take who goes the rounds, and the data folder."""
        self._exchange = exchange
        self._clock = clock
        self._path = data / _FILE
        self.last: LastRound | None = None

    @property
    def folder(self) -> Path | None:
        """Return the folder; None where nothing is exchanged through one."""
        try:
            if self._path.stat().st_size > _MOST_BYTES:
                return None
            untrusted = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        named = untrusted.get("folder") if isinstance(untrusted, dict) else None
        return Path(named) if isinstance(named, str) and named else None

    def choose(self, actor: Actor, folder: Path | None) -> None:
        """Exchange through a folder from now on, or through none. Raises FolderUnreachable."""
        actor.require(Capability.MANAGE_SITE)
        if folder is not None:
            require_folder(folder)
        part = self._path.with_suffix(".part")
        with told_plainly():
            text = json.dumps({"folder": str(folder) if folder else ""}, ensure_ascii=False)
            part.write_text(text, "utf-8")
            part.replace(self._path)
        self.last = None

    def go_round(self, actor: Actor, progress: Progress | None = None) -> LastRound | None:
        """Go one round, and keep how it went; None where there is no folder."""
        folder = self.folder
        if folder is None:
            return None
        try:
            require_folder(folder)
            self.last = self._told(self._exchange.go_round(actor, folder, progress))
        except Cancelled:
            raise
        except UserFacingError as refusal:
            self.last = LastRound(at=self._clock.now(), troubles=(refusal.sentence,), failed=True)
        return self.last

    def _told(self, done: Round) -> LastRound:
        came, went = done.imported, sum(one.entries for one in done.exported)
        return LastRound(
            at=self._clock.now(),
            applied=came.applied,
            sent=went,
            troubles=tuple(came.troubles),
            useless=done.useless,
            changed=done.heard
            or any((came.files, came.receipts, came.troubles, done.exported, done.taken_away)),
        )
