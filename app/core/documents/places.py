"""Places that only the plant can fill in: **[extension]**, bold and in brackets.

Sheets that are set from a page tell theirs among their keywords, which go where the PDF goes.
"""

import html
import re
from collections.abc import Sequence

_PLACE = re.compile(r"<strong>\[([^\[\]<>]{1,80})\]</strong>")
_NOTED = re.compile(r"\[([^\[\]]{1,80})\]")
_MOST = 12


def places_in(safe_html: str) -> tuple[str, ...]:
    """Return what still stands in bold brackets, each once, the first few."""
    found = dict.fromkeys(html.unescape(words) for words in _PLACE.findall(safe_html))
    return tuple(found)[:_MOST]


def places_noted(untrusted_keywords: str) -> tuple[str, ...]:
    """Return what the keywords of a PDF say is still to be filled in, each once, the first few."""
    return tuple(dict.fromkeys(_NOTED.findall(untrusted_keywords)))[:_MOST]


def as_keywords(places: Sequence[str]) -> str:
    """Return places as the keywords of a PDF."""
    return ", ".join(f"[{one}]" for one in places)
