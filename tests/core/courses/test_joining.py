"""Which files become one lesson."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.courses import LESSON_SOURCES, LessonDraft, LessonPlan, SourceFile, Variant
from app.core.courses.course_file import CourseFile, LessonEntry
from app.core.courses.joining import (
    CaptionFile,
    LessonGroup,
    ReadFile,
    group,
    joined,
    with_captions,
)
from app.core.courses.names import read_lesson_name


def a_read(name: str, kind: str = "page", title: str = "") -> ReadFile:
    said = read_lesson_name(name)
    file = SourceFile(
        path=Path(name), untrusted_name=name, title=said.title, language=said.language
    )
    variant = Variant(language=said.language or "", asset="", title=title or said.title)
    plan = LessonPlan(kind=kind, title=title or said.title, variants=(variant,))
    return ReadFile(
        file=file, base=said.base, source=LESSON_SOURCES[0], draft=LessonDraft(plan=plan)
    )


def captions(name: str) -> CaptionFile:
    said = read_lesson_name(name)
    return CaptionFile(
        path=Path(name),
        untrusted_name=name,
        base=said.base,
        language=said.language,
        media_type="text/vtt",
    )


def names(groups: tuple[LessonGroup, ...]) -> list[list[str]]:
    return [[read.file.untrusted_name for read in one.reads] for one in groups]


def plan_of(one: LessonGroup, course: CourseFile | None = None) -> LessonPlan:
    return joined(one, [read.draft.plan for read in one.reads], course or CourseFile(), {})


@pytest.mark.parametrize(
    ("files", "language", "lessons"),
    [
        (["3.en.md", "3.hi.md"], "en", [["3.en.md", "3.hi.md"]]),
        (["3.md", "3.hi.md"], "en", [["3.md", "3.hi.md"]]),
        (["3.hi.md", "3.md"], "en", [["3.md", "3.hi.md"]]),
        (["3.en.md", "3.md"], "hi", [["3.md", "3.en.md"]]),
        (["3.en.md", "3.md"], "en", [["3.en.md"], ["3.md"]]),
        (["3.md", "3.htm"], "en", [["3.md"], ["3.htm"]]),
        (["a/3.md", "b/3.hi.md"], "en", [["a/3.md"], ["b/3.hi.md"]]),
        (["Rules.md", "rules.hi.md"], "en", [["Rules.md", "rules.hi.md"]]),
    ],
)
def test_languages_of_one_name_are_one_lesson(
    files: list[str], language: str, lessons: list[list[str]]
) -> None:
    assert names(group(map(a_read, files), language)) == lessons


def test_different_kinds_stay_apart() -> None:
    reads = [a_read("1.mp4", "video"), a_read("1.hi.pdf", "document")]

    assert names(group(reads, "en")) == [["1.mp4"], ["1.hi.pdf"]]


FILES = st.builds(
    lambda base, language, suffix: base + language + suffix,
    st.sampled_from(["1", "2", "two", "Two"]),
    st.sampled_from(["", ".hi", ".en", ".ta"]),
    st.sampled_from([".md", ".html"]),
)


@given(st.lists(FILES, max_size=15), st.sampled_from(["en", "hi", "te"]))
def test_every_file_is_in_one_lesson_and_no_lesson_has_a_language_twice(
    files: list[str], language: str
) -> None:
    reads = [a_read(name) for name in files]

    groups = group(reads, language)

    placed = [read for one in groups for read in one.reads]
    assert sorted(map(id, placed)) == sorted(map(id, reads))
    for one in groups:
        spoken = [read.file.language or language for read in one.reads]
        assert len(set(spoken)) == len(spoken)
        assert language not in spoken or spoken[0] == language
        assert len({read.base.casefold() for read in one.reads}) == 1


def test_titles_come_from_the_course_file_then_the_content() -> None:
    (one,) = group([a_read("1.md", title="Heading"), a_read("1.hi.md", title="शीर्षक")], "en")
    course = CourseFile(
        lessons={"1": LessonEntry(title="Said", titles={"ta": "தலைப்பு"}, seconds=60)}
    )

    plain, said = plan_of(one), plan_of(one, course)

    assert (plain.title, plain.titles) == ("Heading", {"hi": "शीर्षक"})
    assert (said.title, said.titles) == ("Said", {"hi": "शीर्षक", "ta": "தலைப்பு"})
    assert said.seconds == 60


def test_captions_belong_to_the_recording_of_their_name() -> None:
    groups = group([a_read("1.mp4", "video"), a_read("1.pdf", "document")], "en")
    video, document = with_captions(
        groups, [captions("1.hi.vtt"), captions("1.vtt"), captions("2.vtt")]
    )

    (variant,) = plan_of(video).variants
    assert [caption.language for caption in variant.captions] == ["hi", "en"]
    assert document.captions == ()


def test_captions_of_a_dubbed_recording_go_to_their_own_language() -> None:
    groups = group([a_read("1.en.mp4", "video"), a_read("1.hi.mp4", "video")], "en")
    tracks = [captions("1.en.vtt"), captions("1.hi.vtt"), captions("1.ta.vtt")]
    (lesson,) = with_captions(groups, tracks)

    variants = {v.language: [c.language for c in v.captions] for v in plan_of(lesson).variants}

    assert variants == {"en": ["en", "ta"], "hi": ["hi", "ta"]}
