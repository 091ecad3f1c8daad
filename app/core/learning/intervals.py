"""What of a recording was really played: a union of half-open stretches in whole milliseconds."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

MAX_SPANS = 20_000
"""More stretches than this are not a viewing but damage; readers refuse them."""
_MAX_NUMBER_BYTES = 6
_SEVEN_BITS = 0x7F


@dataclass(frozen=True, slots=True)
class WatchedIntervals:
    """An immutable union of `[start, end)` stretches. Equal viewings are equal values.

    `spans` is the normal form: sorted, not empty, neither overlapping nor touching. Make one with
    `of`, grow it with `add` and `merge`; the constructor refuses anything that is not normal.
    """

    spans: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if any(start < 0 or end <= start for start, end in self.spans):
            raise ValueError("a stretch must start at 0 or later and end after it starts")
        if any(after[0] <= before[1] for before, after in pairwise(self.spans)):
            raise ValueError("stretches must be sorted and apart")

    @classmethod
    def of(cls, stretches: Iterable[tuple[int, int]]) -> "WatchedIntervals":
        """Return the union of `stretches`, in any order, overlapping or not; empty ones vanish.

        Raises ValueError for a negative start or an end before its start.
        """
        union: list[tuple[int, int]] = []
        for start, end in sorted(stretches):
            if start < 0 or end < start:
                raise ValueError(f"not a stretch of time: {start} to {end}")
            if start == end:
                continue
            if union and start <= union[-1][1]:
                union[-1] = (union[-1][0], max(union[-1][1], end))
            else:
                union.append((start, end))
        return cls(tuple(union))

    def add(self, start: int, end: int) -> "WatchedIntervals":
        """Return this with `[start, end)` watched as well. Raises ValueError as `of` does."""
        return self.of((*self.spans, (start, end)))

    def merge(self, other: "WatchedIntervals") -> "WatchedIntervals":
        """Return what either saw: commutative, associative and idempotent, so order never matters."""
        return self.of((*self.spans, *other.spans))

    def within(self, duration: int) -> "WatchedIntervals":
        """Return only what lies before `duration`."""
        return WatchedIntervals(
            tuple((start, min(end, duration)) for start, end in self.spans if start < duration)
        )

    @property
    def total(self) -> int:
        """Milliseconds watched, each counted once."""
        return sum(end - start for start, end in self.spans)

    def share(self, duration: int) -> Fraction:
        """Return the part of a recording of `duration` that was watched, 0 to 1 (0 when it is 0)."""
        if duration <= 0:
            return Fraction(0)
        return Fraction(self.within(duration).total, duration)

    def contains(self, position: int) -> bool:
        """Tell whether the moment at `position` was watched."""
        return any(start <= position < end for start, end in self.spans)

    def to_json(self) -> str:
        """Return the stretches as [[start,end],…] without spaces."""
        return json.dumps(self.spans, separators=(",", ":"))

    @classmethod
    def from_json(cls, untrusted_text: str) -> "WatchedIntervals":
        """Read what `to_json` wrote. Raises ValueError for anything else."""
        value = json.loads(untrusted_text)
        if not isinstance(value, list) or len(value) > MAX_SPANS:
            raise ValueError("not a list of stretches")
        return cls.of(_pair(item) for item in value)

    def to_bytes(self) -> bytes:
        """Return the gaps and lengths as variable-length numbers: some four bytes a stretch."""
        written, last = bytearray(), 0
        for start, end in self.spans:
            _write_number(written, start - last)
            _write_number(written, end - start)
            last = end
        return bytes(written)

    @classmethod
    def from_bytes(cls, untrusted_bytes: bytes) -> "WatchedIntervals":
        """Read what `to_bytes` wrote. Raises ValueError for anything else."""
        numbers = list(_read_numbers(untrusted_bytes))
        if len(numbers) % 2 or len(numbers) > 2 * MAX_SPANS:
            raise ValueError("not a list of stretches")
        spans, last = [], 0
        for gap, length in zip(numbers[::2], numbers[1::2], strict=True):
            spans.append((last + gap, last + gap + length))
            last = spans[-1][1]
        return cls(tuple(spans))


def _pair(item: object) -> tuple[int, int]:
    match item:
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            return start, end
        case _:
            raise ValueError("a stretch is two whole numbers")


def _write_number(written: bytearray, number: int) -> None:
    while number > _SEVEN_BITS:
        written.append(number & _SEVEN_BITS | 0x80)
        number >>= 7
    written.append(number)


def _read_numbers(untrusted_bytes: bytes) -> Iterator[int]:
    number = length = 0
    for byte in untrusted_bytes:
        number |= (byte & _SEVEN_BITS) << 7 * length
        length += 1
        if byte & 0x80:
            if length == _MAX_NUMBER_BYTES:
                raise ValueError("a number is too long")
            continue
        yield number
        number = length = 0
    if length:
        raise ValueError("the last number is cut short")
