"""One person's training record: what is required, learned, tried, completed and certified."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability
from app.core.base.figures import day, duration, number
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document
from app.core.reports import Dossier, ReportTable, Row, dossier_document
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card
from app.ui.kit.chips import IconTile
from app.ui.kit.handing_out import save_document
from app.ui.kit.jobs import Lane
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import CardGrid, clear, column, row
from app.ui.kit.notices import EmptyState
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.shortcuts import give_keys
from app.ui.kit.signature_block import signature_block
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import TextRole, Tone
from app.ui.reports.columns import table_columns
from app.ui.reports.handing_in import ask_certificate

_Record = tuple[Dossier, tuple[ReportTable, ...]]
_SHOWN_ROWS = 12
_STATUS = "people-status"
_STATUS_SHOWN = ("course", "standing", "due_on", "completed_at", "score", "valid_until", "renewal")
_FOLDS = {
    "code": 1400,
    "cycle": 1400,
    "version": 1300,
    "began_at": 1180,
    "time": 1000,
    "lessons": 900,
    "cancelled_reason": 1200,
    "origin": 900,
    "submitted_at": 900,
    "renewal": 900,
    "by": 900,
    "lesson": 800,
    "part": 1100,
    "claimed": 1200,
    "open": 1200,
    "entered_by": 1450,
    "confirmed_by": 1200,
    "paper": 1350,
    "issuer": 1000,
}


class DossierScreen(Screen[Services]):
    """Opened with `person_id`; for that person, and for holders of VIEW_RECORDS over them."""

    topics = frozenset(
        {
            "person",
            "placement",
            "person_job_role",
            "assignment",
            "course_completion",
            "completion_withdrawal",
            "attempt_result",
            "certificate",
            "attempt_unlock",
            "attempt_extension",
            "extra_time",
            "course_start",
            "package_report",
            "evidence",
            "evidence_verdict",
            "legacy_verdict",
            "correction_verdict",
            "signature",
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Training record"))
        self._person_id: UUID | None = None
        self.dossier: Dossier | None = None
        self._tables: tuple[ReportTable, ...] = ()
        if desk.actor.may(Capability.VIEW_RECORDS):
            certificates = plain(_("Certificates"), "award")
            self.header.add_action(certificates.on_press(self.open_certificates))
        print_button = plain(_("Print"), "printer").on_press(self.print)
        self.header.add_action(give_keys(self, print_button, "Ctrl+P"))
        whole = plain(_("Training file"), "folder-open").on_press(self.ask_training_file)
        self.header.add_action(whole)
        self.hand_in_button = plain(_("Hand in a certificate"), "file-up").on_press(self.hand_in)
        self.hand_in_button.hide()
        self.header.add_action(self.hand_in_button)
        self.header.add_action(primary(_("Save PDF"), "download").on_press(self.ask_file))
        self.figures = CardGrid(240)
        self.body.addWidget(self.figures)
        holder = QWidget()
        self._sections = column(holder, gap=16)
        self.body.addWidget(holder)
        self.body.addStretch(1)

    def enter(self, **args: object) -> None:
        """Take whose record it is."""
        given = args.get("person_id")
        if isinstance(given, UUID) and given != self._person_id:
            self._person_id, self.dossier, self._tables = given, None, ()

    def refresh(self) -> None:
        """Read the record."""
        if self._person_id is not None:
            self.load(partial(self._read, self._person_id), self._show)

    def ask_file(self) -> None:
        """Ask where the record goes, and write it."""
        if self.dossier is not None:
            ask_where(self, _("Save PDF"), f"{self._file_title()}.pdf", self.write)

    def write(self, path: Path) -> None:
        """Write the record as a job; an existing file is asked about first."""
        if self.dossier is not None:
            save_document(self, path, self._document(self.dossier))

    def ask_training_file(self) -> None:
        """Ask where the training file goes: the record with job descriptions, CV and other papers."""
        dossier = self.dossier
        if dossier is not None:
            title = _("Training file {number}").format(number=dossier.number)
            write = partial(self.write_training_file, dossier.person_id)
            ask_where(self, _("Save the training file"), f"{title}.pdf", write)

    def write_training_file(self, person_id: UUID, path: Path) -> None:
        """Write the training file as a job; an existing file is asked about first."""
        files, actor = self.desk.services.training_files, self.desk.actor
        save_document(self, path, lambda progress: files.made(actor, person_id, progress=progress))

    def print(self) -> None:
        """Make the document, then ask for the printer."""
        if self.dossier is not None:
            self.act(
                self._document(self.dossier),
                partial(ask_printer, self),
                title=_("Preparing {what}").format(what=self.header.title()),
                lane=Lane.WORK,
            )

    def _document(self, dossier: Dossier) -> Callable[[Progress], Document]:
        return partial(dossier_document, self._file_title(), dossier, self._tables)

    def _file_title(self) -> str:
        number = self.dossier.number if self.dossier is not None else ""
        return _("Training record {number}").format(number=number)

    def _read(self, person_id: UUID, _progress: Progress) -> _Record:
        reports, actor = self.desk.services.reports, self.desk.actor
        dossier = reports.dossiers.of(actor, person_id)
        tables = reports.dossiers.tables(actor, person_id)
        if not actor.may(Capability.VIEW_REPORTS):
            return dossier, tables
        request = PageRequest(text=dossier.number)
        return dossier, (_standing(reports.table(actor, _STATUS, request), dossier), *tables)

    def _show(self, record: _Record) -> None:
        dossier, tables = record
        if (dossier, tables) == (self.dossier, self._tables):
            return
        self.dossier, self._tables = dossier, tables
        self.header.set_words(dossier.name, _about(dossier))
        is_own = self.desk.actor.person_id == dossier.person_id
        self.hand_in_button.setVisible(is_own and self.desk.actor.may(Capability.LEARN))
        self.figures.set_cards(_figures(dossier))
        clear(self._sections)
        for table in tables:
            signed = table.key == "dossier-signatures"
            card = self._signed(dossier) if signed and dossier.signatures else self._section(table)
            self._sections.addWidget(card)

    def _section(self, table: ReportTable) -> Card:
        card = Card(table.title, gap=4)
        rows = table.rows

        def fetch(request: PageRequest) -> Page[Row]:
            end = request.offset + request.limit
            return Page(rows=rows[request.offset : end], total=len(rows))

        if not rows:
            card.body.addWidget(PlainLabel(_("Nothing on record."), TextRole.BODY2))
            return card
        made: DataTable[Row] = DataTable(
            table.title,
            table_columns(table.columns, sortable=False, folds=_FOLDS),
            fetch,
            key=lambda one: one,
            jobs=self.desk.jobs,
            empty=EmptyState(_("Nothing on record.")),
        )
        made.set_bar_visible(False)
        made.fit_rows(_SHOWN_ROWS)
        made.refresh()
        card.body.addWidget(made)
        return card

    def _signed(self, dossier: Dossier) -> Card:
        """Show each signature as it is shown everywhere; who may see the journal gets to its proof."""
        card = Card(_("Signatures"), gap=8)
        may_look = self.desk.actor.may(Capability.VIEW_JOURNAL)
        for one in dossier.signatures:
            verify = partial(self.desk.open, "signatures", record=str(one.record_id))
            block = signature_block(one.line, look=verify if may_look else None)
            card.body.addWidget(PlainLabel(f"{one.what}: {one.state}", TextRole.MUTED, wrap=True))
            card.body.addWidget(block)
        return card

    def hand_in(self) -> None:
        """Hand in a certificate of one's own: it waits for somebody to confirm it."""
        papers, actor = self.desk.services.papers, self.desk.actor
        self.load(
            lambda _progress: papers.to_hand_in(actor),
            lambda offers: ask_certificate(self, offers),
            what="to hand in",
        )

    def open_certificates(self) -> None:
        """Go to this person's certificates in the register."""
        if self.dossier is not None:
            self.desk.open("certificate_register", text=self.dossier.number)


def _standing(status: ReportTable, dossier: Dossier) -> ReportTable:
    """Return where one person stands: their rows of the report, without who they are."""
    keys = [one.key for one in status.columns]
    places = [keys.index(key) for key in _STATUS_SHOWN]
    whose = keys.index("number")
    return ReportTable(
        key="dossier-standing",
        title=_("Where they stand today"),
        subtitle=f"{dossier.number} · {dossier.name}",
        columns=tuple(status.columns[place] for place in places),
        rows=tuple(
            tuple(one[place] for place in places)
            for one in status.rows
            if one[whose] == dossier.number
        ),
        site=status.site,
        made_by=status.made_by,
        generated_at=status.generated_at,
    )


def _about(dossier: Dossier) -> str:
    parts = [dossier.number, dossier.name_local]
    if dossier.placements:
        parts += [dossier.placements[-1].department, dossier.placements[-1].job_role]
    parts += [one.job_role for one in dossier.further_roles if one.to_on is None]
    if dossier.joined_on:
        parts.append(_("joined {day}").format(day=day(dossier.joined_on)))
    if dossier.left_on:
        parts.append(_("left {day}").format(day=day(dossier.left_on)))
    return " · ".join(part for part in parts if part)


def _figures(dossier: Dossier) -> list[QWidget]:
    completed = [one for one in dossier.courses if one.counts]
    held = [one for one in completed if one.certificate and not one.is_revoked]
    held_beside = [one for one in dossier.certificates if not one.is_revoked]
    issued = len(held) + len(held_beside)
    passed = [one for one in dossier.attempts if one.passed]
    tries = _("{passed} of {count}").format(
        passed=number(len(passed)), count=number(len(dossier.attempts))
    )
    return [
        _figure("book-open-check", Tone.SUCCESS, number(len(completed)), _("Courses completed")),
        _figure("award", Tone.PRIMARY, number(issued), _("Certificates issued")),
        _figure("list-checks", Tone.INFO, tries, _("Attempts passed")),
        _figure("clock", Tone.NEUTRAL, duration(dossier.active_seconds), _("Time spent learning")),
    ]


def _figure(icon: str, tone: Tone, value: str, title: str) -> Card:
    card = Card(margin=16)
    card.setAccessibleName(f"{title}: {value}")
    line = row(gap=12)
    line.addWidget(IconTile(icon, tone))
    words = column(gap=2)
    words.addWidget(PlainLabel(value, TextRole.H1))
    words.addWidget(PlainLabel(title, TextRole.MUTED, wrap=True))
    line.addLayout(words, 1)
    card.body.addLayout(line)
    return card
