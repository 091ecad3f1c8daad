"""What a result says: passed or not yet, why, what next, and a review where the quiz allows one."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.approvals import Step, steps_of
from app.core.approvals.models import ApprovalStepRow
from app.core.assessments import best_response, refresh_anew
from app.core.assessments.models import QuestionVersionRow
from app.core.assessments.types import Chosen, FeedbackPolicy, QuizSettings
from app.core.base.actor import Actor, system_actor
from app.core.journal import Site
from app.ui.assessments.result_screen import ResultScreen
from app.ui.kit.buttons import Button
from app.ui.kit.charts.bars import BarList
from app.ui.kit.chips import StatusChip
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from tests.support.accessibility import nameless, unreachable
from tests.support.clock import TurnedClock
from tests.ui.assessments.conftest import QuizDesk
from tests.ui.assessments.quizzes import BODIES, Course, QuizServices, a_course, a_question

OpenResult = Callable[..., ResultScreen]


def words_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(PlainLabel) if label.isVisible()]
    chips = [chip.text() for chip in widget.findChildren(StatusChip) if chip.isVisible()]
    return " | ".join(labels + chips)


def buttons_of(screen: ResultScreen) -> list[str]:
    return [b.text() for b in screen.findChildren(Button) if b.isVisible() and b.text()]


def take(services: QuizServices, asha: Actor, course: Course, wrong: int = 0) -> UUID:
    """Hand in an attempt whose first `wrong` questions are answered wrong."""
    attempt = services.quizzes.start(asha, course.lesson_id)
    for place, asked in enumerate(attempt.questions):
        response = best_response(asked.question)
        assert response is not None
        if place < wrong:
            response = Chosen(keys=("a",))
        services.quizzes.answer(asha, attempt.attempt_id, asked.question_id, response)
    services.quizzes.submit(asha, attempt.attempt_id)
    return attempt.attempt_id


def a_quiz(services: QuizServices, asha: Actor, **settings: object) -> Course:
    course = a_course(
        services,
        [
            (
                "Isolation",
                [a_question("choice_one", critical=True), a_question("choice_one")],
                Fraction(3, 4),
            ),
            ("Return to work", [a_question("true_false"), a_question("numeric")], None),
        ],
        QuizSettings(shuffle_questions=False, **settings),  # type: ignore[arg-type]  # test convenience
    )
    services.learning.begin(asha, course.course_id)
    return course


def test_a_pass_leads_on_to_course_and_certificate(
    services: QuizServices, asha: Actor, open_result: OpenResult, desk: QuizDesk
) -> None:
    course = a_quiz(services, asha)
    screen = open_result(attempt_id=take(services, asha, course), course_id=course.course_id)
    words = words_of(screen)
    assert "Passed" in words
    assert "Needs 80%" in words
    assert "Points: 4 of 4" in words
    assert "What is missing" not in words
    assert buttons_of(screen) == ["Continue", "Certificate", "Review answers"]
    assert screen.primary is not None
    screen.primary.click()
    next(b for b in screen.findChildren(Button) if b.text() == "Certificate").click()
    assert desk.opened == [("player", {"course_id": course.course_id}), ("certificates", {})]


def test_a_fail_says_what_is_missing_and_lets_try_again(
    services: QuizServices, asha: Actor, open_result: OpenResult, desk: QuizDesk
) -> None:
    course = a_quiz(services, asha, max_attempts=3)
    screen = open_result(attempt_id=take(services, asha, course, 1), course_id=course.course_id)
    words = words_of(screen)
    for expected in (
        "Not yet",
        "75% reached, 80% needed.",
        "Section below its minimum: Isolation",
        "50% reached, 75% needed.",
        "1 question that must be right was not. Question 1.",
        "2 attempts left",
    ):
        assert expected in words
    assert buttons_of(screen)[0] == "Try again"
    assert screen.primary is not None
    screen.primary.click()
    args = {"course_id": course.course_id, "lesson_id": course.lesson_id}
    assert desk.opened == [("quiz", args)]


def leave_out(services: QuizServices, site: Site, version: UUID) -> None:
    """Let a question be left out of results, as approved on another PC."""
    with site.read() as session:
        question = session.get_one(QuestionVersionRow, version).question_id
    subject = services.quizzes.rescoring.propose(system_actor(), question, "The key is wrong")
    with site.transaction(system_actor(), "rescore.approve") as unit:
        (sent,) = steps_of(unit, subject)
        approval = ApprovalStepRow(
            subject_kind=subject.kind,
            subject_id=subject.id,
            step=Step.APPROVED,
            answers=sent.id,
            at=sent.at,
            authors=[],
            effective_on=sent.at.date(),
            sha256=sent.sha256,
        )
        unit.add(approval)
        unit.flush()
        refresh_anew(unit, {subject.kind: {subject.id}})


def test_what_counts_instead_is_told_beside_the_score_of_before(
    services: QuizServices, site: Site, asha: Actor, open_result: OpenResult
) -> None:
    course = a_quiz(services, asha)
    attempt = take(services, asha, course, 1)
    outcome = services.quizzes.outcome(asha, attempt)
    leave_out(services, site, outcome.questions[0].question_id)

    words = words_of(open_result(attempt_id=attempt, course_id=course.course_id))

    for expected in ("Passed", "Points: 3 of 3", "Another score counts"):
        assert expected in words
    assert "The key is wrong. Before: 75%, Not yet." in words
    assert "What is missing" not in words


def test_sections_are_told_side_by_side(
    services: QuizServices, asha: Actor, open_result: OpenResult
) -> None:
    course = a_quiz(services, asha)
    screen = open_result(attempt_id=take(services, asha, course, 1), course_id=course.course_id)
    (bars,) = screen.findChildren(BarList)
    assert [(one.label, one.text) for one in bars.points()] == [
        ("Isolation", "50%, needs 75%"),
        ("Return to work", "100%"),
    ]


def test_a_waiting_time_is_told_and_ends(
    services: QuizServices, asha: Actor, open_result: OpenResult, clock: TurnedClock
) -> None:
    course = a_quiz(services, asha, cool_off_seconds=(3600,))
    attempt_id = take(services, asha, course, 2)
    screen = open_result(attempt_id=attempt_id, course_id=course.course_id)
    assert "The next attempt opens on 23 Nov 2026, 11:42." in words_of(screen)
    assert "Try again" not in buttons_of(screen)
    clock.turn(timedelta(hours=1))
    later = open_result(attempt_id=attempt_id, course_id=course.course_id)
    assert "Try again" in buttons_of(later)


def test_used_up_attempts_send_to_the_supervisor(
    services: QuizServices, asha: Actor, open_result: OpenResult
) -> None:
    course = a_quiz(services, asha, max_attempts=1)
    screen = open_result(attempt_id=take(services, asha, course, 2), course_id=course.course_id)
    assert "All attempts are used. Speak to your supervisor." in words_of(screen)
    assert buttons_of(screen)[0] == "Continue"


def test_a_review_shows_every_question_and_can_leave_out_the_right_ones(
    services: QuizServices, asha: Actor, open_result: OpenResult, qtbot: QtBot
) -> None:
    questions = [a_question(key) for key in BODIES]
    course = a_course(services, [("", questions, None)], QuizSettings(shuffle_questions=False))
    services.learning.begin(asha, course.course_id)
    screen = open_result(attempt_id=take(services, asha, course, 1), course_id=course.course_id)
    assert screen.review_button is not None
    screen.review_button.click()
    review = screen.review
    assert review is not None
    qtbot.waitUntil(lambda: len(review.cards) == len(questions))
    qtbot.waitUntil(lambda: review.isAncestorOf(QApplication.focusWidget()))
    assert review.mapTo(screen, QPoint(0, 0)).y() < 40, "the review has come into view"
    verdicts = [card.verdict.text() for card in review.cards]
    assert verdicts == ["Wrong", *["Right"] * (len(questions) - 1)]
    review.tabs.choose("wrong")
    review.tabs.chosen.emit("wrong")
    assert [card.isVisible() for card in review.cards] == [True, *[False] * (len(questions) - 1)]
    assert nameless(screen) == []
    assert unreachable(screen) == []


@pytest.mark.parametrize(
    ("policy", "wrong", "may_review"),
    [
        (FeedbackPolicy.NONE, 0, False),
        (FeedbackPolicy.AFTER_PASS, 0, True),
        (FeedbackPolicy.AFTER_PASS, 2, False),
        (FeedbackPolicy.AFTER_ATTEMPT, 2, True),
    ],
)
def test_the_quiz_decides_whether_answers_are_reviewed(
    services: QuizServices,
    asha: Actor,
    open_result: OpenResult,
    jobs: JobRunner,
    policy: FeedbackPolicy,
    wrong: int,
    may_review: bool,
) -> None:
    course = a_quiz(services, asha, feedback=policy)
    screen = open_result(attempt_id=take(services, asha, course, wrong), course_id=course.course_id)
    assert ("Review answers" in buttons_of(screen)) is may_review


def test_every_control_of_a_result_has_a_name(
    services: QuizServices, asha: Actor, open_result: OpenResult
) -> None:
    course = a_quiz(services, asha)
    screen = open_result(attempt_id=take(services, asha, course, 1), course_id=course.course_id)
    assert nameless(screen) == []
    assert unreachable(screen) == []
