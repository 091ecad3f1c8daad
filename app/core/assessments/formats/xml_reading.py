"""Reading XML from anywhere: no entities, no outside files, bounded; and writing it."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from app.core.assessments.formats.base import NotThisFormat, check_size

DEEPEST = 200
_SAMPLE_BYTES = 4096
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def parse(untrusted: bytes, limit: int, title: str) -> Element:
    """Return the root element. Raises BankFileTooLarge, NotThisFormat naming `title`."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    check_size(untrusted, limit)
    parser: DefusedXMLParser = DefusedXMLParser(forbid_dtd=False)
    try:
        parser.feed(untrusted)
        root: Element = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError, AssertionError) as error:
        raise NotThisFormat(title) from error
    if _depth(root) > DEEPEST:
        raise NotThisFormat(title)
    return _built_in(root)


def looks_like(untrusted: bytes, *names: str) -> bool:
    """Tell whether the beginning of a file is XML in which an element of one of `names` opens."""
    sample = untrusted[:_SAMPLE_BYTES]
    encoding = next((name for mark, name in _BOMS if sample.startswith(mark)), "utf-8")
    text = sample.decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
    return text.startswith("<") and any(
        re.search(rf"<(?:\w+:)?{name}[\s>]", text) for name in names
    )


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of that name, whatever their namespace."""
    return (child for child in element if local(child) == name)


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that name."""
    return None if element is None else next(children(element, name), None)


def within(element: Element, *names: str) -> Iterator[Element]:
    """Yield what of one of those names lies anywhere in it, in the order of the file."""
    return (one for one in element.iter() if one is not element and local(one) in names)


def words(element: Element | None, *path: str) -> str:
    """Return the text at the end of a path of children, stripped; "" where it breaks off."""
    for name in path:
        element = child(element, name)
    return "" if element is None else "".join(element.itertext()).strip()


def add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """Add a child and return it."""
    made = SubElement(parent, name, attributes)
    if text:
        made.text = text
    return made


def append_words(parent: Element, text: str) -> None:
    """Add words after whatever an element holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def document(root: Element) -> bytes:
    """Return a root element as a file, laid out for people."""
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _built_in(element: Element) -> Element:
    """Return a copy in the interpreter's own elements: the safe parser's cannot be mixed with them."""
    made = Element(element.tag if isinstance(element.tag, str) else "", dict(element.attrib))
    made.text, made.tail = element.text, element.tail
    made.extend([_built_in(one) for one in element])
    return made


def _depth(root: Element) -> int:
    deepest, open_ones = 0, [(root, 1)]
    while open_ones:
        element, depth = open_ones.pop()
        deepest = max(deepest, depth)
        open_ones.extend((one, depth + 1) for one in element)
    return deepest
