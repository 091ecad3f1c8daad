"""Entering a certificate of another issuer for somebody."""

from uuid import UUID

from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.training.assignments import AssignmentSummary, same_numbers_in_words
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.certificate import CertificateForm
from app.ui.kit.screen import Screen


def ask_evidence(host: Screen[Services], one: AssignmentSummary) -> None:
    """Ask what stands on a certificate, and keep it."""
    desk = host.desk
    form = CertificateForm(local_day(desk.clock))
    papers, actor = desk.services.papers, desk.actor
    proving = desk.services.training.assignments.evidence

    def wish() -> Wish[UUID]:
        entered = form.entered()

        def enter() -> UUID:
            return papers.enter(
                actor, one.person_id, one.requirement_id, entered, form.given_scans()
            )

        def doubt() -> str:
            return same_numbers_in_words(
                proving.same_numbers(actor, one.person_id, one.requirement_id, entered)
            )

        return Wish(enter, _("The evidence is kept."), doubt)

    open_form(host, _("Enter evidence"), form, wish, subtitle=f"{one.name} · {one.title}")
