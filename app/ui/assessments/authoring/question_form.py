"""A question open for editing: what all types have in common, and the editor of its body."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.assessments import (
    FieldProblem,
    Question,
    question_type,
    translated_texts,
    with_translation,
)
from app.core.base.words import LANGUAGES, _, current_language, language_name
from app.ui.assessments.authoring.editors import AnyBodyEditor, body_editor
from app.ui.assessments.authoring.exact_fields import ExactLine
from app.ui.assessments.authoring.tab_order import order_tabs
from app.ui.assessments.authoring.text_part import MAIN, TextPart, Tools
from app.ui.kit.cards import Card
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.forms.fields import CheckField, NumberField
from app.ui.kit.forms.form import side_by_side
from app.ui.kit.layouts import clear, column

_MOST_POINTS = 1000


class QuestionForm(QWidget):
    """The fields of one question. Built from what was shown, it equals it."""

    edited = Signal()
    language_chosen = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Question"))
        self._tools = tools
        self._question: Question | None = None
        self.editor: AnyBodyEditor | None = None
        self.languages = SegmentedTabs(_("Language of the texts"))
        self.languages.chosen.connect(self._show_language)
        self.stem = TextPart(_("Question"), tools, rows=3, required=True)
        self.name = ExactLine(_("Short name"), hint=_("For lists; learners do not see it."))
        self.tags = ExactLine(_("Tags"), hint=_("Separated by commas; the first can be a section."))
        self.points = NumberField(_("Points"), 1, least=1, most=_MOST_POINTS)
        self.critical = CheckField(
            _("Must be right"), hint=_("Whoever misses it fails, whatever else was earned.")
        )
        self.feedback = TextPart(_("Said to everybody afterwards"), tools, rows=2)
        self._lay_out()
        for field in (
            self.stem, self.name, self.tags, self.points, self.critical, self.feedback,
        ):  # fmt: skip
            field.edited.connect(self.edited)

    def _lay_out(self) -> None:
        lines = column(self, gap=16)
        lines.addWidget(self.languages)
        asked = Card(margin=16)
        asked.body.addWidget(self.stem)
        lines.addWidget(asked)
        self._body_card = Card(margin=16)
        self._place = column(gap=0)
        self._body_card.body.addLayout(self._place)
        lines.addWidget(self._body_card)
        about = Card(_("About this question"), margin=16)
        about.body.addWidget(self.feedback)
        about.body.addWidget(side_by_side([self.name, self.tags, self.points], 180))
        about.body.addWidget(self.critical)
        lines.addWidget(about)

    def show_question(self, question: Question) -> None:
        """Show another question, in its main language."""
        self._question = question
        by_language = {MAIN: question} | {
            one.language: translated_texts(question, one.language) for one in question.translations
        }
        self.languages.set_tabs(_tabs(question))
        self.languages.choose(MAIN)
        self.stem.set_texts({code: one.stem for code, one in by_language.items()})
        self.feedback.set_texts({code: one.feedback for code, one in by_language.items()})
        self.name.set_exact(question.name)
        self.tags.set_exact(", ".join(question.tags))
        self.points.spin.blockSignals(True)
        self.points.set_value(question.points)
        self.points.spin.blockSignals(False)
        self.critical.box.blockSignals(True)
        self.critical.set_value(question.critical)
        self.critical.box.blockSignals(False)
        clear(self._place)
        self.editor = body_editor(question.type, self._tools)
        self.editor.show_bodies({code: one.body for code, one in by_language.items()})
        self.editor.edited.connect(self.edited)
        self._place.addWidget(self.editor)
        self._body_card.setAccessibleName(_(question_type(question.type).title))
        order_tabs(self)
        self._show_language(MAIN)

    def question(self) -> Question:
        """Return the question as filled in, in all its languages. Raises LookupError before one was shown."""
        built = self._in(MAIN)
        known = [one.language for one in built.translations]
        others = [code for code, _words in _tabs(built) if code != MAIN and code not in known]
        whole = replace(built, translations=())
        for code in (*known, *others):
            whole = with_translation(whole, code, replace(self._in(code), translations=()))
        return whole

    def language(self) -> str:
        """Return the language on screen; `MAIN` for that of the question."""
        return self.languages.key()

    def show_problems(self, problems: tuple[FieldProblem, ...]) -> None:
        """Say what is wrong beside each field."""
        said: dict[str, str] = {}
        for one in problems:
            said[one.field] = f"{said[one.field]} {one.text}" if one.field in said else one.text
        self.stem.set_error(said.get("stem", ""))
        if self.editor is not None:
            self.editor.show_problems(said)

    def _in(self, language: str) -> Question:
        if self._question is None or self.editor is None:
            raise LookupError("no question is shown")
        return replace(
            self._question,
            name=self.name.exact(),
            stem=self.stem.text(language),
            body=self.editor.body(language),
            feedback=self.feedback.text(language),
            points=self.points.value(),
            critical=self.critical.value(),
            tags=self._tags(self._question.tags),
        )

    def _tags(self, known: tuple[str, ...]) -> tuple[str, ...]:
        if self.tags.exact() == ", ".join(known):
            return known
        typed = (tag.strip() for tag in self.tags.exact().split(","))
        return tuple(dict.fromkeys(tag for tag in typed if tag))

    def _show_language(self, language: str) -> None:
        for part in (self.stem, self.feedback):
            part.show_language(language)
        if self.editor is not None:
            self.editor.show_language(language)
        self.language_chosen.emit()


def _tabs(question: Question) -> list[tuple[str, str]]:
    """Return the languages that can be written in, that of the question first."""
    main = question.language or current_language()
    translated = (one.language for one in question.translations)
    codes = dict.fromkeys((*LANGUAGES, *translated))
    others = [(code, language_name(code)) for code in codes if code != main or
              code in {one.language for one in question.translations}]  # fmt: skip
    return [(MAIN, language_name(main)), *others]
