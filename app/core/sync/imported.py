"""What is to be taken in, and what came of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.words import _, plural
from app.core.sync.bundle.manifest import Manifest
from app.core.sync.inspections import Stated
from app.core.sync.newer import newer_came_in_words


@dataclass(frozen=True, slots=True)
class Errand:
    """A file to take in, and where its receipt goes; None where nobody waits for one."""

    file: Path
    answer_in: Path | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was read: its name, its bundle's manifest, and which volume of it it is (0: none)."""

    name: str
    manifest: Manifest
    volume: int = 0


Refused = Callable[[Path, UserFacingError], None]
"""Is told of a file that is not taken, and why."""


@dataclass(slots=True)
class Imported:
    """What came of taking files in."""

    files: int = 0
    receipts: int = 0
    applied: int = 0
    """Entries that stand in the tables now and did not before."""
    repeated: int = 0
    """Entries that were here."""
    waiting: int = 0
    """Entries that are here and speak of what has not come yet, and files that begin beyond it."""
    refused: int = 0
    """Entries of PCs that nobody certified, and of revoked ones of which too many lie aside."""
    aside: int = 0
    """Entries that a PC wrote after its last accepted one: kept apart now, and not before."""
    assets: int = 0
    """Files of courses that came whole."""
    assets_missing: int = 0
    """Files of courses on record that are not here yet."""
    volumes_read: int = 0
    """Those that brought something that was not here."""
    came: list[str] = field(default_factory=list)
    """Hashes of those files."""
    forks: int = 0
    clashes: int = 0
    """Rows that two entries made, and not alike."""
    for_others: int = 0
    """Files in a folder that were made for other PCs or sites."""
    newer: Counter[str] = field(default_factory=Counter)
    """By PC: how many of its entries tell of what only a newer program knows."""
    troubles: list[str] = field(default_factory=list)
    """One sentence for each file that was refused or waits."""
    stated: list[Stated] = field(default_factory=list)
    """What stamps beside the files say, of whoever looked at them on their way."""
    bad_stamps: list[str] = field(default_factory=list)
    """One sentence for each stamp that says nothing of its file."""
    answers: set[Path] = field(default_factory=set)
    """Receipts that were written."""
    unanswered: dict[str, str] = field(default_factory=dict)
    """Names of files beside which no receipt could be written, and why, in a sentence."""
    unaware: dict[str, int] = field(default_factory=dict)
    """By PC: of how many revoked keys it did not know when it wrote what was taken in."""
    seen: list[Seen] = field(default_factory=list)
    """What the files that were read say of themselves."""

    def add(self, later: "Imported") -> None:
        """Count what came of a later one in."""
        self.files += later.files
        self.receipts += later.receipts
        self.applied += later.applied
        self.repeated += later.repeated
        self.waiting = later.waiting
        self.refused += later.refused
        self.aside += later.aside
        self.forks += later.forks
        self.clashes += later.clashes
        self.assets += later.assets
        self.assets_missing = later.assets_missing
        self.volumes_read += later.volumes_read
        self.for_others += later.for_others
        self.newer += later.newer
        self.troubles += later.troubles
        self.seen += later.seen
        self.stated += later.stated
        self.bad_stamps += later.bad_stamps
        self.unanswered |= later.unanswered
        self.unaware |= later.unaware

    def add_of_waiting(self, again: "Imported") -> None:
        """Count in what came of a file that waited here, and was not among those that were brought."""
        self.applied += again.applied
        self.newer += again.newer
        self.forks += again.forks
        self.aside += again.aside
        self.waiting = again.waiting

    @property
    def unanswered_in_words(self) -> tuple[str, ...]:
        """Return the sentences about files whose senders will not hear of it that they came."""
        names: dict[str, list[str]] = {}
        for name, reason in self.unanswered.items():
            names.setdefault(reason, []).append(name)
        words = _(
            "No receipt lies beside {names}: {reason} What it brought is here, but its sender does not "
            "hear of that: take it in again where a receipt can be written, or print the receipt."
        )
        return tuple(
            words.format(names=", ".join(files), reason=reason) for reason, files in names.items()
        )

    @property
    def unaware_in_words(self) -> tuple[str, ...]:
        """Return a sentence for each PC that believes keys still that are revoked here."""
        words = _(
            "{name} did not know yet of every revoked key when it wrote this: it may still take in files "
            "of {keys}. Write a file for it."
        )
        return tuple(
            words.format(
                name=name, keys=plural("{count} revoked key", "{count} revoked keys", count)
            )
            for name, count in sorted(self.unaware.items())
        )

    @property
    def aside_in_words(self) -> str:
        """Return the sentence about what was kept apart; empty where nothing was."""
        if not self.aside:
            return ""
        return plural(
            "{count} entry was written by a revoked PC after its last accepted entry. It counts nowhere and is kept aside: look at it under Peers and keys.",
            "{count} entries were written by revoked PCs after their last accepted entry. They count nowhere and are kept aside: look at them under Peers and keys.",
            self.aside,
        )

    @property
    def newer_in_words(self) -> tuple[str, ...]:
        """Return a sentence for each PC whose program is newer than this one."""
        return tuple(newer_came_in_words(*one) for one in sorted(self.newer.items()))


def for_others_in_words(count: int) -> str:
    """Return the sentence about files that were left alone."""
    return plural(
        "{count} file is for another PC or site; it was left alone.",
        "{count} files are for other PCs or sites; they were left alone.",
        count,
    )
