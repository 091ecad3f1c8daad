"""Comparing what was typed with what an author accepts: words with wildcards."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_BLANKS = re.compile(r"\s+")
_WILD = re.compile(r"(?<!\\)\*+")
_LITERAL_STAR = "\\*"
LONGEST_PATTERN = 1000


def normalised(text: str, *, fold_case: bool) -> str:
    """Return text as it is compared: NFC, no joiners that keyboards differ in, single blanks.

    Zero-width joiners change how an Indic word looks at most, and no learner sees them.
    """
    bare = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    if fold_case:
        bare = unicodedata.normalize("NFC", bare.casefold())
    return _BLANKS.sub(" ", bare).strip()


def matches(pattern: str, text: str, *, fold_case: bool) -> bool:
    r"""Tell whether `text` fits: `*` stands for anything, `\*` for an asterisk. Blank fits nothing.

    Looks for the parts between the asterisks one after the other, so the time is never more than
    length times length (a regular expression may take for ever).
    """
    given = normalised(text, fold_case=fold_case)
    if not given:
        return False
    parts = [
        normalised(part.replace(_LITERAL_STAR, "*"), fold_case=fold_case)
        for part in _WILD.split(pattern)
    ]
    if len(parts) == 1:
        return given == parts[0]
    first, *between, last = parts
    if not given.startswith(first):
        return False
    at = len(first)
    for part in between:
        found = given.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(given) - at >= len(last) and given.endswith(last)


def example(pattern: str) -> str:
    """Return a text that fits the pattern, as near to its words as can be."""
    bare = _WILD.sub("", pattern).replace(_LITERAL_STAR, "*").strip()
    return bare or ("…" if "*" in pattern else "")
