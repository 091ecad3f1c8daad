"""Plain web content: a page with its files, without a manifest. It reports nothing to anybody."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from app.core.base.words import _
from app.core.content.decoding import decode_text
from app.core.content.formats.addresses import folder_of, resolve
from app.core.content.formats.base import ManifestFault, ReadPackage, Remarks
from app.core.content.formats.xml import one_line
from app.core.content.markup import plain_text
from app.core.content.packages import Activity, Archive, Entry, PackageManifest, Standard

MAX_PAGE_BYTES = 1_000_000
LONG_PAGE = 100_000
"""Letters from which on a page is taken to show something."""
MAX_SCRIPTS = 30
_START_PAGES = (
    "index.html",
    "index.htm",
    "default.html",
    "default.htm",
    "start.html",
    "story.html",
)
_LMS_CALLS = re.compile(
    rb"LMSInitialize|API_1484_11|\bAPI\.Initialize\b|fetch=|AU_launch|cmi5|ADL\.launch|TinCan",
    re.IGNORECASE,
)
_HTML = (".html", ".htm", ".xhtml")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,1000})</title\s*>", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^<>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z-]{2,20})", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b[^<>]{0,500}?\bsrc\s*=\s*[\"']?([^\"'\s<>]{1,500})", re.IGNORECASE)
_SHOWN = re.compile(
    r"<(?:img|video|audio|canvas|svg|iframe|frame|object|embed|input|button)\b", re.IGNORECASE
)


def _highest_pages(archive: Archive) -> dict[str, str]:
    """Return the pages of the topmost folder that has any, by their names in it."""
    pages = [name for name in archive.entries if name.casefold().endswith(_HTML)]
    highest = min((name.count("/") for name in pages), default=0)
    return {
        name.rpartition("/")[2].casefold(): name for name in pages if name.count("/") == highest
    }


class HtmlFormat:
    """Reads archives that are a web site: the last of the formats, for what nobody else knows."""

    standards = frozenset({Standard.HTML})

    def manifest_in(self, archive: Archive) -> str | None:
        """Return the page that is opened first, or None when none can be told."""
        top = _highest_pages(archive)
        named = next((top[page] for page in _START_PAGES if page in top), None)
        return named or (next(iter(top.values())) if len(top) == 1 else None)

    def read(self, archive: Archive, manifest_name: str) -> ReadPackage:
        """Read the title of the first page. Raises ManifestFault for a page that shows nothing."""
        page = _Page(archive, archive.entries[manifest_name])
        remarks = Remarks()
        if not page.shows_something:
            raise ManifestFault(
                _(
                    "There is no manifest (imsmanifest.xml, cmi5.xml, tincan.xml or h5p.json), "
                    "and this page shows nothing."
                ),
                manifest_name,
            )
        remarks.warn(
            _("It is web content without a manifest: it is shown, and reports nothing by itself."),
            manifest_name,
        )
        if page.calls_an_lms:
            text = _(
                "It looks for a learning system to report to. If it was made for one, its manifest "
                "(imsmanifest.xml, cmi5.xml or tincan.xml) is missing: export it again."
            )
            remarks.warn(text, manifest_name)
        title = page.title
        manifest = PackageManifest(
            standard=Standard.HTML,
            edition="5",
            identifier=manifest_name,
            title=title,
            language=page.language,
            root=Activity(
                id="package",
                title=title,
                children=(
                    Activity(
                        id="page", title=title, launch=resolve(archive, "", manifest_name).launch
                    ),
                ),
            ),
        )
        return ReadPackage(manifest=manifest, remarks=tuple(remarks.found))


class _Page:
    """The first page, looked at: what it is called, and whether there is anything to see.

    By patterns of bounded length, not by the standard library's parser: some pages take that one
    hours.
    """

    def __init__(self, archive: Archive, entry: Entry) -> None:
        content = archive.head(entry, MAX_PAGE_BYTES)
        decoded = decode_text(content)
        text = "" if decoded is None else decoded.text
        title, language = _TITLE.search(text), _LANGUAGE.search(text)
        self.title = "" if title is None else one_line(unescape(title[1]))
        self.language = "" if language is None else language[1].casefold()
        scripts = list(_scripts(archive, entry, text))
        self.shows_something = bool(
            _SHOWN.search(text)
            or any(script.strip() for script in scripts)
            or len(text) > LONG_PAGE
            or plain_text(_TITLE.sub("", text)).strip()
        )
        self.calls_an_lms = any(_LMS_CALLS.search(one) for one in (content, *scripts))


def _scripts(archive: Archive, page: Entry, text: str) -> Iterator[bytes]:
    """Yield the scripts that a page loads, each as far as it is looked at."""
    for match in islice(_SCRIPT.finditer(text), MAX_SCRIPTS):
        target = resolve(archive, folder_of(page.name), unescape(match[1]))
        if target.name:
            yield archive.head(archive.entries[target.name], MAX_PAGE_BYTES)
