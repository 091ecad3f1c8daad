"""Reads the organization of an imsmanifest.xml into a tree of activities."""

from dataclasses import replace
from fractions import Fraction
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.core.content.sequencing.activities import Activity, ActivityTree, DataStore, LaunchSettings
from app.core.content.sequencing.definition import CompletionThreshold, ControlMode, Sequencing
from app.core.content.sequencing.errors import SequencingUnreadable
from app.core.content.sequencing.sequencing_reader import Collection, read_sequencing
from app.core.content.sequencing.vocabulary import ScormEdition
from app.core.content.sequencing.xml_values import (
    Attributes,
    child,
    children,
    exact,
    local_name,
    text_of,
)

MOST_ACTIVITIES = 10_000
DEEPEST = 64
MOST_BYTES = 20_000_000
_LONGEST_TITLE = 1_000
_HIGHEST_SCORE = 1_000_000


def read_activity_tree(untrusted_manifest: bytes) -> ActivityTree:
    """Return the tree of a manifest's default organization. Raises SequencingUnreadable."""
    if len(untrusted_manifest) > MOST_BYTES:
        raise SequencingUnreadable("imsmanifest.xml", f"{len(untrusted_manifest)} bytes")
    try:
        manifest = fromstring(untrusted_manifest)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise SequencingUnreadable("imsmanifest.xml", type(error).__name__) from error
    organizations = child(manifest, "organizations")
    found = list(children(organizations, "organization"))
    if not found:
        raise SequencingUnreadable("organizations", "there is no organization")
    wanted = Attributes.of(organizations, "").text("default")
    chosen = next((one for one in found if one.get("identifier") == wanted), found[0])
    return read_organization(chosen, manifest)


def read_organization(organization: Element, manifest: Element) -> ActivityTree:
    """Return the tree of one organization of a parsed manifest. Raises SequencingUnreadable."""
    said = Attributes.of(organization, "")
    edition = edition_of(manifest)
    reading = _Reading(edition, _collection(manifest), _sco_resources(manifest))
    root = reading.activity(organization, 1)
    _check_references(root)
    return ActivityTree(
        root=root,
        edition=edition,
        objectives_global_to_system=said.truth("objectivesGlobalToSystem", otherwise=True),
        data_global_to_system=said.truth("sharedDataGlobalToSystem", otherwise=True),
    )


def edition_of(manifest: Element) -> ScormEdition:
    """Return which SCORM a manifest claims to follow; 1.2 where it is silent."""
    claimed = text_of(child(child(manifest, "metadata"), "schemaversion")).lower()
    for sign, edition in (
        ("4th", ScormEdition.SCORM_2004_4TH),
        ("3rd", ScormEdition.SCORM_2004_3RD),
        ("2004", ScormEdition.SCORM_2004_2ND),
        ("1.3", ScormEdition.SCORM_2004_2ND),
    ):
        if sign in claimed:
            return edition
    return ScormEdition.SCORM_1_2


def _collection(manifest: Element) -> Collection:
    found: dict[str, Element] = {}
    for holder in children(manifest, "sequencingCollection"):
        for element in children(holder, "sequencing"):
            name = Attributes.of(element, "").text("ID")
            if name:
                found[name] = element
    return found


def _sco_resources(manifest: Element) -> frozenset[str]:
    scos = set()
    for holder in children(manifest, "resources"):
        for resource in children(holder, "resource"):
            said = Attributes.of(resource, "")
            kind = said.text("scormType") or said.text("scormtype")
            if kind.lower() == "sco":
                scos.add(said.text("identifier"))
    return frozenset(scos)


def _check_references(root: Activity) -> None:
    names: set[str] = set()
    for activity in root.walk():
        if activity.activity_id in names:
            raise SequencingUnreadable(activity.activity_id, "two items have one identifier")
        names.add(activity.activity_id)


class _Reading:
    """One pass over an organization, counting what it makes."""

    def __init__(self, edition: ScormEdition, collection: Collection, scos: frozenset[str]) -> None:
        self._edition = edition
        self._collection = collection
        self._scos = scos
        self._count = 0

    def activity(self, element: Element, depth: int) -> Activity:
        """Return an item and those in it."""
        self._count += 1
        said = Attributes.of(element, "")
        name = said.text("identifier")
        if depth > DEEPEST or self._count > MOST_ACTIVITIES:
            raise SequencingUnreadable(name, "too many items, or too deep in each other")
        if not name:
            raise SequencingUnreadable(local_name(element), "identifier is missing")
        sequencing = self._sequencing(element, name)
        threshold = _threshold(element, name)
        activity = Activity(
            activity_id=name,
            title=text_of(child(element, "title"), _LONGEST_TITLE),
            is_visible=said.truth("isvisible", otherwise=True),
            launch=self._launch(element, said, threshold),
            hidden_controls=_hidden_controls(element),
            sequencing=replace(sequencing, completion=threshold or CompletionThreshold()),
            children=tuple(self.activity(one, depth + 1) for one in children(element, "item")),
        )
        return self._with_content_inside(activity)

    def _with_content_inside(self, activity: Activity) -> Activity:
        """Give content that stands on a SCORM 1.2 section a lesson of its own, the section's first."""
        if self._edition.is_2004 or not (activity.children and activity.launch.resource):
            return activity
        inner = replace(activity, activity_id=f"{activity.activity_id}#content", children=())
        return replace(activity, launch=LaunchSettings(), children=(inner, *activity.children))

    def _sequencing(self, element: Element, name: str) -> Sequencing:
        """SCORM 1.2 knows no sequencing: learners may choose and go on as they like."""
        if not self._edition.is_2004:
            return Sequencing(control=ControlMode(flow=True))
        return read_sequencing(child(element, "sequencing"), self._collection, name)

    def _launch(
        self, element: Element, said: Attributes, threshold: CompletionThreshold | None
    ) -> LaunchSettings:
        resource = said.text("identifierref")
        mastery = text_of(child(element, "masteryscore"))
        action = child(element, "timeLimitAction")
        return LaunchSettings(
            resource=resource,
            parameters=said.text("parameters"),
            is_sco=resource in self._scos,
            time_limit_action=text_of(
                action if action is not None else child(element, "timelimitaction")
            ),
            launch_data=text_of(child(element, "dataFromLMS"))
            or text_of(child(element, "datafromlms")),
            maximum_time=text_of(child(element, "maxtimeallowed")),
            mastery_score=exact(mastery, said.where, 0, _HIGHEST_SCORE) if mastery else None,
            prerequisites=text_of(child(element, "prerequisites")),
            completion_threshold=threshold.minimum if threshold and threshold.by_measure else None,
            stores=_stores(element, said.where),
        )


def _threshold(element: Element, where: str) -> CompletionThreshold | None:
    """Return the completion threshold: attributes in the 4th edition, the text itself before it."""
    found = child(element, "completionThreshold")
    if found is None:
        return None
    said = Attributes.of(found, where)
    written = text_of(found)
    if written:
        return CompletionThreshold(by_measure=True, minimum=exact(written, said.where, 0, 1))
    return CompletionThreshold(
        by_measure=said.truth("completedByMeasure", otherwise=False),
        minimum=said.number("minProgressMeasure", Fraction(1), 0, 1),
        weight=said.number("progressWeight", Fraction(1), 0, 1),
    )


def _hidden_controls(element: Element) -> frozenset[str]:
    interface = child(child(element, "presentation"), "navigationInterface")
    return frozenset(text_of(one) for one in children(interface, "hideLMSUI"))


def _stores(element: Element, where: str) -> tuple[DataStore, ...]:
    stores = []
    for one in children(child(element, "data"), "map"):
        said = Attributes.of(one, where)
        if not said.text("targetID"):
            raise SequencingUnreadable(said.where, "targetID is missing")
        stores.append(
            DataStore(
                target=said.text("targetID"),
                may_read=said.truth("readSharedData", otherwise=True),
                may_write=said.truth("writeSharedData", otherwise=True),
            )
        )
    return tuple(stores)
