"""Training from before this program: a list is looked at, brought in as a batch, and signed once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import number
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.spreadsheets import DayOrder, GivenFile, MissingColumns, given_file
from app.core.training.legacy import (
    BATCH_STATES,
    BatchState,
    BatchSummary,
    BroughtIn,
    LegacyColumn,
    LegacyMapping,
    LegacyPlan,
)
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.batch_sheet import BatchSheet, FoundBatch
from app.ui.training.legacy_columns import LegacyColumnsSheet
from app.ui.training.legacy_plan import LegacyPlanCard

_TONES = {
    BatchState.WAITING: Tone.WARNING,
    BatchState.SIGNED: Tone.SUCCESS,
    BatchState.TAKEN_BACK: Tone.NEUTRAL,
}


@dataclass(frozen=True, slots=True)
class _Looked:
    """A list that was read: what bringing it in would do, or columns that somebody has to name."""

    given: GivenFile
    plan: LegacyPlan | None
    columns: tuple[LegacyColumn, ...]
    trouble: str = ""


class LegacyScreen(Screen[Services]):
    """Above the list to bring in, below the batches of before."""

    topics = frozenset({"legacy_batch", "legacy_verdict", "evidence_scan"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Old training"),
            subtitle=_(
                "Lists from before this program. One brings them in, somebody else signs; then they count."
            ),
        )
        self._legacy = desk.services.legacy
        self._looked: _Looked | None = None
        self.picker = FilePicker(
            _("Drop a list of old training here: employee number, training, day"),
            suffixes=(".xlsx", ".xls", ".csv", ".txt"),
            several=False,
        )
        self.picker.picked.connect(lambda paths: self.read(paths[0]))
        self.body.addWidget(self.picker)
        self.report = QWidget()
        self._lines = column(self.report, gap=16)
        self.report.hide()
        self.body.addWidget(self.report)
        self.plan_card: LegacyPlanCard | None = None
        self.columns_button: Button | None = None
        self.batches = Card(_("Batches"), subtitle=_("What was brought in, the newest first."))
        self._batch_lines = column(gap=4)
        self.batches.body.addLayout(self._batch_lines)
        self.batch_rows: list[RowButton] = []
        self.body.addWidget(self.batches)
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        """Start anew."""
        self._begin_anew()

    @override
    def refresh(self) -> None:
        """Load the batches."""
        legacy, actor = self._legacy, self.desk.actor
        self.load(lambda _progress: legacy.batches(actor), self._show_batches, what="batches")

    @override
    def focus_first(self) -> None:
        """Put the focus on the button that chooses a list."""
        self.picker.file_button.setFocus()

    def read(self, path: Path) -> None:
        """Look at a list."""
        self._look(lambda: given_file(path), None, path.name)

    def _look(
        self, given: Callable[[], GivenFile], mapping: LegacyMapping | None, name: str
    ) -> None:
        legacy, actor = self._legacy, self.desk.actor

        def work(_progress: Progress) -> _Looked:
            file = given()
            try:
                plan = legacy.look(actor, file, mapping)
            except MissingColumns as missing:
                return _Looked(file, None, legacy.columns(actor, file), missing.sentence)
            return _Looked(file, plan, plan.columns)

        self.act(work, self._show, title=_("Checking {file}").format(file=name))

    def _again(self, mapping: LegacyMapping) -> None:
        if self._looked is not None:
            given = self._looked.given
            self._look(lambda: given, mapping, given.name)

    def _show(self, looked: _Looked) -> None:
        self._looked = looked
        clear(self._lines)
        self.picker.hide()
        self.report.show()
        self.plan_card = self.columns_button = None
        if looked.plan is None:
            self._show_strange(looked)
            return
        card = self.plan_card = LegacyPlanCard(looked.plan)
        card.columns_asked.connect(self._open_columns)
        card.days_told.connect(self._tell_days)
        card.rejected_asked.connect(self._ask_where)
        card.other_asked.connect(self._begin_anew)
        card.bring_asked.connect(self._bring_in)
        self._lines.addWidget(card)
        card.focus_first()

    def _show_strange(self, looked: _Looked) -> None:
        card = Card(_("Which column is which?"))
        banner = Banner(looked.trouble, Tone.WARNING)
        self.columns_button = banner.add_action(_("Columns…"), self._open_columns)
        card.body.addWidget(banner)
        self._lines.addWidget(card)
        self.columns_button.setFocus()

    def _open_columns(self) -> None:
        looked = self._looked
        if looked is None:
            return
        mapping = looked.plan.mapping if looked.plan is not None else LegacyMapping()
        sheet = LegacyColumnsSheet(self, mapping, looked.columns)

        def told() -> None:
            mapping = sheet.mapping()
            sheet.saved()
            self._again(mapping)

        sheet.save_asked.connect(told)
        sheet.open()

    def _tell_days(self, order: DayOrder) -> None:
        looked = self._looked
        if looked is not None and looked.plan is not None:
            self._again(replace(looked.plan.mapping, order=order))

    def _ask_where(self) -> None:
        looked = self._looked
        if looked is None or looked.plan is None:
            return
        plan, legacy, actor = looked.plan, self._legacy, self.desk.actor
        name = _("Rejected rows") + ".csv"
        ask_where(
            self,
            _("Save the rejected rows"),
            name,
            lambda path: save_document(self, path, lambda _progress: legacy.rejected(actor, plan)),
        )

    def _bring_in(self) -> None:
        looked, card = self._looked, self.plan_card
        if looked is None or looked.plan is None or card is None:
            return
        plan, legacy, actor = looked.plan, self._legacy, self.desk.actor
        title, note, paths = card.title_told, card.note_told, card.scans

        def work(_progress: Progress) -> BroughtIn:
            scans = [given_file(path) for path in paths]
            return legacy.bring_in(actor, plan, title=title, note=note, scans=scans)

        self.act(work, self._brought, title=_("Bringing in old training"))

    def _brought(self, brought: BroughtIn) -> None:
        words = plural(
            "{count} row was brought in. It waits for somebody else's signature.",
            "{count} rows were brought in. They wait for somebody else's signature.",
            brought.rows,
        )
        self.desk.toast(words)
        self._begin_anew()
        self.refresh()

    def _begin_anew(self) -> None:
        self._looked = self.plan_card = None
        self.report.hide()
        self.picker.show()
        self.picker.file_button.setFocus()

    def _show_batches(self, batches: Sequence[BatchSummary]) -> None:
        clear(self._batch_lines)
        self.batch_rows = []
        for one in batches:
            about = _("{state} · {rows} of {read} rows · brought in by {name}").format(
                state=_(BATCH_STATES[one.state]),
                rows=number(one.rows_taken),
                read=number(one.rows_read),
                name=one.by_name,
            )
            line = RowButton(one.title, about, icon="archive", tone=_TONES[one.state])
            line.clicked.connect(partial(self._open_batch, one))
            self._batch_lines.addWidget(line)
            self.batch_rows.append(line)
        if not batches:
            words = _("Nothing was brought in yet.")
            self._batch_lines.addWidget(PlainLabel(words, TextRole.MUTED))

    def _open_batch(self, one: BatchSummary, _checked: bool = False) -> None:
        services, actor = self.desk.services, self.desk.actor

        def work(_progress: Progress) -> FoundBatch:
            return FoundBatch(
                detail=services.legacy.batch(actor, one.id),
                rows=services.legacy.rows(actor, one.id),
                signatures=services.signatures.under(one.id),
            )

        self.load(work, lambda found: BatchSheet(self, found).open(), what="batch")


SPEC = ScreenSpec(
    key="legacy",
    title=mark("Old training"),
    icon="archive",
    needs=Capability.ASSIGN,
    factory=LegacyScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="assignments",
)
