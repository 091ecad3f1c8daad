"""A result with the signatures under it, and who has yet to sign."""

from collections.abc import Callable, Sequence
from functools import partial

from app.core.base.figures import day, moment
from app.core.base.words import _
from app.core.signatures import SignatureLine
from app.core.training.practicals import (
    VERDICTS_IN_WORDS,
    Hand,
    PracticalRecord,
    ResultFact,
    revised_in_words,
)
from app.ui.kit.buttons import Button, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.signature_block import signature_block
from app.ui.kit.theme import Tone
from app.ui.training.practical_words import HANDS, VERDICT_TONES

AskToSign = Callable[[ResultFact, Hand], None]


class ResultCard(Card):
    """Two lines: the learner's and the assessor's, each a signature or a button to sign."""

    def __init__(
        self,
        record: PracticalRecord,
        result: ResultFact,
        signed: Sequence[SignatureLine],
        ask: AskToSign,
        *,
        may: frozenset[Hand],
    ) -> None:
        told = _("{title}: result of {when}").format(title=record.title, when=moment(result.at))
        super().__init__(told, gap=10)
        self.buttons: dict[Hand, Button] = {}
        words = _(VERDICTS_IN_WORDS[result.verdict])
        self.add_action(StatusChip(words, VERDICT_TONES[result.verdict]))
        self.body.addWidget(
            FactRow(result.by_name, result.remark or _("Assessed it"), icon="clipboard-check")
        )
        if told := revised_in_words(record, record.round_of(result)):
            self.body.addWidget(
                FactRow(
                    told,
                    _("The result stays on the version that was marked"),
                    icon="history",
                    tone=Tone.WARNING,
                )
            )
        if result.retry_on is not None:
            self.body.addWidget(
                FactRow(day(result.retry_on), _("Next try proposed"), icon="calendar")
            )
        for hand in Hand:
            self._add_hand(record, result, signed, ask, hand, may=hand in may)

    def _add_hand(
        self,
        record: PracticalRecord,
        result: ResultFact,
        signed: Sequence[SignatureLine],
        ask: AskToSign,
        hand: Hand,
        *,
        may: bool,
    ) -> None:
        ids = {one.id for one in result.signings if one.hand is hand}
        lines = [line for line in signed if line.record_id in ids]
        for line in lines:
            self.body.addWidget(signature_block(line))
        if lines:
            return
        who = record.name if hand is Hand.LEARNER else result.by_name
        row = FactRow(
            _("{hand}: {name}").format(hand=_(HANDS[hand]), name=who),
            _("Not signed yet"),
            icon="pen-line",
            tone=Tone.WARNING,
        )
        if may:
            is_first = not self.buttons
            made = (primary if is_first else plain)(_("Sign"), "signature")
            made.setAccessibleName(_("Sign as {hand}").format(hand=_(HANDS[hand])))
            row.add_button(made.on_press(partial(ask, result, hand)))
            self.buttons[hand] = made
        self.body.addWidget(row)
