"""Films in pieces (HTTP Live Streaming, RFC 8216): a list of short files, which a player in the page puts together.

A page's own player cuts the pieces up and feeds the engine, which has no H.264 and no AAC. A piece
that was converted is none that such a player understands: so a film is judged as a whole.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from app.core.content.packages.values import place_beside

PLAYLIST = ".m3u8"
MAX_PLAYLIST_BYTES = 2_000_000
_NAMED = re.compile(r'URI="([^"]*)"')
_ADDING = (
    "#EXT-X-MAP:",
    "#EXT-X-MEDIA:",
    "#EXT-X-I-FRAME-STREAM-INF:",
    "#EXT-X-KEY:",
    "#EXT-X-PART:",
)
"""Tags that name a file of the film."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmInPieces:
    """A film, under the place of the list that a page opens."""

    name: str
    pieces: tuple[str, ...]
    """Places in the package, in the order in which they are named; what begins the others comes first."""
    lists: frozenset[str]
    """Places of the other lists that it is made of: one for each quality and language."""
    absent: tuple[str, ...]
    """Addresses of pieces that are not in the package."""

    @property
    def files(self) -> frozenset[str]:
        """Return the places of all files that it is made of."""
        return frozenset({self.name, *self.pieces, *self.lists})


def films_in_pieces(
    names: Mapping[str, int], read: Callable[[str], bytes]
) -> tuple[FilmInPieces, ...]:
    """Return the films among a package's files, by their places and sizes. `read` is asked for lists alone."""
    lists = {
        name: tuple(_named_in(read(name)))
        for name, size in names.items()
        if name.casefold().endswith(PLAYLIST) and 0 < size <= MAX_PLAYLIST_BYTES
    }
    places = {
        name: [place_beside(name, address) for address in found] for name, found in lists.items()
    }
    within = {place for name, found in places.items() for place in found if place != name}
    return tuple(_film(name, lists, places, names) for name in sorted(lists) if name not in within)


def _film(
    name: str,
    lists: Mapping[str, tuple[str, ...]],
    places: Mapping[str, list[str]],
    names: Mapping[str, int],
) -> FilmInPieces:
    seen, waiting = {name}, [name]
    pieces: dict[str, None] = {}
    absent: dict[str, None] = {}
    while waiting:
        at = waiting.pop(0)
        for address, place in zip(lists[at], places[at], strict=True):
            if place in lists:
                if place not in seen:
                    seen.add(place)
                    waiting.append(place)
            elif place in names:
                pieces[place] = None
            else:
                absent[address] = None
    return FilmInPieces(
        name=name,
        pieces=tuple(pieces),
        lists=frozenset(seen - {name}),
        absent=tuple(absent),
    )


def _named_in(untrusted_list: bytes) -> Iterator[str]:
    """Yield the addresses that a list names; nothing, where it is none."""
    lines = untrusted_list.decode("utf-8-sig", "replace").splitlines()
    if not lines or not lines[0].startswith("#EXTM3U"):
        return
    for line in map(str.strip, lines):
        if line.startswith(_ADDING):
            yield from _NAMED.findall(line)
        elif line and not line.startswith("#"):
            yield line
