"""What an imported package is: its manifest, its activities, its files. Plain frozen values.

The index of a package is kept as canonical JSON, so that its SHA-256 names the package; every file
in it is an asset of its own. What only one standard knows lies in `data` as JSON values, and is read
with the value type of that standard: `activity.read(ScormActivity)`.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import unquote

import msgspec

T = TypeVar("T")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Standard(StrEnum):
    """What a package speaks with the program that plays it."""

    SCORM12 = "scorm12"
    SCORM2004 = "scorm2004"
    CMI5 = "cmi5"
    XAPI = "xapi"
    H5P = "h5p"
    HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFile:
    """One file of a package."""

    name: str
    """Its place in the package: relative, with `/`, NFC; never used as a path on a disk."""
    sha256: str
    """Of the asset that holds its bytes, hexadecimal."""
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One entry in a package's table of contents: a part that is launched, or that holds others.

    A SCORM item may do both.
    """

    id: str
    """Unique in its package."""
    title: str
    titles: dict[str, str] = field(default_factory=dict)
    """The title by language, where the standard has languages."""
    launch: str = ""
    """What is opened: an address relative to the package, percent-encoded, with its query; or an
    address on a network (cmi5 and xAPI alone). Empty: nothing is."""
    is_visible: bool = True
    """Whether a table of contents shows it."""
    children: tuple["Activity", ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    """What only its standard knows, as JSON values."""

    @property
    def is_remote(self) -> bool:
        """Tell whether its launch lies on a network, outside the package."""
        return is_network_address(self.launch)

    def walk(self) -> Iterator["Activity"]:
        """Yield it and everything in it, in the order of the table of contents."""
        yield self
        for child in self.children:
            yield from child.walk()

    def read(self, kind: type[T]) -> T:
        """Return what its standard knows of it, as a value of `kind`."""
        return msgspec.convert(self.data, kind, strict=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageManifest:
    """What a package says of itself."""

    standard: Standard
    edition: str
    """Of the standard: 1.2; 2nd, 3rd or 4th; 1.0 …"""
    identifier: str
    title: str
    titles: dict[str, str] = field(default_factory=dict)
    """The title by language, where the manifest has languages."""
    description: str = ""
    language: str = ""
    """A language code; empty when the manifest does not say."""
    seconds: int = 0
    """How long it takes, as its author says; 0 when nothing is said."""
    root: Activity
    """The package as a whole. What is launched lies in it, also when there is only one."""
    data: dict[str, Any] = field(default_factory=dict)
    """What only its standard knows, as JSON values."""

    @property
    def launchable(self) -> tuple[Activity, ...]:
        """Return the activities that open something, in order."""
        return tuple(activity for activity in self.root.walk() if activity.launch)

    def read(self, kind: type[T]) -> T:
        """Return what its standard knows of it, as a value of `kind`."""
        return msgspec.convert(self.data, kind, strict=False)


@dataclass(frozen=True, kw_only=True)
class PackageIndex:
    """A package as it is stored: what it is, and which asset holds which of its files."""

    manifest: PackageManifest
    files: tuple[PackageFile, ...]
    """By name."""
    archive_sha256: str
    """Of the file that was imported, hexadecimal."""

    def file(self, name: str) -> PackageFile | None:
        """Return the file at a place in the package, or None.

        The name is taken as it is written first; then whatever its case and composition, because
        packages made on Windows are careless of both.
        """
        normal = unicodedata.normalize("NFC", name)
        return self._by_name.get(normal) or self._by_folded.get(normal.casefold())

    def file_at(self, address: str) -> PackageFile | None:
        """Return the file that an address within the package opens, or None."""
        return self.file(unquote(path_of(address)))

    @property
    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def assets(self) -> frozenset[str]:
        """Return the SHA-256 of every file."""
        return frozenset(file.sha256 for file in self.files)

    @cached_property
    def _by_name(self) -> Mapping[str, PackageFile]:
        return {file.name: file for file in self.files}

    @cached_property
    def _by_folded(self) -> Mapping[str, PackageFile]:
        return {file.name.casefold(): file for file in reversed(self.files)}


def as_data(value: object) -> dict[str, Any]:
    """Return what only one standard knows as the JSON values that are stored: lists, not tuples."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value))
    return data


def path_of(address: str) -> str:
    """Return an address without its query and fragment."""
    return address.partition("#")[0].partition("?")[0]


def place_beside(name: str, untrusted_address: str) -> str:
    """Return the place in a package that an address in one of its files means; empty for none.

    An address that leads out of the package may give a place; nothing lies there.
    """
    path = unquote(path_of(untrusted_address))
    if not path or _SCHEME.match(path) or path.startswith("//"):
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path)).lstrip("/")


def is_network_address(address: str) -> bool:
    """Tell whether an address leads to a network."""
    return address.casefold().startswith(("http://", "https://", "//"))
