"""The names of a version's files: refused where any system would put them elsewhere, or one over another."""

import posixpath
import re
from collections.abc import Iterable

from app.core.base.words import _

_MOST_LETTERS = 200
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def fault_of(untrusted_names: Iterable[str]) -> str:
    """Return why a list of files is refused, as a sentence; empty where it is not."""
    seen: set[str] = set()
    folders: set[str] = set()
    for name in untrusted_names:
        folded = name.casefold()
        if not _is_plain(name):
            return _("{name} would be written outside its folder, or cannot be written.").format(
                name=name[:80]
            )
        if folded in seen:
            return _("{name} is in it twice, or differs in capitals alone.").format(name=name)
        seen.add(folded)
        parts = folded.split("/")
        folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    clash = min(seen & folders, default="")
    return _("{name} is a file and a folder.").format(name=clash) if clash else ""


def link_fault(untrusted_links: Iterable[tuple[str, str]], files: frozenset[str]) -> str:
    """Return why a link is refused: it leads to a file of the same version or nowhere."""
    for name, target in untrusted_links:
        led = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        if target.startswith("/") or "\\" in target or led not in files:
            return _("{name} leads out of it.").format(name=name)
    return ""


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    return (
        len(name) <= _MOST_LETTERS
        and not _FORBIDDEN.search(name)
        and not any("\ud800" <= sign <= "\udfff" for sign in name)
        and all(map(_is_plain_part, parts))
    )


def _is_plain_part(part: str) -> bool:
    return (
        bool(part)
        and part not in {".", ".."}
        and not (part.endswith((".", " ")) or _DEVICES.fullmatch(part))
    )
