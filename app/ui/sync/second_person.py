"""A second person reads what a sync file is going to carry and signs, on the PC at which it is written."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people import AccountName
from app.core.signatures import Meaning, SigningNow, Undersigned
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
_Orders = tuple[ExportOrder, ...]
_Write = Callable[[_Orders], None]
_Wanted = tuple[tuple[Peer, ...], Collection[UUID] | None]


class SecondSigning:
    """Asks who confirms, and for their signature. Whoever prepared stays signed in."""

    def __init__(self, host: Screen[Services], refused: Callable[[UserFacingError], None]) -> None:
        """Take the screen, and who is told why orders were not signed."""
        self._host = host
        self._refused = refused
        self.is_asked = False
        """Whether the site asks for two people."""
        self._signed: _Orders = ()
        """Until they are written: a stick that was pulled asks for no other signature."""
        self._wanted: _Wanted = ((), ())
        self._write: _Write = lambda _orders: None

    def confirm(
        self, peers: Sequence[Peer], courses: Collection[UUID] | None, write: _Write
    ) -> None:
        """Let it be written: at once, or by the orders that a second person signed, one a reader."""
        several, actor = self._host.desk.services.sync.several, self._host.desk.actor
        wanted = (tuple(peers), courses)
        is_signed = bool(self._signed) and wanted == self._wanted
        self._write, self._wanted = write, wanted
        if is_signed:
            write(self._signed)
        elif self.is_asked:
            self._host.load(
                lambda _progress: several.orders(actor, peers, courses),
                self._prepared,
                failed=self._refused,
                lane=Lane.EXCHANGE,
                what="order",
            )
        else:
            write(())

    def forget(self) -> None:
        """Let go of what was signed: it is written, or something else is begun."""
        self._signed = ()

    def _prepared(self, orders: _Orders) -> None:
        if any(order.asks_second for order in orders):
            self._ask(orders)
        else:
            self._write(orders)

    def _confirmed(self, orders: _Orders) -> None:
        self._signed = orders
        self._write(orders)

    def _ask(self, orders: _Orders) -> None:
        """Let somebody else read the orders and sign them."""
        releasing, actor = self._host.desk.services.sync.releasing, self._host.desk.actor
        self._host.load(
            lambda _progress: releasing.seconds(actor),
            partial(self._choose, orders),
            failed=self._refused,
            what="second person",
        )

    def _choose(self, orders: _Orders, seconds: Sequence[AccountName]) -> None:
        if not seconds:
            self._refused(NobodyToConfirm())
        elif len(seconds) == 1:
            self._look(orders, seconds[0].id)
        else:
            self._ask_who(orders, seconds)

    def _ask_who(self, orders: _Orders, seconds: Sequence[AccountName]) -> None:
        form = Form()
        who: ComboField[UUID] = ComboField(
            _("Who confirms"),
            [(one.id, f"{one.name} · {one.number}") for one in seconds],
            required=True,
            hint=_("They read what goes and sign here; you stay signed in."),
        )
        form.add(who)
        sheet = FormSheet(
            self._host, _("A second person signs"), form, save=_("Go on"), subtitle=_titles(orders)
        )

        def go_on() -> None:
            account_id = who.value()
            sheet.saved()
            if account_id is not None:
                self._look(orders, account_id)

        sheet.save_asked.connect(go_on)
        sheet.open()

    def _look(self, orders: _Orders, account_id: UUID) -> None:
        services = self._host.desk.services

        def look(_progress: Progress) -> _Asked:
            second = services.sign_in.signer_by(account_id)
            return second, services.signatures.now(second)

        self._host.load(
            look, partial(self._asked, orders), failed=self._refused, what="second person"
        )

    def _asked(self, orders: _Orders, found: _Asked) -> None:
        releasing = self._host.desk.services.sync.releasing
        asked = [order for order in orders if order.asks_second]

        def act(signed: Undersigned, _reason: str) -> tuple[UUID, ...]:
            return releasing.release_each(asked, signed)

        request: SignRequest[tuple[UUID, ...]] = SignRequest(
            title=_("Confirm what the sync file carries"),
            shown="\n\n".join(order.shown for order in asked),
            parts=tuple(order.shown for order in asked),
            meaning=Meaning.CONFIRMED,
            act=act,
            done=lambda _releases: self._confirmed(orders),
            failed=self._refused,
        )
        sign_as_guest(self._host, *found, request)


def _titles(orders: _Orders) -> str:
    return "\n".join(order.title for order in orders if order.asks_second)
