"""Plain web content: a page with its files, without a manifest. It reports nothing to anybody."""

import re
from html.parser import HTMLParser

from typing_extensions import override

from app.core.base.words import _
from app.core.content.decoding import decode_text
from app.core.content.formats.addresses import folder_of, resolve
from app.core.content.formats.base import ManifestFault, ReadPackage, Remarks
from app.core.content.formats.xml import one_line
from app.core.content.packages import Activity, Archive, Entry, PackageManifest, Standard

MAX_PAGE_BYTES = 20_000_000
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
_SHOWN_TAGS = frozenset(
    {"img", "video", "audio", "canvas", "svg", "iframe", "object", "embed", "input"}
)


class HtmlFormat:
    """Reads archives that are a web site: the last of the formats, for what nobody else knows."""

    standards = frozenset({Standard.HTML})

    def manifest_in(self, archive: Archive) -> str | None:
        """Return the page that is opened first, or None when none can be told."""
        pages = [name for name in archive.entries if name.casefold().endswith(_HTML)]
        if not pages:
            return None
        highest = min(name.count("/") for name in pages)
        top = {
            name.rpartition("/")[2].casefold(): name for name in pages if name.count("/") == highest
        }
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
    """The first page, looked at: what it is called, and whether there is anything to see."""

    def __init__(self, archive: Archive, entry: Entry) -> None:
        content = archive.read(entry, MAX_PAGE_BYTES)
        decoded = decode_text(content)
        self._seen = _Seen()
        if decoded is not None:
            self._seen.feed(decoded.text)
        scripts = [
            archive.entries[target.name]
            for address in self._seen.scripts
            if (target := resolve(archive, folder_of(entry.name), address)).name
        ]
        read = [archive.read(one, MAX_PAGE_BYTES) for one in scripts if one.size < MAX_PAGE_BYTES]
        self.title = one_line(self._seen.title)
        self.language = self._seen.language
        self.shows_something = self._seen.shows or any(script.strip() for script in read)
        self.calls_an_lms = any(_LMS_CALLS.search(one) for one in (content, *read))


class _Seen(HTMLParser):
    """What a page holds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.language = ""
        self.scripts: list[str] = []
        self.shows = False
        self._inside = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values.get("lang", "").casefold()
        if tag in {"title", "script", "style"}:
            self._inside = tag
        if tag == "script" and values.get("src"):
            self.scripts.append(values["src"])
        self.shows = self.shows or tag in _SHOWN_TAGS or tag == "frame"

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    @override
    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif data.strip() and self._inside != "style":
            self.shows = True
