"""What two sites tell each other about logs: positions, and segments of entries."""

from dataclasses import dataclass

from app.core.journal.entries import LogName


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far a log goes somewhere, and the hash of its last entry there.

    The hash tells a log that goes on from one that went another way: after a data folder was copied
    two logs have one name, and the one name has two positions.
    """

    log: LogName
    seq: int
    head: bytes


Vector = tuple[Position, ...]
"""All that somebody holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of entries of one log without a gap, named by the chain at both its ends."""

    log: LogName
    first: int
    last: int
    previous: bytes
    """Hash of the entry before `first`; 32 zero bytes where `first` is 1."""
    head: bytes
    """Hash of the entry `last`: covers every entry up to it."""

    @property
    def entries(self) -> int:
        """Return how many entries it has."""
        return self.last - self.first + 1
