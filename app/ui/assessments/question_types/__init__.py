"""How each type of question is answered. A new one is one module here and one line in `QUESTION_WIDGETS`."""

from typing import Any

from app.core.assessments import AskedQuestion, question_type
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.question_types.base import AnswerWidget, Review
from app.ui.assessments.question_types.choice_many import ChoiceManyWidget
from app.ui.assessments.question_types.choice_one import ChoiceOneWidget
from app.ui.assessments.question_types.gaps import GapsWidget
from app.ui.assessments.question_types.matching import MatchingWidget
from app.ui.assessments.question_types.numeric import NumericWidget
from app.ui.assessments.question_types.ordering import OrderingWidget
from app.ui.assessments.question_types.short_text import ShortTextWidget
from app.ui.assessments.question_types.true_false import TrueFalseWidget

AnyAnswerWidget = AnswerWidget[Any]
"""A way of answering whose body class is not known here; it is only handed bodies of its own."""

QUESTION_WIDGETS: tuple[type[AnyAnswerWidget], ...] = (
    ChoiceOneWidget,
    ChoiceManyWidget,
    TrueFalseWidget,
    NumericWidget,
    ShortTextWidget,
    MatchingWidget,
    OrderingWidget,
    GapsWidget,
)

_BY_KEY = {widget.key: widget for widget in QUESTION_WIDGETS}


def answer_widget(asked: AskedQuestion, media: QuestionMedia) -> AnyAnswerWidget:
    """Return the widget that answers a question. Raises KeyError for a type nobody shows."""
    question = asked.question
    order = asked.order or question_type(question.type).as_written(question.body)
    return _BY_KEY[question.type](question.body, order, media)


__all__ = ["QUESTION_WIDGETS", "AnyAnswerWidget", "Review", "answer_widget"]
