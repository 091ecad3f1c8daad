"""One lesson, open for editing: its names, when it counts as done, what is particular to its kind."""

from dataclasses import replace
from fractions import Fraction
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.words import LANGUAGES, _, language_name, plural
from app.core.courses import (
    CompletionRule,
    LessonPlan,
    Outline,
    Variant,
    change,
    lesson_kind,
    rename,
    set_first_view_lock,
    set_required,
    set_rule,
)
from app.ui.courses.body_forms import BODY_FORMS, BodyForm, ChangeLesson
from app.ui.courses.draft_in_hand import Change
from app.ui.courses.wording import about_lesson, language_names
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.fields import CheckField, NumberField
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.layouts import CardGrid, clear, column
from app.ui.kit.notices import EmptyState
from app.ui.kit.theme import Tone

_PERCENT, _MINUTE = 100, 60
_MOST_MINUTES = 23 * 60


class LessonForm(QWidget):
    """The fields of the open lesson. `edited` carries a Change to the outline."""

    edited = Signal(object)
    questions_asked = Signal(object)
    """Carries the LessonPlan of a quiz."""
    shown = Signal(object)
    """Carries the LessonPlan whose fields stand here now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Lesson"))
        self._lines = column(self, gap=16)
        self.key: UUID | None = None
        self.lesson_title: TextField | None = None
        self.titles: dict[str, TextField] = {}
        self.body_form: BodyForm | None = None
        self._rule: _RuleFields | None = None

    @property
    def rule(self) -> "_RuleFields":
        """Return the fields of the completion rule. Raises LookupError while no lesson is open."""
        if self._rule is None:
            raise LookupError("no lesson is open")
        return self._rule

    def show_lesson(self, outline: Outline, lesson: LessonPlan | None, *, may_edit: bool) -> None:
        """Show another lesson, or that there is none."""
        clear(self._lines)
        self.key = None if lesson is None else lesson.key
        self.lesson_title = self.body_form = self._rule = None
        self.titles = {}
        if lesson is None:
            empty = EmptyState(_("Add files and they become lessons."), icon="list-ordered")
            self._lines.addWidget(empty)
        else:
            self._lines.addWidget(self._names(lesson))
            self._lines.addWidget(self._completion(lesson))
            make = BODY_FORMS.get(lesson.kind)
            if make is not None:
                self.body_form = make(lesson, outline.language)
                self.body_form.edited.connect(lambda turn: self._tell_lesson(lesson.key, turn))
                self.body_form.questions_asked.connect(partial(self.questions_asked.emit, lesson))
                self._lines.addWidget(self.body_form)
            self._lines.addWidget(self._translations(outline, lesson))
            if lesson.variants:
                self._lines.addWidget(_contents(lesson))
        self._lines.addStretch(1)
        self.setEnabled(may_edit or lesson is None)
        if lesson is not None:
            self.shown.emit(lesson)

    def _names(self, lesson: LessonPlan) -> Card:
        kind, key = lesson_kind(lesson.kind), lesson.key
        card = Card(_("Lesson"), subtitle=about_lesson(lesson.kind, lesson.seconds))
        self.lesson_title = title = TextField(
            _("Title"), lesson.title, required=True, icon_name=kind.icon
        )
        self._bind(title, lambda now: rename(now, key, title.value()))
        card.body.addWidget(title)
        return card

    def _translations(self, outline: Outline, lesson: LessonPlan) -> Card:
        card = Card(_("Title in other languages"))
        for code in LANGUAGES:
            if code != outline.language:
                text = lesson.titles.get(code, "")
                self.titles[code] = self._translation(lesson.key, code, text)
        grid = CardGrid(190, gap=12)
        grid.set_cards(list(self.titles.values()))
        card.body.addWidget(grid)
        return card

    def _translation(self, key: UUID, code: str, text: str) -> TextField:
        field = TextField(language_name(code), text)
        self._bind(field, lambda now: rename(now, key, field.value(), code))
        return field

    def _completion(self, lesson: LessonPlan) -> Card:
        kind, key = lesson_kind(lesson.kind), lesson.key
        card = Card(_("When it counts as done"), subtitle=_(kind.share_means))
        self._rule = fields = _RuleFields(lesson)
        self._bind(
            fields.is_required,
            lambda now: set_required(now, key, is_required=fields.is_required.value()),
        )
        self._bind(
            fields.is_locked,
            lambda now: set_first_view_lock(now, key, is_locked=fields.is_locked.value()),
        )
        for field in (fields.share, fields.minutes, fields.seconds):
            self._bind(field, lambda now: set_rule(now, key, fields.rule(now.lesson(key))))
        card.body.addWidget(fields.is_required)
        card.body.addWidget(fields.is_locked)
        grid = CardGrid(112, gap=12)
        numbers: list[QWidget] = [fields.minutes, fields.seconds]
        if kind.share_setting:
            numbers.insert(0, fields.share)
        else:
            fields.share.setParent(card)
        grid.set_cards(numbers)
        card.body.addWidget(grid)
        grid.setVisible(kind.has_content)
        fields.share.setVisible(bool(kind.share_setting))
        fields.is_locked.setVisible(kind.has_captions)
        return card

    def _bind(self, field: Field, turn: Change) -> None:
        field.edited.connect(lambda: self.edited.emit(turn))

    def _tell_lesson(self, key: UUID, turn: ChangeLesson) -> None:
        self.edited.emit(lambda now: change(now, turn(now.lesson(key))))


class _RuleFields:
    """Required, locked, how much of it, for how long."""

    def __init__(self, lesson: LessonPlan) -> None:
        rule = lesson.rule
        minutes, seconds = divmod(rule.active_seconds, _MINUTE)
        self.is_required = CheckField(_("Required for the course"), lesson.is_required)
        self.is_locked = CheckField(
            _("No skipping ahead on the first viewing"), lesson.is_locked_first
        )
        self.share = NumberField(
            _("Share needed"), int(rule.share * _PERCENT), most=_PERCENT, suffix=" %"
        )
        self.minutes = NumberField(
            _("Active minutes"), minutes, most=_MOST_MINUTES, suffix=_(" min")
        )
        self.seconds = NumberField(_("and seconds"), seconds, most=_MINUTE - 1, suffix=_(" s"))

    def rule(self, lesson: LessonPlan) -> CompletionRule:
        """Return the rule as filled in; a share that was not touched stays exact."""
        share = lesson.rule.share
        if self.share.value() != int(share * _PERCENT):
            share = Fraction(self.share.value(), _PERCENT)
        active = self.minutes.value() * _MINUTE + self.seconds.value()
        return replace(lesson.rule, share=share, active_seconds=active)


def _contents(lesson: LessonPlan) -> Card:
    card = Card(_("Contents"), gap=10)
    for variant in lesson.variants:
        row = FactRow(
            language_name(variant.language), _about(variant), icon="languages", tone=Tone.PRIMARY
        )
        card.body.addWidget(row)
    return card


def _about(variant: Variant) -> str:
    parts = [variant.title] if variant.title else []
    captions = language_names(caption.language for caption in variant.captions)
    if captions:
        parts.append(_("captions: {languages}").format(languages=captions))
    if variant.parts:
        parts.append(plural("{count} picture", "{count} pictures", len(variant.parts)))
    return " · ".join(parts) or _("stored in the course")
