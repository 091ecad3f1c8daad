"""A person's quizzes for whoever supervises them: where they stand, and what can be given."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.assessments import (
    LONGEST_EXTENSION_SECONDS,
    MOST_PERCENT,
    ExtraTime,
    SupervisedPerson,
    SupervisedQuiz,
)
from app.core.base.words import _
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Button, plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.fields import NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.layouts import FlowLayout, clear, column
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole
from app.ui.people.quiz_words import about_quiz, extra_words, gift_words, given_words, state_of

_A_MINUTE = 60
_USUAL_MINUTES = 10
_USUAL_PERCENT = 25
_GIFTS_SHOWN = 3


class Give(Protocol):
    """Gives something for a reason, off the window's thread."""

    def __call__(self, *, reason: str) -> None:
        """Give it."""
        ...


class QuizCard(Card):
    """Shows quizzes and attempts, and gives attempts and time; lies on a person's screen."""

    def __init__(self, desk: Desk[Services], host: Screen[Services]) -> None:
        super().__init__(_("Quizzes"))
        self._desk = desk
        self._host = host
        self.sheet: FormSheet | None = None
        self._lines = column(gap=14)
        self.body.addLayout(self._lines)
        self.hide()

    def show_quizzes(self, person: SupervisedPerson | None) -> None:
        """Show where somebody stands; None: the actor does not supervise them."""
        clear(self._lines)
        self.setVisible(person is not None)
        if person is None:
            return
        for quiz in person.quizzes:
            self._lines.addWidget(self._quiz(person, quiz))
            self._lines.addWidget(Line())
        if not person.quizzes:
            told = FactRow(_("No quiz tried yet"), "", icon="list-checks")
            self._lines.addWidget(told)
            self._lines.addWidget(Line())
        self._lines.addWidget(self._extra_time(person))

    def _quiz(self, person: SupervisedPerson, quiz: SupervisedQuiz) -> QWidget:
        made = QWidget()
        lines = column(made, gap=8)
        lines.addWidget(PlainLabel(quiz.title, TextRole.STRONG, wrap=True))
        version = _("Version {number}").format(number=quiz.version)
        lines.addWidget(PlainLabel(f"{quiz.course} · {version}", TextRole.MUTED, wrap=True))
        words, tone, icon = state_of(quiz)
        lines.addWidget(StatusChip(words, tone, icon=icon), 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(PlainLabel(about_quiz(quiz), TextRole.BODY2, wrap=True))
        for gift in quiz.gifts[:_GIFTS_SHOWN]:
            lines.addWidget(FactRow(gift_words(gift), given_words(gift), icon="user-check"))
        _add_buttons(lines, self._offers(person, quiz))
        return made

    def _offers(self, person: SupervisedPerson, quiz: SupervisedQuiz) -> list[Button]:
        supervision, actor = self._desk.services.quizzes.supervision, self._desk.actor
        offers = []
        if quiz.may_lift:
            lift = partial(supervision.lift_waiting, actor, person.person_id, quiz.lesson_id)
            offers.append(self._offer(_("End the waiting"), "clock", quiz, lift, yes=_("End it")))
        if quiz.may_unlock:
            unlock = partial(supervision.give_attempt, actor, person.person_id, quiz.lesson_id)
            offers.append(self._offer(_("Further attempt"), "repeat", quiz, unlock))
        if quiz.may_extend:
            ask = partial(self._ask_extension, quiz)
            offers.append(_named(plain(_("More time"), "timer"), quiz).on_press(ask))
        return offers

    def _offer(
        self, words: str, icon: str, quiz: SupervisedQuiz, give: Give, *, yes: str = ""
    ) -> Button:
        ask = partial(self._ask, words, _which(quiz), None, lambda: give, yes=yes)
        return _named(plain(words, icon), quiz).on_press(ask)

    def _extra_time(self, person: SupervisedPerson) -> QWidget:
        made = QWidget()
        lines = column(made, gap=8)
        supervision, actor = self._desk.services.quizzes.supervision, self._desk.actor
        give = plain(_("Give extra time"), "timer").on_press(partial(self._ask_extra, person))
        buttons = [give]
        if person.extra_time is None:
            lines.addWidget(
                FactRow(_("No extra time"), _("They have what the quiz gives."), icon="timer")
            )
        else:
            words = _("Extra time: {time}").format(time=extra_words(person.extra_time))
            about = given_words(person.extra_gifts[0])
            lines.addWidget(FactRow(words, about, icon="timer"))
            give.set_words(_("Change extra time"))
            end = partial(supervision.end_extra_time, actor, person.person_id)
            words = _("End extra time")
            ask = partial(
                self._ask, words, _("For every quiz to come"), None, lambda: end, yes=_("End it")
            )
            buttons.append(plain(words, "x").on_press(ask))
        _add_buttons(lines, buttons)
        return made

    def _ask_extension(self, quiz: SupervisedQuiz) -> None:
        attempt_id = quiz.open_attempt_id
        if attempt_id is None:
            return
        supervision, actor = self._desk.services.quizzes.supervision, self._desk.actor
        form = Form()
        minutes = _minutes(_("Minutes more"), _USUAL_MINUTES)
        form.add(minutes)

        def give() -> Give:
            return partial(supervision.extend, actor, attempt_id, minutes.value() * _A_MINUTE)

        self._ask(_("More time"), _which(quiz), form, give)

    def _ask_extra(self, person: SupervisedPerson) -> None:
        supervision, actor = self._desk.services.quizzes.supervision, self._desk.actor
        has = person.extra_time or ExtraTime(percent=_USUAL_PERCENT)
        form = Form()
        share = NumberField(
            _("Percent of the time limit"), has.percent, most=MOST_PERCENT, suffix="%"
        )
        minutes = _minutes(_("Minutes on top"), has.seconds // _A_MINUTE, least=0)
        form.add(share)
        form.add(minutes)

        def give() -> Give:
            extra = ExtraTime(percent=share.value(), seconds=minutes.value() * _A_MINUTE)
            return partial(supervision.give_extra_time, actor, person.person_id, extra)

        self._ask(_("Extra time at every quiz"), "", form, give)

    def _ask(
        self,
        title: str,
        subtitle: str,
        fields: Form | None,
        give: Callable[[], Give],
        *,
        yes: str = "",
    ) -> None:
        """Ask for what `fields` ask and for a reason; `give` reads the fields when they are saved."""
        form = fields or Form()
        reason = TextAreaField(
            _("Reason"), rows=3, required=True, hint=_("Kept in the records under your name.")
        )
        form.add(reason)

        def wish() -> Wish[None]:
            return Wish(partial(give(), reason=reason.value()), _("Recorded. It holds at once."))

        self.sheet = open_form(
            self._host,
            title,
            form,
            wish,
            done=lambda _none: self._host.refresh(),
            save=yes or _("Give"),
            subtitle=subtitle,
        )


def _minutes(label: str, value: int, *, least: int = 1) -> NumberField:
    most = LONGEST_EXTENSION_SECONDS // _A_MINUTE
    return NumberField(label, value, least=least, most=most, suffix=_(" min"))


def _which(quiz: SupervisedQuiz) -> str:
    """Return which quiz it is: many courses end with a “Final quiz”."""
    return f"{quiz.course} · {quiz.title}"


def _named(button: Button, quiz: SupervisedQuiz) -> Button:
    button.setAccessibleName(f"{button.text()}: {_which(quiz)}")
    return button


def _add_buttons(lines: QVBoxLayout, buttons: list[Button]) -> None:
    if not buttons:
        return
    bar = QWidget()
    flow = FlowLayout(bar, gap=8)
    for button in buttons:
        flow.addWidget(button)
    lines.addWidget(bar)
