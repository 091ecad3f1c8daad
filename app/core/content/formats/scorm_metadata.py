"""What a manifest's learning object metadata (LOM) says: inline, or in the file it names."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.core.content.formats.addresses import resolve
from app.core.content.formats.base import ManifestFault
from app.core.content.formats.xml import child, read_xml, text_of
from app.core.content.packages import Archive, ArchiveRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is used of the metadata."""

    title: str = ""
    description: str = ""
    language: str = ""


def described_by(archive: Archive, folder: str, manifest: Element) -> Described:
    """Return what the metadata of a package say; nothing when there are none that can be read."""
    metadata = child(manifest, "metadata")
    general = child(metadata, "lom", "general")
    if general is None:
        general = child(metadata, "record", "general")
    located = text_of(child(metadata, "location"))
    if general is None and located:
        name = resolve(archive, folder, located).name
        try:
            general = child(read_xml(archive, name), "general") if name else None
        except (ManifestFault, ArchiveRefused):
            general = None
    if general is None:
        return Described()
    return Described(
        title=_said(child(general, "title")),
        description=_said(child(general, "description")),
        language=_language(text_of(child(general, "language"))),
    )


def _said(element: Element | None) -> str:
    """Return the first of several languages; without them, the element's own text."""
    if element is None:
        return ""
    return text_of(next(iter(element), element))


def _language(untrusted_code: str) -> str:
    code = untrusted_code.replace("_", "-").casefold()
    return code if code and code.replace("-", "").isalpha() and code != "none" else ""
