"""A text with gaps, and how each is filled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.assessments import Credit, Gap, GapsBody, question_type
from app.core.base.words import _, mark
from app.ui.assessments.authoring.editors.base import BodyEditor
from app.ui.assessments.authoring.editors.choice_one import ChoiceOneEditor
from app.ui.assessments.authoring.editors.numeric import NumericEditor
from app.ui.assessments.authoring.editors.short_text import ShortTextEditor
from app.ui.assessments.authoring.editors.text_rows import credit_field
from app.ui.assessments.authoring.exact_fields import ExactLine
from app.ui.assessments.authoring.parts import PartRow, RowList, fresh_key
from app.ui.assessments.authoring.tab_order import order_tabs
from app.ui.assessments.authoring.text_part import MAIN, TextPart, Tools
from app.ui.kit.forms.fields import ComboField, NumberField
from app.ui.kit.forms.form import side_by_side
from app.ui.kit.layouts import clear, column

AnyEditor = BodyEditor[Any]
"""An editor whose body class is not known here; it is only handed bodies of its own."""


@dataclass(frozen=True, slots=True)
class _Filling:
    """One way to fill a gap: the field of `Gap` that holds it, its words, its editor."""

    field: str
    words: str
    editor: Callable[[Tools], AnyEditor]
    type_key: str


_FILLINGS = (
    _Filling("words", mark("by typing words"), ShortTextEditor, "short_text"),
    _Filling("number", mark("by typing a number"), NumericEditor, "numeric"),
    _Filling("choice", mark("by choosing"), ChoiceOneEditor, "choice_one"),
)


class GapRow(PartRow):
    """One gap: its key in the text, its weight, how it is filled."""

    def __init__(self, gaps: Mapping[str, Gap], tools: Tools) -> None:
        super().__init__(_("Gap"))
        self._tools = tools
        self._language = MAIN
        self.gap_key = ExactLine(_("Stands in the text as [[key]]"))
        self.gap_key.set_exact(gaps[MAIN].key)
        self.weight = NumberField(_("Counts"), gaps[MAIN].weight, least=0, most=1000)
        choices = [("", _("Choose…")), *((one.field, _(one.words)) for one in _FILLINGS)]
        self.filled: ComboField[str] = ComboField(_("Is filled"), choices)
        self.lines.addWidget(side_by_side([self.gap_key, self.filled, self.weight], 150))
        self._place_of_editor = column(gap=0)
        self.lines.addLayout(self._place_of_editor)
        self.editor: AnyEditor | None = None
        for field in (self.gap_key, self.weight):
            self.bind(field)
        self.filled.edited.connect(self._begin)
        for one in _FILLINGS:
            if getattr(gaps[MAIN], one.field) is not None:
                self.filled.set_value(one.field)
                self._open(one, {code: getattr(gap, one.field) for code, gap in gaps.items()})

    def gap(self, language: str) -> Gap:
        """Return the gap with its texts in a language."""
        made = Gap(key=self.gap_key.exact(), weight=self.weight.value())
        if self.editor is None:
            return made
        return replace(made, **{self.filled.value() or "": self.editor.body(language)})

    @override
    def show_language(self, language: str) -> None:
        self._language = language
        if self.editor is not None:
            self.editor.show_language(language)

    @override
    def first_control(self) -> QWidget:
        return self.gap_key.line

    def _begin(self) -> None:
        """Begin to say how it is filled; what was said before is let go."""
        clear(self._place_of_editor)
        self.editor = None
        for one in _FILLINGS:
            if one.field == self.filled.value():
                self._open(one, {MAIN: question_type(one.type_key).blank()})
        self.edited.emit()

    def _open(self, filling: _Filling, bodies: Mapping[str, Any]) -> None:
        self.editor = filling.editor(self._tools)
        self.editor.show_bodies(bodies)
        self.editor.show_language(self._language)
        self.editor.edited.connect(self.edited)
        self._place_of_editor.addWidget(self.editor)
        order_tabs(self)


class GapsEditor(BodyEditor[GapsBody]):
    """The text, and its gaps one under the other."""

    key: ClassVar[str] = "gaps"
    icon: ClassVar[str] = "text"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.text = TextPart(
            _("Text with gaps"),
            tools,
            rows=4,
            hint=_("“Add a gap” puts one where the cursor is, as [[1]]."),
        )
        self.gaps: RowList[GapRow] = RowList(_("Gaps"), _("Add a gap"), self._new_gap)
        self.credit = credit_field()
        for part in (self.text, self.gaps, self.credit):
            part.edited.connect(self.edited)
            self.lines.addWidget(part)

    @override
    def show_bodies(self, bodies: Mapping[str, GapsBody]) -> None:
        self.text.set_texts({code: one.text for code, one in bodies.items()})
        self.gaps.show_rows(
            GapRow({code: one.gaps[place] for code, one in bodies.items()}, self.tools)
            for place in range(len(bodies[MAIN].gaps))
        )
        self.credit.set_value(bodies[MAIN].credit)

    @override
    def body(self, language: str) -> GapsBody:
        return GapsBody(
            text=self.text.text(language),
            gaps=tuple(each.gap(language) for each in self.gaps.rows),
            credit=self.credit.value() or Credit.ALL_OR_NOTHING,
        )

    @override
    def show_problems(self, problems: dict[str, str]) -> None:
        self.text.set_error(problems.get("text", ""))
        self.gaps.show_problems("gaps", problems)

    @override
    def show_language(self, language: str) -> None:
        self.language = language
        self.text.show_language(language)
        self.gaps.show_language(language)

    @override
    def first_control(self) -> QWidget | None:
        return self.text.area

    def _new_gap(self) -> GapRow:
        key = fresh_key(each.gap_key.exact() for each in self.gaps.rows)
        self.text.area.insertPlainText(f"[[{key}]]")
        words = question_type("short_text").blank()
        return GapRow({MAIN: Gap(key=key, words=words)}, self.tools)
