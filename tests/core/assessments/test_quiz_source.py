"""A GIFT file in a course folder becomes a quiz, in each language it is there."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.core.assessments import QuestionBanks, QuizSource, body_of, quiz_of
from app.core.base.actor import system_actor
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.content import AssetStore
from app.core.courses import LESSON_SOURCES, Courses, ImportBlocked, Outline
from app.core.journal import Journal, Site
from tests.support.sites import STATION
from tests.support.teaching import School, a_learner, a_school

ACTOR = system_actor()
ENGLISH = (
    "::Q1:: The lock stays on. {T}\n\n::Q2:: Keys are shared. {F}\n\n::Q3:: Verify zero energy. {T}"
)
HINDI = "::Q1:: ताला लगा रहता है। {T}\n\n::Q2:: चाबी बाँटी जाती है। {F}"
SETTINGS = """
title = "Locks"
pass_mark = 60
[quiz]
attempts = 2
time_limit_minutes = 10
shuffle = false
draw = 2
"""


@pytest.fixture
def school(site: Site) -> School:
    return a_school(site)


@pytest.fixture
def courses(site: Site, school: School, tmp_path: Path) -> Courses:
    assets = AssetStore(tmp_path / "assets", site.clock)
    courses = Courses(site, assets, (*LESSON_SOURCES, QuizSource(site.clock)))
    courses.publish_checks.append(school.quizzes.problems_of)
    return courses


def imported(courses: Courses, folder: Path, **files: str) -> Outline:
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    course_id = courses.import_folder(ACTOR, folder, NoProgress())
    return courses.publish(ACTOR, course_id).outline


def test_the_settings_of_the_course_file_are_the_quizs(courses: Courses, tmp_path: Path) -> None:
    outline = imported(
        courses, tmp_path / "course", **{"90-quiz__gift": ENGLISH, "course__toml": SETTINGS}
    )

    quiz = quiz_of(outline.lessons[0])

    assert quiz.settings.pass_mark * 100 == 60
    assert (quiz.settings.max_attempts, quiz.settings.time_limit_seconds) == (2, 600)
    assert not quiz.settings.shuffle_questions
    assert quiz.sections[0].draw == 2


def test_what_is_no_setting_is_reported_and_harms_nothing(courses: Courses, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "quiz.gift").write_text(ENGLISH)
    (folder / "course.toml").write_text('title = "L"\n[quiz]\nattempts = "many"\nmagic = true\n')

    report = courses.check_folder(ACTOR, folder, NoProgress())

    said = " ".join(finding.text for finding in report.findings)
    assert "attempts" in said
    assert "magic" in said
    assert report.can_import


def test_questions_with_faults_stay_out_only_when_somebody_says_so(
    courses: Courses, tmp_path: Path
) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "quiz.gift").write_text("::ok:: 1+1 {=2 ~3}\n\n::bad:: none {~1 ~2}\n")

    with pytest.raises(ImportBlocked, match=r"quiz\.gift:3: bad: No option is marked as right"):
        courses.import_folder(ACTOR, folder, NoProgress())
    with pytest.raises(ImportBlocked) as blocked:
        courses.lessons_from_file(ACTOR, folder / "quiz.gift", NoProgress())

    (lesson,) = courses.lessons_from_file(ACTOR, blocked.value.report, NoProgress())
    assert lesson.kind == "quiz"
    report = courses.check_folder(ACTOR, folder, NoProgress())
    assert report.can_import
    assert courses.import_folder(ACTOR, report, NoProgress())


def test_each_language_of_a_quiz_asks_its_own_questions(
    courses: Courses, school: School, site: Site, tmp_path: Path
) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "90-quiz.gift").write_text(ENGLISH)
    (folder / "90-quiz.hi.gift").write_text(HINDI, encoding="utf-8")
    course_id = courses.import_folder(ACTOR, folder, NoProgress())
    courses.publish(ACTOR, course_id)
    asha = a_learner(site)
    lesson = school.learning.begin(asha, course_id).lessons[0].lesson_id

    attempt = school.quizzes.start(asha, lesson, language="hi")

    assert len(attempt.questions) == 2
    assert any("ताला" in asked.question.stem.source for asked in attempt.questions)
    assert Journal(site, STATION).verify(ACTOR).ok


def test_the_rules_of_a_quiz_are_one_in_all_its_languages(courses: Courses, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "90-quiz.gift").write_text(ENGLISH)
    (folder / "90-quiz.hi.gift").write_text(HINDI, encoding="utf-8")
    course_id = courses.import_folder(ACTOR, folder, NoProgress())
    plan = courses.draft_of(ACTOR, course_id).lessons[0]
    main = quiz_of(plan)
    strict = replace(main, settings=replace(main.settings, pass_mark=Fraction(1)))

    edited = replace(plan, body={**plan.body, **body_of(strict)})

    assert quiz_of(edited, "hi").settings.pass_mark == 1
    assert quiz_of(edited, "hi").sections[0].pool != quiz_of(edited).sections[0].pool


def test_a_bank_is_called_after_its_course(courses: Courses, site: Site, tmp_path: Path) -> None:
    imported(courses, tmp_path / "course", **{"90-quiz__gift": ENGLISH, "course__toml": SETTINGS})
    imported(courses, tmp_path / "Fire drill", **{"90-quiz__gift": ENGLISH})

    banks = QuestionBanks(site, AssetStore(tmp_path / "assets", site.clock))
    titles = [bank.title for bank in banks.list(ACTOR, PageRequest()).rows]
    assert sorted(titles) == ["Fire drill: Quiz", "Locks: Quiz"]


def test_the_banks_of_a_quiz_in_two_languages_say_which_is_which(
    courses: Courses, site: Site, tmp_path: Path
) -> None:
    both = {"90-quiz__gift": ENGLISH, "90-quiz__hi__gift": HINDI}
    imported(courses, tmp_path / "Locks", **both)

    banks = QuestionBanks(site, AssetStore(tmp_path / "assets", site.clock))
    rows = banks.list(ACTOR, PageRequest()).rows
    assert sorted(one.title for one in rows) == ["Locks: Quiz (English)", "Locks: Quiz (हिन्दी)"]
    assert {one.code for one in rows} == {one.title for one in rows}
