"""Manifests in XML as they are found in the wild: read without entities, forgiving what is harmless."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.core.base.figures import number
from app.core.base.words import _
from app.core.content.decoding import decode_text
from app.core.content.formats.base import ManifestFault
from app.core.content.packages import Archive

MAX_MANIFEST_BYTES = 20_000_000
MAX_ELEMENTS = 400_000
MAX_TREE_DEPTH = 60
MAX_TEXT = 4_000
_UNBOUND = "unbound prefix"
_PREFIX = re.compile(r"[\s<](?!xmlns:|xml:)([A-Za-z_][\w.-]*):[A-Za-z_]")
_ROOT = re.compile(r"<[A-Za-z_][^\s/>]*")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_USUAL_NAMESPACES = {
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
    "adlseq": "http://www.adlnet.org/xsd/adlseq_v1p3",
    "adlnav": "http://www.adlnet.org/xsd/adlnav_v1p3",
    "imsss": "http://www.imsglobal.org/xsd/imsss",
    "imsmd": "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
    "lom": "http://ltsc.ieee.org/xsd/LOM",
}
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_xml(archive: Archive, name: str) -> Element:
    """Return the root element of an XML file in an archive. Raises ManifestFault."""
    entry = archive.entries[name]
    if entry.size > MAX_MANIFEST_BYTES:
        raise ManifestFault(_("It is too large to be a manifest."), name)
    return parse_xml(archive.read(entry, MAX_MANIFEST_BYTES), name)


def parse_xml(untrusted_bytes: bytes, name: str) -> Element:
    """Return the root element of XML bytes. Raises ManifestFault, also for entities of any kind."""
    try:
        root: Element = _parsed(untrusted_bytes)
    except DefusedXmlException as refusal:
        raise ManifestFault(
            _(
                "It wants text put in from elsewhere (XML entities): no course needs that, and "
                "attacks use it."
            ),
            name,
        ) from refusal
    except (ParseError, ValueError, LookupError, RecursionError) as damage:
        raise ManifestFault(_damage(damage), name) from damage
    _check_size(root, name)
    return root


def _parsed(untrusted_bytes: bytes) -> Element:
    """Parse; on failure mend what many programs get wrong, and try once more."""
    try:
        root: Element = fromstring(untrusted_bytes)
    except ParseError:
        mended = _mended(untrusted_bytes)
        if mended is None:
            raise
        root = fromstring(mended)
    return root


def _damage(damage: Exception) -> str:
    """Return what is told of XML that cannot be parsed; the parser's own words say nothing to people."""
    if isinstance(damage, ParseError):
        text = _(
            "It is damaged at line {line}: its XML is not well-formed. Export the package again."
        )
        return text.format(line=number(damage.position[0]))
    return _("It is damaged: its XML is not well-formed. Export the package again.")


def _mended(untrusted_bytes: bytes) -> str | None:
    """Return the text with undeclared prefixes declared, without a declaration that is not true."""
    decoded = decode_text(untrusted_bytes)
    if decoded is None:
        return None
    text = _DECLARATION.sub("", decoded.text.lstrip("\ufeff"), count=1)
    used = set(_PREFIX.findall(text))
    missing = sorted(prefix for prefix in used if f"xmlns:{prefix}" not in text)
    root = _ROOT.search(text)
    if root is None:
        return None
    declared = "".join(
        f' xmlns:{prefix}="{_USUAL_NAMESPACES.get(prefix, "urn:undeclared:" + prefix)}"'
        for prefix in missing
    )
    return f"{text[: root.end()]}{declared}{text[root.end() :]}"


def _check_size(root: Element, name: str) -> None:
    waiting, count = [(root, 1)], 0
    while waiting:
        element, depth = waiting.pop()
        count += 1
        if depth > MAX_TREE_DEPTH or count > MAX_ELEMENTS:
            raise ManifestFault(_("It is nested too deeply, or has too many parts."), name)
        waiting.extend((child, depth + 1) for child in element)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace: programs write all kinds of those."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    """Return an element's namespace, or an empty string."""
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of a name, in any namespace."""
    if element is not None:
        yield from (child for child in element if local_name(child) == name)


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child of a name, of its first child of the next name …, or None."""
    for name in names:
        element = next(children(element, name), None)
    return element


def text_of(element: Element | None) -> str:
    """Return the text in an element on one line, without markup; empty for None."""
    if element is None:
        return ""
    return one_line("".join(element.itertext()))


def attribute(element: Element, name: str) -> str:
    """Return an attribute in any namespace, whatever its case; empty when it is not there."""
    wanted = name.casefold()
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].casefold() == wanted:
            return value.strip()
    return ""


def one_line(untrusted_text: str) -> str:
    """Return text that can be shown on one line, bounded."""
    shown = "".join(" " if sign < " " or sign == "\x7f" else sign for sign in untrusted_text)
    return " ".join(shown.split())[:MAX_TEXT]


def canonical(element: Element) -> str:
    """Return an element as text, without what follows it."""
    tail, element.tail = element.tail, None
    try:
        return tostring(element, encoding="unicode")
    finally:
        element.tail = tail
