"""Text from outside as it is kept."""

import re
import unicodedata

_UNSHOWABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Controls, direction overrides and invisible signs; the joiners of Indic scripts are not among them."""

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def clean(text: str) -> str:
    """Return text as it is kept: composed, without invisible signs, single spaces."""
    if not text.isascii() or not text.isprintable():
        text = _UNSHOWABLE.sub(" ", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return "'" + text if text.startswith(_RUN_BY_SPREADSHEETS) else text
