"""Films in pieces (HTTP Live Streaming, RFC 8216): a list of short files, which a player in the page puts together.

A page's own player cuts the pieces up and feeds the engine, which has no H.264 and no AAC. A piece
that was converted is none that such a player understands: so a film is judged, and converted, as a
whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.core.content.packages.playlists import Playlist, read_playlist
from app.core.content.packages.values import place_beside

PLAYLIST = ".m3u8"
MAX_PLAYLIST_BYTES = 2_000_000


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
    streams: tuple[tuple[str, ...], ...] = ()
    """The pieces of its best picture, and of its sound where that lies apart, each in their order:
    one after the other they are a recording. None, where pieces are missing or locked."""
    is_locked: bool = False
    """Whether pieces are encrypted."""
    duration_ms: int = 0

    @property
    def files(self) -> frozenset[str]:
        """Return the places of all files that it is made of."""
        return frozenset({self.name, *self.pieces, *self.lists})


def films_in_pieces(
    names: Mapping[str, int], read: Callable[[str], bytes]
) -> tuple[FilmInPieces, ...]:
    """Return the films among a package's files, by their places and sizes. `read` is asked for lists alone."""
    lists = {
        name: read_playlist(read(name))
        for name, size in names.items()
        if name.casefold().endswith(PLAYLIST) and 0 < size <= MAX_PLAYLIST_BYTES
    }
    within = {
        place
        for name, found in lists.items()
        for address in found.addresses
        if (place := place_beside(name, address)) != name
    }
    return tuple(_film(name, lists, names) for name in sorted(lists) if name not in within)


def _film(name: str, lists: Mapping[str, Playlist], names: Mapping[str, int]) -> FilmInPieces:
    seen, waiting = {name}, [name]
    pieces: dict[str, None] = {}
    absent: dict[str, None] = {}
    while waiting:
        at = waiting.pop(0)
        for address in lists[at].addresses:
            place = place_beside(at, address)
            if place in lists:
                if place not in seen:
                    seen.add(place)
                    waiting.append(place)
            elif place in names:
                pieces[place] = None
            else:
                absent[address] = None
    is_locked = any(lists[place].is_locked for place in seen)
    played = _played(name, lists)
    return FilmInPieces(
        name=name,
        pieces=tuple(pieces),
        lists=frozenset(seen - {name}),
        absent=tuple(absent),
        streams=() if absent or is_locked else _streams(played, lists, names),
        is_locked=is_locked,
        duration_ms=round(max((lists[one].seconds for one in played), default=0) * 1000),
    )


def _played(name: str, lists: Mapping[str, Playlist]) -> list[str]:
    """Return the places of the lists that are played: of the best picture, and of its sound."""
    best = lists[name].best
    if best is None:
        return [name]
    sound = lists[name].sounds.get(best.sound, "")
    places = (place_beside(name, address) for address in (best.address, sound) if address)
    return [place for place in dict.fromkeys(places) if place in lists]


def _streams(
    played: list[str], lists: Mapping[str, Playlist], names: Mapping[str, int]
) -> tuple[tuple[str, ...], ...]:
    """Return the pieces of lists; a file of which a list names several parts once."""
    streams = (
        tuple(dict.fromkeys(place_beside(at, one) for one in lists[at].pieces)) for at in played
    )
    return tuple(one for one in streams if one and names.keys() >= set(one))
