"""Both sign a result on one PC, one after the other: the assessor stays signed in."""

from functools import partial

from app.core.base.actor import Actor
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.signatures import SigningNow, Undersigned
from app.core.training.practicals import (
    Hand,
    PracticalRecord,
    ResultFact,
    SignedPractical,
    SigningSheet,
)
from app.services import Services
from app.ui.kit.guest_signing import sign_as_guest
from app.ui.kit.screen import Screen
from app.ui.kit.signing import Signer, SignRequest, sign

_Asked = tuple[Actor, SigningNow, SigningSheet]


class ResultSigning:
    """Asks for the signature of one of the two over a screen."""

    def __init__(self, host: Screen[Services]) -> None:
        self._host = host

    def ask(self, record: PracticalRecord, result: ResultFact, hand: Hand) -> None:
        """Let the learner, or the assessor, read and sign. A learner signs as a guest of this PC."""
        desk = self._host.desk
        services, actor = desk.services, desk.actor
        is_guest = hand is Hand.LEARNER and actor.person_id != record.person_id

        def look(_progress: Progress) -> _Asked:
            signer = services.sign_in.signer(record.person_id) if is_guest else actor
            sheet = services.training.practicals.sheet(
                actor, record.person_id, record.requirement_id, result.id, hand
            )
            return signer, services.signatures.now(signer), sheet

        self._host.load(look, partial(self._asked, is_guest=is_guest), what=f"sign {hand}")

    def _asked(self, found: _Asked, *, is_guest: bool) -> None:
        signer, now, sheet = found
        host, desk = self._host, self._host.desk
        signing = desk.services.training.practicals.signing

        def act(signed: Undersigned, _reason: str) -> SignedPractical:
            return signing.sign(signer, signed, sheet)

        request: SignRequest[SignedPractical] = SignRequest(
            title=_("Sign as learner") if sheet.hand is Hand.LEARNER else _("Sign as assessor"),
            shown=sheet.shown,
            meaning=sheet.meaning,
            act=act,
            done=self._done,
            failed=desk.tell_error,
            lost=None if is_guest else partial(desk.open, "my_signature"),
        )
        if is_guest:
            sign_as_guest(host, signer, now, request)
        else:
            sign(Signer(signer, desk.services.signatures, desk.jobs), request, host)

    def _done(self, signed: SignedPractical) -> None:
        if signed.credit_id is not None:
            told = _("Signed by both: it is on record as competent.")
        elif signed.is_complete:
            told = _("Signed by both.")
        else:
            told = _("Signed. The other signature is still missing.")
        self._host.desk.toast(told)
