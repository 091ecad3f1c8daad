"""An upgrade file before it is installed: who released it, what changes, whether it fits; then why, and the work."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.core.base.errors import UserFacingError
from app.core.base.figures import moment, number, size
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.operations import UPGRADE_ENDING, Checked, Installed
from app.services import Services
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import Job, Lane
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.progress import ProgressBar
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone

_MOST_SHOWN = 30
T = TypeVar("T")


class UpgradeSheet(SideSheet):
    """Proves a file, shows what it is, and installs it once somebody has said why."""

    def __init__(
        self, host: Screen[Services], then: Callable[[], None], *, is_installed: bool
    ) -> None:
        """`then` is called when a version was installed; from sources none is, and files are looked at."""
        super().__init__(
            host,
            _("Upgrade from a stick"),
            subtitle=_(
                "Bring the file that headquarters released. Nothing is fetched from anywhere."
            ),
            width=560,
        )
        self._screen = host
        self._programs = host.desk.services.programs
        self._then = then
        self._is_installed = is_installed
        self.checked: Checked | None = None
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.picker = FilePicker(_("Drop the file here"), suffixes=(UPGRADE_ENDING,), several=False)
        self.picker.picked.connect(lambda paths: self.check(paths[0]))
        self.body.addWidget(self.picker)
        self.bar = ProgressBar(_("Progress"), with_text=True)
        self.note = PlainLabel("", TextRole.MUTED, wrap=True)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.note)
        self._facts = column(gap=14)
        self.body.addLayout(self._facts)
        self.reason = TextField(
            _("Why it is installed"), required=True, hint=_("Auditors read it.")
        )
        self.body.addWidget(self.reason)
        self._changes = column(gap=14)
        self.body.addLayout(self._changes)
        self.close_button = Button(_("Close")).on_press(self.dismiss)
        self.foot.addWidget(self.close_button)
        self.button = Button(_("Back up and install"), Kind.PRIMARY, icon="package")
        self.foot.addWidget(self.button.on_press(self.install))
        self._set_busy(busy=False)

    def check(self, path: Path) -> None:
        """Prove a file to its last byte."""
        actor = self._screen.desk.actor
        self.banner.hide()
        self._begin(
            lambda progress: self._programs.check(actor, path, progress),
            self._show,
            _("Reading the upgrade"),
        )

    def install(self) -> None:
        """Install what was shown, for the reason that was given."""
        if self.checked is None or not self.reason.validate():
            return
        actor, reason, path = (
            self._screen.desk.actor,
            self.reason.value(),
            self.checked.facts.path,
        )
        self._begin(
            lambda progress: self._programs.install(actor, path, reason, progress),
            self._installed,
            _("Installing an upgrade"),
        )

    def _begin(self, work: Callable[[Progress], T], done: Callable[[T], None], title: str) -> None:
        """Run work that takes a while, and show how far it is."""
        self._set_busy(busy=True)
        job = self._screen.desk.jobs.run(
            work, done=done, failed=self._refused, owner=self, lane=Lane.WORK, title=title
        )
        job.progressed.connect(lambda: self._tell(job))
        self.note.setText(title)

    def _tell(self, job: Job) -> None:
        self.bar.set_share(job.share or 0.0)
        self.note.setText(job.note)

    def _set_busy(self, *, busy: bool) -> None:
        for one in (self.bar, self.note):
            one.setVisible(busy)
        self.bar.set_share(0.0)
        self.picker.setVisible(not busy and self.checked is None)
        self.reason.setVisible(not busy and self.checked is not None)
        self.button.setVisible(self.reason.isVisibleTo(self))
        self.close_button.setEnabled(not busy)

    def _refused(self, error: UserFacingError) -> None:
        self.checked = None
        self._clear()
        self._set_busy(busy=False)
        self.banner.set_tone(Tone.DANGER)
        self.banner.set_text(error.sentence)
        self.banner.show()

    def _show(self, checked: Checked) -> None:
        self.checked, facts = checked, checked.facts
        released = _("Released it at {site}, {moment}").format(
            site=facts.site, moment=moment(facts.released_at)
        )
        for value, about, icon in (
            (
                _("From Daksha {running} to {version}").format(
                    running=checked.running, version=facts.version
                ),
                _("{count} files, {size} on the disk; every byte is as it was signed.").format(
                    count=number(facts.files), size=size(facts.size)
                ),
                "package",
            ),
            (facts.released_by, released, "building-2"),
            (facts.reason, _("Why it was released"), "message-square"),
        ):
            self._facts.addWidget(FactRow(value, about, icon=icon))
        self._facts.addWidget(Banner(_of_records(checked), Tone.INFO))
        self._show_changes(facts.changes)
        self._set_busy(busy=False)
        if self._is_installed:
            self.reason.line.setFocus()
            return
        for one in (self.reason, self.button):
            one.hide()
        words = _("This Daksha was started from its sources: nothing is installed here.")
        self._facts.insertWidget(0, Banner(words, Tone.WARNING))

    def _show_changes(self, changes: tuple[str, ...]) -> None:
        if changes:
            self._changes.addWidget(PlainLabel(_("What changes"), TextRole.STRONG))
        for line in changes[:_MOST_SHOWN]:
            self._changes.addWidget(PlainLabel(f"• {line}", TextRole.BODY2, wrap=True))
        more = len(changes) - _MOST_SHOWN
        if more > 0:
            words = plural("{count} more line", "{count} more lines", more)
            self._changes.addWidget(PlainLabel(words, TextRole.MUTED))

    def _clear(self) -> None:
        for lines in (self._facts, self._changes):
            clear(lines)

    def _installed(self, done: Installed) -> None:
        self.checked = None
        self._clear()
        self._set_busy(busy=False)
        self.picker.hide()
        words = _(
            "Daksha {version} is installed beside {former} and has proved itself. Close Daksha on this PC "
            "and start it again."
        )
        self.banner.set_tone(Tone.SUCCESS)
        self.banner.set_text(words.format(version=done.version, former=done.former))
        self.banner.show()
        if done.backup is not None:
            self._facts.addWidget(
                FactRow(done.backup.name, _("The backup before it"), icon="database-backup")
            )
        self.close_button.setFocus()
        self._then()


def _of_records(checked: Checked) -> str:
    """Return what becomes of the records."""
    if not checked.changes_records:
        return _("A backup is made first. The records keep their form.")
    return _(
        "A backup is made first, and the new version tries itself on it. At its first start it brings the "
        "records to a form that Daksha {running} cannot read."
    ).format(running=checked.running)
