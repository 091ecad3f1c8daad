"""A certificate of another issuer as a form: what stands on it, and scans of it."""

from datetime import date
from pathlib import Path

from app.core.base.words import _, plural
from app.core.spreadsheets import GivenFile
from app.core.training.assignments import EnteredEvidence
from app.core.training.legacy import NoScan
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import TextRole

SCANS = (".pdf", ".jpg", ".jpeg", ".png")


class CertificateForm(Form):
    """What stands on a certificate, and its scans."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.issuer = TextField(_("Issued by"), required=True)
        self.number = TextField(_("Number"), hint=_("As it stands on the certificate."))
        self.obtained = DateField(_("Obtained on"), today, required=True)
        self.until = DateField(_("Valid until, as it says"))
        self.note = TextField(_("Note"), hint=_("Where the paper is kept, who was asked."))
        for field in (self.issuer, self.number, self.obtained, self.until, self.note):
            self.add(field)
        self.picker = FilePicker(_("Drop scans of it here"), suffixes=SCANS)
        self.picker.picked.connect(self._take_scans)
        self.add_part(self.picker)
        self.scan_words = PlainLabel("", TextRole.MUTED, wrap=True)
        self.scan_words.hide()
        self.add_part(self.scan_words)
        self._scans: dict[Path, None] = {}

    def entered(self) -> EnteredEvidence:
        """Return what was written."""
        return EnteredEvidence(
            issuer=self.issuer.value(),
            number=self.number.value(),
            obtained_on=self.obtained.value() or date.max,
            valid_until=self.until.value(),
            note=self.note.value(),
        )

    def given_scans(self) -> list[GivenFile]:
        """Read the scans. Raises NoScan for one that is gone."""
        return [_given(path) for path in self._scans]

    def _take_scans(self, paths: tuple[Path, ...]) -> None:
        self._scans |= dict.fromkeys(paths)
        words = plural("{count} scan goes along.", "{count} scans go along.", len(self._scans))
        self.scan_words.setText(words)
        self.scan_words.show()


def _given(path: Path) -> GivenFile:
    try:
        return GivenFile(name=path.name, content=path.read_bytes())
    except OSError as error:
        raise NoScan(path.name) from error
