"""A second person reads what a sync file is going to carry and signs, on the PC at which it is written."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people import AccountName
from app.core.signatures import Meaning, Pen, SigningNow
from app.core.sync import ExportOrder, NobodyToConfirm
from app.services import Services
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.own_password_sheet import OwnPasswordSheet
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import Signer, SignRequest, sign

_Asked = tuple[Actor, SigningNow]


class SecondSigning:
    """Asks who confirms, and for their signature. Whoever prepared stays signed in."""

    def __init__(
        self,
        host: Screen[Services],
        signed: Callable[[ExportOrder], None],
        refused: Callable[[UserFacingError], None],
    ) -> None:
        """Take the screen, and who is told that an order was signed, or why it was not."""
        self._host = host
        self._signed = signed
        self._refused = refused

    def ask(self, order: ExportOrder) -> None:
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
        second, now = found
        if now.has_password:
            self._sign(order, second)
            return
        OwnPasswordSheet(
            self._host, second, is_first=True, done=lambda: self._sign(order, second)
        ).open()

    def _sign(self, order: ExportOrder, second: Actor) -> None:
        desk = self._host.desk
        releasing, signatures = desk.services.sync.releasing, desk.services.signatures

        def act(pen: Pen, _reason: str) -> UUID:
            return releasing.release(order, pen)

        request: SignRequest[UUID] = SignRequest(
            title=_("Confirm what the sync file carries"),
            shown=order.shown,
            meaning=Meaning.CONFIRMED,
            act=act,
            done=lambda _release: self._signed(order),
            failed=self._refused,
        )
        dialog = sign(Signer(second, signatures, desk.jobs), request, self._host)
        dialog.finished.connect(lambda _code: signatures.end_series())
