"""Pure decisions of courses: what keeps an outline from being saved, and from being published."""

import re
from collections.abc import Iterator
from fractions import Fraction

from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.words import _
from app.core.courses.lesson_kinds import LessonKind, is_lesson_kind, lesson_kind
from app.core.courses.names import MAX_TITLE
from app.core.courses.outline import LessonPlan, Outline, Variant, to_json
from app.core.storage.columns import canonical_json

MAX_LESSONS = 500
MAX_OUTLINE_CHARACTERS = 2_000_000
MAX_ACTIVE_SECONDS = 24 * 3600
MAX_MONTHS = 1_200
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class OutlineInvalid(UserFacingError):
    """An outline cannot be kept as a draft."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__(
            _("The course cannot be saved: {problems}").format(problems=" ".join(problems)),
            safe=_("What was saved before is unchanged."),
        )


class NotPublishable(UserFacingError):
    """Something must be mended before a course can be published."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__(
            _("The course cannot be published yet: {problems}").format(problems=" ".join(problems)),
            safe=_("The draft is unchanged."),
        )


class NothingToPublish(UserFacingError):
    """There is no draft, or it says what the published version says."""

    def __init__(self) -> None:
        super().__init__(
            _("There is nothing new to publish in this course."), safe=_("Nothing was changed.")
        )


class CourseRetired(UserFacingError):
    """A retired course takes no changes."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("{title} is retired.").format(title=title),
            safe=_("Nothing was changed."),
            remedy=_("Bring it back first, or duplicate it."),
        )


class CourseInReview(UserFacingError):
    """A draft waits for its approval, and is frozen until that is decided."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("{title} waits for an approval, and is not changed meanwhile.").format(title=title),
            safe=_("Nothing was changed."),
            remedy=_("Take the submission back first, or wait for the decision."),
        )


class OwnRetirement(UserFacingError):
    """Who proposed that a course is retired wanted to bring it back alone."""

    exit_code = 3

    def __init__(self, title: str) -> None:
        super().__init__(
            _("Whoever proposed to retire {title} does not bring it back.").format(title=title),
            safe=_("Nothing was changed."),
            remedy=_("Ask somebody else who may publish courses to sign it."),
        )


def require_valid(outline: Outline) -> None:
    """Raise OutlineInvalid when an outline cannot be kept."""
    if problems := tuple(outline_problems(outline)):
        raise OutlineInvalid(problems)


def outline_problems(outline: Outline) -> Iterator[str]:
    """Yield what is wrong with an outline in itself, as sentences. A draft may be unfinished."""
    yield from _title_problems(outline.title, outline.titles)
    if not _LANGUAGE.fullmatch(outline.language):
        yield _("The course's language is not a language code.")
    if outline.valid_months is not None and not 1 <= outline.valid_months <= MAX_MONTHS:
        yield _("The months it is valid must be between 1 and {most}.").format(
            most=number(MAX_MONTHS)
        )
    if len(outline.lessons) > MAX_LESSONS:
        yield _("It has more than {limit} lessons.").format(limit=number(MAX_LESSONS))
    if len({lesson.key for lesson in outline.lessons}) < len(outline.lessons):
        yield _("A lesson is in it twice.")
    for position, lesson in enumerate(outline.lessons, start=1):
        for problem in _lesson_problems(lesson):
            yield _("Lesson {position}: {problem}").format(position=position, problem=problem)
    if len(canonical_json(to_json(outline))) > MAX_OUTLINE_CHARACTERS:
        yield _("Its texts are too long.")


def publishing_problems(outline: Outline) -> Iterator[str]:
    """Yield what an outline lacks to be published, as far as it shows by itself."""
    yield from outline_problems(outline)
    if not outline.lessons:
        yield _("It has no lessons.")
    elif not any(lesson.is_required for lesson in outline.lessons):
        yield _("None of its lessons is required, so nobody could complete it.")
    for lesson in outline.lessons:
        if is_lesson_kind(lesson.kind) and (lack := _lack(lesson, lesson_kind(lesson.kind))):
            yield _("{title}: {problem}").format(title=lesson.title, problem=lack)


def _lack(lesson: LessonPlan, kind: LessonKind) -> str:
    if kind.has_content and not lesson.variants:
        return _("it has no content.")
    if kind.required_body and not lesson.body.get(kind.required_body):
        return _("its text is missing.")
    return ""


def _lesson_problems(lesson: LessonPlan) -> Iterator[str]:
    if not is_lesson_kind(lesson.kind):
        yield _("this kind of lesson is not known.")
    yield from _title_problems(lesson.title, lesson.titles)
    rule = lesson.rule
    if not Fraction(0) <= rule.share <= 1 or not 0 <= rule.active_seconds <= MAX_ACTIVE_SECONDS:
        yield _("its completion rule cannot be met.")
    if lesson.seconds < 0:
        yield _("its length is less than nothing.")
    if len({variant.language for variant in lesson.variants}) < len(lesson.variants):
        yield _("it has two contents in one language.")
    if not all(_names_files(variant) for variant in lesson.variants):
        yield _("it names a file that is none.")


def _title_problems(title: str, titles: dict[str, str]) -> Iterator[str]:
    if not title.strip():
        yield _("The title is missing.")
    if any(len(text) > MAX_TITLE for text in (title, *titles.values())):
        yield _("The title is longer than {limit} letters.").format(limit=number(MAX_TITLE))
    if not all(_LANGUAGE.fullmatch(language) for language in titles):
        yield _("A title is in a language that is not a language code.")


def _names_files(variant: Variant) -> bool:
    captions = [caption.asset for caption in variant.captions]
    languages = [variant.language, *(caption.language for caption in variant.captions)]
    return all(
        _SHA256.fullmatch(one) for one in (variant.asset, *variant.parts, *captions)
    ) and all(_LANGUAGE.fullmatch(language) for language in languages)
