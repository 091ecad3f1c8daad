"""The manifest of a QTI package: what it says of the items, in the terms of IMS metadata."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from app.core.assessments.formats.xml_reading import add, within, words

MANIFEST = "imsmanifest.xml"
_PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
_METADATA = "http://ltsc.ieee.org/xsd/LOM"
_ITEM_TYPE = "imsqti_item_xmlv2p1"


def tags_by_file(manifest: Element | None) -> dict[str, tuple[str, ...]]:
    """Return the key words that the manifest gives each file."""
    if manifest is None:
        return {}
    return {
        resource.get("href", ""): tuple(words(one) for one in within(resource, "keyword"))
        for resource in within(manifest, "resource")
    }


def manifest(items: Sequence[tuple[str, Sequence[str], Sequence[str]]]) -> Element:
    """Return the manifest of items: the place of each, its tags, the places of its files."""
    root = Element("manifest", {"xmlns": _PACKAGING, "identifier": "daksha-questions"})
    about = add(root, "metadata")
    add(about, "schema", "QTIv2.1 Package")
    add(about, "schemaversion", "1.0.0")
    add(root, "organizations")
    resources = add(root, "resources")
    for number, (place, tags, files) in enumerate(items, start=1):
        resource = add(
            resources, "resource", identifier=f"item{number}", type=_ITEM_TYPE, href=place
        )
        if tags:
            general = add(add(add(resource, "metadata"), "lom", xmlns=_METADATA), "general")
            for tag in tags:
                add(add(general, "keyword"), "string", tag)
        for one in (place, *files):
            add(resource, "file", href=one)
    return root
