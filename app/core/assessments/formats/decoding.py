"""Turning foreign bytes into text, whatever program wrote them."""

import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from app.core.assessments.formats.base import NotText, check_size
from app.core.base.decoding import unicode_encoding, with_line_feeds

_SAMPLE_BYTES = 64 * 1024
_CODE_PAGES = ["cp1252", "cp1250", "cp1251", "cp1253", "mac_roman", "cp437"]
_WINDOWS_SIGNS = {0x80, 0x85, *range(0x91, 0x98), 0x99, *range(0xA0, 0xC0), 0xD7, 0xF7}
"""Quotation marks, dashes, degrees, fractions, × and ÷: no letters, so they tell nothing of a language."""
_FALLBACK = "cp1252"
_LATIN_CODE_PAGES = ["cp1252", "cp1250"]
_LATIN_LETTERS = frozenset(
    {0x8A, 0x8C, 0x8D, 0x8E, 0x8F, 0x9A, 0x9C, 0x9D, 0x9E, 0x9F, *range(0xC0, 0x100)}
)
"""Letters in the code pages of Western and Central Europe."""
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text with line ends as line feeds, and how it was encoded."""

    text: str
    encoding: str
    guessed: bool = False
    """Whether another encoding would have been possible."""


def decode(untrusted: bytes, limit: int) -> Decoded:
    """Return the text. Raises BankFileTooLarge, NotText."""
    check_size(untrusted, limit)
    known = unicode_encoding(untrusted)
    encoding = known or _guess(untrusted)
    try:
        text = untrusted.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText from error
    if "\0" in text:
        raise NotText
    return Decoded(
        text=with_line_feeds(text),
        encoding=encoding,
        guessed=known is None,
    )


def _guess(untrusted: bytes) -> str:
    """Return the code page in which the lines that tell read best; in doubt the Western one."""
    telling = [line for line in untrusted.split(b"\n") if not line.isascii()]
    sample = b"\n".join(telling)[:_SAMPLE_BYTES]
    if {byte for byte in sample if not byte < 0x80} <= _WINDOWS_SIGNS:  # noqa: PLR2004  ASCII ends there
        return _usable(_FALLBACK, untrusted)
    pages = _LATIN_CODE_PAGES if _is_latin(sample) else _CODE_PAGES
    readings = list(from_bytes(sample, cp_isolation=pages))
    if not readings:
        return _usable(_FALLBACK, untrusted)
    best = min(readings, key=lambda one: (one.chaos, -one.coherence, one.encoding != _FALLBACK))
    western = _FALLBACK in best.could_be_from_charset
    return _usable(_FALLBACK if western else best.encoding, untrusted)


def _is_latin(sample: bytes) -> bool:
    """Tell whether letters outside ASCII stand among others, as they do in words of the Latin script.

    Words of another script have none of ASCII in them. A few words are too little to tell the
    script by how often a letter comes.
    """
    words = [word for word in _WORD.findall(sample) if len(word) > 1 and not word.isascii()]
    mixed = [word for word in words if not _LATIN_LETTERS.issuperset(word) and _is_spelled(word)]
    return 2 * len(mixed) > len(words)


def _is_spelled(word: bytes) -> bool:
    return all(sign < 0x80 or sign in _LATIN_LETTERS or sign in _WINDOWS_SIGNS for sign in word)  # noqa: PLR2004  ASCII ends there


def _usable(encoding: str, untrusted: bytes) -> str:
    return encoding if _decodes(untrusted, encoding) else "latin-1"


def _decodes(untrusted: bytes, encoding: str) -> bool:
    try:
        untrusted.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
