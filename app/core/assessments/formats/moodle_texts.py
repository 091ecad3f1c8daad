"""Texts of Moodle XML, with the files that lie in them."""

import base64
import binascii
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from app.core.assessments.formats.addresses import quote, unquote
from app.core.assessments.formats.base import MediaSource
from app.core.assessments.formats.building import broken_text
from app.core.assessments.formats.files_found import FilesFound
from app.core.assessments.formats.xml_reading import add, child, children, words
from app.core.assessments.markup import MEDIA_SCHEME, PLUGIN_FILE
from app.core.assessments.types import NO_TEXT, MediaRef, RichText, TextFormat

_FORMATS = {
    "html": TextFormat.HTML,
    "plain_text": TextFormat.PLAIN,
    "markdown": TextFormat.MARKDOWN,
}
_NAMES = {value: key for key, value in _FORMATS.items()}
_MEDIA = re.compile(r"(src=\"|!\[[^\]\n]{0,500}\]\()" + MEDIA_SCHEME)


def read_text(element: Element | None, found: FilesFound) -> RichText:
    """Return what a text element says; `format` says how it is to be read, else Moodle's mixture."""
    source = words(element, "text")
    if element is None or not source:
        return NO_TEXT
    for name, kept in _renamed(element, found):
        for spelling in {name, quote(name)}:
            source = source.replace(PLUGIN_FILE + spelling, PLUGIN_FILE + quote(kept))
    fmt = _FORMATS.get(element.get("format", ""))
    return broken_text(source) if fmt is None else RichText(source=source, format=fmt)


def write_text(parent: Element, name: str, text: RichText, media: MediaSource) -> Element:
    """Add a text element with its files; return it."""
    made = add(parent, name, format=_NAMES[text.format])
    source = text.source
    if text.format is not TextFormat.PLAIN:
        source = _MEDIA.sub(rf"\1{PLUGIN_FILE}", source)
    add(made, "text", source)
    for one in text.media:
        _write_file(made, one, media)
    return made


def _write_file(parent: Element, one: MediaRef, media: MediaSource) -> None:
    content = media(one)
    if content is not None:
        encoded = base64.b64encode(content).decode()
        add(parent, "file", encoded, name=one.name, path="/", encoding="base64")


def _renamed(element: Element, found: FilesFound) -> Iterator[tuple[str, str]]:
    for one in children(element, "file"):
        untrusted_name = unquote(one.get("name", ""))
        content = _decoded(one)
        if untrusted_name and content is not None:
            yield untrusted_name, found.keep(untrusted_name, content)


def _decoded(element: Element) -> bytes | None:
    try:
        return base64.b64decode("".join(element.itertext()), validate=False)
    except (binascii.Error, ValueError):
        return None


def old_picture(question: Element, found: FilesFound) -> str:
    """Return the name of a picture in the way of Moodle 1.9, "" when there is none."""
    name = words(question, "image")
    holder = child(question, "image_base64")
    content = None if holder is None else _decoded(holder)
    return found.keep(name, content) if name and content else ""
