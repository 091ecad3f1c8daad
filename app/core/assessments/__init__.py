"""Assessments: questions, quizzes, attempts, scores."""

from app.core.assessments.attempts import (
    AskedQuestion,
    AttemptInHand,
    AttemptOutcome,
    PoolQuestion,
    ScoredAttempt,
)
from app.core.assessments.bank_errors import (
    BankInvalid,
    FormatUnknown,
    NothingToImport,
    QuestionChanged,
)
from app.core.assessments.bank_files import PICTURES, SOUNDS, MediaRefused
from app.core.assessments.bank_types import (
    BankEntry,
    BankReport,
    BankSummary,
    EntryState,
    QuizBank,
)
from app.core.assessments.banks import QuestionBanks
from app.core.assessments.errors import (
    AttemptClosed,
    MayNotStart,
    TimeIsUp,
    reason_in_words,
)
from app.core.assessments.formats import (
    BANK_FORMATS,
    EXPORT_FORMATS,
    BankExport,
    BankFormat,
    ExportFormat,
    Problem,
    export_format,
)
from app.core.assessments.markup import MEDIA_SCHEME, kind_of, plain_text, shown_html
from app.core.assessments.policy import StartDecision, StartReason, TimeLeft
from app.core.assessments.question_checks import FieldProblem, field_problems
from app.core.assessments.question_types import (
    QUESTION_TYPES,
    AnyQuestionType,
    MalformedQuestion,
    best_response,
    question_type,
)
from app.core.assessments.question_types.choice_many import ChoiceCredit, ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.gaps import GAP, Gap, GapsBody
from app.core.assessments.question_types.matching import MatchAnswer, MatchingBody, MatchPrompt
from app.core.assessments.question_types.numbers import DecimalMark, read_number, written
from app.core.assessments.question_types.numeric import (
    AcceptedNumber,
    NumberNear,
    NumberRange,
    NumericBody,
)
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.ordering import OrderingBody, OrderItem
from app.core.assessments.question_types.short_text import AcceptedText, ShortTextBody
from app.core.assessments.question_types.true_false import FALSE, TRUE, TrueFalseBody
from app.core.assessments.quiz_lessons import QUIZ_KIND, body_of, quiz_of
from app.core.assessments.quiz_source import QuizSource
from app.core.assessments.service import OnScored, Quizzes
from app.core.assessments.translations import (
    in_language,
    translated_texts,
    with_translation,
)
from app.core.assessments.types import (
    NO_TEXT,
    AttemptScore,
    Body,
    Chosen,
    Credit,
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
    Translation,
    Typed,
    plain,
)

__all__ = [
    "BANK_FORMATS",
    "EXPORT_FORMATS",
    "FALSE",
    "GAP",
    "MEDIA_SCHEME",
    "NO_TEXT",
    "PICTURES",
    "QUESTION_TYPES",
    "QUIZ_KIND",
    "SOUNDS",
    "TRUE",
    "AcceptedNumber",
    "AcceptedText",
    "AnyQuestionType",
    "AskedQuestion",
    "AttemptClosed",
    "AttemptInHand",
    "AttemptOutcome",
    "AttemptScore",
    "BankEntry",
    "BankExport",
    "BankFormat",
    "BankInvalid",
    "BankReport",
    "BankSummary",
    "Body",
    "ChoiceCredit",
    "ChoiceManyBody",
    "ChoiceOneBody",
    "Chosen",
    "Credit",
    "DecimalMark",
    "EntryState",
    "ExportFormat",
    "FeedbackPolicy",
    "FieldProblem",
    "Filled",
    "FormatUnknown",
    "Gap",
    "GapsBody",
    "MalformedQuestion",
    "MatchAnswer",
    "MatchPrompt",
    "MatchingBody",
    "MayNotStart",
    "MediaKind",
    "MediaRef",
    "MediaRefused",
    "NothingToImport",
    "NumberNear",
    "NumberRange",
    "NumericBody",
    "OnScored",
    "Option",
    "OrderItem",
    "Ordered",
    "OrderingBody",
    "Paired",
    "PoolQuestion",
    "Problem",
    "Question",
    "QuestionBanks",
    "QuestionChanged",
    "QuestionScore",
    "Quiz",
    "QuizBank",
    "QuizSettings",
    "QuizSource",
    "Quizzes",
    "Response",
    "RichText",
    "ScoredAttempt",
    "Section",
    "SectionScore",
    "ShortTextBody",
    "Shortfall",
    "StartDecision",
    "StartReason",
    "TextFormat",
    "TimeIsUp",
    "TimeLeft",
    "Translation",
    "TrueFalseBody",
    "Typed",
    "best_response",
    "body_of",
    "export_format",
    "field_problems",
    "in_language",
    "kind_of",
    "plain",
    "plain_text",
    "question_type",
    "quiz_of",
    "read_number",
    "reason_in_words",
    "shown_html",
    "translated_texts",
    "with_translation",
    "written",
]
