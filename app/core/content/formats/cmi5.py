"""cmi5: `cmi5.xml`, in a zip or alone (cmi5 1.0, sections 13 and 14)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar
from xml.etree.ElementTree import Element

from app.core.base.words import _
from app.core.content.formats.addresses import folder_of, resolve
from app.core.content.formats.base import ManifestFault, ReadPackage, Remarks, named
from app.core.content.formats.cmi5_structure import check_structure, is_course_structure
from app.core.content.formats.cmi5_values import (
    Cmi5Activity,
    Cmi5Course,
    Cmi5Objective,
    LaunchMethod,
    MoveOn,
)
from app.core.content.formats.finding import find_manifest
from app.core.content.formats.langstrings import any_of, langstrings, spoken
from app.core.content.formats.xml import child, children, local_name, parse_xml, read_xml, text_of
from app.core.content.packages import (
    Activity,
    Archive,
    PackageManifest,
    Standard,
    as_data,
    is_network_address,
)

MANIFEST = "cmi5.xml"
MAX_FAULTS = 20
ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


class Cmi5Format:
    """Reads course structures of cmi5."""

    standards = frozenset({Standard.CMI5})

    def manifest_in(self, archive: Archive) -> str | None:
        """Return the name of the course structure."""
        return find_manifest(archive, MANIFEST)

    def read(self, archive: Archive, manifest_name: str) -> ReadPackage:
        """Read a course structure, and check that relative addresses lead to files of the archive."""
        return _Reading(read_xml(archive, manifest_name), manifest_name, archive).package()


def read_structure(untrusted_bytes: bytes, name: str) -> ReadPackage:
    """Read a course structure that comes without an archive. Raises ManifestFault."""
    return _Reading(parse_xml(untrusted_bytes, name), name, None).package()


@dataclass(slots=True)
class _Reading:
    root: Element
    name: str
    archive: Archive | None
    remarks: Remarks = field(default_factory=Remarks)
    remote: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def package(self) -> ReadPackage:
        """Return what the course structure says."""
        if not is_course_structure(self.root):
            raise ManifestFault(_("It is not a course structure of cmi5."), self.name)
        faults = list(dict.fromkeys(check_structure(self.root)))
        for fault in faults[:MAX_FAULTS]:
            self.remarks.block(fault, self.name)
        course = child(self.root, "course")
        titles = langstrings(child(course, "title"))
        identifier = "" if course is None else course.get("id", "")
        parts = tuple(self._parts(self.root))
        descriptions = langstrings(child(course, "description"))
        data = Cmi5Course(
            descriptions=descriptions,
            objectives=tuple(self._objectives()),
        )
        manifest = PackageManifest(
            standard=Standard.CMI5,
            edition="1.0",
            identifier=identifier,
            title=any_of(titles) or identifier,
            titles=spoken(titles),
            description=any_of(descriptions),
            language=next(iter(spoken(titles)), ""),
            root=Activity(
                id=identifier, title=any_of(titles), titles=spoken(titles), children=parts
            ),
            data=as_data(data),
        )
        self._tell_of_addresses()
        return ReadPackage(manifest=manifest, remarks=tuple(self.remarks.found))

    def _parts(self, holder: Element) -> Iterator[Activity]:
        for element in holder:
            if local_name(element) == "block":
                yield self._block(element)
            elif local_name(element) == "au":
                yield self._unit(element)

    def _block(self, element: Element) -> Activity:
        titles = langstrings(child(element, "title"))
        data = Cmi5Activity(
            is_block=True,
            descriptions=langstrings(child(element, "description")),
            objectives=_references(element),
        )
        return Activity(
            id=element.get("id", ""),
            title=any_of(titles),
            titles=spoken(titles),
            children=tuple(self._parts(element)),
            data=as_data(data),
        )

    def _unit(self, element: Element) -> Activity:
        titles = langstrings(child(element, "title"))
        parameters = child(element, "launchParameters")
        data = Cmi5Activity(
            descriptions=langstrings(child(element, "description")),
            objectives=_references(element),
            move_on=_member(MoveOn, element.get("moveOn", ""), MoveOn.NOT_APPLICABLE),
            mastery_score=element.get("masteryScore", "").strip(),
            launch_method=_member(
                LaunchMethod, element.get("launchMethod", ""), LaunchMethod.ANY_WINDOW
            ),
            launch_parameters="" if parameters is None else "".join(parameters.itertext()),
            entitlement_key=text_of(child(element, "entitlementKey")),
            activity_type=element.get("activityType", "").strip(),
        )
        return Activity(
            id=element.get("id", ""),
            title=any_of(titles),
            titles=spoken(titles),
            launch=self._launch(text_of(child(element, "url"))),
            data=as_data(data),
        )

    def _launch(self, untrusted_address: str) -> str:
        if is_network_address(untrusted_address):
            self.remote.append(untrusted_address)
            return untrusted_address
        if self.archive is None:
            self.absent.append(untrusted_address)
            return untrusted_address
        target = resolve(self.archive, folder_of(self.name), untrusted_address)
        if not target.is_there:
            self.absent.append(untrusted_address)
        return target.launch

    def _objectives(self) -> Iterator[Cmi5Objective]:
        for element in children(child(self.root, "objectives"), "objective"):
            yield Cmi5Objective(
                id=element.get("id", ""),
                titles=langstrings(child(element, "title")),
                descriptions=langstrings(child(element, "description")),
            )

    def _tell_of_addresses(self) -> None:
        if self.absent and self.archive is None:
            text = _("It comes without files, and its addresses need some (14.2): {names}")
            self.remarks.block(text.format(names=named(self.absent)), self.name)
        else:
            self.remarks.block_missing_launches(self.absent, self.name)
        self.remarks.warn_of_remote(self.remote, self.name)


def _references(element: Element) -> tuple[str, ...]:
    holder = child(element, "objectives")
    return tuple(one.get("idref", "") for one in children(holder, "objective"))


def _member(kind: type[ChoiceT], untrusted_value: str, otherwise: ChoiceT) -> ChoiceT:
    """Return the choice that is written; an unknown one is told by the check of the structure."""
    return next((one for one in kind if one.value == untrusted_value), otherwise)
