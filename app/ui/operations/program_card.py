"""The version of the program: which one runs, upgrades from a stick, and the way back."""

from app.core.assurance import changes_paper
from app.core.base.figures import moment
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.operations import ProgramStanding, WayBack, way_back_in_words
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.layouts import clear, column
from app.ui.kit.printing import ask_printer
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone
from app.ui.operations.upgrade_sheet import UpgradeSheet


class ProgramCard(Card):
    """Says which version runs here, and opens what can be done about it."""

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__(_("Version of the program"))
        self._screen = screen
        self._is_installed = False
        self._programs = screen.desk.services.programs
        self.rows = column(gap=12)
        self.body.addLayout(self.rows)
        self.upgrade = plain(_("Upgrade from a stick"), "usb").on_press(self.open_upgrade)
        self.body.addWidget(self.upgrade)
        self.back = plain("", "history").on_press(self.ask_back)
        self.back.hide()
        self.body.addWidget(self.back)
        self.body.addWidget(
            plain(_("Print the history of changes"), "printer").on_press(self._print_changes)
        )

    def refresh(self) -> None:
        """Look which version runs."""
        actor = self._screen.desk.actor

        def work(_progress: Progress) -> ProgramStanding:
            return self._programs.standing(actor)

        self._screen.load(work, self._show, what="program")

    def open_upgrade(self) -> None:
        """Take an upgrade file."""
        UpgradeSheet(self._screen, self._screen.refresh, is_installed=self._is_installed).open()

    def ask_back(self) -> None:
        """Say what going back to the version before would lose, and ask."""
        actor = self._screen.desk.actor
        self._screen.act(lambda _progress: self._programs.way_back(actor), self._confirm)

    def _confirm(self, way: WayBack) -> None:
        question = Question(
            title=_("Go back to Daksha {version}?").format(version=way.version),
            text=" ".join((way_back_in_words(way), _("It is in force from the next start on."))),
            yes=_("Go back"),
            danger=True,
            ask_reason=True,
        )
        self._screen.desk.confirm(question, self.go_back)

    def go_back(self, reason: str) -> None:
        """Let the version before be in force from the next start on."""
        desk = self._screen.desk
        words = _("Daksha {version} starts next time. Close Daksha and start it again.")

        def told(way: WayBack) -> None:
            desk.toast(words.format(version=way.version), Tone.WARNING)
            self._screen.refresh()

        self._screen.act(lambda _progress: self._programs.roll_back(desk.actor, reason), told)

    def _show(self, found: ProgramStanding) -> None:
        clear(self.rows)
        self._is_installed = found.is_installed
        if found.since is not None:
            about = _("In use since {day}.").format(day=moment(found.since))
        elif found.is_installed:
            about = _("The version that was installed first.")
        else:
            about = _("Started from its sources, and brought up to date with them.")
        self.rows.addWidget(FactRow(f"Daksha {found.version}", about, icon="info"))
        if found.waiting:
            self.rows.addWidget(
                FactRow(
                    f"Daksha {found.waiting}",
                    _("Installed. Close Daksha on this PC and start it again."),
                    icon="clock",
                    tone=Tone.WARNING,
                )
            )
        self.back.setText(_("Go back to Daksha {version}").format(version=found.before))
        self.back.setVisible(bool(found.before))

    def _print_changes(self) -> None:
        opened = self._screen.desk.services.open_site
        self._screen.act(
            lambda _progress: changes_paper(opened.name, opened.site.clock.now()),
            lambda document: ask_printer(self._screen, document),
        )
