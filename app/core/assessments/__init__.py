"""Assessments: questions, quizzes, attempts, scores."""

from app.core.assessments.attempts import (
    AskedQuestion,
    AttemptInHand,
    AttemptOutcome,
    PoolQuestion,
    ScoredAttempt,
)
from app.core.assessments.errors import (
    AttemptClosed,
    GiftRefused,
    MayNotStart,
    NotForOneself,
    ReasonMissing,
    TimeIsUp,
    TimeRefused,
    reason_in_words,
    state_in_words,
)
from app.core.assessments.formats import BANK_FORMATS, BankFormat, bank_format
from app.core.assessments.markup import plain_text, shown_html
from app.core.assessments.policy import ExtraTime, StartDecision, StartReason, TimeLeft
from app.core.assessments.question_types import (
    QUESTION_TYPES,
    AnyQuestionType,
    MalformedQuestion,
    best_response,
    question_type,
)
from app.core.assessments.question_types.choice_many import ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.gaps import GAP, Gap, GapsBody
from app.core.assessments.question_types.matching import MatchAnswer, MatchingBody, MatchPrompt
from app.core.assessments.question_types.numbers import DecimalMark
from app.core.assessments.question_types.numeric import NumericBody
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.ordering import OrderingBody, OrderItem
from app.core.assessments.question_types.short_text import ShortTextBody
from app.core.assessments.question_types.true_false import FALSE, TRUE, TrueFalseBody
from app.core.assessments.quiz_lessons import QUIZ_KIND, body_of, quiz_of
from app.core.assessments.quiz_source import QuizSource
from app.core.assessments.service import OnScored, Quizzes
from app.core.assessments.supervised import Gift, GiftKind, SupervisedPerson, SupervisedQuiz
from app.core.assessments.supervision import (
    LONGEST_EXTENSION_SECONDS,
    MOST_PERCENT,
    Supervision,
)
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
    plain,
)

__all__ = [
    "BANK_FORMATS",
    "FALSE",
    "GAP",
    "LONGEST_EXTENSION_SECONDS",
    "MOST_PERCENT",
    "QUESTION_TYPES",
    "QUIZ_KIND",
    "TRUE",
    "AnyQuestionType",
    "AskedQuestion",
    "AttemptClosed",
    "AttemptInHand",
    "AttemptOutcome",
    "AttemptScore",
    "BankFormat",
    "Body",
    "ChoiceManyBody",
    "ChoiceOneBody",
    "Chosen",
    "DecimalMark",
    "ExtraTime",
    "FeedbackPolicy",
    "Filled",
    "Gap",
    "GapsBody",
    "Gift",
    "GiftKind",
    "GiftRefused",
    "MalformedQuestion",
    "MatchAnswer",
    "MatchPrompt",
    "MatchingBody",
    "MayNotStart",
    "MediaKind",
    "MediaRef",
    "NotForOneself",
    "NumericBody",
    "OnScored",
    "Option",
    "OrderItem",
    "Ordered",
    "OrderingBody",
    "Paired",
    "PoolQuestion",
    "Question",
    "QuestionScore",
    "Quiz",
    "QuizSettings",
    "QuizSource",
    "Quizzes",
    "ReasonMissing",
    "Response",
    "RichText",
    "ScoredAttempt",
    "Section",
    "SectionScore",
    "ShortTextBody",
    "Shortfall",
    "StartDecision",
    "StartReason",
    "SupervisedPerson",
    "SupervisedQuiz",
    "Supervision",
    "TextFormat",
    "TimeIsUp",
    "TimeLeft",
    "TimeRefused",
    "TrueFalseBody",
    "Typed",
    "bank_format",
    "best_response",
    "body_of",
    "plain",
    "plain_text",
    "question_type",
    "quiz_of",
    "reason_in_words",
    "shown_html",
    "state_in_words",
]
