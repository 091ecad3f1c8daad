"""Acknowledging a document that was read: by a word, or by a signature where the site asks for one."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.people import ProvedPresent
from app.core.signatures import Meaning, Undersigned
from app.core.training.controlled import Reading, require_another
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, ask_signature
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
            self._ask_witness(reading)
        else:
            self._go_on(reading, None)

    def _ask_witness(self, reading: Reading) -> None:
        """Let who read it to the reader prove that they are here; then go on."""
        form = Form()
        name = TextField(_("Badge or number of who read it to you"), required=True)
        secret = PasswordField(_("Their own PIN or password"), required=True)
        form.add(name)
        form.add(secret)
        sign_in = self._host.desk.services.sign_in

        def act() -> ProvedPresent:
            proved = sign_in.prove_present(name.value(), secret.value())
            return require_another(self._host.desk.actor, proved)

        open_form(
            self._host,
            _("Read to you"),
            form,
            lambda: Wish(act, _("It is noted who read it to you.")),
            done=partial(self._go_on, reading),
            subtitle=_("Whoever read {number} to you says so here. You stay signed in.").format(
                number=reading.number
            ),
            save=_("I read it to them"),
        )

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
