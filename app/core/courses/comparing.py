"""What differs between two outlines: lessons, texts, rules and files, for whoever approves the later.

Each lesson is described by lines under names (describing.py); what is said here is which lines differ.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

from app.core.base.words import _, mark
from app.core.courses.outline import LessonPlan, Outline, lesson_to_json
from app.core.storage.columns import canonical_json

Description = Mapping[str, str]
"""Lines of a lesson or a course by their names; a line may have several."""
Describe = Callable[[LessonPlan], Description]
_AROUND = 1
"""Lines that are shown around one that differs."""
_ELLIPSIS = "…"


class LessonFate(StrEnum):
    """What became of a lesson."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


FATES = {
    LessonFate.ADDED: mark("Added"),
    LessonFate.REMOVED: mark("Removed"),
    LessonFate.CHANGED: mark("Changed"),
    LessonFate.MOVED: mark("Moved"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not the same: of a text of many lines those that differ, with some around."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonDifference:
    """A lesson that is not as it was, or not where it was."""

    key: UUID
    kind: str
    title: str
    fate: LessonFate
    is_moved: bool
    before: int | None
    """Its place in the earlier outline, from 1; None where it is not in it."""
    after: int | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs between two outlines."""

    course: tuple[Difference, ...]
    """Of the course as a whole."""
    lessons: tuple[LessonDifference, ...]
    """In the order of the later outline; those that are gone come where they were."""

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs."""
        return not self.course and not self.lessons


def compare(
    before: Outline | None,
    after: Outline,
    describe: Describe,
    whole: Callable[[Outline], Description],
) -> Comparison:
    """Say what differs; before the first version everything is new."""
    earlier = () if before is None else before.lessons
    old = {} if before is None else whole(before)
    moved = _moved([one.key for one in earlier], [one.key for one in after.lessons])
    known = {one.key: (place, one) for place, one in enumerate(earlier, start=1)}
    found: list[tuple[float, LessonDifference]] = []
    for place, lesson in enumerate(after.lessons, start=1):
        was = known.pop(lesson.key, None)
        difference = _lesson(was, (place, lesson), describe, is_moved=lesson.key in moved)
        if difference is not None:
            found.append((place, difference))
    for place, lesson in known.values():
        found.append((place - 0.5, _gone(place, lesson, describe)))
    found.sort(key=lambda one: one[0])
    return Comparison(
        course=differences(old, whole(after)), lessons=tuple(one for _place, one in found)
    )


def differences(before: Description, after: Description) -> tuple[Difference, ...]:
    """Return the lines that are not the same under their names, in the order of the later."""
    names = dict.fromkeys((*after, *before))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(_difference(*pair) for pair in pairs if pair[1] != pair[2])


def comparison_lines(comparison: Comparison) -> tuple[str, ...]:
    """Return a comparison as text, for the command line and for what a signer reads."""
    if comparison.is_same:
        return (_("Nothing differs from the version in force."),)
    lines = [line for one in comparison.course for line in _text(one, "")]
    for lesson in comparison.lessons:
        fate = _(FATES[lesson.fate])
        moved = _moved_words(lesson)
        lines.append(f"{fate}: {lesson.title}{moved}")
        if lesson.fate is LessonFate.CHANGED:
            lines += [line for one in lesson.differences for line in _text(one, "  ")]
    return tuple(lines)


def _moved_words(lesson: LessonDifference) -> str:
    if not lesson.is_moved:
        return ""
    words = _("from place {before} to {after}").format(before=lesson.before, after=lesson.after)
    return f" ({words})"


def _text(one: Difference, indent: str) -> list[str]:
    if "\n" not in one.before and "\n" not in one.after:
        return [f"{indent}{one.name}: {one.before or '–'} → {one.after or '–'}"]
    before = [f"{indent}  - {line}" for line in one.before.splitlines()]
    after = [f"{indent}  + {line}" for line in one.after.splitlines()]
    return [f"{indent}{one.name}:", *before, *after]


def _lesson(
    was: tuple[int, LessonPlan] | None,
    now: tuple[int, LessonPlan],
    describe: Describe,
    *,
    is_moved: bool,
) -> LessonDifference | None:
    place, lesson = now
    before = {} if was is None else describe(was[1])
    found = differences(before, describe(lesson))
    if was is not None and not found and was[1] != lesson:
        found = (_details(was[1], lesson),)
    if not found and not is_moved:
        return None
    fate = LessonFate.CHANGED if found else LessonFate.MOVED
    return LessonDifference(
        key=lesson.key,
        kind=lesson.kind,
        title=lesson.title,
        fate=LessonFate.ADDED if was is None else fate,
        is_moved=is_moved,
        before=None if was is None else was[0],
        after=place,
        differences=found,
    )


def _details(before: LessonPlan, after: LessonPlan) -> Difference:
    """Say as it is stored what has no words of its own: nothing that changed goes unseen."""
    left, right = (canonical_json(lesson_to_json(one)) for one in (before, after))
    return Difference(name=_("Other details"), before=left, after=right)


def _gone(place: int, lesson: LessonPlan, describe: Describe) -> LessonDifference:
    return LessonDifference(
        key=lesson.key,
        kind=lesson.kind,
        title=lesson.title,
        fate=LessonFate.REMOVED,
        is_moved=False,
        before=place,
        after=None,
        differences=differences(describe(lesson), {}),
    )


def _moved(before: Sequence[UUID], after: Sequence[UUID]) -> frozenset[UUID]:
    """Return the keys that are in both, and not in the order that most of them kept."""
    both = set(before).intersection(after)
    first = [one for one in before if one in both]
    second = [one for one in after if one in both]
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    kept = {first[block.a + step] for block in blocks for step in range(block.size)}
    return frozenset(both - kept)


def _difference(name: str, before: str, after: str) -> Difference:
    if "\n" not in before or "\n" not in after:
        return Difference(name=name, before=before, after=after)
    old, new = before.splitlines(), after.splitlines()
    groups = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND)
    left, right = [], []
    for group in groups:
        first, last = group[0], group[-1]
        left.append("\n".join(old[first[1] : last[2]]))
        right.append("\n".join(new[first[3] : last[4]]))
    between = f"\n{_ELLIPSIS}\n"
    return Difference(name=name, before=between.join(left), after=between.join(right))
