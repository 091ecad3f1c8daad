"""xAPI: `tincan.xml`, as authoring tools write it (Rustici's launch guidelines)."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from app.core.base.words import _
from app.core.content.formats.addresses import folder_of, resolve
from app.core.content.formats.base import ManifestFault, ReadPackage, Remarks
from app.core.content.formats.finding import find_manifest
from app.core.content.formats.iri import is_iri
from app.core.content.formats.langstrings import any_of, by_language, spoken
from app.core.content.formats.xml import child, children, local_name, parse_xml, read_xml, text_of
from app.core.content.packages import (
    Activity,
    Archive,
    PackageManifest,
    Standard,
    as_data,
    is_network_address,
)

MANIFEST = "tincan.xml"
MAX_ACTIVITIES = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class XapiActivity:
    """What only xAPI knows of an activity; its id is the activity id of statements."""

    activity_type: str = ""
    """An IRI, or empty."""
    descriptions: dict[str, str] = field(default_factory=dict)


class XapiFormat:
    """Reads packages that are launched with endpoint, actor and registration."""

    standards = frozenset({Standard.XAPI})

    def manifest_in(self, archive: Archive) -> str | None:
        """Return the name of the manifest."""
        return find_manifest(archive, MANIFEST)

    def read(self, archive: Archive, manifest_name: str) -> ReadPackage:
        """Read the activities that are launched; others are named in statements alone."""
        return _read(read_xml(archive, manifest_name), manifest_name, archive)


def read_tincan(untrusted_bytes: bytes, name: str) -> ReadPackage:
    """Read a manifest that comes without an archive. Raises ManifestFault."""
    return _read(parse_xml(untrusted_bytes, name), name, None)


def _read(root: Element, name: str, archive: Archive | None) -> ReadPackage:
    if local_name(root) != "tincan":
        raise ManifestFault(_("It is not a manifest of xAPI (tincan.xml)."), name)
    found = list(children(child(root, "activities"), "activity"))[:MAX_ACTIVITIES]
    launched = [one for one in found if text_of(child(one, "launch"))]
    remarks = Remarks()
    parts = tuple(_activity(one, name, archive, remarks) for one in launched)
    _check_parts(parts, name, remarks)
    main = next(iter(found), Element("activity"))
    titles = by_language(children(main, "name"))
    identifier = main.get("id", "").strip()
    manifest = PackageManifest(
        standard=Standard.XAPI,
        edition="1.0",
        identifier=identifier,
        title=any_of(titles) or identifier,
        titles=spoken(titles),
        description=any_of(by_language(children(main, "description"))),
        language=next(iter(spoken(titles)), ""),
        root=Activity(id="", title=any_of(titles), titles=spoken(titles), children=parts),
    )
    return ReadPackage(manifest=manifest, remarks=tuple(remarks.found))


def _check_parts(parts: tuple[Activity, ...], name: str, remarks: Remarks) -> None:
    if not parts:
        remarks.block(_("It launches nothing."), name)
    if len({part.id for part in parts}) < len(parts):
        remarks.block(_("Two parts have the same identifier."), name)
    remarks.warn_of_remote([part.launch for part in parts if part.is_remote], name)


def _activity(element: Element, name: str, archive: Archive | None, remarks: Remarks) -> Activity:
    identifier = element.get("id", "").strip()
    if not is_iri(identifier):
        text = _("{id} is not a full identifier (an IRI with its scheme).")
        remarks.warn(text.format(id=identifier[:200] or "–"), name)
    titles = by_language(children(element, "name"))
    data = XapiActivity(
        activity_type=element.get("type", "").strip(),
        descriptions=by_language(children(element, "description")),
    )
    return Activity(
        id=identifier,
        title=any_of(titles) or identifier,
        titles=spoken(titles),
        launch=_launch(text_of(child(element, "launch")), name, archive, remarks),
        data=as_data(data),
    )


def _launch(untrusted_address: str, name: str, archive: Archive | None, remarks: Remarks) -> str:
    if is_network_address(untrusted_address):
        return untrusted_address
    text = _("What it launches is not in the package: {names}")
    if archive is None:
        remarks.block(text.format(names=untrusted_address[:200]), name)
        return untrusted_address
    target = resolve(archive, folder_of(name), untrusted_address)
    if not target.is_there:
        remarks.block(text.format(names=untrusted_address[:200]), name)
    return target.launch
