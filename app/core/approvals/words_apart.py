"""Which words differ between two texts that have no lines of their own, as those on printed pages.

The words that are only in one of them stand between « and », with some around, so that it reads the same
on screen, on paper and on the command line.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

_AROUND = 6
"""Words that are shown around those that differ."""
_ALL_WEIGHED = 5_000
"""Words of a text up to which every one of them counts as a place to go on from."""
_ELLIPSIS = "…"


def words_apart(before: str, after: str) -> tuple[str, str]:
    """Return the stretches in which two texts differ, each in a line of its own, of the one and of the other."""
    old, new = before.split(), after.split()
    is_long = max(len(old), len(new)) > _ALL_WEIGHED
    matcher = SequenceMatcher(None, old, new, autojunk=is_long)
    groups = list(matcher.get_grouped_opcodes(_AROUND))
    left = [_stretch(old, [(step[0], step[1], step[2]) for step in group]) for group in groups]
    right = [_stretch(new, [(step[0], step[3], step[4]) for step in group]) for group in groups]
    return "\n".join(left), "\n".join(right)


def _stretch(words: Sequence[str], steps: Sequence[tuple[str, int, int]]) -> str:
    """Return one stretch of a text: what is only in it is marked, what goes on around it is left out."""
    pieces = [] if steps[0][1] == 0 else [_ELLIPSIS]
    for what, first, last in steps:
        some = " ".join(words[first:last])
        if some:
            pieces.append(some if what == "equal" else f"«{some}»")
    if steps[-1][2] < len(words):
        pieces.append(_ELLIPSIS)
    return " ".join(pieces)
