"""What a sync file is to carry, and what came of writing it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.core.base.words import _, plural
from app.core.journal import Stretch
from app.core.sync.bundle.manifest import Manifest
from app.core.sync.loading import Loaded, Outgoing
from app.core.sync.materials import Lacking, Material
from app.core.sync.peers import Peer

BUNDLE_ENDING = ".dksb"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPlan:
    """What a sync file for somebody would carry."""

    peers: tuple[Peer, ...]
    entries: int
    logs: int
    lacking: Lacking
    """Files of courses that could go along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A sync file that was written, and read back from where it lies."""

    path: Path
    bundle_id: UUID
    number: int
    entries: int
    left_over: int
    """Entries that did not fit one file of FAT32; the next file carries them."""
    unsigned: int
    """Entries that stay behind: only the key under which they were written can sign for them."""
    unsealed: str = ""
    """Why the journal was not sealed before it left, in one sentence; empty where it was."""
    size: int
    sha256: str
    recipients: tuple[str, ...]
    made_at: datetime
    manifest: Manifest = field(repr=False)
    loaded: Loaded = field(default_factory=Loaded)
    """The files of courses that went along."""

    @property
    def cautions(self) -> tuple[str, ...]:
        """Return what whoever wrote it is to know of it besides, one sentence each."""
        unsigned = unsigned_in_words(self.unsigned) if self.unsigned else ""
        return tuple(filter(None, (unsigned, self.unsealed)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPaper:
    """A file that leaves on sheets of codes, and lies in a folder of this PC only until they are made."""

    count: Callable[[Path], int]
    """Is told where the file lies, before anything is noted and before it has its name; returns how many sheets it takes, or raises."""
    called: str
    """What the register says of where it went."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to go beside the records."""

    stretches: tuple[Stretch, ...] | None = None
    """The entries that go; None: all that the readers are not known to hold."""
    bundle_id: UUID | None = None
    """Under which a second person confirmed it; None: a new one."""
    is_noted: bool = True
    """Whether the file is one that leaves: then it is noted in the register."""
    courses: Collection[UUID] | None = ()
    """Whose files go along; None: of all that are not on their way."""
    files_ready: frozenset[str] = frozenset()
    """Hashes of files that lie ready for all readers."""
    most_files: int | None = None
    """How long the files may be together; one that is longer goes alone."""
    later: Callable[[Outgoing], None] | None = None
    """Is given the volumes to write them later; without it they are written at once."""
    paper: ToPaper | None = None
    """Where it leaves on paper."""
    overwrite: bool = False
    """Whether a file of that name may be replaced."""
    parcel: tuple[Material, ...] | None = None
    """Of a parcel: the files of courses that go, with no records."""


def unsigned_in_words(count: int) -> str:
    """Return the sentence about entries that stay behind."""
    words = _(
        "{entries} stay here: they were written under the key of another PC, and only that PC can "
        "sign for them."
    )
    return words.format(entries=plural("{count} entry", "{count} entries", count))
