"""Text files from any program: which letters their bytes stand for."""

import re
from dataclasses import dataclass

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE_BYTES = 4_096
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_FOREIGN = 0x80
_NULL_BYTES_IN_UTF_16 = 25
"""One byte in fewer than so many is zero: in Hindi those of the blanks, in English every second."""
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
    for mark, encoding in _MARKS:
        if untrusted_bytes.startswith(mark):
            return _strictly(untrusted_bytes, encoding)
    sample = untrusted_bytes[:_SAMPLE_BYTES]
    if sample.count(0) * _NULL_BYTES_IN_UTF_16 > len(sample):
        big_end_first = sample[0::2].count(0) > sample[1::2].count(0)
        return _strictly(untrusted_bytes, "utf-16-be" if big_end_first else "utf-16-le")
    text = untrusted_bytes.decode("utf-8", errors="replace")
    damage = text.count("\ufffd")
    foreign = sum(byte >= _FOREIGN for byte in untrusted_bytes) if damage else 0
    if damage * _DAMAGE_TOLERATED <= foreign:
        return _clean(text, "utf-8", is_damaged=damage > 0)
    return _strictly(untrusted_bytes, "cp1252")


def _strictly(untrusted_bytes: bytes, encoding: str) -> DecodedText | None:
    try:
        return _clean(untrusted_bytes.decode(encoding), encoding, is_damaged=False)
    except UnicodeDecodeError:
        return None


def _clean(text: str, encoding: str, *, is_damaged: bool) -> DecodedText | None:
    if _CONTROL.search(text[:_SAMPLE_BYTES]):
        return None
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return DecodedText(text=text, encoding=encoding, is_damaged=is_damaged)
