"""How a cmi5 course looks from outside: its contents, and how it stands as a whole."""

from collections.abc import Mapping
from fractions import Fraction

from app.core.learning.cmi5 import CourseStanding, Node, UnitStanding, is_satisfied
from app.core.learning.launches.types import ContentsLine, EntryState, Standing


def contents_of(
    course: Node, known: CourseStanding, current: str, openable: frozenset[str], language: str
) -> tuple[ContentsLine, ...]:
    """Return the blocks and units of a course, in order."""
    return tuple(
        ContentsLine(
            activity=node.activity,
            title=_title(node, language),
            depth=depth - 1,
            opens=node.terms is not None,
            is_current=node.activity == current,
            is_enabled=node.activity in openable,
            state=_state(node, known),
        )
        for node, depth in course.walk()
        if depth
    )


def standing_of(course: Node, known: CourseStanding, progress: Mapping[str, Fraction]) -> Standing:
    """Return how a course stands: done when it is satisfied; its score the mean of its units'."""
    units = course.units()
    done = [is_satisfied(unit, known) for unit in units]
    shares = [
        Fraction(1) if is_done else progress.get(unit.activity, Fraction(0))
        for unit, is_done in zip(units, done, strict=True)
    ]
    is_done = is_satisfied(course, known)
    return Standing(
        share=sum(shares, Fraction(0)) / len(shares),
        is_done=is_done,
        is_passed=_verdict([known.unit(unit.activity) for unit in units], is_done=is_done),
        score=_mean([known.unit(unit.activity).score for unit in units]),
    )


def _verdict(units: list[UnitStanding], *, is_done: bool) -> bool | None:
    if is_done and any(unit.is_passed for unit in units):
        return True
    return False if any(unit.is_failed for unit in units) else None


def _mean(scores: list[Fraction | None]) -> Fraction | None:
    known = [score for score in scores if score is not None]
    if not known:
        return None
    return min(max(sum(known, Fraction(0)) / len(known), Fraction(0)), Fraction(1))


def _title(node: Node, language: str) -> str:
    for code, title in node.titles.items():
        if code.casefold().partition("-")[0] == language.casefold().partition("-")[0]:
            return title
    return node.title


def _state(node: Node, known: CourseStanding) -> EntryState:
    unit = known.unit(node.activity)
    if node.terms is not None and unit.is_failed:
        return EntryState.FAILED
    if unit.is_passed:
        return EntryState.PASSED
    begun = any(known.unit(one.activity).sessions for one in node.units())
    needs_nothing = not begun and node.terms is not None and not unit.is_waived
    if is_satisfied(node, known) and not needs_nothing:
        return EntryState.DONE
    return EntryState.BEGUN if begun else EntryState.NOT_BEGUN
