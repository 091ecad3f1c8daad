"""The audit trail: every change, who made it and why; proved and sealed from here."""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import day, number
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.journal import SealName
from app.core.reports import ActionCount, AuditEntry
from app.core.signatures import SignatureLine
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.layouts import SideBySide, clear, column
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.progress import ProgressBar
from app.ui.kit.screen import Desk
from app.ui.kit.tables.columns import Cell, Column, paint_text, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.reports.archiving import ask_archive
from app.ui.reports.audit_entry_sheet import MOST_CHANGES, AuditEntrySheet
from app.ui.reports.audit_filters import AuditFilters, search_of
from app.ui.reports.proof import Proof
from app.ui.reports.seal_sheet import SealSheet

_DOORS = (
    ("signatures", mark("Signatures"), "signature"),
    ("reviews", mark("Reviews"), "clipboard-list"),
)


class AuditScreen(ListScreen[Services, AuditEntry]):
    """Nothing here changes a record. May be opened with `text`, which is then searched for, or with days."""

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Audit trail"),
            subtitle=_("Every change, who made it, when and why. Nobody can edit it."),
        )
        for key, words, icon in _DOORS:
            self.header.add_action(plain(_(words), icon).on_press(partial(desk.open, key)))
        archive = plain(_("Archive"), "archive").on_press(partial(ask_archive, self))
        self.header.add_action(archive)
        self.header.add_action(plain(_("Seal now"), "stamp").on_press(self.seal))
        self.proof = Proof(self)
        self.proof.changed.connect(self._show_proof)
        self.verify_button = primary(_("Verify now"), "shield-check").on_press(self.proof.toggle)
        self.header.add_action(self.verify_button)
        holder = QWidget()
        self._banner_place = column(holder, gap=0)
        if desk.actor.may(Capability.MANAGE_SITE):
            self.body.addWidget(holder)
        else:
            words = _("Read only: you look, and change nothing.")
            read_only = Banner(words, Tone.INFO, icon="eye")
            self.body.addWidget(SideBySide(holder, read_only, side_width=320, fold_below=600))
        self.bar = ProgressBar(_("Verifying"), with_text=True)
        self.bar.hide()
        self.body.addWidget(self.bar)
        self._entries = 0
        self.banner: Banner | None = None
        self.filters = AuditFilters(self, desk.clock.now().astimezone().date())
        self.filters.changed.connect(self._narrow)
        table = self._make_table()
        table.add_to_bar(self.filters)
        table.opened.connect(self.open_entry)
        table.loaded.connect(self._count)
        self.put_list(table, key="audit_trail", words_of=self.filters.words_of)
        self.tools.looked_otherwise.connect(self._follow_view)
        self._show_proof()

    @override
    def enter(self, **args: object) -> None:
        """Search for `text`, or show the days from `first_on` to `last_on`, where they are given."""
        first, last = args.get("first_on"), args.get("last_on")
        if isinstance(first, date) and isinstance(last, date):
            self.filters.choose_days(first, last)
        super().enter(**args)

    def refresh(self) -> None:
        """Fetch the entries, and what was done how often."""
        self.table.refresh()
        self.load(self._read_actions, self.filters.show_actions, what="actions")

    def open_entry(self, entry: AuditEntry) -> None:
        """Show an entry in full, with the signatures under what it changed."""
        signatures = self.desk.services.signatures
        keys = [change.key for change in entry.changes[:MOST_CHANGES]]

        def show(found: tuple[SignatureLine, ...]) -> None:
            sheet = AuditEntrySheet(self, entry, found)
            sheet.signature_asked.connect(self._open_signatures)
            sheet.open()

        self.load(lambda _progress: signatures.under(*keys), show, what="signatures")

    def _open_signatures(self, record: UUID) -> None:
        self.desk.open("signatures", record=record)

    def seal(self) -> None:
        """Sign how far the journal goes, and show the words."""
        journal, actor = self.desk.services.journal, self.desk.actor

        def work(_progress: Progress) -> tuple[SealName, ...]:
            return journal.seal(actor)

        self.act(work, self._sealed)

    def _sealed(self, seals: tuple[SealName, ...]) -> None:
        if seals:
            SealSheet(self, seals).open()
        else:
            self.desk.toast(_("Nothing new to seal since the last seal."), Tone.INFO)

    def _make_table(self) -> DataTable[AuditEntry]:
        return DataTable(
            _("Audit trail"),
            _columns(),
            self._fetch,
            key=lambda entry: entry.position,
            jobs=self.desk.jobs,
            search=_("Search entries"),
            empty=EmptyState(_("No entry yet: the journal begins with the first change.")),
            nothing_found=_("No entry matches. Search for something else, or another time."),
        )

    def _fetch(self, request: PageRequest) -> Page[AuditEntry]:
        return self.desk.services.reports.audit.page(self.desk.actor, search_of(request))

    def _read_actions(self, _progress: Progress) -> tuple[ActionCount, ...]:
        return self.desk.services.reports.audit.actions(self.desk.actor)

    def _narrow(self) -> None:
        self.table.ask(self.table.request().filtered_by(self.filters.pairs()))

    def _follow_view(self) -> None:
        self.filters.show_pairs(self.table.request().filters)

    def _count(self) -> None:
        request = self.table.model.request()
        if not request.text and not request.filters:
            self._entries = self.table.model.total()
            self._show_proof()

    def _show_proof(self) -> None:
        told = self.proof.told(self._entries)
        words = f"{told.title}. {told.about}"
        under_way = self.proof.is_under_way
        self.bar.setVisible(under_way)
        self.bar.set_share(self.proof.share)
        self.verify_button.set_words(_("Stop") if under_way else _("Verify now"))
        if self.banner is not None and self.banner.text() == words:
            return
        clear(self._banner_place)
        self.banner = Banner(words, told.tone, icon=told.icon)
        self._banner_place.addWidget(self.banner)


def _columns() -> list[Column[AuditEntry]]:
    make = partial(text_column, sortable=False)
    return [
        Column(
            key="when", title=_("When"), cell=_when, paint=paint_text, width=120, sortable=False
        ),
        make("who", _("Who"), _who, under=lambda one: one.login, width=160),
        make("action", _("Action"), lambda one: one.action_title, width=190),
        make("record", _("Record"), _record, width=220),
        make("reason", _("Reason"), lambda one: one.reason, width=200, fold_below=900),
        make(
            "entry",
            _("Entry"),
            lambda one: number(one.seq),
            under=lambda one: one.scope.value,
            width=90,
            stretch=0,
            fold_below=1000,
        ),
    ]


def _who(entry: AuditEntry) -> str:
    if not entry.acts_for:
        return entry.actor
    return _("{name} for {giver}").format(name=entry.actor, giver=entry.acts_for)


def _when(entry: AuditEntry) -> Cell:
    local = entry.wall.astimezone()
    return Cell(day(local.date()), under=f"{local:%H:%M:%S}", value=entry.wall)


def _record(entry: AuditEntry) -> str:
    """Return the table that an entry changed first, and how many rows in all."""
    if not entry.changes:
        return "–"
    first = entry.changes[0].title
    if entry.changes_total == 1:
        return first
    rest = entry.changes_total - 1
    return f"{first} {plural('and {count} more row', 'and {count} more rows', rest)}"
