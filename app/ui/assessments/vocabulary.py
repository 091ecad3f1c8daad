"""What these screens read of assessments, named in one place: questions, responses, scores."""

from app.core.assessments import (
    AskedQuestion,
    AttemptInHand,
    AttemptOutcome,
    Body,
    ChoiceManyBody,
    ChoiceOneBody,
    Chosen,
    DecimalMark,
    FALSE,
    Filled,
    GAP,
    Gap,
    GapsBody,
    MatchAnswer,
    MatchPrompt,
    MatchingBody,
    MediaKind,
    MediaRef,
    NumericBody,
    Option,
    OrderItem,
    Ordered,
    OrderingBody,
    Paired,
    QUESTION_TYPES,
    Question,
    QuestionScore,
    Response,
    RichText,
    SectionScore,
    ShortTextBody,
    Shortfall,
    TRUE,
    TextFormat,
    TrueFalseBody,
    Typed,
    best_response,
    is_given,
    plain,
    question_type,
    shown_html,
)

__all__ = [
    "FALSE",
    "GAP",
    "QUESTION_TYPES",
    "TRUE",
    "AskedQuestion",
    "AttemptInHand",
    "AttemptOutcome",
    "Body",
    "ChoiceManyBody",
    "ChoiceOneBody",
    "Chosen",
    "DecimalMark",
    "Filled",
    "Gap",
    "GapsBody",
    "MatchAnswer",
    "MatchPrompt",
    "MatchingBody",
    "MediaKind",
    "MediaRef",
    "NumericBody",
    "Option",
    "OrderItem",
    "Ordered",
    "OrderingBody",
    "Paired",
    "Question",
    "QuestionScore",
    "Response",
    "RichText",
    "SectionScore",
    "ShortTextBody",
    "Shortfall",
    "TextFormat",
    "TrueFalseBody",
    "Typed",
    "best_response",
    "is_given",
    "plain",
    "question_type",
    "shown_html",
]


def is_given(response: Response | None) -> bool:
    """Tell whether a response says anything; one that was taken back says nothing."""
    match response:
        case Chosen(keys=keys) | Ordered(keys=keys):
            return bool(keys)
        case Typed(text=text):
            return bool(text.strip())
        case Paired(pairs=pairs):
            return bool(pairs)
        case Filled(gaps=gaps):
            return any(text.strip() for _key, text in gaps)
    return False
