"""Random draws that come out the same on every PC, in every version of Python, for ever.

The stream for a seed and a label is the concatenation of
`SHA-256("daksha-draws-1" ‖ seed, 8 bytes big-endian, two's complement ‖ label, UTF-8 ‖ 0x00 ‖ n, 8 bytes big-endian)`
for n = 0, 1, 2, …, read as 64-bit big-endian words. A number below `limit` is the first word below the
largest multiple of `limit` within 2**64, modulo `limit`. A shuffle swaps, from the last place to the
second, each place with one drawn from it and those before. Changing any of this changes papers that
were sat: don't; make a second scheme beside it.
"""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from typing import TypeVar

_SCHEME = b"daksha-draws-1"
_WORDS = 1 << 64

_T = TypeVar("_T")


def new_seed() -> int:
    """Return a fresh seed that no learner can foresee: 63 random bits, which any database stores."""
    return secrets.randbits(63)


class Draws:
    """A stream of draws. Another label gives a stream that has nothing to do with the first."""

    def __init__(self, seed: int, label: str) -> None:
        self._words = _words(seed.to_bytes(8, "big", signed=True), label.encode())

    def below(self, limit: int) -> int:
        """Return a number from 0 to `limit` - 1, each as likely as the others. Raises ValueError."""
        if not 0 < limit <= _WORDS:
            raise ValueError(f"cannot draw below {limit}")
        fair = _WORDS - _WORDS % limit
        return next(word for word in self._words if word < fair) % limit

    def shuffled(self, items: Sequence[_T]) -> tuple[_T, ...]:
        """Return the items in an order drawn at random."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return tuple(order)

    def sample(self, items: Sequence[_T], count: int) -> tuple[_T, ...]:
        """Return `count` of the items drawn at random, in the order they stood in. Raises ValueError."""
        if count > len(items):
            raise ValueError(f"cannot draw {count} of {len(items)}")
        kept = sorted(self.shuffled(range(len(items)))[:count])
        return tuple(items[place] for place in kept)


def _words(seed: bytes, label: bytes) -> Iterator[int]:
    counter = 0
    while True:
        block = hashlib.sha256(_SCHEME + seed + label + b"\0" + counter.to_bytes(8, "big")).digest()
        for start in range(0, len(block), 8):
            yield int.from_bytes(block[start : start + 8], "big")
        counter += 1
