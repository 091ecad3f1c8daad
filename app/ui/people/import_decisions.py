"""What somebody decides of an HR file while they look at its plan: columns, days, rows, who leaves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.people.imports import (
    Coverage,
    DayOrder,
    FileColumn,
    HrMapping,
    ImportWish,
    PeoplePlan,
    RowError,
)
from app.services import Services
from app.ui.kit.screen import Screen
from app.ui.people.fix_sheet import FixSheet
from app.ui.people.import_plan import PlanView
from app.ui.people.mapping_sheet import MappingSheet


class ImportDecisions(QObject):
    """Keeps the wish for one set of files; `told` says that it became another one."""

    told = Signal()

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__(screen)
        self._screen = screen
        self.wish = ImportWish()

    def forget(self) -> None:
        """Begin with another set: nothing is decided."""
        self.wish = ImportWish()

    def listen_to(self, view: PlanView, plan: PeoplePlan) -> None:
        """Take what is decided on a plan that is shown."""
        view.without_told.connect(self._leave_out)
        view.columns_asked.connect(lambda: self.open_columns(plan, plan.columns))
        view.days_told.connect(partial(self._tell_days, plan))
        view.fix_asked.connect(self._open_fix)
        view.misspelt.connect(lambda: self._decide(new_places=False))
        view.accounts_told.connect(self._tell_accounts)
        view.absent.covers_told.connect(self._tell_coverage)
        view.absent.leavers_told.connect(self._tell_leavers)
        view.absent.returning_told.connect(self._tell_returning)

    def open_columns(self, plan: PeoplePlan | None, columns: Sequence[FileColumn]) -> None:
        """Ask which column is which; without a plan, of a file that nothing is known of."""
        mapping = plan.mapping if plan is not None else HrMapping()
        unknown = plan.unknown_words if plan is not None else ()
        sheet = MappingSheet(self._screen, mapping, columns, unknown)
        sheet.save_asked.connect(partial(self._keep_mapping, sheet))
        sheet.open()

    def _keep_mapping(self, sheet: MappingSheet) -> None:
        desk = self._screen.desk
        mappings, actor, told = desk.services.people.imports.mappings, desk.actor, sheet.mapping()

        def done(kept: HrMapping) -> None:
            sheet.saved()
            self._decide(mapping=kept, coverage=None)

        desk.jobs.run(
            lambda _progress: mappings.keep(actor, told),
            done=done,
            failed=sheet.refused,
            owner=sheet,
        )

    def _open_fix(self, error: RowError) -> None:
        sheet = FixSheet(self._screen, error)
        sheet.save_asked.connect(partial(self._take_fix, sheet))
        sheet.open()

    def _take_fix(self, sheet: FixSheet) -> None:
        sheet.saved()
        self._become(self.wish.fixed(sheet.fix()))

    def _tell_days(self, plan: PeoplePlan, order: DayOrder) -> None:
        self._decide(mapping=replace(plan.mapping, order=order))

    def _tell_accounts(self, accounts: bool) -> None:
        self._decide(accounts=accounts)

    def _leave_out(self, without: frozenset[int]) -> None:
        self._decide(without=without)

    def _tell_coverage(self, coverage: Coverage) -> None:
        self._decide(coverage=coverage, leavers=None)

    def _tell_leavers(self, leavers: dict[str, date]) -> None:
        self._decide(leavers=leavers)

    def _tell_returning(self, returning: frozenset[str]) -> None:
        self._decide(returning=returning)

    def _decide(self, **said: Any) -> None:  # Any: values of any field of the wish
        self._become(replace(self.wish, **said))

    def _become(self, wish: ImportWish) -> None:
        self.wish = wish
        self.told.emit()
