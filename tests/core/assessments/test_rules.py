"""What keeps questions and quizzes from being used."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.core.assessments.rules import question_problems, quiz_problems
from app.core.assessments.types import NO_TEXT, Quiz, QuizSettings, Section
from tests.core.assessments.builders import a_question, one_of, option, question_id

POOL = tuple(question_id(i) for i in range(3))
QUESTIONS = {one: a_question() for one in POOL}
GOOD = Quiz(sections=(Section(pool=POOL, draw=2, minimum=Fraction(1, 2)),))


def test_a_good_quiz_has_no_problems() -> None:
    assert quiz_problems(GOOD, QUESTIONS) == ()
    assert question_problems(a_question()) == ()


@pytest.mark.parametrize(
    "settings",
    [
        QuizSettings(pass_mark=Fraction(0)),
        QuizSettings(pass_mark=Fraction(11, 10)),
        QuizSettings(time_limit_seconds=0),
        QuizSettings(max_attempts=0),
        QuizSettings(cool_off_seconds=(60, -1)),
        QuizSettings(grace_seconds=-1),
        QuizSettings(retrain_after_failures=0),
    ],
)
def test_settings_that_cannot_be(settings: QuizSettings) -> None:
    assert len(quiz_problems(replace(GOOD, settings=settings), QUESTIONS)) == 1


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        (Section(), "Section 1: It has no questions."),
        (Section(pool=POOL, draw=4), "Section 1: It draws 4 of 3 questions."),
        (Section(pool=POOL, draw=0), "Section 1: It draws 0 of 3 questions."),
        (Section(title="A", pool=(question_id(9),)), "Section A: A question of it is missing."),
        (Section(pool=(*POOL, POOL[0])), "A question stands in the quiz twice."),
        (Section(pool=POOL, minimum=Fraction(2)), "Section 1: Its minimum must lie above"),
    ],
)
def test_sections_that_cannot_be(section: Section, problem: str) -> None:
    found = quiz_problems(Quiz(sections=(section,)), QUESTIONS)
    assert len(found) == 1
    assert found[0].startswith(problem)


def test_a_quiz_names_the_questions_that_are_not_ready() -> None:
    unready = {**QUESTIONS, POOL[1]: replace(a_question(body=one_of(option("1"))), name="Valve")}
    found = quiz_problems(GOOD, unready)
    assert found == ("Section 1: These questions are not ready: Valve.",)


def test_a_question_needs_words_and_points() -> None:
    bare = replace(a_question(), stem=NO_TEXT, points=0)
    assert len(question_problems(bare)) == 2


def test_a_quiz_without_sections_has_a_problem() -> None:
    assert quiz_problems(Quiz(), {}) == ("The quiz has no section.",)
