"""SCORM 1.2 and SCORM 2004 (2nd to 4th Edition): `imsmanifest.xml`."""

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

from app.core.base.words import _
from app.core.content.formats.addresses import folder_of, joined_base
from app.core.content.formats.base import ManifestFault, ReadPackage, Remarks
from app.core.content.formats.finding import find_manifest, manifests
from app.core.content.formats.scorm_items import ItemReader
from app.core.content.formats.scorm_metadata import described_by
from app.core.content.formats.scorm_resources import Resource, read_resources
from app.core.content.formats.scorm_values import MAX_SEQUENCING, ScormPackage
from app.core.content.formats.xml import (
    XML_BASE,
    attribute,
    canonical,
    child,
    children,
    namespace,
    read_xml,
    text_of,
)
from app.core.content.packages import Activity, Archive, PackageManifest, Standard, as_data

MANIFEST = "imsmanifest.xml"
_EDITION = re.compile(r"(\d)\s*(?:st|nd|rd|th)", re.IGNORECASE)
_OTHER_SCHEMAS = ("common cartridge", "cc:", "qti", "imsqti")


class ScormFormat:
    """Reads content packages of ADL."""

    standards = frozenset({Standard.SCORM12, Standard.SCORM2004})

    def manifest_in(self, archive: Archive) -> str | None:
        """Return the name of the manifest, also when it lies in a folder."""
        return find_manifest(archive, MANIFEST)

    def read(self, archive: Archive, manifest_name: str) -> ReadPackage:
        """Read the tree of items, and check that what they launch is there. Raises ManifestFault."""
        root = read_xml(archive, manifest_name)
        return _Reading(archive, manifest_name, root).package()


class _Reading:
    """One manifest being read."""

    def __init__(self, archive: Archive, name: str, root: Element) -> None:
        self._archive = archive
        self._name = name
        self._root = root
        self._remarks = Remarks()
        self._folder = joined_base(folder_of(name), root.get(XML_BASE, ""))

    def package(self) -> ReadPackage:
        """Return what the manifest says. Raises ManifestFault for what is no course at all."""
        self._require_course()
        standard, edition = self._edition()
        resources = read_resources(self._archive, self._root, self._folder)
        organization, others = self._organization()
        described = described_by(self._archive, self._folder, self._root)
        items = ItemReader(self._name, resources, self._remarks)
        root = self._contents(items, organization, resources)
        title = root.title or described.title or attribute(self._root, "identifier")
        data = self._package_data(organization, others)
        manifest = PackageManifest(
            standard=standard,
            edition=edition,
            identifier=attribute(self._root, "identifier"),
            title=title,
            description=described.description,
            language=described.language,
            seconds=described.seconds,
            root=replace(root, title=root.title or title),
            data=as_data(data),
        )
        items.check_launches(manifest.launchable)
        self._check_files(resources)
        return ReadPackage(
            manifest=manifest,
            remarks=tuple(self._remarks.found),
            listed=frozenset(name for one in resources.values() for name in one.present),
        )

    def _require_course(self) -> None:
        if self._root.tag.rpartition("}")[2] != "manifest":
            raise ManifestFault(_("It is not the manifest of a package."), self._name)
        schema = text_of(child(self._root, "metadata", "schema")).casefold()
        types = {
            attribute(one, "type").casefold()
            for one in children(child(self._root, "resources"), "resource")
        }
        if any(sign in schema for sign in _OTHER_SCHEMAS) or (
            types and all(one.startswith(("imsqti", "imscc")) for one in types)
        ):
            raise ManifestFault(
                _("It holds questions or a cartridge of another system, not a course (QTI)."),
                self._name,
            )
        if "/" in self._name:
            self._remarks.warn(
                _("The manifest lies in a folder; the package was zipped one folder too high."),
                self._name,
            )
        if len(manifests(self._archive, MANIFEST)) > 1:
            self._remarks.warn(
                _("There are several manifests in it; only this one is used."), self._name
            )

    def _edition(self) -> tuple[Standard, str]:
        """Return standard and edition by what the manifest states, else by its namespaces."""
        version = text_of(child(self._root, "metadata", "schemaversion"))
        spaces = " ".join({namespace(one) for one in self._root.iter()} | self._attribute_spaces())
        stated = _EDITION.search(version)
        if stated is not None and stated[1] in "234":
            return Standard.SCORM2004, {"2": "2nd", "3": "3rd", "4": "4th"}[stated[1]]
        if version.casefold() in {"cam 1.3", "1.3"}:
            return Standard.SCORM2004, "2nd"
        if version != "1.2":
            text = _("It states no known version of SCORM ({version}); it is told by its form.")
            self._remarks.warn(text.format(version=version or "–"), self._name)
        signs_of_2004 = ("adlcp_v1p3" in spaces, "2004" in version, "imsss" in spaces)
        if version != "1.2" and any(signs_of_2004):
            return Standard.SCORM2004, "3rd"
        return Standard.SCORM12, "1.2"

    def _attribute_spaces(self) -> set[str]:
        resources = children(child(self._root, "resources"), "resource")
        return {key[1:].partition("}")[0] for one in resources for key in one.attrib}

    def _organization(self) -> tuple[Element | None, tuple[str, ...]]:
        """Return the organization that is used, and the titles of the others."""
        holder = child(self._root, "organizations")
        every = list(children(holder, "organization"))
        wanted = "" if holder is None else attribute(holder, "default")
        chosen = next((one for one in every if attribute(one, "identifier") == wanted), None)
        chosen = chosen if chosen is not None else next(iter(every), None)
        others = tuple(text_of(child(one, "title")) for one in every if one is not chosen)
        if others:
            text = _("It has {count} tables of contents; the default one is used.")
            self._remarks.warn(text.format(count=len(every)), self._name)
        return chosen, others

    def _contents(
        self, items: ItemReader, organization: Element | None, resources: dict[str, Resource]
    ) -> Activity:
        if organization is not None:
            return items.organization(organization)
        launched = [one for one in resources.values() if one.launch]
        if not launched:
            self._remarks.block(_("It has no table of contents."), self._name)
        else:
            self._remarks.warn(
                _("It has no table of contents; every resource becomes a part."), self._name
            )
        return items.of_resources(launched)

    def _package_data(self, organization: Element | None, others: tuple[str, ...]) -> ScormPackage:
        collection = child(self._root, "sequencingCollection")
        sequencing = "" if collection is None else canonical(collection)
        if len(sequencing) > MAX_SEQUENCING:
            raise ManifestFault(_("Its rules of sequencing are too long."), self._name)
        if organization is None:
            return ScormPackage(sequencing_collection=sequencing)
        return ScormPackage(
            organization=attribute(organization, "identifier"),
            other_organizations=others,
            objectives_global_to_system=_is_true(organization, "objectivesGlobalToSystem"),
            shared_data_global_to_system=_is_true(organization, "sharedDataGlobalToSystem"),
            sequencing_collection=sequencing,
        )

    def _check_files(self, resources: dict[str, Resource]) -> None:
        absent = [name for one in resources.values() for name in one.absent]
        self._remarks.warn_of_absent(absent, self._name)


def _is_true(element: Element, name: str) -> bool:
    return attribute(element, name).casefold() not in {"false", "0"}
