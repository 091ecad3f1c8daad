"""What the samples leave open: named once, asked for once, put wherever it stands, and never somebody else's."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.assessments import QUIZ_KIND, Question, QuizSource, Quizzes
from app.core.assessments.quiz_lessons import AskedQuestions, quiz_of
from app.core.base.actor import system_actor
from app.core.base.progress import NoProgress
from app.core.base.resources import resource
from app.core.content import AssetStore, searchable_text
from app.core.courses import (
    LESSON_SOURCES,
    Courses,
    CourseSample,
    LessonPlan,
    NotConfirmed,
    Outline,
    PlaceRefused,
    PlacesLeft,
    Releases,
    course_samples,
    sample_places,
)
from app.core.journal import Site
from tests.support.clock import TurnedClock

ACTOR = system_actor()
SAMPLES = course_samples()
WRITTEN = (".md", ".gift", ".toml", ".vtt", ".svg", ".json")
BRACKETS = re.compile(r"\[([^\[\]\n]{2,90})\](?!\()")
OF_A_FORMAT = re.compile(r'tag:|lessons\."|"[a-z]{2}"|completion$|quiz$|acknowledgement$')
SOMEBODY = re.compile(
    r"sahyadri|सह्याद्री|\bpune\b|पुणे|[\w.]+@\w+\.\w+"
    r"|(?:extension|ext\.|एक्सटेंशन)\W{0,4}\d"
    r"|\b(?:SOP|POL|QF|WI)-[A-Z0-9-]*\d|\bEHS-[A-Z]\d|column [A-Z]\d|\bline \d",
    re.IGNORECASE,
)
NASTY = 'Gate *1* = "A" | ~x {y} #z: [w] \\'


@pytest.fixture
def courses(site: Site, assets: AssetStore, clock: TurnedClock) -> Courses:
    made = Courses(site, assets, (*LESSON_SOURCES, QuizSource(clock)))
    quizzes = Quizzes(site, Releases())
    made.publish_checks.append(quizzes.problems_of)
    made.publish_warnings += [PlacesLeft(assets).warnings_of, quizzes.warnings_of]
    made.beginning.organisation = lambda: "Deepa Polymers"
    return made


def named(sample: CourseSample) -> str:
    return sample.key


def sample(key: str) -> CourseSample:
    return next(one for one in SAMPLES if one.key == key)


def files_of(one: CourseSample) -> Iterator[Path]:
    along = (one.practical, one.drill, one.rule)
    yield from (file for file in one.path.rglob("*") if file.suffix in WRITTEN)
    yield from (file for file in along if file is not None)


def every_value(one: CourseSample) -> dict[str, str]:
    return {key: f"<{key}>" for place in one.places for key in place.keys().values()}


def begun(courses: Courses, one: CourseSample, values: dict[str, str]) -> Outline:
    course_id = courses.beginning.begin(ACTOR, one, values, NoProgress())
    return courses.draft_of(ACTOR, course_id)


def texts_of(site: Site, assets: AssetStore, lesson: LessonPlan) -> dict[str, str]:
    """Return what the files of a lesson say, by language."""
    with site.read() as session:
        stored = assets.stored(session, [one.asset for one in lesson.variants])
    return {
        one.language: " ".join(
            found.text
            for found in searchable_text(assets.path(one.asset), stored[one.asset].media_type)
        )
        for one in lesson.variants
    }


def questions_of(site: Site, lesson: LessonPlan, language: str) -> list[Question]:
    with site.read() as session:
        asked = AskedQuestions().of_quiz(session, quiz_of(lesson, language), language)
    return list(asked.values())


def said(site: Site, assets: AssetStore, outline: Outline) -> str:
    """Return all that a course says, in every language: titles, pages, papers, statements, questions."""
    texts = [str(outline)]
    for lesson in outline.lessons:
        texts += texts_of(site, assets, lesson).values()
        if lesson.kind == QUIZ_KIND:
            for language in ("en", "hi"):
                texts += map(str, questions_of(site, lesson, language))
    return "".join("".join(texts).split())  # sheets break lines where they like


@pytest.mark.parametrize("one", SAMPLES, ids=named)
def test_no_sample_names_a_company_a_number_or_a_person(one: CourseSample) -> None:
    with resource("demo", "people.csv").open(encoding="utf-8") as file:
        people = [row[kind] for row in csv.DictReader(file) for kind in ("name", "name_local")]
    for file in files_of(one):
        text = file.read_text("utf-8")
        assert not (found := SOMEBODY.search(text)), f"{file.name}: {found}"
        assert not [name for name in people if name in text], file.name


@pytest.mark.parametrize("one", SAMPLES, ids=named)
def test_everything_that_is_said_or_shown_has_a_twin_in_hindi(one: CourseSample) -> None:
    suffixes = (".md", ".gift", ".svg", ".png")
    shown = [file for file in one.path.rglob("*") if file.suffix in suffixes]
    english = {file for file in shown if not file.stem.endswith(".hi")}
    twins = {file.with_suffix(f".hi{file.suffix}") for file in english}
    assert english
    assert set(shown) == english | twins
    captions = {file.name for file in one.path.rglob("*.vtt")}
    assert {name.replace(".en.", ".hi.") for name in captions} <= captions
    assert not list(one.path.rglob("*.pdf"))  # what cannot be filled in


@pytest.mark.parametrize("one", SAMPLES, ids=named)
def test_each_bracket_is_a_place_and_stands_in_both_languages(one: CourseSample) -> None:
    keys = {words: place.key for place in sample_places() for words in place.words.values()}
    found: dict[Path, list[str]] = {}
    for file in one.path.rglob("*"):
        if file.suffix in {".md", ".gift", ".toml"}:
            brackets = BRACKETS.findall(file.read_text("utf-8"))
            found[file] = sorted(keys[b] for b in brackets if not OF_A_FORMAT.match(b))
    for file, places in found.items():
        twin = file.with_suffix(f".hi{file.suffix}")
        assert found.get(twin, places) == places, file.name


def test_every_place_is_left_open_by_a_sample_and_told_apart() -> None:
    used = {place.key for one in SAMPLES for place in one.places}
    assert used == {place.key for place in sample_places()}
    words = [text for place in sample_places() for text in place.words.values()]
    assert len(set(words)) == len(words)
    assert all(set(place.words) == {"en", "hi"} for place in sample_places())
    assert all(
        set(p.suggested) == {"en", "hi"} for p in sample_places() if p.suggested and p.is_worded
    )


@pytest.mark.parametrize("one", SAMPLES, ids=named)
def test_what_is_filled_in_stands_wherever_it_is_used(
    courses: Courses, site: Site, assets: AssetStore, one: CourseSample
) -> None:
    values = every_value(one)
    outline = begun(courses, one, values)
    with site.read() as session:
        left = [
            warning for check in courses.publish_warnings for warning in check(session, outline)
        ]
    assert left == []
    text = said(site, assets, outline)
    assert [value for value in values.values() if value not in text] == []


def test_signs_of_the_formats_stay_what_was_typed(
    courses: Courses, site: Site, assets: AssetStore
) -> None:
    outline = begun(courses, sample("infosec"), {"it_number": NASTY, "document_number": NASTY})
    lessons = {lesson.kind: lesson for lesson in reversed(outline.lessons)}
    for kind in ("page", "document"):
        for text in texts_of(site, assets, lessons[kind]).values():
            assert "".join(NASTY.split()) in "".join(text.split())
    asked = {one.name.split()[0]: one for one in questions_of(site, lessons["quiz"], "hi")}
    assert len(asked) == 11
    assert [one.pattern for one in asked["SEC-11"].body.accepted] == [NASTY]

    outline = begun(courses, sample("loto"), {"document_number": NASTY})
    (statement,) = (one for one in outline.lessons if one.kind == "acknowledgement")
    assert all(NASTY in text for text in statement.body["statements"].values())


def test_what_is_left_open_is_asked_about_wherever_it_stands(courses: Courses) -> None:
    course_id = courses.beginning.begin(ACTOR, sample("infosec"), {}, NoProgress())
    warnings = courses.warnings(ACTOR, course_id)
    asked = {(one.lesson, one.file) for one in warnings}
    assert asked == {
        ("Why a factory cares", "Why a factory cares"),
        ("Why a factory cares", "कारखाने को क्यों फ़र्क पड़ता है"),
        ("PIN, screen, phone, photo", "PIN, screen, phone, photo"),
        ("PIN, screen, phone, photo", "PIN, स्क्रीन, फ़ोन, फ़ोटो"),
        ("Procedure: removable media", "Removable media"),
        ("Procedure: removable media", "पेन ड्राइव और दूसरे मीडिया"),
        ("Final quiz", "Final quiz"),
        ("Final quiz", "अंतिम प्रश्नोत्तरी"),
    }
    with pytest.raises(NotConfirmed, match="8 texts have places to be filled in"):
        courses.publish(ACTOR, course_id)
    published = courses.publish(ACTOR, course_id, "", warnings)
    confirmed = courses.detail(ACTOR, course_id).versions[0].confirmed
    assert (published.number, len(confirmed)) == (1, 8)


def test_a_statement_with_a_place_is_asked_about(courses: Courses) -> None:
    one = sample("posh")
    values = {**every_value(one), "document_number": "", "document_number_hi": ""}
    course_id = courses.beginning.begin(ACTOR, one, values, NoProgress())
    outline = courses.draft_of(ACTOR, course_id)
    (statement,) = (lesson for lesson in outline.lessons if lesson.kind == "acknowledgement")
    warned = {one.lesson: one.why for one in courses.warnings(ACTOR, course_id)}
    assert "document number" in warned[statement.title]


def test_one_value_serves_where_a_language_has_none_of_its_own(
    courses: Courses, site: Site, assets: AssetStore
) -> None:
    one = sample("induction-visitor")
    outline = begun(courses, one, {"assembly_point": "Gate 4", "eating_places_hi": "कैंटीन"})
    text = said(site, assets, outline)
    assert text.count("Gate4") == 2
    assert "कैंटीन" in text
    assert "[placesforeatingandsmoking]" in text


def test_the_site_knows_what_it_is_called(courses: Courses) -> None:
    known = courses.beginning.known(ACTOR, sample("loto"))
    assert known == {"organisation": "Deepa Polymers", "organisation_hi": "Deepa Polymers"}
    assert courses.beginning.known(ACTOR, sample("gst")) == {}


@pytest.mark.parametrize(
    ("values", "why"),
    [({"nothing": "x"}, "No sample leaves “nothing” open"), ({"revision": "x" * 201}, "too long")],
)
def test_what_cannot_stand_there_is_refused(
    courses: Courses, values: dict[str, str], why: str
) -> None:
    with pytest.raises(PlaceRefused, match=why):
        courses.beginning.begin(ACTOR, sample("loto"), values, NoProgress())


def test_a_shipped_sample_is_never_written_into(courses: Courses) -> None:
    one = sample("fire")
    before = {file: file.read_bytes() for file in one.path.rglob("*") if file.is_file()}
    begun(courses, one, every_value(one))
    assert {file: file.read_bytes() for file in one.path.rglob("*") if file.is_file()} == before
    report = courses.check_folder(ACTOR, one, NoProgress())
    assert report.findings == ()
