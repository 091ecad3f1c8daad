"""The items of a SCORM manifest: its table of contents."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from app.core.base.words import _
from app.core.content.formats.addresses import with_parameters
from app.core.content.formats.base import ManifestFault, Remarks
from app.core.content.formats.scorm_resources import Resource
from app.core.content.formats.scorm_values import MAX_SEQUENCING, DataMap, ScormActivity
from app.core.content.formats.xml import attribute, canonical, child, children, text_of
from app.core.content.packages import Activity, as_data

MAX_ITEMS = 5_000
MAX_ITEM_DEPTH = 30


class ItemReader:
    """Makes activities of items; notes what is wrong with them."""

    def __init__(self, file: str, resources: Mapping[str, Resource], remarks: Remarks) -> None:
        self._file = file
        self._resources = resources
        self._remarks = remarks
        self._ids: set[str] = set()
        self._missing: dict[str, None] = {}

    def organization(self, element: Element) -> Activity:
        """Return the package as a whole, with its items."""
        return self._activity(element, 1)

    def of_resources(self, resources: Iterable[Resource]) -> Activity:
        """Return a table of contents made of resources alone."""
        parts = tuple(
            Activity(
                id=self._unique(one.identifier),
                title=one.file,
                launch=self._launch_of(one, ""),
                data=_built(ScormActivity(resource=one.identifier, is_sco=one.is_sco)),
            )
            for one in resources
        )
        return Activity(id=self._unique("root"), title="", children=parts)

    def check_launches(self, launchable: tuple[Activity, ...]) -> None:
        """Note what keeps the package from being played."""
        self._remarks.block_missing_launches(tuple(self._missing), self._file)
        if not launchable:
            self._remarks.block(_("It launches nothing."), self._file)
        remote = [activity.launch for activity in launchable if activity.is_remote]
        self._remarks.warn_of_remote(remote, self._file)

    def _activity(self, element: Element, depth: int) -> Activity:
        if depth > MAX_ITEM_DEPTH or len(self._ids) > MAX_ITEMS:
            raise ManifestFault(_("Its table of contents is too deep or too long."), self._file)
        title = text_of(child(element, "title"))
        resource = self._resource_of(element, title)
        parameters = attribute(element, "parameters")
        return Activity(
            id=self._unique(attribute(element, "identifier")),
            title=title,
            launch="" if resource is None else self._launch_of(resource, parameters),
            is_visible=attribute(element, "isvisible").casefold() not in {"false", "0"},
            children=tuple(self._activity(one, depth + 1) for one in children(element, "item")),
            data=_built(self._data(element, resource, parameters)),
        )

    def _resource_of(self, element: Element, title: str) -> Resource | None:
        reference = attribute(element, "identifierref")
        if not reference:
            return None
        resource = self._resources.get(reference)
        if resource is None:
            text = _("{title} refers to a resource that is not there ({name}).")
            self._remarks.block(
                text.format(
                    title=(title or attribute(element, "identifier"))[:80], name=reference[:80]
                ),
                self._file,
            )
        return resource

    def _launch_of(self, resource: Resource, parameters: str) -> str:
        if not resource.launch:
            text = _("A resource that is to be launched names no file ({name}).")
            self._remarks.warn(text.format(name=resource.identifier[:80]), self._file)
            return ""
        if not resource.is_there:
            self._missing[resource.file] = None
        return with_parameters(resource.launch, parameters)

    def _unique(self, untrusted_identifier: str) -> str:
        wished = untrusted_identifier[:1_000] or "item"
        chosen, number = wished, 2
        while chosen in self._ids:
            chosen, number = f"{wished}-{number}", number + 1
        if chosen != untrusted_identifier and untrusted_identifier:
            text = _("Two parts have the same identifier ({name}).")
            self._remarks.warn(text.format(name=wished[:80]), self._file)
        self._ids.add(chosen)
        return chosen

    def _data(self, element: Element, resource: Resource | None, parameters: str) -> ScormActivity:
        threshold = child(element, "completionThreshold")
        return ScormActivity(
            resource="" if resource is None else resource.identifier,
            is_sco=resource is not None and resource.is_sco,
            parameters=parameters,
            prerequisites=text_of(child(element, "prerequisites")),
            max_time_allowed=text_of(child(element, "maxtimeallowed")),
            time_limit_action=text_of(
                _first(child(element, "timelimitaction"), child(element, "timeLimitAction"))
            ),
            data_from_lms=_exact(
                _first(child(element, "datafromlms"), child(element, "dataFromLMS"))
            ),
            mastery_score=self._number(text_of(child(element, "masteryscore")), 100),
            completion_threshold=self._number(_threshold(threshold), 1),
            completed_by_measure=threshold is not None
            and attribute(threshold, "completedByMeasure").casefold() in {"true", "1"},
            progress_weight=("" if threshold is None else attribute(threshold, "progressWeight"))
            or "1.0",
            hidden_controls=tuple(
                text_of(one)
                for one in children(
                    child(element, "presentation", "navigationInterface"), "hideLMSUI"
                )
            ),
            data_maps=tuple(
                DataMap(
                    target=attribute(one, "targetID"),
                    can_read=attribute(one, "readSharedData").casefold() not in {"false", "0"},
                    can_write=attribute(one, "writeSharedData").casefold() not in {"false", "0"},
                )
                for one in children(child(element, "data"), "map")
            ),
            sequencing=self._sequencing(child(element, "sequencing")),
        )

    def _sequencing(self, element: Element | None) -> str:
        text = "" if element is None else canonical(element)
        if len(text) > MAX_SEQUENCING:
            raise ManifestFault(_("Its rules of sequencing are too long."), self._file)
        return text

    def _number(self, untrusted_text: str, most: int) -> str:
        """Return a number as it is written, or nothing for what is none."""
        if not untrusted_text:
            return ""
        try:
            is_right = 0 <= float(untrusted_text) <= most
        except ValueError:
            is_right = False
        if is_right:
            return untrusted_text
        text = _("{value} is not a number from 0 to {most}; it is left out.")
        self._remarks.warn(text.format(value=untrusted_text[:40], most=most), self._file)
        return ""


def _built(data: ScormActivity) -> dict[str, object]:
    """Return the data as JSON values, without what is as by default."""
    built: dict[str, object] = as_data(data)
    return {name: value for name, value in built.items() if value != _DEFAULTS[name]}


_DEFAULTS: dict[str, object] = as_data(ScormActivity())


def _first(*elements: Element | None) -> Element | None:
    return next((one for one in elements if one is not None), None)


def _threshold(element: Element | None) -> str:
    """Return a completion threshold: an attribute in the 4th Edition, the text before it."""
    if element is None:
        return ""
    return attribute(element, "minProgressMeasure") or text_of(element)


def _exact(element: Element | None) -> str:
    """Return text with its blanks: it is handed to the content as it is."""
    return "" if element is None else "".join(element.itertext())[:4_096]
