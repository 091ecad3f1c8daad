"""A recovery kit in a sheet: who keeps the papers, printing them, and words that prove they are right."""

from pathlib import Path

from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document
from app.core.keys import SHARES
from app.core.operations import KitInHand, RecoveryKits
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone


class KitSheet(SideSheet):
    """The shares are in this program's memory and on paper. A file with them is deleted at the end."""

    def __init__(self, host: Screen[Services], kits: RecoveryKits) -> None:
        super().__init__(
            host,
            _("Recovery kit"),
            subtitle=_("Three papers, of which any two open the records."),
            width=520,
        )
        self._screen = host
        self._kits = kits
        self.kit: KitInHand | None = None
        self._file: Path | None = None
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.keepers = [
            TextField(_("Who keeps paper {number}").format(number=number + 1), required=True)
            for number in range(SHARES)
        ]
        self.form = Form()
        for keeper in self.keepers:
            self.form.add(keeper)
        about = _("For example the plant head, HR and the training lead. Each locks it away apart.")
        self.about = PlainLabel(about, TextRole.MUTED, wrap=True)
        self.body.addWidget(self.about)
        self.body.addWidget(self.form)
        self._papers = column(gap=14)
        self.body.addLayout(self._papers)
        self.words: list[list[TextField]] = []
        self.save_button = plain(_("Save PDF"), "download").on_press(self._ask_where)
        self.print_button = primary(_("Print"), "printer").on_press(self._print)
        self.make_button = primary(_("Make the kit"), "key-round").on_press(self.make)
        self.confirm_button = plain(_("The papers are right"), "check").on_press(self.confirm)
        for button in (self.save_button, self.confirm_button, self.print_button, self.make_button):
            self.foot.addWidget(button)
        self._show_buttons()
        self.form.submitted.connect(self.make)

    def make(self) -> None:
        """Split the key over three papers, in memory."""
        if not self.form.is_valid():
            return
        actor, keepers = self._screen.desk.actor, [one.value() for one in self.keepers]
        self._screen.desk.jobs.run(
            lambda _progress: self._kits.make(actor, keepers),
            done=self._made,
            failed=self._refused,
            owner=self,
        )

    def save(self, path: Path) -> None:
        """Save the papers to a file, until they are printed."""
        kit = self.kit
        if kit is None:
            return

        def saved(_document: Document) -> None:
            self._file = path
            words = _("Print {file} now: it is deleted when this sheet closes.")
            self._screen.desk.toast(words.format(file=path.name))

        save_document(
            self._screen, path, lambda _progress: self._kits.document(kit), saved, told=False
        )

    def confirm(self) -> None:
        """Let the kit count: words of each paper were typed."""
        kit, actor = self.kit, self._screen.desk.actor
        typed = [[field.value() for field in fields] for fields in self.words]
        if kit is None:
            return

        def work(_progress: Progress) -> None:
            self._kits.confirm(actor, kit, typed)

        self._screen.desk.jobs.run(work, done=self._counts, failed=self._refused, owner=self)

    @override
    def dismiss(self) -> None:
        if self._file is not None:
            self._file.unlink(missing_ok=True)
            self._file = None
        self.kit = None
        super().dismiss()

    def _print(self) -> None:
        if self.kit is not None:
            ask_printer(self._screen, self._kits.document(self.kit))

    def _ask_where(self) -> None:
        if self.kit is not None:
            name = f"recovery-kit-{self.kit.number}.pdf"
            ask_where(self._screen, _("Save PDF"), name, self.save)

    def _made(self, kit: KitInHand) -> None:
        self.kit = kit
        self.banner.hide()
        self.form.mark_saved()
        self.form.hide()
        self.about.setText(
            _(
                "Print the three papers now; they are kept nowhere. Then type the words asked for from "
                "each of them: the kit counts once they are right."
            )
        )
        for share, (keeper, asked) in enumerate(zip(kit.keepers, kit.asked, strict=True)):
            self._papers.addWidget(
                PlainLabel(
                    _("Paper {number}, {keeper}").format(number=share + 1, keeper=keeper),
                    TextRole.STRONG,
                    wrap=True,
                )
            )
            fields = [TextField(_("Word {number}").format(number=number)) for number in asked]
            line = row(gap=12)
            for field in fields:
                line.addWidget(field, 1)
                field.submitted.connect(self.confirm)
            self._papers.addLayout(line)
            self.words.append(fields)
        self._show_buttons()
        self.print_button.setFocus()

    def _show_buttons(self) -> None:
        has_kit = self.kit is not None
        self.make_button.setVisible(not has_kit)
        for button in (self.save_button, self.print_button, self.confirm_button):
            button.setVisible(has_kit)

    def _counts(self, _none: None) -> None:
        number = self.kit.number if self.kit is not None else 0
        self.dismiss()
        self._screen.desk.toast(_("The kit {number} is complete.").format(number=number))
        self._screen.refresh()

    def _refused(self, error: UserFacingError) -> None:
        self.banner.set_text(error.sentence)
        self.banner.show()
