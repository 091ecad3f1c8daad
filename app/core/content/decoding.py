"""Text files from any program: which letters their bytes stand for."""

import re
from dataclasses import dataclass

from app.core.base.decoding import unicode_encoding, with_line_feeds

_SAMPLE_BYTES = 4_096
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_FOREIGN = 0x80
_DAMAGE_TOLERATED = 10
"""One letter in so many that are not ASCII may be damaged before it is no longer UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedText:
    """Text with line feeds, how it was encoded, and whether letters had to be given up."""

    text: str
    encoding: str
    is_damaged: bool = False


def decode_text(untrusted_bytes: bytes) -> DecodedText | None:
    """Return the text, by its byte-order mark, as UTF-8, UTF-16 or Windows-1252; None for no text."""
    encoding = unicode_encoding(untrusted_bytes)
    if encoding is not None:
        return _strictly(untrusted_bytes, encoding)
    text = untrusted_bytes.decode("utf-8", errors="replace")
    damage = text.count("\ufffd")
    foreign = sum(byte >= _FOREIGN for byte in untrusted_bytes)
    if damage * _DAMAGE_TOLERATED <= foreign:
        return _clean(text, "utf-8", is_damaged=True)
    return _strictly(untrusted_bytes, "cp1252")


def _strictly(untrusted_bytes: bytes, encoding: str) -> DecodedText | None:
    try:
        return _clean(untrusted_bytes.decode(encoding), encoding, is_damaged=False)
    except UnicodeDecodeError:
        return None


def _clean(text: str, encoding: str, *, is_damaged: bool) -> DecodedText | None:
    if _CONTROL.search(text[:_SAMPLE_BYTES]):
        return None
    text = _CONTROL.sub("", with_line_feeds(text))
    return DecodedText(text=text, encoding=encoding, is_damaged=is_damaged)
