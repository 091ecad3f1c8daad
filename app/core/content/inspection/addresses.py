"""Addresses on the internet in a package's pages, scripts and styles, grouped by host."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.core.base.words import _
from app.core.content.packages import Archive, Entry

MAX_TEXT_BYTES = 8_000_000
"""Of one file; a larger one is a player's own program and is looked at as far as that."""
MAX_SCANNED_BYTES = 256_000_000
"""Of a whole package."""
MAX_HOSTS = 200
MAX_TOLD_HOSTS = 8
_PAGES = (".html", ".htm", ".xhtml", ".svg", ".xml")
_SCRIPTS = (".js", ".mjs", ".json")
_STYLES = (".css",)
_NAMESPACED = (".svg", ".xml")
"""Full of addresses that are names of formats."""
_ESCAPING = ".json"
"""Where a slash may be written with a backslash before it."""
_SCANNED = (*_PAGES, *_SCRIPTS, *_STYLES)

_ADDRESS = rb"((?:https?:)?//[A-Za-z0-9\[][^\s\"'<>)\\]{2,400})"
_LOADING_TAG = re.compile(
    rb"<(?:script|img|iframe|frame|video|audio|source|track|embed|object|link|input)\b[^<>]{0,4000}>",
    re.IGNORECASE,
)
_LOADED_BY_TAG = re.compile(rb"\b(?:src|href|data|poster)\s*=\s*[\"']?" + _ADDRESS, re.IGNORECASE)
_LOADED_BY_STYLE = re.compile(rb"(?:url\(\s*[\"']?|@import\s+[\"'])" + _ADDRESS, re.IGNORECASE)
_LOADED_BY_CONTENT = re.compile(rb"\"path\"\s*:\s*\"(https?:(?:\\?/){2}[^\"]{3,400})\"")
"""How H5P names media that lie elsewhere."""
_NAMED = re.compile(rb"[\"'`](https?://[A-Za-z0-9][^\s\"'`<>\\]{3,400})")
_HOST = re.compile(r"(?:https?:)?//([^/?#:@]+)", re.IGNORECASE)
_WHOLE_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}|\d+(?:\.\d+){3}")
"""Scripts put addresses together of parts: what is no host by itself is not told."""
_FORMAL = (
    "w3.org",
    "w3id.org",
    "purl.org",
    "schema.org",
    "imsglobal.org",
    "imsproject.org",
    "adlnet.org",
    "adlnet.gov",
    "ieee.org",
    "projecttincan.com",
    "tincanapi.com",
    "activitystrea.ms",
    "ns.adobe.com",
    "xmlsoap.org",
    "openxmlformats.org",
    "microsoft.com",
    "json-schema.org",
    "example.com",
    "example.org",
    "localhost",
    "127.0.0.1",
)
"""Hosts whose addresses are names (of schemas, of verbs) and are not opened."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Hosts on the internet that one file loads from, and that it names besides."""

    loaded: "Counter[str]"
    named: "Counter[str]"


def scanned(archive: Archive) -> frozenset[str]:
    """Return the names of pages, scripts and styles, as many as are looked through."""
    names: set[str] = set()
    left = MAX_SCANNED_BYTES
    for entry in archive.entries.values():
        if left >= 0 and entry.name.casefold().endswith(_SCANNED):
            names.add(entry.name)
            left -= min(entry.size, MAX_TEXT_BYTES)
    return frozenset(names)


def hosts_in(archive: Archive, entry: Entry) -> Hosts | None:
    """Look through a page, script or style. None: there is no address in it."""
    content = archive.head(entry, MAX_TEXT_BYTES)
    name = entry.name.casefold()
    if b"//" not in content and not (name.endswith(_ESCAPING) and b"\\/" in content):
        return None
    loaded = Counter(_hosts(_loaded(name, content)))
    if name.endswith(_NAMESPACED):
        return Hosts(loaded, Counter())
    return Hosts(loaded, Counter(_hosts(m[1] for m in _NAMED.finditer(content))) - loaded)


@dataclass(slots=True)
class Addresses:
    """Hosts on the internet, and in how many places each is loaded from, or named."""

    loaded: Counter[str] = field(default_factory=Counter)
    """What a page needs to look right: scripts, fonts, pictures, frames."""
    named: Counter[str] = field(default_factory=Counter)
    """Where links lead, and what scripts may ask."""

    def add(self, hosts: Hosts) -> None:
        """Count the hosts of one file."""
        self._count(self.loaded, hosts.loaded)
        self._count(self.named, hosts.named)

    def sentences(self) -> Iterator[str]:
        """Yield what an author should know of it."""
        if self.loaded:
            text = _("It loads files from the internet, which will be missing: {hosts}")
            yield text.format(hosts=_told(self.loaded))
        only_named = Counter(
            {host: count for host, count in self.named.items() if host not in self.loaded}
        )
        if only_named:
            text = _("It names addresses on the internet, which will not open: {hosts}")
            yield text.format(hosts=_told(only_named))

    def _count(self, counts: "Counter[str]", more: "Counter[str]") -> None:
        for host, count in more.items():
            if host in counts or len(counts) < MAX_HOSTS:
                counts[host] += count


def _loaded(name: str, content: bytes) -> Iterator[bytes]:
    if name.endswith(_PAGES):
        for tag in _LOADING_TAG.finditer(content):
            yield from (match[1] for match in _LOADED_BY_TAG.finditer(tag[0]))
    if name.endswith((*_PAGES, *_STYLES)):
        yield from (match[1] for match in _LOADED_BY_STYLE.finditer(content))
    if name.endswith(_ESCAPING):
        found = _LOADED_BY_CONTENT.finditer(content)
        yield from (match[1].replace(b"\\/", b"/") for match in found)


def _hosts(untrusted_addresses: Iterator[bytes]) -> Iterator[str]:
    for untrusted_address in untrusted_addresses:
        match = _HOST.match(untrusted_address.decode("ascii", "replace"))
        host = match[1].casefold().removeprefix("www.") if match else ""
        if _WHOLE_HOST.fullmatch(host) and not any(
            host == known or host.endswith(f".{known}") for known in _FORMAL
        ):
            yield host[:100]


def _told(counts: "Counter[str]") -> str:
    told = ", ".join(f"{host} ({count})" for host, count in counts.most_common(MAX_TOLD_HOSTS))
    rest = len(counts) - MAX_TOLD_HOSTS
    return told if rest <= 0 else _("{names} and {count} more").format(names=told, count=rest)
