"""The names of an archive's entries: how they are read, and which are refused.

No name ever becomes a path on the disk. They are refused all the same where they try to be one,
because somebody meant them to be.
"""

import re
import unicodedata
import zlib
from zipfile import ZipInfo

from app.core.base.words import _

MAX_NAME = 1_000
MAX_DEPTH = 40
_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_UNICODE_PATH_HEAD = 5
_EXTRA_HEAD = 4
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Also the signs that turn the direction of writing: they make a name look like another."""
_LEFT_BEHIND = frozenset({"__macosx", ".ds_store", "thumbs.db", "desktop.ini"})


def name_of(entry: ZipInfo) -> str:
    """Return an entry's name as its author saw it: NFC, with `/`, not yet checked.

    What Info-ZIP's extra field 0x7075 says comes first; else it is UTF-8 by the flag, or where the
    bytes are (Macs set no flag), else code page 437 (APPNOTE.TXT 6.3.9, appendix D).
    """
    untrusted_name = entry.orig_filename
    raw = raw_name(entry)
    untrusted_name = _unicode_path(entry.extra, raw) or _as_utf8(raw) or untrusted_name
    return unicodedata.normalize("NFC", untrusted_name.replace("\\", "/"))


def raw_name(entry: ZipInfo) -> bytes:
    """Return an entry's name as it lies in the archive."""
    has_flag = bool(entry.flag_bits & _UTF8_FLAG)
    return entry.orig_filename.encode("utf-8" if has_flag else "cp437", "replace")


def is_left_behind(name: str) -> bool:
    """Tell what operating systems leave in archives; nobody misses it."""
    return any(part.casefold() in _LEFT_BEHIND or part.startswith("._") for part in name.split("/"))


def name_fault(untrusted_name: str) -> str:
    """Return why a name is refused, as a sentence; empty when it is not."""
    parts = untrusted_name.rstrip("/").split("/")
    if not untrusted_name.strip("/ "):
        return _("A file in it has no name.")
    if _CONTROL.search(untrusted_name) or not _is_text(untrusted_name):
        return _("The name of a file in it holds signs that no name may have.")
    if untrusted_name.startswith("/") or _DRIVE.match(untrusted_name) or ".." in parts:
        return _("A file in it would be written outside its folder: {name}.").format(
            name=untrusted_name[:80]
        )
    if len(untrusted_name) > MAX_NAME or len(parts) > MAX_DEPTH:
        return _("The name of a file in it is too long: {name}.").format(
            name=f"{untrusted_name[:80]}…"
        )
    return ""


def _is_text(untrusted_name: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in untrusted_name)


def _as_utf8(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return ""


def _unicode_path(untrusted_extra: bytes, raw: bytes) -> str:
    """Return the name in Info-ZIP's extra field, when it belongs to the name in the header."""
    at = 0
    while at + _EXTRA_HEAD <= len(untrusted_extra):
        kind = int.from_bytes(untrusted_extra[at : at + 2], "little")
        length = int.from_bytes(untrusted_extra[at + 2 : at + _EXTRA_HEAD], "little")
        field = untrusted_extra[at + _EXTRA_HEAD : at + _EXTRA_HEAD + length]
        at += _EXTRA_HEAD + length
        is_known = kind == _UNICODE_PATH and len(field) > _UNICODE_PATH_HEAD and field[0] == 1
        if is_known and int.from_bytes(field[1:_UNICODE_PATH_HEAD], "little") == zlib.crc32(raw):
            return _as_utf8(field[_UNICODE_PATH_HEAD:])
    return ""
