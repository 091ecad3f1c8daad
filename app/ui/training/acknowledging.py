"""Acknowledging a document that was read: by a word, or by a signature where the site asks for one."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.people import ProvedPresent
from app.core.signatures import Meaning, Undersigned
from app.core.training.controlled import Reading
from app.services import Services
from app.ui.kit.dialogs import Question
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.training.read_to import ask_witness
from app.ui.training.reading_trace import pinned


class Acknowledging:
    """Asks over a screen; `done` hears that it is on record, `refused` why it is not."""

    def __init__(
        self,
        host: Screen[Services],
        done: Callable[[UUID], None],
        refused: Callable[[UserFacingError], None],
    ) -> None:
        self._host = host
        self._done = done
        self._refused = refused

    def ask(self, reading: Reading) -> None:
        """Let the reader say that they have read and understood it."""
        if reading.needs_witness:
            ask_witness(self._host, reading.number, partial(self._go_on, reading))
        else:
            self._go_on(reading, None)

    def _go_on(self, reading: Reading, witness: ProvedPresent | None) -> None:
        if reading.needs_signature:
            self._sign(reading, witness)
        else:
            self._confirm(reading, witness)

    def _confirm(self, reading: Reading, witness: ProvedPresent | None) -> None:
        desk = self._host.desk
        question = Question(
            title=_("Acknowledge {number}?").format(number=reading.number),
            text=reading.statement,
            yes=_("I have read and understood it"),
        )
        readings, actor = desk.services.documents.readings, desk.actor
        desk.confirm(
            question,
            lambda _reason: self._host.act(
                lambda _progress: readings.acknowledge(actor, pinned(reading), witness=witness),
                self._done,
            ),
        )

    def _sign(self, reading: Reading, witness: ProvedPresent | None) -> None:
        desk = self._host.desk
        readings, actor = desk.services.documents.readings, desk.actor
        shown = readings.text(actor, pinned(reading))

        def act(signed: Undersigned, _reason: str) -> UUID:
            return readings.acknowledge(actor, pinned(reading), signed, witness=witness)

        wanted = ToSign(
            title=_("Acknowledge {number}").format(number=reading.number),
            shown=shown,
            meaning=Meaning.ACKNOWLEDGED,
            act=act,
            done=self._done,
            failed=self._refused,
        )
        ask_signature(self._host, wanted)
