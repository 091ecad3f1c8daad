"""How long a page takes to read, for "12 min left"."""

from app.core.content import plain_text

_WORDS_A_MINUTE = 150
_LEAST_SECONDS = 30


def reading_seconds(safe_html: str) -> int:
    """Return the seconds that somebody takes who reads in a second language."""
    words = len(plain_text(safe_html).split())
    return max(words * 60 // _WORDS_A_MINUTE, _LEAST_SECONDS)
