"""The board of versions: of every course who has the newest one, and a way to send it to who has not."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt

from app.core.base.figures import day, number
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, plural
from app.core.sync import CourseVersions, SiteVersion, have_in_words, stands_in_words
from app.services import Services
from app.ui.kit.buttons import Button, Kind, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.jobs import JobRunner
from app.ui.kit.notices import EmptyState
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.tables.columns import Cell, Column, chip_column, paint_text, text_column
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.sync.register import Register

Send = Callable[[Sequence[str], UUID], None]
"""Opens the page that writes for peers, by key, the files of a course."""


class VersionsCard(Card):
    """A row for each course."""

    def __init__(self, host: Screen[Services], jobs: JobRunner, send: Send) -> None:
        super().__init__(margin=16)
        self._host = host
        self._send = send
        self._courses: tuple[CourseVersions, ...] = ()
        self.table: DataTable[CourseVersions] = DataTable(
            _("Versions of courses"),
            _columns(),
            self._fetch,
            key=lambda one: one.course_id,
            jobs=jobs,
            search=_("Search courses"),
            menu=self._offered,
            empty=EmptyState(_("No course has a version yet."), icon="book-open"),
        )
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table, 1)

    def show_versions(self, courses: tuple[CourseVersions, ...]) -> None:
        """Show who has which."""
        self._courses = courses
        self.table.refresh()

    def _fetch(self, request: PageRequest) -> Page[CourseVersions]:
        orders = {
            "course": lambda one: one.title.casefold(),
            "newest": lambda one: one.published_at,
            "have": lambda one: len(one.behind),
        }
        return Register(self._courses, lambda one: f"{one.title} {one.code}", orders).page(request)

    def _open(self, course: CourseVersions) -> None:
        VersionsSheet(self._host, course, self._send).open()

    def _offered(self, course: CourseVersions) -> Sequence[RowAction]:
        if not course.behind:
            return ()
        return (RowAction(_send_words(course), lambda: self._send_to_behind(course), icon="usb"),)

    def _send_to_behind(self, course: CourseVersions) -> None:
        self._send(_keys(course.behind), course.course_id)


class VersionsSheet(SideSheet):
    """A course, site by site: who has not the newest version stands first."""

    def __init__(self, host: Screen[Services], course: CourseVersions, send: Send) -> None:
        super().__init__(host, course.title, subtitle=have_in_words(course), width=560)
        behind = course.behind
        for site in (*behind, *(one for one in course.sites if one.has_newest)):
            self.body.addWidget(self._row(site, course, send))
        if behind:
            self.send_all = primary(_send_words(course), "usb")
            self.send_all.on_press(lambda: self._go(send, behind, course))
            self.foot.addWidget(self.send_all, 0, Qt.AlignmentFlag.AlignLeft)

    def _row(self, site: SiteVersion, course: CourseVersions, send: Send) -> FactRow:
        icon = "monitor" if site.peer.is_own_site else "building-2"
        fact = FactRow(site.peer.label, stands_in_words(site), icon=icon)
        fact.add_button(StatusChip(*_state(site)))
        if not site.has_newest:
            again = site.on_its_way is not None
            button = Button(
                _("Send again") if again else _("Send"), Kind.GHOST, icon="usb", dense=True
            )
            words = _("Write a sync file for {name}").format(name=site.peer.label)
            button.setAccessibleName(words)
            fact.add_button(button.on_press(lambda: self._go(send, [site], course)))
        return fact

    def _go(self, send: Send, sites: Sequence[SiteVersion], course: CourseVersions) -> None:
        self.dismiss()
        send(_keys(sites), course.course_id)


def _keys(sites: Sequence[SiteVersion]) -> tuple[str, ...]:
    return tuple(site.peer.key for site in sites)


def _send_words(course: CourseVersions) -> str:
    count = len(course.behind)
    return plural(
        "Write for the {count} that lacks it", "Write for the {count} that lack it", count
    )


def _state(site: SiteVersion) -> tuple[str, Tone]:
    if site.has_newest:
        return _("Newest version"), Tone.SUCCESS
    if site.on_its_way is not None:
        return _("On the way"), Tone.PRIMARY
    return _("Behind"), Tone.WARNING


def _columns() -> list[Column[CourseVersions]]:
    def newest(one: CourseVersions) -> Cell:
        words = _("Version {number}").format(number=number(one.newest))
        return Cell(words, under=day(one.published_at.astimezone().date()), value=one.published_at)

    def have(one: CourseVersions) -> tuple[str, Tone]:
        words = _("{have} of {count}").format(have=number(one.have), count=number(len(one.sites)))
        return words, Tone.WARNING if one.behind else Tone.SUCCESS

    def behind(one: CourseVersions) -> str:
        return ", ".join(site.peer.label for site in one.behind) or "–"

    def about(one: CourseVersions) -> str:
        return stands_in_words(one.behind[0]) if len(one.behind) == 1 else ""

    return [
        text_column("course", _("Course"), lambda one: one.title, under=lambda one: one.code,
                    width=220, stretch=2),
        Column(key="newest", title=_("Newest version"), cell=newest, paint=paint_text, width=140),
        chip_column("have", _("Have it"), have, width=120),
        text_column("behind", _("Still without it"), behind, under=about, width=280, stretch=3,
                    sortable=False, fold_below=560),
    ]  # fmt: skip
