"""What a package format is: it knows its manifest in an archive, and reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.core.base.words import _, plural
from app.core.content.packages import Archive, PackageManifest, Standard

MAX_NAME = 120
MAX_REMARKS = 100
MAX_TOLD = 10
"""How many files of one trouble are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to be said of a package. A blocking one keeps it from being imported."""

    text: str
    file: str = ""
    """The file within the package, or empty."""
    blocks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPackage:
    """What a manifest says."""

    manifest: PackageManifest
    remarks: tuple[Remark, ...] = ()
    listed: frozenset[str] | None = None
    """The files that the manifest lists and the archive holds; None: this standard lists none."""


class ManifestFault(ValueError):
    """A manifest that cannot be read at all: why, as a sentence, and in which file."""

    def __init__(self, reason: str, file: str = "") -> None:
        self.reason = reason
        self.file = file
        super().__init__(reason)


class PackageFormat(Protocol):
    """Reads the packages of one family of standards."""

    standards: frozenset[Standard]

    def manifest_in(self, archive: Archive) -> str | None:
        """Return the name of the file by which a package of this kind is known, or None."""
        ...

    def read(self, archive: Archive, manifest_name: str) -> ReadPackage:
        """Read the manifest, and check what it says against the archive. Raises ManifestFault."""
        ...


@dataclass(slots=True)
class Remarks:
    """Collects what is to be said while a manifest is read."""

    found: list[Remark] = field(default_factory=list)

    def warn(self, text: str, file: str = "") -> None:
        """Note what should be known and keeps nothing out."""
        self._add(Remark(text=text, file=file))

    def block(self, text: str, file: str = "") -> None:
        """Note what keeps the package out."""
        self._add(Remark(text=text, file=file, blocks=True))

    def _add(self, remark: Remark) -> None:
        """Note something once. Beyond a hundred, only the first that blocks still counts."""
        is_first_block = remark.blocks and not any(one.blocks for one in self.found)
        if remark not in self.found and (len(self.found) < MAX_REMARKS or is_first_block):
            self.found.append(remark)

    def block_missing_launches(self, names: Sequence[str], manifest_name: str) -> None:
        """Note what is launched and not there."""
        if names:
            text = _("What it launches is not in the package: {names}")
            self.block(text.format(names=named(names)), manifest_name)

    def warn_of_remote(self, addresses: Sequence[str], manifest_name: str) -> None:
        """Note what is launched from a network."""
        if addresses:
            text = _("Parts of it lie on the internet and will not open: {names}")
            self.warn(text.format(names=named(addresses)), manifest_name)

    def warn_of_absent(self, names: Iterable[str], manifest_name: str) -> None:
        """Note which files are listed, but not there."""
        absent = sorted(set(names))
        if not absent:
            return
        what = plural(
            "{count} listed file is not in the package: ",
            "{count} listed files are not in the package: ",
            len(absent),
        )
        self.warn(what + named(absent), manifest_name)


def named(names: Sequence[str]) -> str:
    """Return some names on one line, and how many more there are."""
    told = ", ".join(
        name if len(name) <= MAX_NAME else f"{name[:MAX_NAME]}…" for name in names[:MAX_TOLD]
    )
    rest = len(names) - MAX_TOLD
    return told if rest <= 0 else _("{names} and {count} more").format(names=told, count=rest)
