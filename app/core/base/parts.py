"""What others made of which the program consists: name, version, licence, and whether it is as it came.

In a bundle as in a source tree: the list is that of the lock file, what it says of itself comes from the
metadata beside it.
"""

import base64
import hashlib
import platform
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from app.core.base.resources import program_folder

LOCK = program_folder() / "installer" / "requirements.lock"
_LOCKED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;\\]+)\s*(?P<marker>;)?")
_OSI = "License :: OSI Approved :: "
_UNSAID = {
    "pyrage": "MIT",
    "sqlcipher3": "Zlib",
    "reportlab": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only",
}
"""Licences that lie beside a part as a file, and that its metadata does not name, or not in short."""
_QT = "LGPL-3.0-only"
"""Of Qt's offers the one that this program takes."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something that others made."""

    name: str
    version: str
    """The one that is here."""
    locked: str
    """The one that was released with the program; "" where it is no package of the lock file."""
    licence: str
    what: str
    """What it says it is for, in its own words."""

    @property
    def is_as_locked(self) -> bool:
        """Tell whether it is the version that the program was released with."""
        return not self.locked or self.version == self.locked


_SHIPPED = (
    ("Inter", "0.4.2", "OFL-1.1", "Typeface of screens and paper, as @expo-google-fonts/inter"),
    (
        "Noto Sans",
        "0.4",
        "OFL-1.1",
        "Typefaces of Indic scripts, as @expo-google-fonts/noto-sans-*",
    ),
    ("Lucide", "2026", "ISC", "Icons"),
    ("jQuery", "1.12.4", "MIT", "For content of H5P"),
)
"""What lies under resources: name, version, licence, what it is for."""


@cache
def third_party_parts() -> tuple[Part, ...]:
    """Return every part by name: the interpreter, packages, typefaces, icons."""
    python = Part(
        name="Python",
        version=platform.python_version(),
        locked="",
        licence="PSF-2.0",
        what="Interpreter",
    )
    shipped = (
        Part(name=name, version=version, locked="", licence=licence, what=what)
        for name, version, licence, what in _SHIPPED
    )
    packages = (
        _part(found, locked) for name, locked, _must in locked_parts() if (found := _found(name))
    )
    return tuple(sorted((python, *shipped, *packages), key=lambda part: part.name.casefold()))


def locked_parts() -> tuple[tuple[str, str, bool], ...]:
    """Return name, version, and whether it must be here, of each line of the lock file.

    A line with a condition belongs to other systems or interpreters as well.
    """
    lines = LOCK.read_text("utf-8").splitlines() if LOCK.is_file() else []
    found = (_LOCKED.match(line) for line in lines)
    return tuple((one["name"], one["version"], one["marker"] is None) for one in found if one)


def missing_parts() -> tuple[str, ...]:
    """Return the parts that the program was released with and that are not here."""
    return tuple(name for name, _version, must in locked_parts() if must and not _found(name))


def altered_files(name: str) -> tuple[int, tuple[str, ...]]:
    """Return how many files of a part lie here and can be checked, and which are not as they came.

    In a bundle packages have been taken apart, and the bundle's own list of hashes says it.
    """
    found = _found(name)
    checked, altered = 0, []
    for file in (found.files or ()) if found else ():
        path = Path(str(file.locate()))
        if file.hash is None or path.suffix == ".pyc" or not path.is_file():
            continue  # Python compiles anew by itself
        checked += 1
        if _sha256(path) != file.hash.value:
            altered.append(str(file))
    return checked, tuple(altered)


def _part(found: Distribution, locked: str) -> Part:
    about = found.metadata
    return Part(
        name=about["Name"],
        version=found.version,
        locked=locked,
        licence=_licence(found),
        what=" ".join((_said(found, "Summary")).split()),
    )


def _licence(found: Distribution) -> str:
    about = found.metadata
    name = about["Name"].casefold()
    if name.startswith("pyside6"):
        return _QT
    known = _UNSAID.get(name)
    said = known or _said(found, "License-Expression") or _said(found, "License")
    if said and len(said.splitlines()) == 1:
        return str(said)
    named = (one for one in about.get_all("Classifier") or () if one.startswith(_OSI))
    return ", ".join(one.removeprefix(_OSI) for one in named)


def _said(found: Distribution, field: str) -> str:
    """Return what a part says of itself in a field; "" where it says nothing."""
    return next(iter(found.metadata.get_all(field) or ()), "")


@cache
def _found(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _sha256(path: Path) -> str:
    """Return a file's hash as a wheel's RECORD writes it."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return base64.urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()
