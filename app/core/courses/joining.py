"""Files that belong together become one lesson: languages of the same content, captions beside it.

Pure decisions over what was read; nothing here opens a file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.core.courses.course_file import CourseFile, LessonEntry
from app.core.courses.lesson_kinds import is_lesson_kind, lesson_kind
from app.core.courses.names import folded
from app.core.courses.outline import Caption, CompletionRule, LessonPlan, Variant
from app.core.courses.sources import LessonDraft, LessonSource, SourceFile

_NOTHING_SAID = LessonEntry()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file that can become a lesson, or a language of one."""

    file: SourceFile
    base: str
    """What its name shares with the files it belongs to."""
    source: LessonSource = field(repr=False)
    draft: LessonDraft = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionFile:
    """A caption file that can be read."""

    path: Path
    untrusted_name: str
    base: str
    language: str | None
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonGroup:
    """The files of one lesson. The first is in the course's language where there is one."""

    reads: tuple[ReadFile, ...]
    captions: tuple[CaptionFile, ...] = ()

    @property
    def base(self) -> str:
        """Return the name the files share."""
        return self.reads[0].base

    @property
    def kind(self) -> str:
        """Return the kind of the lesson."""
        return self.reads[0].draft.plan.kind


def group(reads: Iterable[ReadFile], language: str) -> tuple[LessonGroup, ...]:
    """Put the languages of the same content together; keep the order of the first of each.

    Two files of one name, kind and language cannot be one lesson: the second begins another.
    """
    groups: list[dict[str, ReadFile]] = []
    of_name: dict[tuple[str, str], list[dict[str, ReadFile]]] = {}
    for read in reads:
        spoken = read.file.language or language
        alike = of_name.setdefault((folded(read.base), read.draft.plan.kind), [])
        home = next((one for one in alike if spoken not in one), None)
        if home is None:
            home = {}
            alike.append(home)
            groups.append(home)
        home[spoken] = read
    return tuple(LessonGroup(reads=_main_first(one, language)) for one in groups)


def _main_first(by_language: Mapping[str, ReadFile], language: str) -> tuple[ReadFile, ...]:
    ordered = sorted(by_language.items(), key=lambda item: item[0] != language)
    return tuple(read for _language, read in ordered)


def with_captions(
    groups: Iterable[LessonGroup], captions: Sequence[CaptionFile]
) -> tuple[LessonGroup, ...]:
    """Give each recording the captions that bear its name."""
    by_name: dict[str, list[CaptionFile]] = {}
    for caption in captions:
        by_name.setdefault(folded(caption.base), []).append(caption)
    return tuple(
        replace(one, captions=tuple(by_name.get(folded(one.base), ())))
        if is_lesson_kind(one.kind) and lesson_kind(one.kind).has_captions
        else one
        for one in groups
    )


def joined(
    lesson: LessonGroup,
    plans: Sequence[LessonPlan],
    course: CourseFile,
    caption_assets: Mapping[Path, str],
) -> LessonPlan:
    """Return the plan of a lesson from the plans of its files, in the same order.

    What `course.toml` says comes first, then what a page calls itself, then the file name.
    """
    main = plans[0]
    entry = entry_of(lesson, course)
    variants = tuple(
        replace(variant, language=variant.language or course.language)
        for plan in plans
        for variant in plan.variants
    )
    captions = _captions(lesson, variants, course.language, caption_assets)
    said = {variant.language: variant.title for variant in variants[1:] if variant.title}
    return replace(
        main,
        title=entry.title or main.title,
        titles={**main.titles, **said, **entry.titles},
        variants=tuple(
            replace(variant, captions=captions[variant.language]) for variant in variants
        ),
        seconds=main.seconds if entry.seconds is None else entry.seconds,
        rule=_rule(main, course, entry),
        is_required=entry.is_required,
        is_locked_first=main.is_locked_first
        if entry.is_locked_first is None
        else entry.is_locked_first,
        body=_body(lesson, plans),
    )


def _rule(main: LessonPlan, course: CourseFile, entry: LessonEntry) -> CompletionRule:
    """Return when a lesson counts as done: what is said of it alone comes before what is said of its kind."""
    rule = main.rule
    share = entry.share or course.shares.get(main.kind, rule.share)
    seconds = rule.active_seconds if entry.active_seconds is None else entry.active_seconds
    return replace(rule, share=share, active_seconds=seconds)


def _body(lesson: LessonGroup, plans: Sequence[LessonPlan]) -> dict[str, Any]:
    """Return the main file's body, with those of further languages under `languages`."""
    bodies = {
        read.file.language: plan.body
        for read, plan in zip(lesson.reads[1:], plans[1:], strict=True)
        if read.file.language is not None and read.draft.has_languages
    }
    return {**plans[0].body, "languages": bodies} if bodies else plans[0].body


def entry_of(lesson: LessonGroup, course: CourseFile) -> LessonEntry:
    """Return what `course.toml` says of a lesson."""
    wanted = folded(lesson.base)
    found = (entry for name, entry in course.lessons.items() if folded(name) == wanted)
    return next(found, _NOTHING_SAID)


def _captions(
    lesson: LessonGroup, variants: Sequence[Variant], language: str, assets: Mapping[Path, str]
) -> dict[str, tuple[Caption, ...]]:
    """Return the captions of each variant: those in its own language, and those in no variant's."""
    spoken = {variant.language for variant in variants}
    tracks = [
        Caption(language=caption.language or language, asset=assets.get(caption.path, ""))
        for caption in lesson.captions
    ]
    return {
        own: tuple(
            c for c in tracks if c.language == own or c.language not in spoken or len(spoken) == 1
        )
        for own in spoken
    }
