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
from app.core.assessments.formats import BANK_FORMATS, BankFormat, bank_format
from app.core.assessments.markup import plain_text, shown_html
from app.core.assessments.policy import StartDecision, StartReason, TimeLeft
from app.core.assessments.question_types import (
    QUESTION_TYPES,
    AnyQuestionType,
    MalformedQuestion,
    best_response,
    question_type,
)
from app.core.assessments.quiz_lessons import QUIZ_KIND, body_of, quiz_of
from app.core.assessments.quiz_source import QuizSource
from app.core.assessments.service import OnScored, Quizzes
from app.core.assessments.types import (
    AttemptScore,
    Body,
    Chosen,
    FeedbackPolicy,
    Filled,
    MediaKind,
    MediaRef,
    Ordered,
    Paired,
    Question,
    QuestionScore,
    Quiz,
    QuizSettings,
    Response,
    RichText,
    Section,
    SectionScore,
    Shortfall,
    TextFormat,
    Typed,
)

__all__ = [
    "BANK_FORMATS",
    "QUESTION_TYPES",
    "QUIZ_KIND",
    "AnyQuestionType",
    "AskedQuestion",
    "AttemptClosed",
    "AttemptInHand",
    "AttemptOutcome",
    "AttemptScore",
    "BankFormat",
    "Body",
    "Chosen",
    "FeedbackPolicy",
    "Filled",
    "MalformedQuestion",
    "MayNotStart",
    "MediaKind",
    "MediaRef",
    "OnScored",
    "Ordered",
    "Paired",
    "Question",
    "QuestionScore",
    "Quiz",
    "QuizSettings",
    "QuizSource",
    "Quizzes",
    "Response",
    "RichText",
    "ScoredAttempt",
    "Section",
    "SectionScore",
    "Shortfall",
    "StartDecision",
    "StartReason",
    "TextFormat",
    "TimeIsUp",
    "TimeLeft",
    "Typed",
    "bank_format",
    "best_response",
    "body_of",
    "plain_text",
    "question_type",
    "quiz_of",
    "reason_in_words",
    "shown_html",
]
