"""Where the program is installed: its versions beside each other, and which of them is in force.

    daksha, _internal/      the version that was installed first; it starts the one in force
    versions/
        current.json        the pointer: which version is in force, and which was before it
        0.2.0-5e6f7a8b9c0d/ a version that came by an upgrade file: daksha, _internal/
        ….part              one that is being laid down

Nothing that runs is ever replaced: a new version lies beside the old one, and the pointer changes in one
step (ADR 64). Read at each start, before anything else is loaded: nothing here imports a library.
"""

import json
import os
import platform
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

VERSIONS = "versions"
PART = ".part"
ABOUT = "program.json"
MOST_STARTS = 3
"""So many starts of a new version may end before it has opened the records."""
_INSIDE = "_internal"
_POINTER = "current.json"
_FORM = 1
_VERSION = re.compile(r"[0-9]{1,5}(\.[0-9]{1,5}){1,3}")
_NAME = re.compile(_VERSION.pattern + r"-[0-9a-f]{12}")


class GaveWay(StrEnum):
    """Why a new version was gone back from before it could say why itself."""

    MISSING = "missing"
    IN_VAIN = "in-vain"
    NOT_STARTING = "not-starting"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Which version is in force. A version is named by its folder; "" is the one installed first."""

    current: str = ""
    before: str | None = None
    """The version that one can go back to; None without one."""
    trial: bool = False
    """Whether the version in force has yet to open the records for the first time."""
    starts: int = 0
    """How often it was started for that."""
    left: str | None = None
    """The version that was gone back from, until that is on record."""
    why: str = ""
    """Why it was: a `GaveWay`, or words."""
    by_hand: bool = False
    """Whether somebody decided that it was."""
    bring_back: str = ""
    """The backup whose records take the place of those that the version that was left has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a build says of itself."""

    version: str
    schema: str
    """The newest migration that it has."""
    platform: str


class NotAVersion(Exception):
    """A folder is not what a build makes."""


class Installation:
    """The versions of one installation. `running` names the one that this process is."""

    def __init__(self, home: Path, running: str = "") -> None:
        self.home = home
        self.running = running

    @staticmethod
    def of_this_program() -> "Installation | None":
        """Return the installation that this program was started from; None for its sources."""
        if not getattr(sys, "frozen", False):
            return None
        here = Path(sys.executable).resolve().parent
        if here.parent.name == VERSIONS and (here.parent.parent / _INSIDE).is_dir():
            return Installation(here.parent.parent, here.name)
        return Installation(here)

    @property
    def versions(self) -> Path:
        """Return the folder of the versions that came later."""
        return self.home / VERSIONS

    def folder(self, name: str) -> Path:
        """Return the folder of a version."""
        return self.versions / name if name else self.home

    def executable(self, name: str) -> Path:
        """Return what starts a version."""
        return self.folder(name) / ("daksha.exe" if sys.platform == "win32" else "daksha")

    def about(self, name: str) -> About | None:
        """Return what a version says of itself; None for one that says nothing."""
        try:
            return about(self.folder(name))
        except NotAVersion:
            return None

    def pointer(self) -> Pointer:
        """Return which version is in force; the one installed first where nothing can be read."""
        try:
            untrusted = json.loads((self.versions / _POINTER).read_bytes())
            return _read(untrusted)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return Pointer()

    def point(self, pointer: Pointer) -> None:
        """Let a version be in force, in one step; on disk when this returns. Raises OSError."""
        fresh = self.versions / f"{_POINTER}.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"form": _FORM, **asdict(pointer)}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.versions / _POINTER)
        _sync(self.versions)

    @property
    def is_on_trial(self) -> bool:
        """Tell whether this process is the first of a new version that opens the records."""
        pointer = self.pointer()
        return pointer.trial and pointer.current == self.running

    def confirm(self) -> None:
        """Let the version on trial stay: it has opened the records. Raises OSError."""
        if self.is_on_trial:
            self.point(replace(self.pointer(), trial=False, starts=0))

    def give_way(self, why: str) -> Pointer:
        """Let the version before the one on trial be in force again; return the pointer.

        Where this user may not write it, it is so for this start alone.
        """
        pointer = self.pointer()
        back = Pointer(current=pointer.before or "", left=pointer.current, why=why)
        with suppress(OSError):
            self.point(back)
        return back

    def settled(self) -> None:
        """Forget what was gone back from, and for which records: it is on record. Raises OSError."""
        pointer = self.pointer()
        if pointer.left is not None:
            self.point(replace(pointer, left=None, why="", by_hand=False, bring_back=""))


def about(folder: Path) -> About:
    """Return what the build in a folder says of itself. Raises NotAVersion."""
    try:
        said = json.loads((folder / _INSIDE / ABOUT).read_bytes())
        found = About(
            version=str(said["version"]),
            schema=str(said["schema"]),
            platform=str(said["platform"]),
        )
    except (OSError, ValueError, LookupError, TypeError) as trouble:
        raise NotAVersion from trouble
    return found


def write_about(folder: Path, said: About) -> None:
    """Let a build say what it is."""
    (folder / _INSIDE / ABOUT).write_text(json.dumps(asdict(said)), "utf-8")


def this_platform() -> str:
    """Return the kind of PC that this program runs on, for example "linux-x86_64"."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    machine = platform.machine().lower()
    return f"{system}-{ {'amd64': 'x86_64', 'arm64': 'aarch64'}.get(machine, machine) }"


def is_version(said: str) -> bool:
    """Tell whether something is the number of a version, such as 0.2.0."""
    return _VERSION.fullmatch(said) is not None


def version_numbers(version: str) -> tuple[int, ...]:
    """Return what versions are ordered by. Raises ValueError for what is none."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()  # 1.0 is 1.0.0
    return tuple(numbers)


def clean_environment(given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment for another version: what one bundle sets for its own libraries is not for it."""
    kept = {name: value for name, value in given.items() if not name.startswith("_PYI")}
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        former = kept.pop(f"{name}_ORIG", None)
        if getattr(sys, "frozen", False):
            kept.pop(name, None)
        if former:
            kept[name] = former
    return kept | {"PYINSTALLER_RESET_ENVIRONMENT": "1"}


def _read(untrusted: dict[str, object]) -> Pointer:
    if untrusted["form"] != _FORM:
        raise ValueError(untrusted["form"])
    before, left = untrusted.get("before"), untrusted.get("left")
    return Pointer(
        current=_named(untrusted["current"]),
        before=None if before is None else _named(before),
        trial=untrusted.get("trial") is True,
        starts=int(str(untrusted.get("starts", 0))),
        left=None if left is None else _named(left),
        why=str(untrusted.get("why", "")),
        by_hand=untrusted.get("by_hand") is True,
        bring_back=str(untrusted.get("bring_back", "")),
    )


def _named(name: object) -> str:
    """Return the name of a version; ValueError for one that leads elsewhere."""
    if name != "" and not (isinstance(name, str) and _NAME.fullmatch(name)):
        raise ValueError(name)
    return str(name)


def _sync(folder: Path) -> None:
    """Bring a folder's own entries down to the disk, where the system has that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
