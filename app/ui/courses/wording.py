"""How courses and lessons are worded wherever they are shown."""

import re
from collections.abc import Iterable

from app.core.base.figures import duration, share
from app.core.base.words import _, language_name, mark, plural
from app.core.content import LookedOver, standard_words
from app.core.courses import CompletionRule, CourseState, LessonKind, lesson_kind
from app.ui.kit.tables.columns import Cell
from app.ui.kit.theme import Tone

_BETWEEN_WORDS = re.compile(r"[-_./:]|(?<=[a-z])(?=[A-Z])")
_FITS_A_LINE = 30
STATES: dict[CourseState, tuple[str, Tone, str]] = {
    CourseState.DRAFT: (mark("Draft"), Tone.WARNING, "pencil"),
    CourseState.PUBLISHED: (mark("Published"), Tone.SUCCESS, "circle-check"),
    CourseState.CHANGED: (mark("Being changed"), Tone.INFO, "square-pen"),
    CourseState.IN_REVIEW: (mark("In review"), Tone.INFO, "hourglass"),
    CourseState.RETIRED: (mark("Retired"), Tone.NEUTRAL, "archive"),
}
"""Word (marked), tone and icon of each state."""


def state_cell(state: CourseState) -> Cell:
    """Return a state as a chip for a table."""
    words, tone, icon = STATES[state]
    return Cell(_(words), tone, icon=icon)


def language_names(codes: Iterable[str]) -> str:
    """Return languages in one line."""
    return ", ".join(language_name(code) for code in codes)


def lessons_words(count: int) -> str:
    """Return how many lessons there are."""
    return plural("{count} lesson", "{count} lessons", count)


def rule_words(kind: LessonKind, rule: CompletionRule) -> str:
    """Return when a lesson counts as done, briefly; "" where all of it is needed."""
    parts = []
    if kind.share_setting and rule.share < 1:
        parts.append(_("done at {share}").format(share=share(rule.share)))
    if rule.active_seconds:
        parts.append(_("at least {time}").format(time=duration(rule.active_seconds)))
    return ", ".join(parts)


def about_lesson(kind: str, seconds: int, *more: str) -> str:
    """Return a lesson's kind, its length and what else is known, in one line."""
    length = duration(seconds) if seconds else ""
    return " · ".join(part for part in (_(lesson_kind(kind).title), length, *more) if part)


def package_words(package: LookedOver | None) -> tuple[str, ...]:
    """Return what a package is: its standard, its activities, the tool that made it."""
    if package is None or package.manifest is None:
        return ()
    return (
        standard_words(package.manifest),
        activities_words(len(package.manifest.launchable)),
        package.tool,
    )


def activities_words(count: int) -> str:
    """Return how many activities there are."""
    return plural("{count} activity", "{count} activities", count)


def breakable(name: str) -> str:
    """Return a long file name that may go over to a new line after the signs between its words."""
    if len(name) <= _FITS_A_LINE:
        return name
    return _BETWEEN_WORDS.sub("\\g<0>\u200b", name)
