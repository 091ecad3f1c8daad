"""What is next of a practical, and the rounds that were."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt

from app.core.base.figures import moment
from app.core.base.words import _
from app.core.training.practicals import (
    STAGES_IN_WORDS,
    PracticalRecord,
    RoundFact,
    RunState,
    Stage,
    revised_in_words,
)
from app.ui.kit.buttons import Button, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.theme import TextRole
from app.ui.training.practical_words import stage_in_words


class NextCard(Card):
    """Lets an assessor begin what comes next; gone while a round is marked, or nothing comes."""

    def __init__(self, begin: Callable[[Stage], None]) -> None:
        super().__init__(_("Next"), gap=12)
        self._begin = begin
        self._lines = column(gap=12)
        self.body.addLayout(self._lines)

    def show_next(self, record: PracticalRecord, watched: RoundFact | None) -> None:
        """Show what is next of a practical of which a round may be watched now."""
        clear(self._lines)
        held = record.qualification
        may = held is not None and held.may_watch and record.form is not None
        self.setVisible(may and watched is None and not record.stands.is_over)
        if held is None or not may:
            return
        if record.request is not None:
            note = record.request.note or _("Asked to be watched")
            self._lines.addWidget(FactRow(moment(record.request.at), note, icon="hand"))
        words = stage_in_words(record.stands)
        self._lines.addWidget(PlainLabel(words, TextRole.BODY2, wrap=True))
        begin = self._begin_button(record.stands.state, record.stands.stage)
        begin.setEnabled(record.stands.stage is not Stage.ASSESSED or held.may_sign)
        self._lines.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeft)

    def _begin_button(self, state: RunState, stage: Stage) -> Button:
        if state is RunState.TO_SIGN:
            made = plain(_("Assess again instead"), "play")
        else:
            words = _("Begin: {stage}").format(stage=_(STAGES_IN_WORDS[stage]))
            made = primary(words, "play")
        return made.on_press(partial(self._begin, stage))


class RoundsCard(Card):
    """The rounds that were begun, the latest first."""

    def __init__(self, record: PracticalRecord) -> None:
        super().__init__(_("Rounds"), gap=8)
        for one in sorted(record.facts.rounds, key=lambda one: one.at, reverse=True):
            told = (
                moment(one.at),
                one.by_name,
                _counts(record, one),
                revised_in_words(record, one),
            )
            about = " · ".join(filter(None, told))
            icon = "circle-check" if record.facts.counts(one) else "circle"
            self.body.addWidget(FactRow(_(STAGES_IN_WORDS[one.stage]), about, icon=icon))


def _counts(record: PracticalRecord, one: RoundFact) -> str:
    """Return whether a round is one of those that its stage asks for, in words."""
    if not record.facts.is_of_now(one):
        return _("from before it was asked for anew: does not count")
    return _("counts") if one.counts else _("does not count")
