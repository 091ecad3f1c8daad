"""A second person reads what a sync file is going to carry and signs, on the PC at which it is written."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people import AccountName
from app.core.signatures import Meaning, Pen, SigningNow
from app.core.sync import ExportOrder, NobodyToConfirm, Peer
from app.services import Services
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.guest_signing import sign_as_guest
from app.ui.kit.jobs import Lane
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignRequest

_Asked = tuple[Actor, SigningNow]
_Write = Callable[[ExportOrder | None], None]


class SecondSigning:
    """Asks who confirms, and for their signature. Whoever prepared stays signed in."""

    def __init__(self, host: Screen[Services], refused: Callable[[UserFacingError], None]) -> None:
        """Take the screen, and who is told why an order was not signed."""
        self._host = host
        self._refused = refused
        self.is_asked = False
        """Whether the site asks for two people."""
        self._signed: ExportOrder | None = None
        """Until it is written: a stick that was pulled asks for no other signature."""
        self._write: _Write = lambda _order: None

    def confirm(
        self, peers: Sequence[Peer], courses: Collection[UUID] | None, write: _Write
    ) -> None:
        """Let it be written: at once, or by the order that a second person signed."""
        releasing, actor = self._host.desk.services.sync.releasing, self._host.desk.actor
        self._write = write
        if self._signed is not None and self._signed.is_for(peers, courses):
            write(self._signed)
        elif self.is_asked:
            self._host.load(
                lambda _progress: releasing.prepare(actor, peers, courses),
                self._prepared,
                failed=self._refused,
                lane=Lane.EXCHANGE,
                what="order",
            )
        else:
            write(None)

    def forget(self) -> None:
        """Let go of what was signed: it is written, or something else is begun."""
        self._signed = None

    def _prepared(self, order: ExportOrder) -> None:
        if order.asks_second:
            self._ask(order)
        else:
            self._write(order)

    def _confirmed(self, order: ExportOrder) -> None:
        self._signed = order
        self._write(order)

    def _ask(self, order: ExportOrder) -> None:
        """Let somebody else read the order and sign it."""
        releasing, actor = self._host.desk.services.sync.releasing, self._host.desk.actor
        self._host.load(
            lambda _progress: releasing.seconds(actor),
            partial(self._choose, order),
            failed=self._refused,
            what="second person",
        )

    def _choose(self, order: ExportOrder, seconds: Sequence[AccountName]) -> None:
        if not seconds:
            self._refused(NobodyToConfirm())
        elif len(seconds) == 1:
            self._look(order, seconds[0].id)
        else:
            self._ask_who(order, seconds)

    def _ask_who(self, order: ExportOrder, seconds: Sequence[AccountName]) -> None:
        form = Form()
        who: ComboField[UUID] = ComboField(
            _("Who confirms"),
            [(one.id, f"{one.name} · {one.number}") for one in seconds],
            required=True,
            hint=_("They read what goes and sign here; you stay signed in."),
        )
        form.add(who)
        sheet = FormSheet(
            self._host, _("A second person signs"), form, save=_("Go on"), subtitle=order.title
        )

        def go_on() -> None:
            account_id = who.value()
            sheet.saved()
            if account_id is not None:
                self._look(order, account_id)

        sheet.save_asked.connect(go_on)
        sheet.open()

    def _look(self, order: ExportOrder, account_id: UUID) -> None:
        services = self._host.desk.services

        def look(_progress: Progress) -> _Asked:
            second = services.sign_in.signer_by(account_id)
            return second, services.signatures.now(second)

        self._host.load(
            look, partial(self._asked, order), failed=self._refused, what="second person"
        )

    def _asked(self, order: ExportOrder, found: _Asked) -> None:
        releasing = self._host.desk.services.sync.releasing

        def act(pen: Pen, _reason: str) -> UUID:
            return releasing.release(order, pen)

        request: SignRequest[UUID] = SignRequest(
            title=_("Confirm what the sync file carries"),
            shown=order.shown,
            meaning=Meaning.CONFIRMED,
            act=act,
            done=lambda _release: self._confirmed(order),
            failed=self._refused,
        )
        sign_as_guest(self._host, *found, request)
