"""Handing in a certificate of one's own, from one's own record."""

from collections.abc import Sequence
from uuid import UUID

from app.core.base.clock import local_day
from app.core.base.words import _
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.certificate import CertificateForm
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.screen import Screen


class HandInForm(CertificateForm):
    """What it is for, what stands on it, and a scan."""

    def __init__(self, screen: Screen[Services], offers: Sequence[tuple[str, str]]) -> None:
        super().__init__(local_day(screen.desk.clock))
        words = [(code, f"{title} · {code}") for code, title in offers]
        self.what: ComboField[str] = ComboField(_("What it is for"), words)
        self.add(self.what)


def ask_certificate(screen: Screen[Services], offers: Sequence[tuple[str, str]]) -> None:
    """Ask for a certificate; where nothing is asked of the person, say so."""
    desk = screen.desk
    if not offers:
        desk.toast(_("Nobody asks you for a certificate."))
        return
    form = HandInForm(screen, offers)
    papers, actor = desk.services.papers, desk.actor

    def wish() -> Wish[UUID]:
        code, entered = form.what.value() or offers[0][0], form.entered()

        def hand_in() -> UUID:
            return papers.hand_in(actor, code, entered, form.given_scans())

        return Wish(hand_in, _("It waits for somebody to confirm it."))

    open_form(screen, _("Hand in a certificate"), form, wish, save=_("Hand in"))
