"""The resources of a SCORM manifest: what is launched, and which files it lists."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.core.content.formats.addresses import Target, joined_base, resolve
from app.core.content.formats.xml import XML_BASE, attribute, child, children
from app.core.content.packages import Archive

_NOWHERE = Target(launch="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something an item launches."""

    identifier: str
    is_sco: bool
    launch: str
    """Relative to the package; empty when the resource has no address."""
    is_there: bool
    """Whether the file that is launched is in the archive, or the address leads to a network."""
    file: str
    """The name by which a missing launch file is told."""
    present: tuple[str, ...]
    absent: tuple[str, ...]


def read_resources(archive: Archive, manifest: Element, folder: str) -> dict[str, Resource]:
    """Return the resources by identifier; of several under one, the first."""
    holder = child(manifest, "resources")
    base = folder if holder is None else joined_base(folder, holder.get(XML_BASE, ""))
    found: dict[str, Resource] = {}
    for element in children(holder, "resource"):
        resource = _resource(archive, element, base)
        found.setdefault(resource.identifier, resource)
    return found


def _resource(archive: Archive, element: Element, base: str) -> Resource:
    folder = joined_base(base, element.get(XML_BASE, ""))
    href = attribute(element, "href")
    target = resolve(archive, folder, href) if href else _NOWHERE
    listed = filter(None, (attribute(file, "href") for file in children(element, "file")))
    places = {name: resolve(archive, folder, name) for name in listed}
    return Resource(
        identifier=attribute(element, "identifier"),
        is_sco=attribute(element, "scormtype").casefold() == "sco",
        launch=target.launch,
        is_there=target.is_there,
        file=href,
        present=tuple(place.name for place in (*places.values(), target) if place.name),
        absent=tuple(name for name, place in places.items() if not place.is_there),
    )
