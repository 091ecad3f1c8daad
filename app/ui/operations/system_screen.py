"""How the site is: health, keys, what verifies its certificates, what this program is."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from app import VERSION
from app.core.base.actor import Capability
from app.core.base.program_log import noted, told
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.egress import key_paper
from app.core.operations import Check, Health, check_backups, check_health, looked
from app.services import Services
from app.ui.kit.buttons import link, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.handing_out import save_document
from app.ui.kit.layouts import SideBySide, clear, column, stacked
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import Tone
from app.ui.operations.derived_card import DerivedCard
from app.ui.operations.disk_rounds import DISK_TOPIC
from app.ui.operations.passwords_card import PasswordsCard
from app.ui.operations.program_card import ProgramCard

_LOOKS = {
    Health.GOOD: ("circle-check", Tone.SUCCESS),
    Health.WATCH: ("triangle-alert", Tone.WARNING),
    Health.BAD: ("circle-x", Tone.DANGER),
}


_WHERE = {
    "ways": ("ways", mark("Ways to records")),
    "start": ("ways", mark("Ways to records")),
    "kit": ("ways", mark("Ways to records")),
    "identity": ("keys", mark("Peers and keys")),
    "key-ages": ("keys", mark("Peers and keys")),
    **dict.fromkeys(
        ("set-aside", "backup", "database", "pages", "syncing"), ("backups", mark("Backups"))
    ),
    **dict.fromkeys(("audit-reviews", "readers", "incidents"), ("reviews", mark("Reviews"))),
    "committees": ("committees", mark("Committees")),
    "document-reviews": ("documents", mark("Documents")),
    **dict.fromkeys(("twins", "claims", "files"), ("sync", mark("Sync"))),
}
"""Where something that is not well is mended: screen, and what the way there is called."""


class SystemScreen(Screen[Services]):
    """Read by administrators, and copied for support."""

    topics = frozenset({DISK_TOPIC})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("System"), subtitle=_("How this site is on this PC."))
        self._checks: tuple[Check, ...] = ()
        self.header.add_action(plain(_("Copy for support"), "copy").on_press(self._copy))
        self.header.add_action(
            plain(_("Backups"), "database-backup").on_press(lambda: self.desk.open("backups"))
        )
        self.header.add_action(
            plain(_("Ways to records"), "lock-open").on_press(lambda: self.desk.open("ways"))
        )
        self.header.add_action(
            plain(_("Qualification"), "clipboard-check").on_press(
                lambda: self.desk.open("qualification")
            )
        )
        self.look_button = primary(_("Look again"), "refresh-cw").on_press(self.refresh)
        self.header.add_action(self.look_button)
        health = Card(_("Health"))
        self.health = column(gap=12)
        health.body.addLayout(self.health)
        about = Card(_("This site"))
        opened = desk.services.open_site
        for title, value, icon in (
            (opened.name, _("Name"), "building-2"),
            (opened.code, _("Starts every certificate number"), "hash"),
            (str(opened.folder), _("Data folder"), "folder"),
            (opened.station.fingerprint.hex()[:16], _("This PC's station"), "monitor"),
        ):
            about.body.addWidget(FactRow(title, value, icon=icon))
        about.body.addWidget(
            plain(_("Save the trust file"), "key-round").on_press(self._save_trust)
        )
        self.program = ProgramCard(self)
        self.passwords = PasswordsCard(self)
        self.derived = DerivedCard(self)
        left, right = stacked(health, self.derived), stacked(about, self.program, self.passwords)
        self.body.addWidget(SideBySide(left, right, side_width=380, fold_below=860))
        self.body.addStretch(1)

    @override
    def focus_first(self) -> None:
        self.look_button.setFocus()  # below it is only what few come for, at the foot of the page

    @override
    def refresh(self) -> None:
        """Look again."""
        self.load(self._look, self._show)
        self.program.refresh()
        self.passwords.refresh()

    def _look(self, _progress: Progress) -> tuple[Check, ...]:
        services, actor = self.desk.services, self.desk.actor
        return looked(
            lambda: check_health(services.open_site),
            lambda: check_backups(services.open_site, services.backups.last_good(actor)),
            lambda: services.programs.checks(actor),
            services.oversight.checks,
        )

    def _show(self, checks: tuple[Check, ...]) -> None:
        self._checks = checks
        clear(self.health)
        for check in checks:
            icon, tone = _LOOKS[check.health]
            line = FactRow(check.title, check.says, icon=icon, tone=tone)
            place, words = _WHERE.get(check.key, ("", ""))
            if place and check.health is not Health.GOOD:
                line.add_button(link(_(words)).on_press(partial(self.desk.open, place)))
            self.health.addWidget(line)

    def _copy(self) -> None:
        lines = [f"Daksha {VERSION}"]
        lines += [f"{check.health.value}: {check.title}: {check.says}" for check in self._checks]
        lines += [told(one) for one in noted(self.desk.services.open_site.folder) if one.is_mistake]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.desk.toast(_("Copied. It holds no names."))

    def _save_trust(self) -> None:
        name = f"{self.desk.services.open_site.code}.daksha-trust.json"
        ask_where(self, _("Save the trust file"), name, self._write_trust)

    def _write_trust(self, path: Path) -> None:
        register = self.desk.services.open_site.keys.register
        saved = _("Saved. Whoever has it can verify this site's certificates.")
        save_document(
            self,
            path,
            lambda _progress: key_paper(register.trusted().to_json().encode(), _("Trust file")),
            lambda _document: self.desk.toast(saved),
            told=False,
        )


SPEC = ScreenSpec(
    key="system",
    title=mark("System"),
    icon="settings",
    section=mark("Control"),
    needs=Capability.MANAGE_SITE,
    factory=SystemScreen,
)
