"""Bodies laid under each other: those of one kind and length have the same bytes but for some stretches.

Sync packs what varies alone (ADR 17), and the projection reads rows by column out of the same
stretches: neither takes a body apart on its own.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any

FEW_BODIES = 8
"""Fewer bodies than this are no layer: finding out what they share costs more than it saves."""
WIDEST_BODY = 16384
"""Longer ones are left alone: comparing costs by the place, and so long a body has few like it."""
_BLOCK_ROWS = 256
"""Bodies are compared in blocks that stay in the processor's nearer memory."""

Stretch = tuple[int, int]
"""Where it begins in each body, and how many bytes it has."""


def pieces_at(
    joined: bytes | memoryview, width: int, start: int, length: int, kind: str = ""
) -> list[Any]:
    """Return what stands at one place of each of some bodies of one width, joined.

    `kind` is what `struct` calls it; bytes, unless it is given.
    """
    form = f">{start}x{kind or f'{length}s'}{width - start - length}x"
    return list(chain.from_iterable(struct.iter_unpack(form, joined)))


@dataclass(frozen=True, slots=True)
class Layer:
    """Bodies of one length that are the same outside some stretches."""

    width: int
    joined: bytes
    """The bodies, one after another."""
    turns: Sequence[int]
    """Which of the entries each is the body of, rising."""
    varying: Sequence[Stretch]
    """In order, and apart from each other."""

    @property
    def first(self) -> bytes:
        """Return the first body."""
        return self.joined[: self.width]


def varying_stretches(joined: bytes, width: int) -> list[Stretch]:
    """Return in which stretches bodies of one length, joined, are not all as the first is."""
    return _stretches(_varying(joined, width))


def lay(bodies: Sequence[bytes], kinds: Iterable[str]) -> Iterator[Layer]:
    """Yield the bodies that have enough others of their kind and length, laid under each other."""
    places: dict[tuple[str, int], list[int]] = {}
    for turn, alike in enumerate(zip(kinds, map(len, bodies), strict=True)):
        turns = places.get(alike)
        if turns is None:
            turns = places[alike] = []
        turns.append(turn)
    for (_kind, width), turns in places.items():
        if len(turns) >= FEW_BODIES and 0 < width <= WIDEST_BODY:
            joined = b"".join(itemgetter(*turns)(bodies))
            yield Layer(width, joined, turns, varying_stretches(joined, width))


def _varying(joined: bytes, width: int) -> list[int]:
    """Return at which places not all bodies have the byte that the first has."""
    varying: list[int] = []
    first = joined[:width]
    for start in range(0, len(joined), _BLOCK_ROWS * width or 1):
        block = joined[start : start + _BLOCK_ROWS * width]
        rows = len(block) // width
        if not _is_the_same(block, first * rows, width, varying):
            fixed = set(range(width)).difference(varying)
            found = [at for at in fixed if block[at::width].count(first[at]) != rows]
            varying = sorted([*varying, *found])
    return varying


def _is_the_same(block: bytes, expected: bytes, width: int, varying: Sequence[int]) -> bool:
    """Tell whether bodies are what is expected outside the places that are known to vary."""
    seen = bytearray(block)
    for place in varying:
        seen[place::width] = expected[place::width]
    return seen == expected


def _stretches(places: Sequence[int]) -> list[Stretch]:
    """Return runs of neighbouring places as (start, width)."""
    runs: list[Stretch] = []
    for place in places:
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
