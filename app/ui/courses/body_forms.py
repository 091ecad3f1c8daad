"""What is particular to a kind of lesson in its form: a quiz's rules, a statement's text."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.assessments import QUIZ_KIND, QuizBank, body_of, quiz_of
from app.core.base.errors import UserFacingError
from app.core.base.words import LANGUAGES, _, language_name, mark, plural
from app.core.content import Standard
from app.core.courses import (
    PAGE_KIND,
    LessonPlan,
    PackageSettings,
    PackageWindow,
    lesson_kind,
    package_settings,
    statement_body,
    with_package_settings,
)
from app.ui.kit.buttons import Button, plain
from app.ui.kit.cards import Card
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import CardGrid, FlowLayout
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone

_PERCENT, _MINUTE, _HOUR = 100, 60, 3600
_FEEDBACK = {
    "none": mark("Never"),
    "after_pass": mark("After passing"),
    "after_attempt": mark("After each attempt"),
}
_WINDOWS = {
    PackageWindow.AS_IT_ASKS: mark("Where the package asks to be"),
    PackageWindow.LESSON: mark("In the lesson"),
    PackageWindow.OWN: mark("In a window of its own"),
    PackageWindow.FULL_SCREEN: mark("On the whole screen"),
}
ChangeLesson = Callable[[LessonPlan], LessonPlan]


class BodyForm(Card):
    """Fields of a lesson's body. `edited` carries a ChangeLesson."""

    edited = Signal(object)
    questions_asked = Signal()
    """Somebody wants to see what a quiz asks."""

    def bind(self, field: Field, change: ChangeLesson) -> Field:
        """Carry out `change` whenever somebody edits `field`."""
        field.edited.connect(lambda: self.edited.emit(change))
        return field


class QuizForm(BodyForm):
    """When a quiz is passed, how often and how long it may be tried, what it asks."""

    def __init__(self, lesson: LessonPlan, _language: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Quiz"), parent=parent)
        try:
            quiz = quiz_of(lesson)
        except UserFacingError as error:
            self.body.addWidget(Banner(error.sentence, Tone.DANGER))
            return
        rules = quiz.settings
        self.pass_mark = NumberField(
            _("Pass mark"), int(rules.pass_mark * _PERCENT), least=1, most=_PERCENT, suffix=" %"
        )
        self.minutes = NumberField(
            _("Time limit"), (rules.time_limit_seconds or 0) // _MINUTE, most=7 * 24 * 60
        )
        self.attempts = NumberField(_("Attempts"), rules.max_attempts or 0, most=1000)
        self.wait = NumberField(
            _("Wait after a failure"), next(iter(rules.cool_off_seconds), 0) // _HOUR, most=10_000
        )
        self.questions = CheckField(_("Shuffle the questions"), rules.shuffle_questions)
        self.options = CheckField(_("Shuffle the answers"), rules.shuffle_options)
        choices = [(key, _(words)) for key, words in _FEEDBACK.items()]
        self.feedback = ComboField(_("Show what was right"), choices)
        self.feedback.set_value(rules.feedback.value)
        self._word_nothing()
        self._bind_rules()
        grid = CardGrid(180, gap=12)
        grid.set_cards([self.pass_mark, self.minutes, self.attempts, self.wait])
        self.body.addWidget(grid)
        for field in (self.questions, self.options, self.feedback):
            self.body.addWidget(field)
        self.sections = [
            _SectionForm(self, place, section.title, len(section.pool), section.draw,
                         section.minimum)
            for place, section in enumerate(quiz.sections)
        ]  # fmt: skip
        for section_form in self.sections:
            self.body.addWidget(section_form)
        self._lay_out_questions()

    def _lay_out_questions(self) -> None:
        self.renewal = Banner("", Tone.WARNING)
        self.renewal.hide()
        self.renew_button: Button | None = None
        self.body.addWidget(self.renewal)
        self.questions_button = plain(_("Look at the questions"), "list-checks")
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, gap=8)
        self._flow.addWidget(self.questions_button.on_press(self.questions_asked.emit))
        self.bank_buttons: list[Button] = []
        self.body.addWidget(self._buttons)

    def show_banks(
        self,
        banks: Sequence[QuizBank],
        *,
        edit: Callable[[UUID], None],
        renew: Callable[[], None],
        split: Callable[[], None],
    ) -> None:
        """Show where the questions are written, and how many are newer than those of the quiz."""
        for former in self.bank_buttons:
            self._flow.removeWidget(former)
            former.hide()
            former.deleteLater()
        several = len(banks) > 1
        self.bank_buttons = [
            plain(
                _("Edit questions: {bank}").format(bank=one.code)
                if several
                else _("Edit questions"),
                "file-question-mark",
            ).on_press(partial(edit, one.id))
            for one in banks
        ]
        if banks:
            self.bank_buttons.append(plain(_("A section for each tag"), "tag").on_press(split))
        for made in self.bank_buttons:
            self._flow.addWidget(made)
            made.show()
        count = sum(one.total for one in banks)
        if self.renew_button is None:
            self.renew_button = self.renewal.add_action(_("Use the new ones"), renew)
        if count:
            words = plural(
                "{count} question changed since the quiz took it.",
                "{count} questions changed since the quiz took them.",
                count,
            )
            self.renewal.set_text(words)
        self.renewal.setVisible(bool(count))

    def _word_nothing(self) -> None:
        for field, nothing, unit in (
            (self.minutes, _("No limit"), _(" min")),
            (self.attempts, _("Any number"), ""),
            (self.wait, _("None"), _(" h")),
        ):
            field.spin.setSpecialValueText(nothing)
            field.spin.setSuffix(unit)

    def _bind_rules(self) -> None:
        minutes, attempts, wait = self.minutes, self.attempts, self.wait
        self.bind(
            self.pass_mark,
            lambda plan: _with(plan, pass_mark=Fraction(self.pass_mark.value(), _PERCENT)),
        )
        self.bind(
            minutes,
            lambda plan: _with(plan, time_limit_seconds=minutes.value() * _MINUTE or None),
        )
        self.bind(attempts, lambda plan: _with(plan, max_attempts=attempts.value() or None))
        self.bind(wait, lambda plan: _with(plan, cool_off_seconds=_waits(plan, wait.value())))
        self.bind(
            self.questions, lambda plan: _with(plan, shuffle_questions=self.questions.value())
        )
        self.bind(self.options, lambda plan: _with(plan, shuffle_options=self.options.value()))
        self.bind(self.feedback, lambda plan: _with_feedback(plan, self.feedback.value() or ""))


class _SectionForm(Card):
    """One section of a quiz: how many questions it draws, and how much of it must be right."""

    def __init__(
        self,
        form: QuizForm,
        place: int,
        title: str,
        pool: int,
        draw: int | None,
        minimum: Fraction | None,
    ) -> None:
        super().__init__(margin=12)
        name = title or _("Section {number}").format(number=place + 1)
        heading = plural("{count} question", "{count} questions", pool)
        self.body.addWidget(PlainLabel(name, TextRole.STRONG, wrap=True))
        self.body.addWidget(PlainLabel(heading, TextRole.MUTED))
        self.draw = NumberField(_("Draw at random"), draw or 0, most=max(pool, 1))
        self.draw.spin.setSpecialValueText(_("All questions"))
        self.draw.spin.setSuffix(_(" of {count}").format(count=pool))
        share = int(minimum * _PERCENT) if minimum is not None else 0
        self.minimum = NumberField(_("Least share right"), share, most=_PERCENT, suffix=" %")
        self.minimum.spin.setSpecialValueText(_("None"))
        grid = CardGrid(180, gap=12)
        grid.set_cards([self.draw, self.minimum])
        self.body.addWidget(grid)
        form.bind(
            self.draw, lambda plan: _with_section(plan, place, draw=self.draw.value() or None)
        )
        form.bind(
            self.minimum,
            lambda plan: _with_section(plan, place, minimum=_share(self.minimum.value())),
        )


class StatementForm(BodyForm):
    """The text that is confirmed, in each language, and whether with a signature."""

    def __init__(self, lesson: LessonPlan, language: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Statement"), parent=parent)
        statements = _statements(lesson)
        signed = statement_body(statements, is_signed=True)
        order = [language, *(code for code in LANGUAGES if code != language)]
        self.languages = SegmentedTabs(
            _("Language of the statement"), [(code, language_name(code)) for code in order]
        )
        self.text = TextAreaField(
            _("What is confirmed"),
            statements.get(language, ""),
            rows=5,
            hint=_("For example: I have read this procedure and will work by it."),
        )
        self.is_signed = CheckField(
            _("Confirmed by signature (PIN or password)"), lesson.body == signed
        )
        self._texts = dict(statements)
        self.languages.chosen.connect(self._show_language)
        self.bind(self.text, self._with_text)
        self.bind(self.is_signed, self._with_signature)
        for part in (self.languages, self.text, self.is_signed):
            self.body.addWidget(part)

    def _show_language(self, code: str) -> None:
        self.text.area.blockSignals(True)
        self.text.set_value(self._texts.get(code, ""))
        self.text.area.blockSignals(False)

    def _with_text(self, lesson: LessonPlan) -> LessonPlan:
        self._texts[self.languages.key()] = self.text.value()
        return self._with_signature(lesson)

    def _with_signature(self, lesson: LessonPlan) -> LessonPlan:
        said = {code: text for code, text in self._texts.items() if text}
        body = statement_body(said, is_signed=self.is_signed.value())
        return replace(lesson, body={**lesson.body, **body})


class PackageForm(BodyForm):
    """Where a package is opened, and the score it must be passed with."""

    def __init__(self, lesson: LessonPlan, _language: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Package"), parent=parent)
        settings = package_settings(lesson)
        choices = [(window.value, _(words)) for window, words in _WINDOWS.items()]
        self.window_choice = ComboField(_("Open it"), choices)
        self.window_choice.set_value(settings.window.value)
        self.score = NumberField(
            _("Score needed"), settings.required_score or 0, most=_PERCENT, suffix=" %"
        )
        self.score.spin.setSpecialValueText(_("As the package says"))
        self.any_activity = CheckField(
            _("xAPI: what is said of any activity counts"), settings.any_activity
        )
        self.any_activity.hide()  # until it is known that the package sends xAPI
        for field in (self.window_choice, self.score, self.any_activity):
            self.bind(field, self._with_settings)
        grid = CardGrid(240, gap=12)  # the longest way of opening it is read whole
        grid.set_cards([self.window_choice, self.score])
        self.body.addWidget(grid)
        self.body.addWidget(self.any_activity)

    def show_standards(self, standards: Collection[Standard]) -> None:
        """Offer what is of use for what the package speaks."""
        self.any_activity.setVisible(Standard.XAPI in standards)

    def _with_settings(self, lesson: LessonPlan) -> LessonPlan:
        settings = PackageSettings(
            window=PackageWindow(self.window_choice.value() or PackageWindow.AS_IT_ASKS),
            required_score=self.score.value() or None,
            any_activity=self.any_activity.value(),
        )
        return with_package_settings(lesson, settings)


class PageForm(BodyForm):
    """The text of a page: what there is, language by language, and what may be written."""

    text_asked = Signal(str)
    """Carries the language whose text is to be written."""

    def __init__(self, lesson: LessonPlan, language: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Text"), parent=parent)
        self.buttons: dict[str, Button] = {}
        written = dict.fromkeys((language, *(one.language for one in lesson.variants)))
        for code in written:
            words = _("Edit the text: {language}").format(language=language_name(code))
            button = plain(words, "pencil").on_press(partial(self.text_asked.emit, code))
            self.buttons[code] = button
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        missing = [one for one in LANGUAGES.items() if one[0] not in written]
        self.further: ComboField[str] = ComboField(
            _("Write it in another language"), [("", _("Choose")), *missing]
        )
        self.further.edited.connect(self._begin)
        self.body.addWidget(self.further)

    def _begin(self) -> None:
        if code := self.further.value():
            self.further.set_value("")
            self.text_asked.emit(code)


BODY_FORMS: dict[str, Callable[[LessonPlan, str], BodyForm]] = {
    QUIZ_KIND: QuizForm,
    "acknowledgement": StatementForm,
    "package": PackageForm,
    PAGE_KIND: PageForm,
}
"""Which form goes with which lesson kind; kinds without one have nothing of their own."""


def _statements(lesson: LessonPlan) -> dict[str, str]:
    kept = lesson.body.get(lesson_kind(lesson.kind).required_body)
    return {str(code): str(text) for code, text in kept.items()} if isinstance(kept, dict) else {}


def _with(
    plan: LessonPlan,
    **rules: Any,  # fields of QuizSettings, which assessments keeps to itself
) -> LessonPlan:
    quiz = quiz_of(plan)
    return _keep(plan, body_of(replace(quiz, settings=replace(quiz.settings, **rules))))


def _with_section(
    plan: LessonPlan,
    place: int,
    **fields: Any,  # fields of Section, which assessments keeps to itself
) -> LessonPlan:
    quiz = quiz_of(plan)
    sections = list(quiz.sections)
    sections[place] = replace(sections[place], **fields)
    return _keep(plan, body_of(replace(quiz, sections=tuple(sections))))


def _with_feedback(plan: LessonPlan, key: str) -> LessonPlan:
    policy = type(quiz_of(plan).settings.feedback)
    return _with(plan, feedback=policy(key))


def _keep(plan: LessonPlan, body: dict[str, object]) -> LessonPlan:
    return replace(plan, body={**plan.body, **body})


def _waits(plan: LessonPlan, hours: int) -> tuple[int, ...]:
    """Return the waiting times with another first one; none at all for 0 hours."""
    return (hours * _HOUR, *quiz_of(plan).settings.cool_off_seconds[1:]) if hours else ()


def _share(percent: int) -> Fraction | None:
    return Fraction(percent, _PERCENT) if percent else None
