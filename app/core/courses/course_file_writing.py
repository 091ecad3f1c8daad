"""Writing `course.toml`: all that an outline says beside the files of its lessons."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from app.core.courses.course_file import NO_CERTIFICATE
from app.core.courses.lesson_kinds import lesson_kind
from app.core.courses.outline import LessonPlan, Outline

_UNFIT = re.compile(r"[^\w\- ]+")
_BLANKS = re.compile(r"[\s_-]+")
_LONGEST_NAME = 40
"""Letters, which are up to 160 bytes: a file system takes 255."""


def course_file(outline: Outline, code: str, topic: str, bases: Sequence[str]) -> str:
    """Return the text; `bases` are what the files of each lesson are called."""
    lines = [*_course(outline, code, topic), "", "[completion]"]
    lines.append(f"order = {_text('in sequence' if outline.in_order else 'any')}")
    for base, lesson in zip(bases, outline.lessons, strict=True):
        lines += ["", f"[lessons.{_text(base)}]", *_lesson(lesson)]
    return "\n".join(lines) + "\n"


def plain_name(title: str) -> str:
    """Return what a lesson's files are called after: letters of any script, and no other signs."""
    name = _BLANKS.sub("-", _UNFIT.sub(" ", title)).strip("-")[:_LONGEST_NAME].strip("-")
    return name or "lesson"


def _course(outline: Outline, code: str, topic: str) -> Iterator[str]:
    said = {"title": outline.title, "code": code, "topic": topic or outline.topic}
    said |= {"description": outline.description, "language": outline.language}
    said["certificate"] = outline.certificate or NO_CERTIFICATE
    yield from _texts(said)
    yield from _texts(_translated("title", outline.titles))
    yield from _texts(_translated("description", outline.descriptions))
    if outline.valid_months is not None:
        yield f"valid_months = {outline.valid_months}"


def _lesson(lesson: LessonPlan) -> Iterator[str]:
    yield from _texts({"title": lesson.title, **_translated("title", lesson.titles)})
    if lesson.seconds:
        yield f"seconds = {lesson.seconds}"
    if not lesson.is_required:
        yield "required = false"
    if not lesson.is_locked_first:
        yield "locked_first = false"
    usual = lesson_kind(lesson.kind).default_rule
    if lesson.rule.share != usual.share:
        yield f"share = {_text(str(lesson.rule.share))}"
    if lesson.rule.active_seconds != usual.active_seconds:
        yield f"active_seconds = {lesson.rule.active_seconds}"


def _translated(key: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{key}_{language}": text for language, text in sorted(texts.items())}


def _texts(said: Mapping[str, str]) -> Iterator[str]:
    return (f"{key} = {_text(value)}" for key, value in said.items() if value)


def _text(value: str) -> str:
    """Return a string as TOML writes it, which JSON's escapes are part of."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
