"""Somebody signs at a PC at which another is signed in, who stays so."""

from typing import Any, TypeVar

from app.core.base.actor import Actor
from app.core.signatures import SigningNow
from app.ui.kit.own_password_sheet import OwnPasswordSheet
from app.ui.kit.screen import Screen
from app.ui.kit.signing import Signer, SignRequest, sign

T = TypeVar("T")


def sign_as_guest(
    host: Screen[Any],  # of whatever services, if people sign by them
    guest: Actor,
    now: SigningNow,
    request: SignRequest[T],
) -> None:
    """Ask a guest for a signature; first for a password to sign with, where they have a PIN alone.

    `now` is how they sign. Their series ends with the dialog: nobody goes on signing as they.
    """
    desk = host.desk
    signatures = desk.services.signatures

    def ask() -> None:
        dialog = sign(Signer(guest, signatures, desk.jobs), request, host)
        dialog.finished.connect(lambda _code: signatures.end_series())

    if now.has_password:
        ask()
    else:
        OwnPasswordSheet(host, guest, is_first=True, done=ask).open()
