"""The filled forms that were scanned and kept with a practical."""

from functools import partial
from uuid import UUID

from app.core.base.figures import moment
from app.core.base.words import _
from app.core.training.practicals import FilledPaper
from app.services import Services
from app.ui.kit.buttons import IconButton
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.handing_out import save_document
from app.ui.kit.layouts import clear, column
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen


class PapersCard(Card):
    """One line for each scan, with the way to save it; hidden where there is none."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__(_("Filled on paper"), gap=8)
        self._host = host
        self._lines = column(gap=8)
        self.body.addLayout(self._lines)
        self.hide()

    def follow(self, person_id: UUID, requirement_id: UUID) -> None:
        """Show the scans that are kept with somebody's practical."""
        host = self._host
        sheets, actor = host.desk.services.training.practicals.sheets, host.desk.actor
        host.load(
            lambda _progress: sheets.kept(actor, person_id, requirement_id),
            self._show,
            what="papers",
        )

    def _show(self, found: tuple[FilledPaper, ...]) -> None:
        clear(self._lines)
        for one in found:
            version = _("Version {number}").format(number=one.version)
            line = FactRow(
                one.name, " · ".join((version, moment(one.at), one.by)), icon="paperclip"
            )
            save = IconButton("download", _("Save {name}").format(name=one.name))
            line.add_button(save.on_press(partial(self._ask_where, one)))
            self._lines.addWidget(line)
        self.setVisible(bool(found))

    def _ask_where(self, one: FilledPaper) -> None:
        host = self._host
        sheets, actor = host.desk.services.training.practicals.sheets, host.desk.actor
        ask_where(
            host,
            _("Save the scan"),
            one.name,
            lambda path: save_document(
                host, path, lambda _progress: sheets.document(actor, one.id)
            ),
        )
