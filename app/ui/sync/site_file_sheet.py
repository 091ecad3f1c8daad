"""A site file in a sheet: for how many PCs, for how long, under which passphrase."""

from pathlib import Path

from app.core.base.words import _
from app.core.egress import key_paper
from app.core.keys import LEAST_PASSPHRASE, SITE_FILE_ENDING
from app.services import Services
from app.ui.kit.forms.fields import NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.handing_out import save_document
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet

_PCS, _DAYS = 40, 30
_MOST_PCS, _MOST_DAYS = 1000, 366


class SiteFileSheet(FormSheet):
    """Makes a file with which many PCs may join."""

    def __init__(self, host: Screen[Services]) -> None:
        self._screen = host
        self.pcs = NumberField(_("For how many PCs"), least=1, most=_MOST_PCS)
        self.pcs.set_value(_PCS)
        self.days = NumberField(_("For how many days"), least=1, most=_MOST_DAYS)
        self.days.set_value(_DAYS)
        self.passphrase = PasswordField(
            _("Passphrase"),
            required=True,
            hint=_(
                "At least {count} characters; four or five words are best. Tell it to whoever sets "
                "the PCs up, and never write it on the stick."
            ).format(count=LEAST_PASSPHRASE),
        )
        form = Form()
        for field in (self.pcs, self.days, self.passphrase):
            form.add(field)
        form.mark_saved()
        super().__init__(
            host,
            _("Make a site file"),
            form,
            save=_("Make it"),
            subtitle=_("With it and the passphrase PCs join without going back and forth."),
        )
        self.save_asked.connect(self._make)

    def _make(self) -> None:
        care, actor = self._screen.desk.services.open_site.keys.care, self._screen.desk.actor
        passphrase, days, pcs = self.passphrase.value(), self.days.value(), self.pcs.value()
        self._screen.desk.jobs.run(
            lambda _progress: care.site_file(actor, passphrase, days=days, stations=pcs),
            done=self._ask_where,
            failed=self.refused,
            owner=self._screen,
        )

    def _ask_where(self, made: bytes) -> None:
        self.saved()
        host, code = self._screen, self._screen.desk.services.open_site.code

        def save(path: Path) -> None:
            words = _("Saved. It lets PCs join until it runs out, or is revoked.")
            save_document(
                host,
                path,
                lambda _progress: key_paper(made, _("Site file")),
                lambda _document: host.desk.toast(words),
                told=False,
            )

        ask_where(host, _("Save the site file"), f"{code}{SITE_FILE_ENDING}", save)
