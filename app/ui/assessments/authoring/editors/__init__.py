"""How questions of each type are edited. A new one is one module here and one line in `QUESTION_EDITORS`."""

from typing import Any

from app.ui.assessments.authoring.editors.base import BodyEditor
from app.ui.assessments.authoring.editors.choice_many import ChoiceManyEditor
from app.ui.assessments.authoring.editors.choice_one import ChoiceOneEditor
from app.ui.assessments.authoring.editors.gaps import GapsEditor
from app.ui.assessments.authoring.editors.matching import MatchingEditor
from app.ui.assessments.authoring.editors.numeric import NumericEditor
from app.ui.assessments.authoring.editors.ordering import OrderingEditor
from app.ui.assessments.authoring.editors.short_text import ShortTextEditor
from app.ui.assessments.authoring.editors.true_false import TrueFalseEditor
from app.ui.assessments.authoring.text_part import Tools

AnyBodyEditor = BodyEditor[Any]
"""An editor whose body class is not known here; it is only handed bodies of its own."""

QUESTION_EDITORS: tuple[type[AnyBodyEditor], ...] = (
    ChoiceOneEditor,
    ChoiceManyEditor,
    TrueFalseEditor,
    NumericEditor,
    ShortTextEditor,
    MatchingEditor,
    OrderingEditor,
    GapsEditor,
)

_BY_KEY = {editor.key: editor for editor in QUESTION_EDITORS}


def body_editor(key: str, tools: Tools) -> AnyBodyEditor:
    """Return an editor for the bodies of a type. Raises KeyError for a type nobody edits."""
    return _BY_KEY[key](tools)


def type_icon(key: str) -> str:
    """Return the icon of a question type; that of a question for a type nobody edits."""
    editor = _BY_KEY.get(key)
    return "circle-question-mark" if editor is None else editor.icon


__all__ = ["QUESTION_EDITORS", "AnyBodyEditor", "body_editor", "type_icon"]
