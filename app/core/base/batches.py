"""Taking many things a few at a time: a statement has room for so many parameters only."""

import itertools
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(many: Iterable[T], most: int = 500) -> Iterator[tuple[T, ...]]:
    """Yield all of `many`, up to `most` at a time."""
    left = iter(many)
    while some := tuple(itertools.islice(left, most)):
        yield some
