"""On a learner's home: which practicals wait, and for what."""

from collections.abc import Callable

from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.practicals import STAGES_IN_WORDS, Hand, PracticalRecord, RunState
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.layouts import clear, column
from app.ui.kit.theme import Tone

_MOST = 3


class PracticalsCard(Card):
    """A line for each that is not over; hidden where there is none. Each leads to all of them."""

    def __init__(self, open_all: Callable[[], None]) -> None:
        super().__init__(_("My practicals"), gap=2)
        self._open = open_all
        self.rows: list[RowButton] = []
        self._lines = column(gap=2)
        self.body.addLayout(self._lines)
        self.hide()

    def show_records(self, records: tuple[PracticalRecord, ...]) -> None:
        """Show the most urgent of them, those to be signed first."""
        clear(self._lines)
        self.rows = []
        waiting = [one for one in records if not one.stands.is_over]
        waiting.sort(key=lambda one: not _is_to_sign(one))
        self.setVisible(bool(waiting))
        for one in waiting[:_MOST]:
            tone = Tone.WARNING if _is_to_sign(one) else Tone.NEUTRAL
            icon = "pen-line" if _is_to_sign(one) else "hand"
            row = RowButton(one.title, _about(one), icon=icon, tone=tone)
            row.clicked.connect(lambda _on=False: self._open())
            self._lines.addWidget(row)
            self.rows.append(row)


def _is_to_sign(record: PracticalRecord) -> bool:
    result = record.stands.result
    waits = record.stands.state is RunState.TO_SIGN
    return waits and result is not None and Hand.LEARNER not in result.hands


def _about(record: PracticalRecord) -> str:
    if _is_to_sign(record):
        return _("Your signature is missing")
    words = _("Next: {stage}").format(stage=_(STAGES_IN_WORDS[record.stands.stage]))
    if record.due_on is None:
        return words
    return _("{next}, due {day}").format(next=words, day=day(record.due_on))
