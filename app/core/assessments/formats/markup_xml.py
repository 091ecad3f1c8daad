"""HTML as elements of an XML file, and back: QTI keeps its texts so."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, tostring

from typing_extensions import override

from app.core.assessments.formats.xml_reading import local
from app.core.assessments.markup import MEDIA_SCHEME, shown_html
from app.core.assessments.types import RichText, TextFormat, plain

_VOID = frozenset({"br", "hr", "img", "source", "track", "col", "wbr"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_BREAK = re.compile(r"\s*<br\s*/?>\s*")
_BLANKS = re.compile(r"[ \t\r\n]+")
Rename = Callable[[str], str]
"""Turns an address as a file has it into the name by which its texts know the media file."""
MEDIA_FOLDER = "media/"
"""Where in a package the files of the texts lie."""


def put(parent: Element, text: RichText, *, block: bool) -> None:
    """Put a text into an element: plain words as words (in a paragraph where blocks are asked for)."""
    if text.is_blank:
        return
    if text.format is TextFormat.PLAIN and not text.media:
        _put_words(SubElement(parent, "p") if block else parent, text.source)
        return
    _Builder(SubElement(parent, "div")).feed_whole(shown_html(text))


def taken(parts: Iterable[str | Element], rename: Rename) -> RichText:
    """Return the text that parts of an element make: plain when they are words alone."""
    pieces = [part for part in parts if not _is_empty(part)]
    only = _bare_element(pieces)
    if only is not None and local(only) == "div":
        return _html(contents(only), rename)
    if only is not None and local(only) == "p" and all(map(_is_break, only)):
        return _plain(contents(only))
    if all(map(_is_word_or_break, pieces)):
        return _plain(pieces)
    return _html(pieces, rename)


def _is_word_or_break(piece: str | Element) -> bool:
    return isinstance(piece, str) or local(piece) == "br"


def contents(element: Element) -> list[str | Element]:
    """Return what stands in an element, words and elements in their order; tails are words."""
    found: list[str | Element] = [element.text] if element.text else []
    for one in element:
        bare = Element(one.tag, one.attrib)
        bare.text = one.text
        bare.extend(one)
        found.append(bare)
        if one.tail:
            found.append(one.tail)
    return found


def _bare_element(pieces: Sequence[str | Element]) -> Element | None:
    """Return the one element without attributes that is all there is."""
    only = pieces[0] if len(pieces) == 1 else None
    return only if isinstance(only, Element) and not only.attrib else None


def _html(parts: Iterable[str | Element], rename: Rename) -> RichText:
    source = "".join(_markup(one, rename) for one in parts)
    return RichText(source=source.strip(), format=TextFormat.HTML)


def _plain(parts: Iterable[str | Element]) -> RichText:
    return plain(_BREAK.sub("\n", _joined(parts)).strip())


def _is_empty(part: str | Element) -> bool:
    return isinstance(part, str) and not part.strip()


def _is_break(element: Element) -> bool:
    return local(element) == "br" and not len(element)


def _joined(parts: Iterable[str | Element]) -> str:
    return "".join(_BLANKS.sub(" ", one) if isinstance(one, str) else "<br>" for one in parts)


def _markup(part: str | Element, rename: Rename) -> str:
    if isinstance(part, str):
        return escape(part, quote=False)
    return tostring(_without_namespace(part, rename), encoding="unicode", method="html")


def _without_namespace(element: Element, rename: Rename) -> Element:
    made = Element(local(element) or "span", dict(element.attrib))
    if made.tag == "object" and str(made.get("type", "")).startswith("image/"):
        made = Element("img", {"src": str(element.get("data", ""))})
    if made.get("src"):
        made.set("src", rename(made.get("src", "")))
    made.text, made.tail = element.text, element.tail
    made.extend(_without_namespace(one, rename) for one in element)
    return made


def _put_words(parent: Element, source: str) -> None:
    last: Element | None = None
    for index, line in enumerate(source.split("\n")):
        if index:
            last = SubElement(parent, "br")
        if last is None:
            parent.text = line
        else:
            last.tail = line


class _Builder(HTMLParser):
    """Builds elements of cleaned HTML, which is balanced but for void elements."""

    def __init__(self, root: Element) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [root]

    def feed_whole(self, html: str) -> None:
        """Build all of it."""
        self.feed(html)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {
            name: (value or "").replace(MEDIA_SCHEME, MEDIA_FOLDER, 1)
            for name, value in attrs
            if _NAME.fullmatch(name)
        }
        made = SubElement(self._open[-1], tag, attributes)
        if tag not in _VOID:
            self._open.append(made)

    @override
    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    @override
    def handle_data(self, data: str) -> None:
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data
