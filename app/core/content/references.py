"""What a page refers to: its pictures, and what leads out of it."""

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self
from urllib.parse import unquote

import nh3

from app.core.content.media_types import PICTURE_SUFFIXES

MAX_OUTSIDE = 50
MAX_ADDRESS = 200
MAX_FOLDER_ENTRIES = 5_000

_LINKS = {("a", "href"), ("area", "href"), ("form", "action")}
_PICTURES = {("img", "src")}
_LOADED = {
    "a": {"href"},
    "area": {"href"},
    "form": {"action"},
    "img": {"src", "srcset"},
    "script": {"src"},
    "link": {"href"},
    "iframe": {"src"},
    "embed": {"src"},
    "object": {"data"},
    "video": {"src", "poster"},
    "audio": {"src"},
    "source": {"src", "srcset"},
    "base": {"href"},
    "body": {"background"},
}
_SCHEMES = {"http", "https", "ftp", "file", "data", "mailto", "tel", "javascript", "asset", "cid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """The addresses in a page, as its author wrote them."""

    pictures: tuple[str, ...]
    """Of pictures that may lie in the folder, each once."""
    outside: tuple[str, ...]
    """Addresses that need a network or another place on the disk, each once, cut short."""
    links: int

    @classmethod
    def of(cls, untrusted_html: str) -> Self:
        """Collect what a page refers to."""
        pictures: dict[str, None] = {}
        outside: dict[str, None] = {}
        links = 0

        def note(tag: str, name: str, untrusted_address: str) -> None:
            nonlocal links
            if name not in _LOADED.get(tag, ()):
                return
            is_inside = not untrusted_address or untrusted_address.startswith("#")
            links += (tag, name) in _LINKS and not is_inside
            if _leads_out(untrusted_address):
                outside[untrusted_address[:MAX_ADDRESS]] = None
            elif (tag, name) in _PICTURES:
                pictures[untrusted_address] = None

        nh3.clean(
            untrusted_html,
            tags=set(_LOADED),
            clean_content_tags=set(),
            attributes=_LOADED,
            attribute_filter=note,
            url_schemes=_SCHEMES,
            link_rel=None,
        )
        return cls(pictures=tuple(pictures), outside=tuple(outside)[:MAX_OUTSIDE], links=links)


def find_picture(untrusted_address: str, page: Path, root: Path) -> Path | None:
    """Return the picture at an address written in `page`, or None when it is not within `root`.

    The address is never used as a path: it is compared with the names that the folders list.
    Links in the file system are not followed.
    """
    address = untrusted_address.partition("?")[0].partition("#")[0]
    parts = _parts(unquote(address), page.parent.relative_to(root).parts)
    if not parts or PurePosixPath(parts[-1]).suffix.casefold() not in PICTURE_SUFFIXES:
        return None
    place = root
    for part in parts:
        found = _entry(place, part)
        if found is None:
            return None
        place = found
    return place if place.is_file() else None


def _parts(untrusted_address: str, folder: tuple[str, ...]) -> list[str]:
    """Return the names from the root on, or none when the address climbs out of it."""
    parts = list(folder)
    for part in untrusted_address.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return []
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return parts


def _entry(folder: Path, untrusted_name: str) -> Path | None:
    """Return what a folder lists under a name, whatever its case and composition; None for links."""
    wanted = _folded(untrusted_name)
    alike: Path | None = None
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                if count > MAX_FOLDER_ENTRIES:
                    break
                if _folded(entry.name) == wanted and not entry.is_symlink():
                    if entry.name == untrusted_name:
                        return Path(entry.path)
                    alike = Path(entry.path)
    except OSError:
        return None
    return alike


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _leads_out(untrusted_address: str) -> bool:
    address = untrusted_address.strip().casefold()
    scheme = address.partition(":")[0]
    if scheme == "javascript":
        return False
    return address.startswith(("//", "\\\\")) or (":" in address and "/" not in scheme)
