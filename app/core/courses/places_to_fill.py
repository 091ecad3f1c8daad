"""Places of a sample that only the plant can fill in: **[extension]**, bold and in brackets."""

import html
import re

_PLACE = re.compile(r"<strong>\[([^\[\]<>]{1,80})\]</strong>")
_MOST = 6


def places_in(safe_html: str) -> tuple[str, ...]:
    """Return what still stands in bold brackets, each once, the first few."""
    found = dict.fromkeys(html.unescape(words) for words in _PLACE.findall(safe_html))
    return tuple(found)[:_MOST]
