"""Indian letters from before Unicode: told apart and refused, for read as anything else they are noise.

ISCII puts Indian letters where other code pages have accents; fonts as Kruti Dev draw them in the
place of Latin letters, so that कुमार is stored as "dqekj".
"""

import re
from collections.abc import Iterable

from app.core.base.words import _
from app.core.spreadsheets.errors import FileUnreadable

_SAMPLE_BYTES = 200_000
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_FEWEST_WORDS = 3
_HIGH = 0x80
_FONT = re.compile(
    r"""[;\[\]{}/"~^+|?<>=$%#!\\]|q(?![urai])|(?:^|[ a-z])['.]k|\bflag\b|[b-df-hj-np-tv-z]{2}[A-Z]"""
)
"""What such fonts put into words, and no name in Latin letters has."""
_TELLING = 0.5


def refuse_old_letters(untrusted: bytes) -> None:
    """Raise FileUnreadable for text that is no Unicode and looks like ISCII: words of high bytes alone."""
    words = [word for word in _WORD.findall(untrusted[:_SAMPLE_BYTES]) if max(word) >= _HIGH]
    whole = [word for word in words if 2 * sum(byte >= _HIGH for byte in word) > len(word) > 1]
    if len(whole) >= _FEWEST_WORDS and 2 * len(whole) > len(words):
        raise FileUnreadable(_sentence())


def refuse_old_fonts(names: Iterable[str]) -> None:
    """Raise FileUnreadable where names in own script were typed in a font as Kruti Dev."""
    told = [name for name in names if name]
    looks_so = sum(bool(_FONT.search(name)) for name in told)
    if looks_so >= _FEWEST_WORDS and looks_so > _TELLING * len(told):
        raise FileUnreadable(_sentence())


def _sentence() -> str:
    return _(
        "The Indian letters of this file are of a kind from before Unicode (ISCII, or a font as Kruti Dev)."
    )
