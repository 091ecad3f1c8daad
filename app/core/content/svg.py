"""SVG pictures, refused when they could do anything but be looked at."""

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.core.base.figures import number, size
from app.core.base.words import _

MAX_SVG_BYTES = 2_000_000
MAX_SVG_ELEMENTS = 20_000
MAX_SVG_DEPTH = 60

_REFUSED_ELEMENTS = frozenset(
    {
        "script",
        "foreignobject",
        "iframe",
        "embed",
        "object",
        "audio",
        "video",
        "handler",
        "listener",
    }
)
_ADDRESS_ATTRIBUTES = frozenset({"href", "src"})
_INNER_ADDRESS = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp);base64,)", re.IGNORECASE)
_STYLE_ADDRESS = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|expression\(|\\", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:px)?\s*")
_VIEW_BOX_NUMBERS = 4


class SvgFault(ValueError):
    """Why an SVG picture is refused, as a sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def check_svg(untrusted_bytes: bytes) -> tuple[int, int]:
    """Return width and height in user units (0, 0 when it states none).

    Raises SvgFault for scripts, event handlers, embedded pages, addresses outside the file, document
    types and entities, and for pictures beyond the limits of size, count and depth.
    """
    if len(untrusted_bytes) > MAX_SVG_BYTES:
        raise SvgFault(_("it is larger than {limit}.").format(limit=size(MAX_SVG_BYTES)))
    try:
        root = fromstring(untrusted_bytes, forbid_dtd=True)
    except DefusedXmlException as refusal:
        raise SvgFault(_("it declares a document type or entities.")) from refusal
    except (ParseError, ValueError, LookupError, RecursionError) as damage:
        raise SvgFault(_("it is not well-formed.")) from damage
    if _local_name(root.tag) != "svg":
        raise SvgFault(_("it is not an SVG picture."))
    _check_tree(root)
    return _dimensions(root)


def _check_tree(root: Element) -> None:
    waiting, count = [(root, 1)], 0
    while waiting:
        element, depth = waiting.pop()
        count += 1
        if count > MAX_SVG_ELEMENTS:
            limit = number(MAX_SVG_ELEMENTS)
            raise SvgFault(_("it has more than {limit} parts.").format(limit=limit))
        if depth > MAX_SVG_DEPTH:
            raise SvgFault(_("its parts are nested too deeply."))
        _check_element(element)
        waiting.extend((child, depth + 1) for child in element)


def _check_element(element: Element) -> None:
    name = _local_name(element.tag)
    if name in _REFUSED_ELEMENTS:
        raise SvgFault(_("it contains a script or an embedded page."))
    if name == "style" and _STYLE_ADDRESS.search("".join(element.itertext())):
        raise SvgFault(_("it refers to something outside itself."))
    for attribute, value in element.attrib.items():
        _check_attribute(name, _local_name(attribute), value)


def _check_attribute(element: str, name: str, value: str) -> None:
    if name.startswith("on"):
        raise SvgFault(_("it contains a script or an embedded page."))
    leads_out = name in _ADDRESS_ATTRIBUTES and not _INNER_ADDRESS.match(value)
    changes_address = name == "attributename" and value.casefold().endswith(("href", "src"))
    if leads_out or changes_address or (element != "style" and _STYLE_ADDRESS.search(value)):
        raise SvgFault(_("it refers to something outside itself."))


def _dimensions(root: Element) -> tuple[int, int]:
    width, height = (_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height"))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    numbers = root.get("viewBox", "").replace(",", " ").split()
    lengths = [_LENGTH.fullmatch(text) for text in numbers[2:]]
    if len(numbers) == _VIEW_BOX_NUMBERS and lengths[0] and lengths[1]:
        return round(float(lengths[0][1])), round(float(lengths[1][1]))
    return 0, 0


def _local_name(name: str) -> str:
    return name.rpartition("}")[2].casefold()
