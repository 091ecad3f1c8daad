"""The rules a cmi5 course structure must keep: its schema, its identifiers (cmi5 1.0, 13.1, 13.2)."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from app.core.base.words import _
from app.core.content.formats.addresses import query_names
from app.core.content.formats.cmi5_values import LaunchMethod, MoveOn
from app.core.content.formats.iri import is_iri, is_reference
from app.core.content.formats.langstrings import is_language
from app.core.content.formats.xml import child, children, local_name, namespace, text_of

NAMESPACES = frozenset(
    {
        "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd",
        "http://aicc.org/cmi5/CourseStructure.xsd",
    }
)
_ORDER = {
    "courseStructure": ("course", "objectives", "au block"),
    "course": ("title", "description"),
    "block": ("title", "description", "objectives", "au block"),
    "au": ("title", "description", "objectives", "url", "launchParameters", "entitlementKey"),
    "objective": ("title", "description"),
}
"""What may be in an element, in this order; names that share a place come in any order."""
_NEEDED = {
    "courseStructure": ("course",),
    "course": ("title", "description"),
    "block": ("title", "description"),
    "au": ("title", "description", "url"),
}
_LAUNCH_PARAMETERS = ("endpoint", "fetch", "actor", "registration", "activityId")
"""What a launch adds to the address of a unit (8.1)."""
_MOVE_ON = frozenset(one.value for one in MoveOn)
_LAUNCH_METHODS = frozenset(one.value for one in LaunchMethod)


def is_course_structure(root: Element) -> bool:
    """Tell whether an element is a course structure at all."""
    return local_name(root) == "courseStructure"


def check_structure(root: Element) -> Iterator[str]:
    """Yield what breaks the rules, as sentences."""
    own = namespace(root)
    if own not in NAMESPACES:
        yield _("It is written for another version of cmi5 ({name}).").format(name=own[:80] or "–")
        return
    elements = [
        one
        for one in root.iter()
        if namespace(one) == own
        and local_name(one) in _ORDER
        and not _is_reference_to_objective(one)
    ]
    for element in elements:
        yield from _form_faults(element, own)
    yield from _emptiness_faults(elements)
    yield from _identifier_faults(root, elements)
    for element in children_named(elements, "au"):
        yield from _unit_faults(element)


def _emptiness_faults(elements: Sequence[Element]) -> Iterator[str]:
    if next(children_named(elements, "au"), None) is None:
        yield _("It has no unit that could be launched.")
    for element in children_named(elements, "block"):
        if not any(local_name(one) in {"au", "block"} for one in element):
            yield _("The block {id} is empty.").format(id=element.get("id", "")[:200])


def children_named(elements: Sequence[Element], name: str) -> Iterator[Element]:
    """Yield those elements that are called so."""
    return (one for one in elements if local_name(one) == name)


def _is_reference_to_objective(element: Element) -> bool:
    return local_name(element) == "objective" and "idref" in element.attrib


def _form_faults(element: Element, own: str) -> Iterator[str]:
    """Yield what the schema does not allow in an element: order, number, languages."""
    name = local_name(element)
    inner = [local_name(one) for one in element if namespace(one) == own]  # the rest is a vendor's
    yield from _order_faults(name, inner)
    for needed in _NEEDED.get(name, ()):
        if needed not in inner:
            yield _("{element} lacks {name}.").format(element=name, name=needed)
    for holder in (child(element, "title"), child(element, "description")):
        if holder is not None and not _has_langstrings(holder):
            yield _("A text in {element} is in no language.").format(element=name)


def _order_faults(name: str, inner: Sequence[str]) -> Iterator[str]:
    order = [names.split() for names in _ORDER[name]]
    at, seen = 0, set[str]()
    for one in inner:
        place = next((at for at, names in enumerate(order) if one in names), None)
        if place is None:
            yield _("{element} may not hold {name}.").format(element=name, name=one)
        elif place < at or (one in seen and len(order[place]) == 1):
            yield _("In {element}, {name} is not where it belongs.").format(element=name, name=one)
        else:
            at = place
        seen.add(one)


def _has_langstrings(holder: Element) -> bool:
    strings = list(children(holder, "langstring"))
    return bool(strings) and all(is_language(one.get("lang", "en")) for one in strings)


def _identifier_faults(root: Element, elements: Sequence[Element]) -> Iterator[str]:
    """Yield identifiers that are none, or given twice, or referred to and not there."""
    seen: dict[str, set[str]] = {}
    for element in elements:
        if local_name(element) == "courseStructure":
            continue
        identifier = element.get("id", "").strip()
        if not is_iri(identifier):
            yield _("{id} is not a full identifier (an IRI with its scheme).").format(
                id=identifier[:200] or "–"
            )
        kind = local_name(element)
        if identifier in seen.setdefault(kind, set()):
            yield _("The identifier {id} is given twice.").format(id=identifier[:200])
        seen[kind].add(identifier)
    known = seen.get("objective", set())
    for element in root.iter():
        if _is_reference_to_objective(element) and element.get("idref", "") not in known:
            yield _("The objective {id} is not there.").format(id=element.get("idref", "")[:200])


def _unit_faults(element: Element) -> Iterator[str]:
    yield from _address_faults(text_of(child(element, "url")))
    if element.get("moveOn", "NotApplicable") not in _MOVE_ON:
        yield _("{value} is no way to move on.").format(value=element.get("moveOn", "")[:80])
    if element.get("launchMethod", "AnyWindow") not in _LAUNCH_METHODS:
        yield _("{value} is no way to launch.").format(value=element.get("launchMethod", "")[:80])
    if (score := element.get("masteryScore")) is not None and not _is_scaled(score):
        yield _("The mastery score {value} is not from 0 to 1.").format(value=score[:40])
    kind = element.get("activityType", "").strip()
    if kind and not is_iri(kind):
        yield _("{id} is not a full identifier (an IRI with its scheme).").format(id=kind[:200])


def _address_faults(address: str) -> Iterator[str]:
    if not is_reference(address):
        yield _("{address} is not an address.").format(address=address[:200] or "–")
    own = query_names(address)
    for name in (one for one in _LAUNCH_PARAMETERS if one in own):
        yield _("{address} has {name} in its query, which every launch adds (8.1).").format(
            address=address[:200], name=name
        )


def _is_scaled(untrusted_text: str) -> bool:
    try:
        return 0 <= float(untrusted_text) <= 1
    except ValueError:
        return False
