"""Backups: what there is, whether it holds, where they go, and putting one in the place of the records."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.core.base.actor import Capability
from app.core.base.figures import ago, moment, number, size
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.operations import (
    SUFFIX,
    Backup,
    LastGood,
    Listed,
    Loss,
    LossSource,
    Made,
    Occasion,
    Plan,
    Proof,
    Soundness,
    loss_in_detail,
    loss_told,
    missing_in_words,
)
from app.services import Services
from app.ui.kit.buttons import IconButton, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.jobs import Lane
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import SideBySide, clear, column, stacked
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.operations.set_aside_card import SetAsideCard

_LOOKS = {
    Soundness.SOUND: (mark("Verified"), Tone.SUCCESS),
    Soundness.UNCHECKED: (mark("Not verified"), Tone.NEUTRAL),
    Soundness.BAD: (mark("Damaged"), Tone.DANGER),
}
_OCCASIONS = {
    Occasion.DAILY: mark("Daily backup"),
    Occasion.ASKED: mark("Made by hand"),
    Occasion.UPGRADE: mark("Before an upgrade"),
}
_WORD = mark("RESTORE")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the screen shows at once."""

    plan: Plan
    listed: tuple[Listed, ...]
    last: LastGood | None


class BackupsScreen(Screen[Services]):
    """For those who manage the site."""

    topics = frozenset({"backup_event"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Backups"),
            subtitle=_("Copies of the records that the administrator's password opens on any PC."),
        )
        self._backups = desk.services.backups
        if not self._backups.are_made_here:
            self._tell_of_server()
            return
        self.header.add_action(
            plain(_("Restore a file"), "folder-open").on_press(self._choose_file)
        )
        self.now = primary(_("Make one now"), "database-backup").on_press(self._make)
        self.header.add_action(self.now)
        self._list_card = Card(_("What there is"))
        self.set_aside = SetAsideCard(self)
        self.rows = column(gap=12)
        self._list_card.body.addLayout(self.rows)
        self.body.addWidget(
            SideBySide(
                stacked(self._list_card, self.set_aside),
                stacked(self._make_plan()),
                side_width=340,
                fold_below=860,
            )
        )
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Look what there is."""
        if not self._backups.are_made_here:
            return
        actor = self.desk.actor

        def work(_progress: Progress) -> _Shown:
            return _Shown(
                self._backups.plan(actor),
                self._backups.listed(actor),
                self._backups.last_good(actor),
            )

        self.load(work, self._show)
        self.set_aside.refresh()

    def ask_restore(self, path: Path) -> None:
        """Say what would be lost, and ask whether to restore a backup all the same."""
        actor = self.desk.actor
        self.act(
            lambda _progress: self._backups.loss(actor, path),
            lambda loss: self._confirm(path, loss),
        )

    def _tell_of_server(self) -> None:
        words = _(
            "The records of this site are on a PostgreSQL server. Its administrator makes the backups "
            "there with pg_dump; keep a copy of the data folder with them, for the stored files lie there."
        )
        self.body.addWidget(Banner(words, Tone.INFO, icon="server"))
        self.body.addStretch(1)

    def _make_plan(self) -> Card:
        card = Card(_("Where and when"))
        self.place = PlainLabel("", TextRole.STRONG, wrap=True)
        self.place_about = PlainLabel("", TextRole.MUTED, wrap=True)
        card.body.addWidget(self.place)
        card.body.addWidget(self.place_about)
        self.choose = plain(_("Choose a folder, disk or stick"), "hard-drive")
        card.body.addWidget(self.choose.on_press(self._choose_place))
        self.daily = CheckField(
            _("Once a day, of itself"),
            hint=_("At the first occasion on each day that Daksha is open."),
        )
        self.daily.edited.connect(self._change_daily)
        card.body.addWidget(self.daily)
        kept = _(
            "Kept are the last three, one a day for a week, one a week for a month and one a month for "
            "a year."
        )
        card.body.addWidget(PlainLabel(kept, TextRole.MUTED, wrap=True))
        return card

    def _show(self, shown: _Shown) -> None:
        self._plan = shown.plan
        self.place.setText(str(shown.plan.place))
        self.place_about.setText(
            _("Stored files are copied there too, encrypted, each once.")
            if shown.plan.is_chosen
            else _(
                "This is the disk that the records are on: it helps against mistakes, not when the PC "
                "is lost. Stored files are not copied there."
            )
        )
        self.daily.box.blockSignals(True)
        self.daily.set_value(shown.plan.daily)
        self.daily.box.blockSignals(False)
        clear(self.rows)
        for listed in shown.listed:
            self.rows.addWidget(self._row(listed))
        if not shown.listed:
            self.rows.addWidget(
                EmptyState(_("There is no backup here yet."), icon="database-backup")
            )

    def _row(self, listed: Listed) -> FactRow:
        backup = listed.backup
        when = ago(backup.made_at, self.desk.clock.now())
        row = FactRow(
            f"{moment(backup.made_at)} · {when}",
            " · ".join(
                (
                    _(_OCCASIONS[backup.occasion]),
                    size(backup.size),
                    plural("{count} entry", "{count} entries", backup.entries),
                )
            ),
            icon="archive",
        )
        words, tone = _LOOKS[listed.soundness]
        row.add_button(StatusChip(_(words), tone))
        named = moment(backup.made_at)
        check = IconButton("shield-check", _("Verify the backup of {day}").format(day=named))
        row.add_button(check.on_press(lambda: self._verify(backup)))
        bring = IconButton("history", _("Restore the backup of {day}").format(day=named))
        row.add_button(bring.on_press(lambda: self.ask_restore(backup.path)))
        return row

    def _make(self) -> None:
        actor = self.desk.actor
        self.act(
            lambda progress: self._backups.make(actor, progress),
            self._made,
            title=_("Making a backup"),
            lane=Lane.WORK,
        )

    def _made(self, made: Made) -> None:
        if made.damaged_assets:
            words = plural(
                "Made, but {count} stored file is missing or damaged.",
                "Made, but {count} stored files are missing or damaged.",
                made.damaged_assets,
            )
            self.desk.toast(words, Tone.WARNING)
        else:
            self.desk.toast(_("The backup is made, and was opened on trial: it holds."))

    def _verify(self, backup: Backup) -> None:
        actor = self.desk.actor
        self.act(
            lambda progress: self._backups.verify(actor, backup.path, progress=progress),
            self._verified,
            title=_("Verifying a backup"),
            lane=Lane.WORK,
        )

    def _verified(self, proof: Proof) -> None:
        if proof.ok and not proof.missing_assets:
            words = _("It holds: {entries} entries, {files} stored files.")
            self.desk.toast(words.format(entries=number(proof.entries), files=number(proof.assets)))
            return
        missing = missing_in_words(proof.missing_assets)
        self.desk.toast(" ".join(proof.troubles) or missing, Tone.WARNING)

    def _choose_place(self) -> None:
        dialog = QFileDialog(self, _("Where backups go"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.take_place(Path(name)))
        dialog.open()

    def take_place(self, place: Path) -> None:
        """Let backups go to a folder from now on."""
        self._change(place, daily=self._plan.daily)

    def _change_daily(self) -> None:
        place = self._plan.place if self._plan.is_chosen else None
        self._change(place, daily=self.daily.value())

    def _change(self, place: Path | None, *, daily: bool) -> None:
        actor = self.desk.actor
        self.act(
            lambda _progress: self._backups.change_plan(actor, place, daily=daily),
            lambda _plan: self.desk.toast(_("Saved.")),
        )

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Choose a backup"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"Daksha (*{SUFFIX})")
        dialog.fileSelected.connect(lambda name: self.ask_restore(Path(name)))
        dialog.open()

    def _confirm(self, path: Path, loss: Loss) -> None:
        question = Question(
            title=_("Restore this backup?"),
            text=" ".join(
                (
                    *loss_told(loss),
                    _("Everybody is signed out. The records of now are set aside, not deleted."),
                )
            ),
            yes=_("Restore"),
            details="\n".join(loss_in_detail(loss)),
            danger=True,
            word=_(_WORD) if loss.entries or loss.source is LossSource.UNKNOWN else "",
        )
        actor = self.desk.actor
        self.desk.confirm(question, lambda _reason: self._backups.ask_restore(actor, path))


SPEC = ScreenSpec(
    key="backups",
    title=mark("Backups"),
    icon="database-backup",
    needs=Capability.MANAGE_SITE,
    factory=BackupsScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="system",
)
