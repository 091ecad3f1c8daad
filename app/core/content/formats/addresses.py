"""Addresses in manifests: made relative to the package, and compared with the files in it."""

import posixpath
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

from app.core.content.packages import Archive, is_network_address

_KEPT_IN_PATH = "/!$&'()*+,;=:@~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an address leads to."""

    launch: str
    """Relative to the package, percent-encoded, with query and fragment; a network address as it is."""
    name: str = ""
    """The file in the archive; empty when there is none."""
    is_remote: bool = False

    @property
    def is_there(self) -> bool:
        """Tell whether it can be opened, as far as the package alone says."""
        return bool(self.name) or self.is_remote


def resolve(archive: Archive, folder: str, untrusted_address: str) -> Target:
    """Return what an address written in a folder of the archive leads to.

    Programs write addresses as names (with blanks, in any script), percent-encoded or with
    backslashes: the first reading under which there is a file is taken.
    """
    address = untrusted_address.strip()
    if is_network_address(address):
        return Target(launch=address, is_remote=True)
    path, mark, rest = _split(address.replace("\\", "/") if "?" not in address else address)
    for candidate in dict.fromkeys((path, unquote(path))):
        name = inside(folder, candidate)
        entry = None if name is None else archive.find(name)
        if entry is not None:
            return Target(
                launch=quote(entry.name, safe=_KEPT_IN_PATH) + mark + rest, name=entry.name
            )
    return Target(
        launch=quote(inside(folder, path) or path, safe=_KEPT_IN_PATH + "%") + mark + rest
    )


def inside(folder: str, untrusted_path: str) -> str | None:
    """Return a path joined to a folder, or None when it climbs out of the package."""
    joined = posixpath.normpath(posixpath.join(folder, untrusted_path.lstrip("/")))
    if joined.startswith("..") or joined in {"", "."}:
        return None
    return joined


def joined_base(folder: str, untrusted_base: str) -> str:
    """Return a folder with an `xml:base` below it; one that leads elsewhere changes nothing."""
    base = untrusted_base.strip().replace("\\", "/")
    if not base or is_network_address(base):
        return folder
    return inside(folder, unquote(base)) or folder


def folder_of(name: str) -> str:
    """Return the folder a file of the archive lies in; empty at the top."""
    return name.rpartition("/")[0]


def with_parameters(address: str, untrusted_parameters: str) -> str:
    """Return an address with an item's parameters (SCORM 2004 CAM 3.4.1.2.1)."""
    parameters = untrusted_parameters.strip().lstrip("?&")
    if not parameters:
        return address
    if parameters.startswith("#"):
        return address if "#" in address else address + parameters
    before, mark, fragment = address.partition("#")
    return f"{before}{'&' if '?' in before else '?'}{parameters}{mark}{fragment}"


def query_names(untrusted_address: str) -> frozenset[str]:
    """Return the names in the query of an address."""
    query = untrusted_address.partition("#")[0].partition("?")[2]
    return frozenset(name for name, _value in parse_qsl(query, keep_blank_values=True))


def _split(address: str) -> tuple[str, str, str]:
    """Return path, the sign that ends it, and what follows."""
    at = min((found for sign in "?#" if (found := address.find(sign)) >= 0), default=len(address))
    return address[:at], address[at : at + 1], address[at + 1 :]
