"""The courses that come with the program: whole, in both languages, marked, and never in the way."""

import re
from datetime import date

import pytest

from app.core.assessments import QUIZ_KIND, Question, QuizSource, Quizzes
from app.core.assessments.quiz_lessons import AskedQuestions, quiz_of
from app.core.base.actor import system_actor
from app.core.base.progress import NoProgress
from app.core.content import AssetStore
from app.core.courses import (
    LESSON_SOURCES,
    Courses,
    CourseSample,
    LessonPlan,
    PlacesLeft,
    Releases,
    course_samples,
)
from app.core.journal import Site
from tests.support.clock import TurnedClock

ACTOR = system_actor()
SAMPLES = course_samples()
WITHOUT_STATEMENT = {"gst", "fire", "ppe-chemical", "infosec"}
"""They end with the quiz."""


@pytest.fixture
def courses(site: Site, assets: AssetStore, clock: TurnedClock) -> Courses:
    made = Courses(site, assets, (*LESSON_SOURCES, QuizSource(clock)))
    made.publish_warnings += [
        PlacesLeft(assets).warnings_of,
        Quizzes(site, Releases()).warnings_of,
    ]
    made.beginning.organisation = lambda: "Deepa Polymers"
    return made


def named(sample: CourseSample) -> str:
    return sample.key


def begun(courses: Courses, sample: CourseSample):
    report = courses.check_folder(ACTOR, sample, NoProgress())
    return courses.import_folder(ACTOR, report, NoProgress())


def questions_of(site: Site, lesson: LessonPlan, language: str) -> list[Question]:
    quiz = quiz_of(lesson, language)
    with site.read() as session:
        return list(AskedQuestions().of_quiz(session, quiz, language).values())


def asks(question: Question) -> tuple[object, ...]:
    """Return what has to be the same in every language, the right choices among it."""
    worth = [str(one.share) for one in getattr(question.body, "options", ())]
    key = question.name.split()[0]
    return key, question.type, question.points, question.critical, question.tags, worth


def test_what_belongs_to_a_sample_is_brought_along_with_its_code(courses: Courses) -> None:
    brought: list[tuple[str, str]] = []
    courses.on_sample.append(lambda _unit, one: brought.append((one.sample.key, one.code)))
    (loto,) = (one for one in SAMPLES if one.key == "loto")
    begun(courses, loto)
    begun(courses, loto)
    assert courses.check_folder(ACTOR, loto.path, NoProgress()).sample == ""  # one's own folder

    assert [key for key, _code in brought] == ["loto", "loto"]
    assert len({code for _key, code in brought}) == 2


def test_every_subject_that_plants_ask_for_is_there() -> None:
    assert {one.key for one in SAMPLES} >= {
        "posh", "posh-committee", "fire", "dpdp", "gmp", "loto", "gst", "infosec", "e-signature",
        "induction-employee", "induction-contractor", "induction-visitor",
    }  # fmt: skip
    assert all(date(2026, 11, 1) <= one.as_of for one in SAMPLES)
    assert all(one.rests_on and one.file.code and one.file.title for one in SAMPLES)
    assert len({one.file.code for one in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_a_sample_becomes_a_draft_without_a_remark(courses: Courses, sample: CourseSample) -> None:
    report = courses.check_folder(ACTOR, sample, NoProgress())
    assert report.findings == ()
    outline = courses.draft_of(ACTOR, courses.import_folder(ACTOR, report, NoProgress()))
    assert outline.description.startswith("Sample of ")
    assert "have it approved before use" in outline.description
    assert outline.descriptions["hi"] != outline.description


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_a_sample_speaks_both_languages_throughout(
    courses: Courses, site: Site, sample: CourseSample
) -> None:
    outline = courses.draft_of(ACTOR, begun(courses, sample))
    for lesson in outline.lessons:
        if lesson.kind in {"page", "document", "image"}:
            assert [one.language for one in lesson.variants] == ["en", "hi"], lesson.title
        assert lesson.titles.get("hi"), lesson.title
    (lesson,) = (one for one in outline.lessons if one.kind == QUIZ_KIND)
    asked, in_hindi = (questions_of(site, lesson, one) for one in ("en", "hi"))
    assert [asks(one) for one in in_hindi] == [asks(one) for one in asked] != []
    assert all(re.search("[\u0900-\u097f]", one.stem.source) for one in in_hindi)
    has_statement = any(one.kind == "acknowledgement" for one in outline.lessons)
    assert has_statement or sample.key in WITHOUT_STATEMENT


def test_what_only_the_plant_knows_is_asked_about_before_publishing(courses: Courses) -> None:
    sample = next(one for one in SAMPLES if one.key == "induction-visitor")
    warnings = courses.warnings(ACTOR, begun(courses, sample))
    assert [one.lesson for one in warnings] == ["Welcome at the gate"] * 2
    assert warnings[0].why == (
        "Still to be filled in: places for eating and smoking, place of the assembly point, "
        "emergency number."
    )


def test_a_sample_may_be_begun_twice(courses: Courses) -> None:
    sample = next(one for one in SAMPLES if one.key == "gst")
    codes = [courses.detail(ACTOR, begun(courses, sample)).code for _again in range(2)]
    assert codes == ["FIN-101", "FIN-101-2"]
