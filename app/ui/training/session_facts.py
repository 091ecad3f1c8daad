"""Beside the roll: how many came, who leads, what it proves, what was shown and asked, what is kept."""

from PySide6.QtWidgets import QWidget

from app.core.base.figures import day, duration, moment, percent
from app.core.base.words import _
from app.core.people.shifts import tally_in_words
from app.core.training.sessions import (
    GROUP_QUIZZES,
    SESSION_EVENTS,
    GroupQuiz,
    SessionDetail,
    SessionKind,
    beyond_seats_in_words,
    lacks_trainer_in_words,
    revised_in_words,
)
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.quiz_queue import QuizQueueCard


class SessionFacts(QWidget):
    """Only tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = column(self, gap=12)

    def show_session(self, found: SessionDetail) -> None:
        """Tell of a session."""
        clear(self._lines)
        self._tell_count(found)
        self._tell_plan(found)
        self._tell_quiz(found)
        self._tell_shown(found)
        self._tell_past(found)
        self._lines.addStretch(1)

    def _tell_count(self, found: SessionDetail) -> None:
        card = self._card()
        there = sum(one.is_there for one in found.roll)
        is_over = found.ended_at is not None
        came = sum(one.came for one in found.roll)
        told = beyond_seats_in_words(found.summary)
        figure = PlainLabel(str(came if is_over else there), TextRole.KPI)
        card.body.addWidget(figure)
        words = _("came") if is_over else _("are here")
        hours = float(found.man_hours)
        card.body.addWidget(
            PlainLabel(
                _("{what}; {hours} man-hours").format(what=words, hours=f"{hours:.1f}"),
                TextRole.MUTED,
                wrap=True,
            )
        )
        if told:
            about = _("They were let in all the same.")
            card.body.addWidget(FactRow(told, about, icon="triangle-alert", tone=Tone.WARNING))

    def _tell_plan(self, found: SessionDetail) -> None:
        card = self._card()
        leads = ", ".join(one.name for one in found.trainers) or "–"
        card.body.addWidget(FactRow(leads, _("Led by"), icon="graduation-cap"))
        if found.hours:
            told = tally_in_words(found.hours)
            card.body.addWidget(FactRow(told, _("By their shifts"), icon="clock"))
        for one in found.requirements:
            if one.lacks_trainer:
                told = lacks_trainer_in_words(one.title, one.code)
                about = _("Put one down as a trainer, or have the register looked at.")
                card.body.addWidget(FactRow(told, about, icon="triangle-alert", tone=Tone.WARNING))
                continue
            about = (
                _("Proves it; entered by hand it waits for a second person")
                if one.needs_second
                else _("Proves it")
            )
            card.body.addWidget(FactRow(f"{one.title} · {one.code}", about, icon="award"))
        if found.summary.kind is SessionKind.CLASS:
            share = _("From {share} % of the time on").format(share=found.threshold)
            card.body.addWidget(FactRow(share, _("Counts"), icon="percent"))
        if found.quiz is not GroupQuiz.NONE:
            card.body.addWidget(
                FactRow(_(GROUP_QUIZZES[found.quiz]), _("Quiz"), icon="list-checks")
            )

    def _tell_quiz(self, found: SessionDetail) -> None:
        if found.quiz_queue:
            card = QuizQueueCard()
            card.show_queue(found.quiz_queue)
            self._lines.addWidget(card)

    def _tell_shown(self, found: SessionDetail) -> None:
        if not (found.shown or found.tallies or found.revised):
            return
        card = self._card()
        if found.revised is not None:
            about = _("What was signed stays on the version that was shown or asked.")
            card.body.addWidget(
                FactRow(revised_in_words(found.revised), about, icon="history", tone=Tone.WARNING)
            )
        times: dict[str, float] = {}
        for one in found.shown:
            seconds = (one.to_at - one.from_at).total_seconds()
            times[one.title] = times.get(one.title, 0.0) + seconds
        for title, seconds in times.items():
            about = _("Shown to all, {time}").format(time=duration(int(seconds)))
            card.body.addWidget(FactRow(title, about, icon="presentation"))
        for tally in found.tallies:
            share = percent(tally.knew, tally.knew + tally.missed)
            about = _("{knew} knew it, {missed} did not: {share}").format(
                knew=tally.knew, missed=tally.missed, share=share
            )
            card.body.addWidget(FactRow(tally.question, about, icon="hand"))

    def _tell_past(self, found: SessionDetail) -> None:
        if not (found.events or found.papers):
            return
        card = self._card()
        for one in found.events:
            about = " · ".join(filter(None, (moment(one.at), one.by_name, one.reason)))
            card.body.addWidget(FactRow(_(SESSION_EVENTS[one.event]), about, icon="history"))
        for paper in found.papers:
            about = f"{day(paper.at.astimezone().date())} · {paper.by_name}"
            card.body.addWidget(FactRow(paper.name, about, icon="paperclip"))

    def _card(self) -> Card:
        card = Card(margin=16)
        self._lines.addWidget(card)
        return card
