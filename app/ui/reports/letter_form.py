"""The letter to the agency about electronic signatures: who writes, who signs it by hand."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document
from app.core.signatures import LetterFacts, SentLetter, nonrepudiation_letter
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.handing_out import save_document
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet


class LetterForm(Form):
    """Company, address, signatory."""

    def __init__(self, signatory: str, sent: Sequence[SentLetter] = ()) -> None:
        super().__init__()
        for one in sent:
            words = _("Sent on {day}: {how}").format(day=day(one.sent_on), how=one.how)
            self.add_part(FactRow(words, f"{one.company}, {one.signatory}", icon="mail"))
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
    """Show which letters were sent, and ask what stands in another; or note that one was sent."""
    letters, actor = host.desk.services.signatures.letters, host.desk.actor
    host.load(lambda _progress: letters.all(actor), partial(_ask, host), what="letters")


def _ask(host: Screen[Services], sent: tuple[SentLetter, ...]) -> None:
    desk = host.desk
    site = desk.services.open_site
    form = LetterForm(desk.actor.name, sent)

    def wish() -> Wish[Document]:
        facts, now = form.facts(site.name), site.site.clock.now()
        return Wish(lambda: nonrepudiation_letter(facts, now), _("The letter is made."))

    def made(document: Document) -> None:
        def save(path: Path) -> None:
            def make(_progress: Progress) -> Document:
                return document

            save_document(host, path, make, lambda _document: _ask_sent(host, form))

        ask_where(host, _("Save the letter"), _("Non-repudiation letter") + ".pdf", save)

    sheet = open_form(
        host,
        _("Letter to the agency"),
        form,
        wish,
        done=made,
        save=_("Make the letter"),
        subtitle=_("21 CFR 11.100(c): sent once, signed by hand."),
    )
    noted = plain(_("It was sent"), "mail").on_press(lambda: _ask_sent(host, form, sheet))
    sheet.foot.insertWidget(0, noted)


def _ask_sent(host: Screen[Services], letter: LetterForm, before: FormSheet | None = None) -> None:
    """Ask when a letter was sent, and how."""
    if before is not None:
        before.saved()
    letters, actor = host.desk.services.signatures.letters, host.desk.actor
    facts, form, today = letter.facts(""), Form(), local_day(host.desk.clock)
    company = TextField(_("Company"), facts.company, required=True)
    signatory = TextField(_("Signed by hand by"), facts.signatory, required=True)
    sent_on = DateField(_("Sent on"), today, required=True)
    how = TextField(
        _("How"), required=True, hint=_("By post or courier, with the number that proves it.")
    )
    for field in (company, signatory, sent_on, how):
        form.add(field)

    def wish() -> Wish[None]:
        said = company.value(), signatory.value(), sent_on.value() or today, how.value()
        return Wish(lambda: letters.note(actor, *said), _("It is on record that it was sent."))

    open_form(host, _("The letter was sent"), form, wish)
