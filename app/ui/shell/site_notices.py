"""What an administrator is told above every screen until it is seen to."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.operations import SiteNotice, looked, notices_of, notices_of_training
from app.core.people import LockedOut
from app.core.sync import Aside, aside_in_words
from app.services import Services
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk
from app.ui.kit.theme import Tone
from app.ui.operations.disk_rounds import DISK_TOPIC
from app.ui.shell.day_rounds import RULES_TOPIC

_TOPICS = frozenset(
    {
        "incarnation",
        "incarnation_seen",
        "backup_event",
        "program_event",
        "watched_file",
        "import_run",
        "sign_in",
        "account",
        "entry_aside",
        "aside_decision",
        "enrolment_rule",
        "requirement_terms",
        RULES_TOPIC,
        DISK_TOPIC,
    }
)


class SiteNotices(QWidget):
    """Takes no room while there is nothing to tell. For those who manage the site."""

    def __init__(self, desk: Desk[Services], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines = column(self, gap=8)
        edge = desk.theme.px(24)
        self._lines.setContentsMargins(edge, edge // 2, edge, 0)
        self._has_news = False
        self._is_wanted = True
        self.hide()
        desk.changes.changed.connect(self._heard)

    def refresh(self) -> None:
        """Look whether there is something to tell."""
        services, actor = self._desk.services, self._desk.actor

        def look(_progress: Progress) -> tuple[tuple[SiteNotice, ...], tuple[Aside, ...]]:
            notices = looked(
                lambda: services.disk.notices(actor),
                lambda: services.programs.notices(actor),
                lambda: notices_of(
                    actor,
                    services.open_site.site,
                    services.open_site.incarnations,
                    services.backups,
                    services.hr_folder,
                ),
                lambda: notices_of_training(actor, services.training),
            )
            lying = looked(lambda: services.sync.aside.all(actor))
            return notices, tuple(one for one in lying if one.decided is None)

        self._desk.jobs.run(
            look,
            done=lambda found: self._show(*found),
            failed=self._desk.tell_error,
            owner=self,
        )

    def set_wanted(self, *, wanted: bool) -> None:
        """Give way to a screen that takes the whole window."""
        self._is_wanted = wanted
        self.setVisible(self._has_news and wanted)

    def _heard(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.refresh()

    def _show(self, notices: tuple[SiteNotice, ...], lying: tuple[Aside, ...]) -> None:
        clear(self._lines)
        for one in lying:
            banner = Banner(aside_in_words(one), Tone.WARNING, icon="archive")
            banner.add_action(_("Look"), lambda: self._desk.open("keys"))
            self._lines.addWidget(banner)
        for notice in notices:
            banner = Banner(notice.words, Tone.WARNING)
            known = notice.new_logs
            if notice.hr_file:
                banner.add_action(_("Look"), partial(self._open_hr_file, notice.hr_file))
            elif notice.locked is not None:
                banner.add_action(_("Look"), partial(self._open_locked, notice.locked))
            elif notice.on_system_page:
                banner.add_action(_("Look"), lambda: self._desk.open("system"))
            elif notice.on_rules_page:
                banner.add_action(_("Look"), lambda: self._desk.open("rules"))
            elif notice.on_requirements_page:
                banner.add_action(_("Look"), lambda: self._desk.open("requirements"))
            elif known is None:
                banner.add_action(_("Backups"), lambda: self._desk.open("backups"))
            else:
                banner.add_action(_("I know"), partial(self._mark_seen, known))
            self._lines.addWidget(banner)
        self._has_news = bool(notices or lying)
        self.set_wanted(wanted=self._is_wanted)

    def _open_hr_file(self, sha256: str) -> None:
        self._desk.open("people_import", watched=sha256)

    def _open_locked(self, locked: LockedOut) -> None:
        if locked.person_id is None:
            self._desk.open("auditor_visits")
        else:
            self._desk.open("person", person_id=locked.person_id)

    def _mark_seen(self, incarnation_id: UUID) -> None:
        incarnations, actor = self._desk.services.open_site.incarnations, self._desk.actor
        self._desk.jobs.run(
            lambda _progress: incarnations.mark_seen(actor, incarnation_id),
            failed=self._desk.tell_error,
            owner=self,
        )
