"""Assessments: questions, quizzes, attempts, scores."""

from app.core.assessments.advising import advice
from app.core.assessments.anew import (
    ANEW_SOURCES,
    RESCORE,
    rebuild_anew,
    refresh_anew,
    scored_anew,
)
from app.core.assessments.attempts import (
    AskedQuestion,
    AttemptInHand,
    AttemptOutcome,
    PoolQuestion,
    ScoredAnew,
    ScoredAttempt,
)
from app.core.assessments.bank_approving import BANK, BankApproving
from app.core.assessments.bank_errors import (
    BankInvalid,
    FormatUnknown,
    NothingApproved,
    NothingNew,
    NothingToImport,
    QuestionChanged,
)
from app.core.assessments.bank_files import SOUNDS, MediaRefused
from app.core.assessments.bank_pictures import PICTURES
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
    GiftRefused,
    MayNotStart,
    NotForOneself,
    TimeIsUp,
    TimeRefused,
    reason_in_words,
    state_in_words,
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
from app.core.assessments.histories import Tries, attempts_used_up, tried_in
from app.core.assessments.markup import MEDIA_SCHEME, kind_of, plain_text, shown_html
from app.core.assessments.policy import ExtraTime, StartDecision, StartReason, TimeLeft
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
from app.core.assessments.quiz_file import QuizFileSource, QuizGiver
from app.core.assessments.quiz_lessons import QUIZ_KIND, body_of, quiz_of, texts_asked
from app.core.assessments.quiz_source import QuizSource
from app.core.assessments.rescoring import OnPassedAnew, Rescoring
from app.core.assessments.service import OnScored, Quizzes
from app.core.assessments.supervised import Gift, GiftKind, SupervisedPerson, SupervisedQuiz
from app.core.assessments.supervision import (
    LONGEST_EXTENSION_SECONDS,
    MOST_PERCENT,
    Supervision,
)
from app.core.assessments.translations import (
    in_language,
    translated_texts,
    with_translation,
)
from app.core.assessments.tries import TriedQuiz, tries_since
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
    "ANEW_SOURCES",
    "BANK",
    "BANK_FORMATS",
    "EXPORT_FORMATS",
    "FALSE",
    "GAP",
    "LONGEST_EXTENSION_SECONDS",
    "MEDIA_SCHEME",
    "MOST_PERCENT",
    "NO_TEXT",
    "PICTURES",
    "QUESTION_TYPES",
    "QUIZ_KIND",
    "RESCORE",
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
    "BankApproving",
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
    "ExtraTime",
    "FeedbackPolicy",
    "FieldProblem",
    "Filled",
    "FormatUnknown",
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
    "MediaRefused",
    "NotForOneself",
    "NothingApproved",
    "NothingNew",
    "NothingToImport",
    "NumberNear",
    "NumberRange",
    "NumericBody",
    "OnPassedAnew",
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
    "QuizFileSource",
    "QuizGiver",
    "QuizSettings",
    "QuizSource",
    "Quizzes",
    "Rescoring",
    "Response",
    "RichText",
    "ScoredAnew",
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
    "Translation",
    "TriedQuiz",
    "Tries",
    "TrueFalseBody",
    "Typed",
    "advice",
    "attempts_used_up",
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
    "rebuild_anew",
    "refresh_anew",
    "scored_anew",
    "shown_html",
    "state_in_words",
    "texts_asked",
    "translated_texts",
    "tried_in",
    "tries_since",
    "with_translation",
    "written",
]
