"""What a result is made of: the score, why it was not enough, and how each section did."""

from collections.abc import Iterator
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.assessments import (
    AttemptOutcome,
    ScoredAnew,
    SectionScore,
    Shortfall,
    StartDecision,
    StartReason,
    reason_in_words,
)
from app.core.base import figures
from app.core.base.figures import day, moment
from app.core.base.words import _, plural
from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.charts.bars import BarList, Slice
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, column, row
from app.ui.kit.progress import ProgressRing
from app.ui.kit.theme import TextRole, Tone


def points_text(earned: Fraction, possible: int) -> str:
    """Return points earned of those possible; parts of a point with one decimal."""
    whole = earned.denominator == 1
    figure = str(earned.numerator) if whole else f"{int(earned * 10) / 10:g}"
    return _("Points: {earned} of {possible}").format(earned=figure, possible=possible)


class ScoreCard(Card):
    """The ring, passed or not yet, and what can be done now."""

    def __init__(self, outcome: AttemptOutcome, buttons: list[Button]) -> None:
        super().__init__(gap=12, margin=24)
        score, passed = outcome.counts, outcome.counts.passed
        tone = Tone.SUCCESS if passed else Tone.WARNING
        line = row(gap=28)
        ring = ProgressRing(_("Score"), float(score.share), tone, px=148)
        line.addWidget(ring, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=8)
        needed = figures.share(outcome.settings.pass_mark)
        head = _("Passed") if passed else _("Not yet")
        words.addWidget(PlainLabel(head, TextRole.DISPLAY, wrap=True))
        chips = QWidget()
        flow = FlowLayout(chips, gap=8)
        need = _("Needs {share}").format(share=needed)
        flow.addWidget(StatusChip(need, tone, icon="target"))
        attempt = _("Attempt {number}").format(number=outcome.number)
        flow.addWidget(StatusChip(attempt, Tone.NEUTRAL, icon="repeat"))
        words.addWidget(chips)
        words.addWidget(PlainLabel(_in_one_line(outcome), TextRole.BODY2, wrap=True))
        bar = QWidget()
        actions = FlowLayout(bar, gap=10)
        for button in buttons:
            actions.addWidget(button)
        words.addSpacing(8)
        words.addWidget(bar)
        words.addStretch(1)
        line.addLayout(words, 1)
        self.body.addLayout(line)
        self.setAccessibleName(f"{head}, {figures.share(score.share)}, {need}")


def _in_one_line(outcome: AttemptOutcome) -> str:
    parts = [points_text(outcome.counts.earned, outcome.counts.possible)]
    missing = sum(not one.answered for one in outcome.counts.questions)
    if missing:
        parts.append(plural("{count} not answered", "{count} not answered", missing))
    if outcome.ended_by == "time":
        parts.append(_("handed in when the time was up"))
    parts.append(moment(outcome.submitted_at))
    return " · ".join(parts)


def shortfall_rows(outcome: AttemptOutcome) -> Iterator[FactRow]:
    """Yield why an attempt did not pass, in words; nothing for one that did."""
    score, needed = outcome.counts, figures.share(outcome.settings.pass_mark)
    for reason in score.reasons:
        match reason:
            case Shortfall.BELOW_PASS_MARK:
                about = _("{share} reached, {needed} needed.")
                told = about.format(share=figures.share(score.share), needed=needed)
                yield _why(_("Below the pass mark"), told, "target")
            case Shortfall.SECTION_BELOW_MINIMUM:
                for index, section in enumerate(score.sections):
                    if not section.met:
                        yield _section_short(index, section)
            case Shortfall.CRITICAL_WRONG:
                count = len(score.critical_failed)
                told = plural(
                    "{count} question that must be right was not.",
                    "{count} questions that must be right were not.",
                    count,
                )
                yield _why(_("Critical questions missed"), f"{told} {_numbers(outcome)}", "star")
            case Shortfall.NOTHING_ASKED:
                yield _why(_("Nothing was asked"), _("Tell whoever made the course."), "info")


def anew_row(outcome: AttemptOutcome, anew: ScoredAnew) -> FactRow:
    """Return since when and why another score counts, and which one was given before."""
    before = _("Passed") if outcome.score.passed else _("Not yet")
    about = _("A question was left out on {day}: {reason} Before: {share}, {outcome}.").format(
        day=day(anew.decided_at.astimezone().date()),
        reason=" ".join(f"{one.rstrip('.')}." for one in anew.reasons),
        share=figures.share(outcome.score.share),
        outcome=before,
    )
    return FactRow(_("Another score counts"), about, icon="git-compare", tone=Tone.INFO)


def _why(title: str, about: str, icon: str) -> FactRow:
    return FactRow(title, about, icon=icon, tone=Tone.WARNING)


def _section_short(index: int, section: SectionScore) -> FactRow:
    title = _("Section below its minimum: {title}").format(title=section_title(index, section))
    about = _("{share} reached, {needed} needed.").format(
        share=_section_share(section), needed=figures.share(section.minimum or Fraction(0))
    )
    return _why(title, about, "list-checks")


def _numbers(outcome: AttemptOutcome) -> str:
    failed = set(outcome.counts.critical_failed)
    numbers = [
        str(place)
        for place, asked in enumerate(outcome.questions, start=1)
        if asked.question_id in failed
    ]
    return _("Question {numbers}.").format(numbers=", ".join(numbers))


def section_title(index: int, section: SectionScore) -> str:
    """Return a section's title; its number when it has none."""
    return section.title or _("Section {number}").format(number=index + 1)


def _section_share(section: SectionScore) -> str:
    share = section.earned / section.possible if section.possible else Fraction(0)
    return figures.share(share)


def section_bars(outcome: AttemptOutcome) -> BarList:
    """Return a bar for each section: what it earned of what it could."""
    slices = [
        Slice(
            label=section_title(index, section),
            value=float(section.earned / section.possible) if section.possible else 0.0,
            text=_section_text(section),
            tone=_section_tone(section),
        )
        for index, section in enumerate(outcome.counts.sections)
    ]
    return BarList(_("By section"), slices)


def _section_tone(section: SectionScore) -> Tone:
    if section.minimum is None:
        return Tone.PRIMARY
    return Tone.SUCCESS if section.met else Tone.WARNING


def _section_text(section: SectionScore) -> str:
    share = _section_share(section)
    if section.met or section.minimum is None:
        return share
    return _("{share}, needs {needed}").format(share=share, needed=figures.share(section.minimum))


def next_attempt_row(decision: StartDecision) -> FactRow | None:
    """Return how many attempts are left and when the next one opens; None when that is settled."""
    left = decision.attempts_left
    counted = plural("{count} attempt left", "{count} attempts left", left) if left else ""
    if decision.allowed:
        title = counted or _("You can try again")
        return FactRow(title, _("You can start now."), icon="repeat", tone=Tone.PRIMARY)
    if decision.reason is StartReason.ALREADY_PASSED:
        return None
    title = counted or _("No further attempt now")
    return FactRow(title, reason_in_words(decision), icon="calendar-clock", tone=Tone.WARNING)
