"""Which page of a revision became which page of another: by their words, in the order they have."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Pair = tuple[int | None, int | None]
"""Two pages by their places, from 0; None where a page came or went."""
_ALIKE = 0.3
"""The share of words from which on a page is taken to be another one that was changed."""
_MOST_TRIED = 40_000
"""Pairs of pages that are compared by their words; past that they are taken as they come."""


def aligned(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Return the pages of two files in pairs; each page is in one of them, and none goes before an earlier one."""
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            pairs += _paired(before, after, range(i1, i2), range(j1, j2))
    return pairs


def _paired(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Pair]:
    """Yield the pairs of two runs of pages of which none is the same."""
    kept = _best(before, after, old, new)
    i, j = old.start, new.start
    for one, other in [*kept, (old.stop, new.stop)]:
        yield from ((each, None) for each in range(i, one))
        yield from ((None, each) for each in range(j, other))
        if one < old.stop and other < new.stop:
            yield one, other
        i, j = one + 1, other + 1


def _best(
    before: Sequence[str], after: Sequence[str], old: range, new: range
) -> list[tuple[int, int]]:
    """Return which pages go together so that they have the most words in common, in their order."""
    if len(old) * len(new) > _MOST_TRIED:
        return list(zip(old, new, strict=False))
    left = [Counter(before[one].split()) for one in old]
    right = [Counter(after[one].split()) for one in new]
    alike = [[_likeness(one, other) for other in right] for one in left]
    best = [[0.0] * (len(new) + 1) for _each in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = alike[i][j] + best[i + 1][j + 1]
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    return [(old[i], new[j]) for i, j in _way(best, alike)]


def _way(best: list[list[float]], alike: list[list[float]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that make up the best; of several ways the one that pairs first."""
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two pages have in common; 0 for pages that are not alike."""
    most = max(one.total(), other.total())
    share = (one & other).total() / most if most else 0.0
    return share if share >= _ALIKE else 0.0
