"""Lists of films in pieces (RFC 8216), read as far as it takes to put a film together."""

import re
from dataclasses import dataclass, field

_NAMED = re.compile(r'[:,]URI="([^"]*)"')
_GROUP = re.compile(r'[:,]GROUP-ID="([^"]*)"')
_SOUND = re.compile(r'[:,]AUDIO="([^"]*)"')
_BANDWIDTH = re.compile(r"[:,]BANDWIDTH=(\d{1,12})\b")
_SECONDS = re.compile(r"#EXTINF:(\d{1,6}(?:\.\d{1,6})?)")
_ADDING = (
    "#EXT-X-MAP:",
    "#EXT-X-MEDIA:",
    "#EXT-X-I-FRAME-STREAM-INF:",
    "#EXT-X-KEY:",
    "#EXT-X-PART:",
)
"""Tags that name a file of the film."""
_KEY = re.compile(r"#EXT-X-(?:SESSION-)?KEY:(?!.*METHOD=NONE\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """One of the lists that a list offers for the same film."""

    address: str
    bandwidth: int
    """Bits a second; 0 when it is not said."""
    sound: str
    """The group that its sound is in; empty: in its own pieces."""


@dataclass(slots=True, kw_only=True)
class Playlist:
    """What a list says."""

    addresses: list[str] = field(default_factory=list)
    """Of all files that it names, in its order."""
    pieces: list[str] = field(default_factory=list)
    """Of the pieces that it plays one after the other; empty where it names other lists."""
    qualities: list[Quality] = field(default_factory=list)
    sounds: dict[str, str] = field(default_factory=dict)
    """By group: the address of the first list of sound in it."""
    is_locked: bool = False
    seconds: float = 0

    @property
    def best(self) -> Quality | None:
        """Return the quality that takes most; None where it names no other lists."""
        return max(self.qualities, key=lambda one: one.bandwidth, default=None)


def read_playlist(untrusted_list: bytes) -> Playlist:
    """Return what a list says; nothing, where it is none."""
    found = Playlist()
    lines = untrusted_list.decode("utf-8-sig", "replace").splitlines()
    if not lines or not lines[0].startswith("#EXTM3U"):
        return found
    offered = ""
    for line in map(str.strip, lines):
        if line.startswith("#"):
            _take_tag(found, line)
            offered = line if line.startswith("#EXT-X-STREAM-INF:") else offered
        elif line:
            found.addresses.append(line)
            if offered:
                found.qualities.append(_quality(line, offered))
            else:
                found.pieces.append(line)
            offered = ""
    return found


def _take_tag(found: Playlist, line: str) -> None:
    if line.startswith(_ADDING):
        named = _NAMED.findall(line)
        found.addresses.extend(named)
        if line.startswith("#EXT-X-MAP:"):
            found.pieces.extend(named)
        elif line.startswith("#EXT-X-MEDIA:") and named and "TYPE=AUDIO" in line:
            found.sounds.setdefault(_first(_GROUP, line), named[0])
    if _KEY.match(line):
        found.is_locked = True
    if told := _SECONDS.match(line):
        found.seconds += float(told[1])


def _quality(address: str, line: str) -> Quality:
    bandwidth = int(_first(_BANDWIDTH, line) or 0)
    return Quality(address=address, bandwidth=bandwidth, sound=_first(_SOUND, line))


def _first(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.search(line)
    return found[1] if found else ""
