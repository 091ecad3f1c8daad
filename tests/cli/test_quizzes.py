"""`quiz` on the command line: what it shows and gives, and what it refuses."""

import json
from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.cli.quizzes import NoOpenAttempt, QuizUnclear, commands
from app.core.assessments import GiftRefused, LeftOutAlready, QuizSettings
from app.core.assessments.models import QuestionRow
from app.core.base.actor import Actor, Capability, Grant
from app.core.courses import Outline
from app.core.journal import Site
from app.core.people import NewPerson, People
from app.core.reports import QuestionLooks
from tests.support.command_line import CommandLine
from tests.support.teaching import ACTOR, School, a_quiz_lesson, a_school, published

Run = Callable[..., str]


@pytest.fixture
def school(site: Site) -> School:
    """A site with courses and quizzes."""
    return a_school(site)


@pytest.fixture
def asha(school: School) -> Actor:
    """A learner with a number."""
    person = People(school.site).add(ACTOR, NewPerson(number="E-1", name="Asha Kulkarni"))
    learns = frozenset({Grant(capability=Capability.LEARN)})
    return Actor(account_id=None, person_id=person, name="Asha Kulkarni", grants=learns)


@pytest.fixture
def quiz(school: School, asha: Actor) -> UUID:
    """A quiz with one attempt and ten minutes, in a course she has begun."""
    settings = QuizSettings(max_attempts=1, time_limit_seconds=600)
    lesson = a_quiz_lesson(school.site, [True], settings)
    course = published(school.site, Outline(title="Lockout", lessons=(lesson,)))
    return school.learning.begin(asha, course).lessons[0].lesson_id


@pytest.fixture
def run(school: School) -> Run:
    """Run a command and return what it prints."""
    people = People(school.site)
    return CommandLine("quiz", commands, people=people, quizzes=school.quizzes).told


def test_one_more_attempt_is_given(run: Run, school: School, asha: Actor, quiz: UUID) -> None:
    attempt = school.quizzes.start(asha, quiz)
    school.quizzes.submit(asha, attempt.attempt_id)
    assert not school.quizzes.may_start(asha, quiz).allowed

    told = json.loads(run("attempt", "E-1", "lockout", "--reason", "Slow PC", as_json=True))

    (shown,) = told["quizzes"]
    assert (shown["state"], shown["attempts_left"]) == ("allowed", 1)
    assert [(one["what"], one["reason"]) for one in shown["given"]] == [("attempt", "Slow PC")]
    assert school.quizzes.may_start(asha, quiz).allowed
    assert "Slow PC" in run("show", "E-1")


def test_time_is_given_to_an_attempt_and_to_a_person(
    run: Run, school: School, asha: Actor, quiz: UUID
) -> None:
    school.quizzes.start(asha, quiz)

    run("extend", "E-1", str(quiz), "--minutes", "5", "--reason", "Fire drill")
    told = json.loads(run("time", "E-1", "--percent", "25", "--reason", "Dyslexia", as_json=True))

    assert told["extra_time"] == {"percent": 25, "seconds": 0}
    open_attempt = school.quizzes.open_attempt(asha, quiz)
    assert open_attempt is not None
    assert open_attempt.time_left is not None
    assert open_attempt.time_left.left.total_seconds() == 600 + 300 + 150
    assert "Extra time: none" in run("time", "E-1", "--none", "--reason", "Over")


def test_what_cannot_be_is_refused(run: Run, school: School, asha: Actor, quiz: UUID) -> None:
    with pytest.raises(QuizUnclear):
        run("attempt", "E-1", "lockout", "--reason", "Not tried yet")
    attempt = school.quizzes.start(asha, quiz)
    with pytest.raises(GiftRefused):
        run("lift", "E-1", "lockout", "--reason", "Nobody waits")
    school.quizzes.submit(asha, attempt.attempt_id)
    with pytest.raises(NoOpenAttempt):
        run("extend", "E-1", "lockout", "--minutes", "5", "--reason", "Too late")


def test_that_a_question_be_left_out_is_tried_dry_and_asked_for(
    school: School, asha: Actor, quiz: UUID
) -> None:
    attempt = school.quizzes.start(asha, quiz)
    school.quizzes.submit(asha, attempt.attempt_id)
    with school.site.read() as session:
        question = str(session.scalars(sa.select(QuestionRow.id)).one())
    looks = QuestionLooks(school.site, school.quizzes)
    line = CommandLine("quiz", commands, quizzes=school.quizzes, question_looks=looks)
    asked = ("rescore", "--question", question, "--reason", "The key is wrong")

    told = json.loads(line.told(*asked, "--dry-run", as_json=True))
    assert (told["passing"], told["waiting"]) == ([], None)  # nothing else was asked
    told = json.loads(line.told(*asked, as_json=True))

    assert told["waiting"]
    with pytest.raises(LeftOutAlready):
        line.told(*asked)
