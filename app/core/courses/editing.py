"""What authors do to an outline. Pure: each takes an outline and returns a new one.

Raises KeyError for a lesson that is not in it.
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from app.core.base.ids import new_id
from app.core.base.words import _, offered_languages, worded_in
from app.core.courses.outline import CompletionRule, LessonPlan, Outline

STATEMENTS = "statements"
"""Where an acknowledgement keeps its texts, by language."""
SIGNED = "signature"


def insert(outline: Outline, lesson: LessonPlan, position: int | None = None) -> Outline:
    """Put a lesson at a position, from 0; at the end when none is given."""
    lessons = list(outline.lessons)
    lessons.insert(len(lessons) if position is None else max(position, 0), lesson)
    return replace(outline, lessons=tuple(lessons))


def move(outline: Outline, key: UUID, position: int) -> Outline:
    """Put a lesson to another position, from 0; past an end means to that end."""
    return insert(remove(outline, key), outline.lesson(key), position)


def remove(outline: Outline, key: UUID) -> Outline:
    """Take a lesson out."""
    gone = outline.lesson(key)
    return replace(outline, lessons=tuple(one for one in outline.lessons if one is not gone))


def change(outline: Outline, lesson: LessonPlan) -> Outline:
    """Put a lesson in the place of the one with its key."""
    before = outline.lesson(lesson.key)
    lessons = tuple(lesson if one is before else one for one in outline.lessons)
    return replace(outline, lessons=lessons)


def rename(outline: Outline, key: UUID, title: str, language: str | None = None) -> Outline:
    """Call a lesson otherwise, in the course's language or in another."""
    lesson = outline.lesson(key)
    if language is None or language == outline.language:
        return change(outline, replace(lesson, title=title))
    titles = {code: text for code, text in lesson.titles.items() if code != language}
    if title:
        titles[language] = title
    return change(outline, replace(lesson, titles=titles))


def set_rule(outline: Outline, key: UUID, rule: CompletionRule) -> Outline:
    """Say when a lesson counts as done."""
    return change(outline, replace(outline.lesson(key), rule=rule))


def set_required(outline: Outline, key: UUID, *, is_required: bool) -> Outline:
    """Say whether the course needs a lesson to be done."""
    return change(outline, replace(outline.lesson(key), is_required=is_required))


def set_first_view_lock(outline: Outline, key: UUID, *, is_locked: bool) -> Outline:
    """Say whether a recording can be skipped through before it was seen once."""
    return change(outline, replace(outline.lesson(key), is_locked_first=is_locked))


def with_fresh_keys(outline: Outline) -> Outline:
    """Return the outline of another course with the same lessons."""
    lessons = tuple(replace(lesson, key=new_id()) for lesson in outline.lessons)
    return replace(outline, lessons=lessons)


def acknowledgement(
    statements: Mapping[str, str],
    *,
    language: str,
    title: str = "",
    titles: Mapping[str, str] | None = None,
    is_signed: bool = False,
) -> LessonPlan:
    """Return a lesson in which a statement is confirmed; `statements` by language.

    Without a title it has the product's own in every language there are words in, that of the
    course first: whoever makes it need not speak all of them.
    """
    usual = {} if title else {code: _usual_title(code) for code in offered_languages()}
    return LessonPlan(
        kind="acknowledgement",
        title=title or usual.pop(language, "") or _usual_title("en"),
        titles={**usual, **(titles or {})},
        seconds=60,
        body=statement_body(statements, is_signed=is_signed),
    )


def statement_body(statements: Mapping[str, str], *, is_signed: bool = False) -> dict[str, object]:
    """Return what a lesson keeps of the statement that is confirmed in it."""
    return {STATEMENTS: dict(statements), SIGNED: is_signed}


def _usual_title(language: str) -> str:
    with worded_in(language):
        return _("Read and understood")
