"""Rich text made safe: what authors and foreign files wrote, cleaned by an allow-list, and shown."""

import html
import re
import string
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

import nh3
from markdown_it import MarkdownIt

from app.core.assessments.types import MediaKind, MediaRef, RichText, TextFormat

MEDIA_SCHEME = "media:"
PLUGIN_FILE = "@@PLUGINFILE@@/"
"""How Moodle marks a file that travels with the question."""

_TAGS = {
    *(
        "p",
        "br",
        "hr",
        "div",
        "span",
        "pre",
        "code",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ),
    *(
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "sub",
        "sup",
        "small",
        "mark",
        "kbd",
        "abbr",
        "del",
        "ins",
    ),
    *("ul", "ol", "li", "dl", "dt", "dd", "a", "img", "audio", "video", "source"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "audio": {"src", "controls"},
    "video": {"src", "controls", "width", "height"},
    "source": {"src"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
_LINKS = ("http://", "https://", "mailto:")
_PASSED_ON = {
    *("http", "https", "mailto", "media"),
    *("data", "file", "ftp", "cid", "blob", *string.ascii_lowercase),
}
"""Schemes that reach `_Cleaner.attribute`, which takes out all but links and media, and tells."""
_KINDS = {"img": MediaKind.IMAGE, "audio": MediaKind.AUDIO, "video": MediaKind.VIDEO}
_SOUNDS = {".mp3", ".ogg", ".oga", ".wav", ".m4a", ".opus", ".flac", ".aac"}
_FILMS = {".mp4", ".webm", ".mkv", ".mov", ".avi", ".ogv", ".m4v"}
_MARKDOWN_IMAGE = re.compile(r"(!\[[^\]\n]{0,500}\]\()([^)\s]{1,500})")
_LOOKS_LIKE_HTML = re.compile(
    r"</?([a-zA-Z][a-zA-Z0-9]{0,10})(?:\s[^<>]*)?/?>|&(?:[a-z]{2,8}|#\d{1,7});"
)
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|hr)\b[^>]*>")
_BLANKS = re.compile(r"\s+")

_LONGEST_TOLD = 80
_LONGEST_NAME = 200

_renderer = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """A text after cleaning, and what had to be taken out of it."""

    text: RichText
    outside: tuple[str, ...] = ()
    """Addresses that mean nothing without the place they came from, and so were taken out."""


@dataclass(slots=True)
class _Cleaner:
    media: dict[str, MediaRef] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)

    def attribute(self, tag: str, attribute: str, untrusted_value: str) -> str | None:
        """Decide what becomes of an attribute that the allow-list let through."""
        if attribute == "src":
            return self.address(untrusted_value, _KINDS.get(tag))
        if attribute == "href" and not untrusted_value.strip().lower().startswith(_LINKS):
            self.outside.append(untrusted_value[:_LONGEST_TOLD])
            return None
        return untrusted_value

    def address(self, untrusted_address: str, kind: MediaKind | None) -> str | None:
        """Note a media file and return its address, or None when it does not travel with the text."""
        name = _media_name(untrusted_address)
        if name is None:
            self.outside.append(untrusted_address[:_LONGEST_TOLD])
            return None
        self.media[name] = MediaRef(name=name, kind=kind or kind_of(name))
        return MEDIA_SCHEME + quote(name)


def clean(untrusted: RichText) -> CleanText:
    """Return the text with nothing in it but what the allow-list permits, its media named.

    Media that the text already carries keep their hashes, and stay although nothing places them
    (a sound that reads an option aloud).
    """
    cleaner = _Cleaner()
    source = untrusted.source
    if untrusted.format is TextFormat.HTML:
        source = _clean_html(source, cleaner)
    elif untrusted.format is TextFormat.MARKDOWN:
        source = _MARKDOWN_IMAGE.sub(lambda found: _clean_image(found, cleaner), source)
    known = {one.name: one for one in untrusted.media}
    media = tuple((cleaner.media | known).values())
    return CleanText(
        text=RichText(source=source.strip(), format=untrusted.format, media=media),
        outside=tuple(cleaner.outside),
    )


def shown_html(text: RichText) -> str:
    """Return safe HTML for a screen or page. Media stand in it as `media:<quoted name>`."""
    if text.format is TextFormat.PLAIN:
        return html.escape(text.source).replace("\n", "<br>")
    source = text.source if text.format is TextFormat.HTML else _renderer.render(text.source)
    return _clean_html(source, _Cleaner())


def plain_text(text: RichText) -> str:
    """Return the words alone, on one line, for lists, printed reviews and reports."""
    source = text.source
    if text.format is not TextFormat.PLAIN:
        spaced = _BREAKS.sub(" ", shown_html(text))
        source = html.unescape(nh3.clean(spaced, tags=set()))
    words = _BLANKS.sub(" ", source).strip()
    return words or ", ".join(one.name for one in text.media)


def looks_like_html(source: str) -> bool:
    """Tell whether a text of no stated format holds HTML that is meant as such."""
    return any(
        found[1] is None or found[1].lower() in _TAGS for found in _LOOKS_LIKE_HTML.finditer(source)
    )


def kind_of(name: str) -> MediaKind:
    """Return what kind of media a file is, by its suffix."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _SOUNDS:
        return MediaKind.AUDIO
    return MediaKind.VIDEO if suffix in _FILMS else MediaKind.IMAGE


def _clean_html(untrusted_source: str, cleaner: _Cleaner) -> str:
    return nh3.clean(
        untrusted_source,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=cleaner.attribute,
        url_schemes=_PASSED_ON,
        link_rel=None,
    )


def _clean_image(found: re.Match[str], cleaner: _Cleaner) -> str:
    address = cleaner.address(found[2], MediaKind.IMAGE)
    return found[1] + (address or "")


def _media_name(untrusted_address: str) -> str | None:
    address = untrusted_address.strip().removeprefix(PLUGIN_FILE).removeprefix(MEDIA_SCHEME)
    name = unquote(address.partition("?")[0])
    parts = name.split("/")
    safe = all(part not in {"", ".", ".."} for part in parts)
    if not safe or any(sign in name for sign in ':\\\0\n\r\t"<>|*') or len(name) > _LONGEST_NAME:
        return None
    return name
