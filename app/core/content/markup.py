"""Pages: Markdown, HTML and plain text files, made into HTML that can do nothing but be read.

What stays is an allow-list (nh3). Pictures stand in it as `asset:<sha256>` and lie within the
folder that is being read; links become text, and what they pointed at is listed.
"""

import hashlib
import html
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nh3

from app.core.base.figures import number, size
from app.core.base.refusals import why_refused
from app.core.base.words import _, plural
from app.core.content.decoding import decode_text
from app.core.content.media_types import media_type_of
from app.core.content.probe import probe_image
from app.core.content.references import References, find_picture

MAX_PAGE_BYTES = 1_000_000
MAX_ELEMENTS = 15_000
"""Parsing takes the square of nested elements: this many, each in the one before, take 2 s."""
MAX_BRACKETS = 15_000
"""Likewise of opening brackets in Markdown."""
MAX_PICTURES = 200
MAX_TITLE = 200
ASSET_SCHEME = "asset:"
PAGE_SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm", ".txt"})


def _names(text: str) -> set[str]:
    return set(text.split())


_TAGS = _names(
    "h1 h2 h3 h4 h5 h6 p br hr div span section article main header footer blockquote pre code kbd"
    " samp b strong i em u s del ins mark small sub sup q cite abbr dfn var time ruby rt rp bdi bdo"
    " wbr ul ol li dl dt dd table caption thead tbody tfoot tr th td img figure figcaption"
)
_DROPPED_WHOLE = _names(
    "script style title template noscript object iframe svg math textarea select audio video"
)
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "style"},
    "td": {"colspan", "rowspan", "style"},
}
_ELEMENT = re.compile(r"<[a-zA-Z]")
_HEADING = re.compile(r"<h([1-6])(?:\s[^<>]*)?>(.{1,2000}?)</h\1>", re.DOTALL)
_TITLE = re.compile(r"<title(?:\s[^<>]*)?>([^<]{1,1000})", re.IGNORECASE)
_PICTURE = re.compile(r'<img((?:\s[a-z-]+="[^"]*")*)>')
_SHOWN = re.compile(r'<img[^>]*\ssrc="asset:([0-9a-f]{64})"')
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
_BLOCK_END = re.compile(r"<(?:br|hr|/p|/h[1-6]|/li|/d[tdl]|/t[rdh]|/div|/blockquote|/pre)\b[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsset:
    """A picture that a page shows, as it lies in the folder."""

    path: Path
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that was read. It cannot be used when `problems` is not empty."""

    title: str = ""
    """Of its first heading, else what an HTML file calls itself; empty without either."""
    html: str = ""
    assets: tuple[PageAsset, ...] = ()
    outside: tuple[str, ...] = ()
    """Addresses that lead out of the folder; none of them is left in `html`."""
    lost: tuple[str, ...] = ()
    """What of it is not shown, letters or pictures, as sentences; among `findings`, too."""
    findings: tuple[str, ...] = ()
    """What was left out or shown differently, as sentences."""
    problems: tuple[str, ...] = ()


def read_page(path: Path, root: Path) -> Page:
    """Read a page. Pictures are taken from `root` and below; never raises for a bad file."""
    try:
        with path.open("rb") as file:
            untrusted_bytes = file.read(MAX_PAGE_BYTES + 1)
    except OSError as refusal:
        reason = why_refused(refusal)
        return _unusable(_("{name} could not be read. {reason}"), path, reason=reason)
    if len(untrusted_bytes) > MAX_PAGE_BYTES:
        text = _("{name} is larger than {limit}. Split it.")
        return _unusable(text, path, limit=size(MAX_PAGE_BYTES))
    decoded = decode_text(untrusted_bytes)
    if decoded is None:
        return _unusable(_("{name} is not a text file. Save it again as UTF-8 text."), path)
    if not decoded.text.strip():
        return _unusable(_("{name} is empty. Copy it again."), path)
    untrusted_html = _READERS[path.suffix.casefold()](decoded.text)
    if untrusted_html is None or len(_ELEMENT.findall(untrusted_html)) > MAX_ELEMENTS:
        text = _("{name} has more than {limit} parts. Split it.")
        return _unusable(text, path, limit=number(MAX_ELEMENTS))
    notes = (_damaged_letters(path),) if decoded.is_damaged else ()
    return _page(untrusted_html, path, root, notes)


def plain_text(safe_html: str) -> str:
    """Return the words of a page, a line for each paragraph."""
    words = nh3.clean(_BLOCK_END.sub("\n", safe_html), tags=set())
    lines = (" ".join(line.split()) for line in html.unescape(words).split("\n"))
    return "\n".join(line for line in lines if line)


def read_written(untrusted_html: str, pictures: Collection[str]) -> Page:
    """Read a page that somebody wrote here. Of pictures those stay that have one of these hashes.

    `assets` of the answer is empty: the pictures are in the store already. Never raises.
    """
    too_long = len(untrusted_html.encode()) > MAX_PAGE_BYTES
    if too_long or len(_ELEMENT.findall(untrusted_html)) > MAX_ELEMENTS:
        text = _("The page is too long. Split it into several lessons.")
        return Page(problems=(text,))
    known = {ASSET_SCHEME + sha256: sha256 for sha256 in pictures}
    safe_html = _cleaned(untrusted_html, known)
    if not safe_html:
        return Page(problems=(_("The page is empty."),))
    return Page(title=_title(safe_html, untrusted_html), html=safe_html)


def pictures_in(safe_html: str) -> frozenset[str]:
    """Return the hashes of the pictures that a page shows."""
    return frozenset(_SHOWN.findall(safe_html))


def _page(untrusted_html: str, path: Path, root: Path, notes: tuple[str, ...]) -> Page:
    references = References.of(untrusted_html)
    findings = list(notes)
    pictures: dict[str, PageAsset] = {}
    for address in references.pictures[:MAX_PICTURES]:
        found = find_picture(address, path, root)
        problems = () if found is None else probe_image(found).problems
        if found is None or problems:
            missing = _("The picture {name} was not found and is left out.")
            findings.extend(problems or (missing.format(name=address[:MAX_TITLE]),))
        else:
            pictures[address] = _asset(found)
    if len(references.pictures) > MAX_PICTURES:
        text = _("Pictures after the first {limit} are left out.")
        findings.append(text.format(limit=number(MAX_PICTURES)))
    lost = tuple(findings)
    findings.extend(_about_links(references))
    safe_html = _cleaned(untrusted_html, {name: one.sha256 for name, one in pictures.items()})
    return Page(
        title=_title(safe_html, untrusted_html),
        html=safe_html,
        assets=tuple({asset.sha256: asset for asset in pictures.values()}.values()),
        outside=references.outside,
        lost=lost,
        findings=tuple(findings),
    )


def _cleaned(untrusted_html: str, pictures: Mapping[str, str]) -> str:
    """Return HTML that can do nothing but be read; `pictures`: hashes by the address that stands in it."""

    def attribute(tag: str, name: str, untrusted_value: str) -> str | None:
        if (tag, name) != ("img", "src"):
            return untrusted_value
        sha256 = pictures.get(untrusted_value)
        return None if sha256 is None else ASSET_SCHEME + sha256

    safe_html = nh3.clean(
        untrusted_html,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        filter_style_properties={"text-align"},
        url_schemes={"asset"},
        link_rel=None,
    )
    return _PICTURE.sub(_words_for_lost_picture, safe_html).strip()


def _words_for_lost_picture(found: re.Match[str]) -> str:
    """Leave a picture that is there; put the words that describe it in place of one that is not."""
    attributes = dict(_ATTRIBUTE.findall(found[1]))
    if attributes.get("src", "").startswith(ASSET_SCHEME):
        return found[0]
    return html.escape(html.unescape(attributes.get("alt", "")))


def _title(safe_html: str, untrusted_html: str) -> str:
    heading = _HEADING.search(safe_html)
    if heading is not None and (words := plain_text(heading[2])):
        return " ".join(words.split())[:MAX_TITLE]
    named = _TITLE.search(untrusted_html)
    return "" if named is None else " ".join(html.unescape(named[1]).split())[:MAX_TITLE]


def _about_links(references: References) -> list[str]:
    if not references.links:
        return []
    return [
        plural(
            "{count} link is shown as text, because pages work without a network.",
            "{count} links are shown as text, because pages work without a network.",
            references.links,
        )
    ]


def _asset(path: Path) -> PageAsset:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return PageAsset(path=path, sha256=sha256, media_type=media_type_of(path.name))


def _unusable(text: str, path: Path, **fields: str) -> Page:
    return Page(problems=(text.format(name=path.name, **fields),))


def _damaged_letters(path: Path) -> str:
    text = _("A few letters of {name} could not be read. Save it again as UTF-8 text.")
    return text.format(name=path.name)


def _from_markdown(untrusted_text: str) -> str | None:
    if untrusted_text.count("[") > MAX_BRACKETS:
        return None
    return _markdown()(untrusted_text)


@cache
def _markdown() -> Callable[[str], str]:
    from markdown_it import MarkdownIt  # 60 ms to load, and most starts read no Markdown

    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return lambda untrusted_text: str(reader.render(untrusted_text))


def _from_html(untrusted_text: str) -> str:
    return untrusted_text


def _from_text(untrusted_text: str) -> str:
    paragraphs = re.split(r"\n[ \t]*\n", html.escape(untrusted_text, quote=False).strip())
    return "\n".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in paragraphs)


_READERS: dict[str, Callable[[str], str | None]] = {
    ".md": _from_markdown,
    ".markdown": _from_markdown,
    ".html": _from_html,
    ".htm": _from_html,
    ".txt": _from_text,
}

__all__ = [
    "MAX_PAGE_BYTES",
    "PAGE_SUFFIXES",
    "Page",
    "PageAsset",
    "pictures_in",
    "plain_text",
    "read_page",
    "read_written",
]
