"""The course that a cmi5 package is, with the identifiers it has on every PC of ours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from app.core.content import Activity, Cmi5Activity, LaunchMethod, MoveOn, PackageIndex

_JUDGED = frozenset({MoveOn.PASSED, MoveOn.COMPLETED_AND_PASSED, MoveOn.COMPLETED_OR_PASSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTerms:
    """What an assignable unit is opened with, and what satisfies it."""

    address: str
    move_on: MoveOn
    mastery_score: Fraction | None
    launch_method: LaunchMethod
    launch_parameters: str
    entitlement_key: str
    activity_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """The course, a block of it, or a unit."""

    activity: str
    """The IRI that statements name it by: not the publisher's, which other copies share (8.1.5)."""
    publisher_id: str
    title: str
    titles: dict[str, str] = field(default_factory=dict)
    terms: UnitTerms | None = None
    """Of a unit; None for what holds others."""
    children: tuple["Node", ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple["Node", int]]:
        """Yield it and everything in it, in order, each with how deep it lies."""
        yield self, depth
        for child in self.children:
            yield from child.walk(depth + 1)

    def units(self) -> tuple["Node", ...]:
        """Return the units in it, in order."""
        return tuple(node for node, _depth in self.walk() if node.terms is not None)

    def holders(self) -> tuple["Node", ...]:
        """Return what holds others, inner before outer: in the order in which they are satisfied."""
        found = [node for node, _depth in self.walk() if node.terms is None]
        return tuple(reversed(found))

    def find(self, activity: str) -> "Node | None":
        """Return the node of an activity, or None."""
        return next((node for node, _depth in self.walk() if node.activity == activity), None)


def course_of(index: PackageIndex, required_score: Fraction | None = None) -> Node:
    """Return the course of a cmi5 package; `required_score` stands over its mastery scores.

    The same archive gives the same identifiers everywhere; `.invalid` leads nowhere (RFC 2606).
    """
    base = f"https://daksha.invalid/cmi5/{index.archive_sha256[:40]}"
    return _node(index.manifest.root, base, required_score)


def _node(activity: Activity, place: str, required: Fraction | None) -> Node:
    return Node(
        activity=place,
        publisher_id=activity.id,
        title=activity.title,
        titles=activity.titles,
        terms=_terms(activity, required) if activity.launch else None,
        children=tuple(
            _node(child, f"{place}/{number}", required)
            for number, child in enumerate(activity.children, start=1)
        ),
    )


def _terms(activity: Activity, required: Fraction | None) -> UnitTerms:
    known = activity.read(Cmi5Activity)
    own = Fraction(known.mastery_score) if known.mastery_score else None
    is_judged = own is not None or known.move_on in _JUDGED
    return UnitTerms(
        address=activity.launch,
        move_on=known.move_on,
        mastery_score=required if is_judged and required is not None else own,
        launch_method=known.launch_method,
        launch_parameters=known.launch_parameters,
        entitlement_key=known.entitlement_key,
        activity_type=known.activity_type,
    )
