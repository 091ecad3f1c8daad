"""Assessments: questions, quizzes, attempts, scores."""

from app.core.assessments.attempts import (
    AskedQuestion,
    AttemptInHand,
    AttemptOutcome,
    ScoredAttempt,
)
from app.core.assessments.errors import (
    AttemptClosed,
    MayNotStart,
    TimeIsUp,
    reason_in_words,
)
from app.core.assessments.policy import StartDecision, StartReason, TimeLeft
from app.core.assessments.question_types import best_response
from app.core.assessments.quiz_lessons import QUIZ_KIND, body_of, quiz_of
from app.core.assessments.quiz_source import QuizSource
from app.core.assessments.service import OnScored, Quizzes

__all__ = [
    "QUIZ_KIND",
    "AskedQuestion",
    "AttemptClosed",
    "AttemptInHand",
    "AttemptOutcome",
    "MayNotStart",
    "OnScored",
    "QuizSource",
    "Quizzes",
    "ScoredAttempt",
    "StartDecision",
    "StartReason",
    "TimeIsUp",
    "TimeLeft",
    "best_response",
    "body_of",
    "quiz_of",
    "reason_in_words",
]
