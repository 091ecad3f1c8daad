"""What differs between two states of a thing that has parts: a course's lessons, a bank's questions.

Each part is described by lines under names; what is said here is which lines differ, which parts came,
went or moved. Whoever approves the later state reads it, and it stands in what they sign.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

from app.core.approvals.words_apart import words_apart
from app.core.base.words import _, mark

Description = Mapping[str, str]
"""What is said of something, by names; it may have several lines."""
_AROUND = 1
"""Lines that are shown around one that differs."""
_ELLIPSIS = "…"


class Fate(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


FATES = {
    Fate.ADDED: mark("Added"),
    Fate.REMOVED: mark("Removed"),
    Fate.CHANGED: mark("Changed"),
    Fate.MOVED: mark("Moved"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a state."""

    key: UUID
    """The same from state to state."""
    title: str
    lines: Description
    stored: str
    """All of it as it is stored: two that are the same have nothing that differs."""
    by_words: bool = False
    """Whether its texts have no lines of their own: words are compared, and all of one that went is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not the same: of a text of many lines those that differ, with one around."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDifference:
    """A part that is not as it was, or not where it was."""

    key: UUID
    title: str
    fate: Fate
    is_moved: bool
    before: int | None
    """Its place in the earlier state, from 1; None where it is not in it."""
    after: int | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs between two states."""

    whole: tuple[Difference, ...]
    parts: tuple[PartDifference, ...]
    """In the order of the later state; those that are gone come where they were."""

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs."""
        return not self.whole and not self.parts


def compare(
    before: Sequence[Part], after: Sequence[Part], whole: tuple[Difference, ...] = ()
) -> Comparison:
    """Say what differs between the parts of two states; `whole` is what differs beside them."""
    moved = _moved([one.key for one in before], [one.key for one in after])
    known = {one.key: (place, one) for place, one in enumerate(before, start=1)}
    found: list[tuple[float, PartDifference]] = []
    for place, part in enumerate(after, start=1):
        was = known.pop(part.key, None)
        difference = _part(was, (place, part), is_moved=part.key in moved)
        if difference is not None:
            found.append((place, difference))
    found += [(place - 0.5, _gone(place, part)) for place, part in known.values()]
    found.sort(key=lambda one: one[0])
    return Comparison(whole=whole, parts=tuple(one for _place, one in found))


def differences(
    before: Description, after: Description, *, by_words: bool = False
) -> tuple[Difference, ...]:
    """Return what is not the same under its name, in the order of the later."""
    apart = _word_difference if by_words else _difference
    names = dict.fromkeys((*after, *before))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(apart(*pair) for pair in pairs if pair[1] != pair[2])


def comparison_lines(comparison: Comparison) -> tuple[str, ...]:
    """Return a comparison as text, for the command line and for what a signer reads."""
    if comparison.is_same:
        return (_("Nothing differs."),)
    lines = [line for one in comparison.whole for line in _text(one, "")]
    for part in comparison.parts:
        lines.append(f"{_(FATES[part.fate])}: {part.title}{_moved_words(part)}")
        is_new = part.fate is Fate.ADDED
        lines += [line for one in part.differences for line in _text(one, "  ", is_new=is_new)]
    return tuple(lines)


def moved_in_words(part: PartDifference) -> str:
    """Return from where to where a part moved; "" where it did not."""
    if not part.is_moved:
        return ""
    return _("from place {before} to {after}").format(before=part.before, after=part.after)


def _moved_words(part: PartDifference) -> str:
    words = moved_in_words(part)
    return f" ({words})" if words else ""


def _text(one: Difference, indent: str, *, is_new: bool = False) -> list[str]:
    if "\n" not in one.before and "\n" not in one.after:
        if is_new:
            return [f"{indent}{one.name}: {one.after}"]
        return [f"{indent}{one.name}: {one.before or '–'} → {one.after or '–'}"]
    before = [f"{indent}  - {line}" for line in one.before.splitlines()]
    after = [f"{indent}  + {line}" for line in one.after.splitlines()]
    return [f"{indent}{one.name}:", *before, *after]


def _part(
    was: tuple[int, Part] | None, now: tuple[int, Part], *, is_moved: bool
) -> PartDifference | None:
    place, part = now
    earlier = {} if was is None else was[1].lines
    found = differences(earlier, part.lines, by_words=part.by_words)
    if was is not None and not found and was[1].stored != part.stored:
        # nothing that changed goes unseen, be it without words of its own
        name = _("Other details")
        found = (Difference(name=name, before=was[1].stored, after=part.stored),)
    if was is not None and not found and not is_moved:
        return None
    fate = Fate.CHANGED if found else Fate.MOVED
    return PartDifference(
        key=part.key,
        title=part.title,
        fate=Fate.ADDED if was is None else fate,
        is_moved=is_moved,
        before=None if was is None else was[0],
        after=place,
        differences=found,
    )


def _gone(place: int, part: Part) -> PartDifference:
    return PartDifference(
        key=part.key,
        title=part.title,
        fate=Fate.REMOVED,
        is_moved=False,
        before=place,
        after=None,
        differences=differences(part.lines, {}) if part.by_words else (),
    )


def _moved(before: Sequence[UUID], after: Sequence[UUID]) -> frozenset[UUID]:
    """Return the keys that are in both, and not in the order that most of them kept."""
    both = set(before).intersection(after)
    first = [one for one in before if one in both]
    second = [one for one in after if one in both]
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    kept = {first[block.a + step] for block in blocks for step in range(block.size)}
    return frozenset(both - kept)


def _word_difference(name: str, before: str, after: str) -> Difference:
    if not before or not after:
        return Difference(name=name, before=before, after=after)
    left, right = words_apart(before, after)
    return Difference(name=name, before=left, after=right)


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
