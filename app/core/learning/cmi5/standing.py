"""Where a learner is in a cmi5 course: worked out from the statements of the registration, nothing else.

So it is the same after a power cut, a restore, or on another PC that has the records. Their order
decides only which score is the newest: a clock may have been set back between two of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from app.core.content import MoveOn
from app.core.learning.cmi5.course import Node
from app.core.learning.cmi5.durations import seconds_of
from app.core.learning.cmi5.vocabulary import (
    CMI5_CATEGORY,
    LAUNCH_MODE,
    SESSION,
    LaunchMode,
    Verb,
)
from app.core.learning.statements import parse_timestamp
from app.core.learning.statements.exact_json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One launch of one unit, and what was said in it."""

    id: str
    activity: str
    mode: LaunchMode
    launched_at: datetime
    last_at: datetime
    said: frozenset[Verb] = frozenset()

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more may be said in it."""
        return bool(self.said & {Verb.TERMINATED, Verb.ABANDONED})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStanding:
    """How a learner stands in one unit, over all sessions."""

    sessions: int = 0
    is_completed: bool = False
    is_passed: bool = False
    is_failed: bool = False
    """Whether the newest judgement is that; never after it was passed."""
    is_waived: bool = False
    score: Fraction | None = None
    """Scaled, of the newest judgement."""
    seconds: int | None = None
    """How long the newest session took, as the unit claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStanding:
    """How a learner stands in a course."""

    sessions: Mapping[str, Session] = field(default_factory=dict)
    units: Mapping[str, UnitStanding] = field(default_factory=dict)
    satisfied: frozenset[str] = frozenset()
    """Blocks and the course, as far as it was stated that they are satisfied."""

    def unit(self, activity: str) -> UnitStanding:
        """Return how a unit stands."""
        return self.units.get(activity, UnitStanding())

    @property
    def open_sessions(self) -> tuple[Session, ...]:
        """Return the sessions that were begun and not ended."""
        return tuple(one for one in self.sessions.values() if not one.is_over)

    def after(self, statement: Json) -> "CourseStanding":
        """Return how the learner stands once this was said."""
        verb = verb_of(statement)
        if verb is None or CMI5_CATEGORY not in categories_of(statement):
            return self
        activity = str(statement["object"].get("id", ""))
        if verb is Verb.SATISFIED:
            return replace(self, satisfied=self.satisfied | {activity})
        sessions = self._sessions_after(statement, verb, activity)
        unit = _unit_after(self.unit(activity), statement, verb)
        return replace(self, sessions=sessions, units={**self.units, activity: unit})

    def _sessions_after(self, statement: Json, verb: Verb, activity: str) -> Mapping[str, Session]:
        name = session_of(statement)
        at = parse_timestamp(str(statement.get("timestamp", "")))
        if at is None or verb is Verb.WAIVED:  # 9.3.7: waiving has a session id and is no session
            return self.sessions
        known = self.sessions.get(name) or Session(
            id=name, activity=activity, mode=LaunchMode.NORMAL, launched_at=at, last_at=at
        )
        if verb is Verb.LAUNCHED:
            known = replace(known, mode=_mode(statement), launched_at=at)
        said = replace(known, said=known.said | {verb}, last_at=max(known.last_at, at))
        return {**self.sessions, name: said}


def standing_after(statements: Iterable[Json]) -> CourseStanding:
    """Return how a learner stands after these statements, the oldest first."""
    standing = CourseStanding()
    for statement in statements:
        standing = standing.after(statement)
    return standing


def is_satisfied(node: Node, standing: CourseStanding) -> bool:
    """Tell whether a unit is satisfied, or all that a block or the course holds (10.2.5, 9.3.9)."""
    if node.terms is None:
        return all(is_satisfied(child, standing) for child in node.children)
    unit = standing.unit(node.activity)
    return (
        unit.is_waived
        or {
            MoveOn.PASSED: unit.is_passed,
            MoveOn.COMPLETED: unit.is_completed,
            MoveOn.COMPLETED_AND_PASSED: unit.is_completed and unit.is_passed,
            MoveOn.COMPLETED_OR_PASSED: unit.is_completed or unit.is_passed,
            MoveOn.NOT_APPLICABLE: True,
        }[node.terms.move_on]
    )


def newly_satisfied(course: Node, standing: CourseStanding) -> tuple[Node, ...]:
    """Return the blocks, inner ones first, and the course that are satisfied and were not said to be."""
    return tuple(
        node
        for node in course.holders()
        if node.activity not in standing.satisfied and is_satisfied(node, standing)
    )


def is_reviewed(unit: Node, standing: CourseStanding) -> bool:
    """Tell whether a unit is opened to look at it again: nothing could be judged anew (9.3.4)."""
    return standing.unit(unit.activity).is_passed and is_satisfied(unit, standing)


def open_units(course: Node, standing: CourseStanding, *, in_order: bool) -> frozenset[str]:
    """Return the units that may be opened; in order: up to the first that is not satisfied."""
    units = course.units()
    if not in_order:
        return frozenset(unit.activity for unit in units)
    opened = set()
    is_way_free = True
    for unit in units:
        if is_way_free or is_satisfied(unit, standing):
            opened.add(unit.activity)
        is_way_free = is_way_free and is_satisfied(unit, standing)
    return frozenset(opened)


def verb_of(statement: Json) -> Verb | None:
    """Return the verb of a checked statement when it is one of cmi5's."""
    found = statement["verb"]["id"]
    return Verb(found) if found in Verb.__members__.values() else None


def categories_of(statement: Json) -> frozenset[str]:
    """Return the identifiers of a checked statement's category activities."""
    context = statement.get("context", {}).get("contextActivities", {})
    return frozenset(one["id"] for one in context.get("category", ()))


def session_of(statement: Json) -> str:
    """Return the session a checked statement names; empty: none."""
    found = statement.get("context", {}).get("extensions", {}).get(SESSION, "")
    return found if isinstance(found, str) else ""


def _unit_after(unit: UnitStanding, statement: Json, verb: Verb) -> UnitStanding:
    if verb is Verb.LAUNCHED:
        return replace(unit, sessions=unit.sessions + 1, seconds=None)
    if verb is Verb.COMPLETED:
        return replace(unit, is_completed=True)
    if verb is Verb.WAIVED:
        return replace(unit, is_waived=True)
    if verb in {Verb.PASSED, Verb.FAILED}:
        is_passed = unit.is_passed or verb is Verb.PASSED
        score = scaled_score(statement)
        return replace(
            unit,
            is_passed=is_passed,
            is_failed=not is_passed,
            score=unit.score if score is None else score,
        )
    if verb in {Verb.TERMINATED, Verb.ABANDONED}:
        return replace(unit, seconds=seconds_of(statement.get("result", {}).get("duration", "")))
    return unit


def scaled_score(statement: Json) -> Fraction | None:
    """Return the scaled score of a checked statement, exactly; None for none."""
    found = statement.get("result", {}).get("score", {}).get("scaled")
    return None if found is None else Fraction(found)


def _mode(statement: Json) -> LaunchMode:
    said = statement.get("context", {}).get("extensions", {}).get(LAUNCH_MODE)
    return next((mode for mode in LaunchMode if mode.value == said), LaunchMode.NORMAL)
