"""The letter to the agency about electronic signatures: who writes, who signs it by hand."""

from pathlib import Path

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document
from app.core.signatures import LetterFacts, nonrepudiation_letter
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.handing_out import save_document
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen


class LetterForm(Form):
    """Company, address, signatory."""

    def __init__(self, signatory: str) -> None:
        super().__init__()
        self.company = TextField(_("Company"), required=True)
        self.address = TextField(_("Address"))
        self.signatory = TextField(_("Signed by hand by"), signatory, required=True)
        self.role = TextField(_("Who they are"))
        for field in (self.company, self.address, self.signatory, self.role):
            self.add(field)

    def facts(self, site: str) -> LetterFacts:
        """Return what was told, for a site."""
        return LetterFacts(
            company=self.company.value(),
            site=site,
            address=self.address.value(),
            signatory=self.signatory.value(),
            role=self.role.value(),
        )


def ask_letter(host: Screen[Services]) -> None:
    """Ask what stands in the letter, then where it goes. Files that left tells when it was saved."""
    desk = host.desk
    site = desk.services.open_site
    form = LetterForm(desk.actor.name)

    def wish() -> Wish[Document]:
        facts, now = form.facts(site.name), site.site.clock.now()
        return Wish(lambda: nonrepudiation_letter(facts, now), _("The letter is made."))

    def made(document: Document) -> None:
        def save(path: Path) -> None:
            def make(_progress: Progress) -> Document:
                return document

            save_document(host, path, make)

        ask_where(host, _("Save the letter"), _("Non-repudiation letter") + ".pdf", save)

    open_form(
        host,
        _("Letter to the agency"),
        form,
        wish,
        done=made,
        save=_("Make the letter"),
        subtitle=_("21 CFR 11.100(c): sent once, signed by hand."),
    )
