"""Importing people from HR files: choose, look at what they would do, decide, apply."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.people.imports import FileColumn, HrSet, MissingColumns, PeoplePlan
from app.core.spreadsheets import GivenFile, given_file
from app.core.training.matrix import GapCount
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card
from app.ui.kit.focus import place_kept
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import Tone
from app.ui.people.hr_folder_card import HrFolderCard
from app.ui.people.import_decisions import ImportDecisions
from app.ui.people.import_plan import PlanView
from app.ui.people.owners_form import show_owners
from app.ui.people.past_imports import PastImports
from app.ui.people.photo_folder import begin_photos
from app.ui.people.pin_slips import MOST_SLIPS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What came of looking at a set: a plan, or columns that somebody has to name first."""

    hr_set: HrSet
    plan: PeoplePlan | None
    columns: tuple[FileColumn, ...]
    trouble: str = ""


class PeopleImportScreen(Screen[Services]):
    """Nothing is written until the plan has been looked at."""

    topics = frozenset({"person", "placement", "credential", "watched_file"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Import people"),
            subtitle=_("Look first: nothing changes until you apply. Nobody is ever deleted."),
        )
        if desk.actor.may(Capability.MANAGE_SITE):
            owners = plain(_("Owners of fields"), "key-round").on_press(partial(show_owners, self))
            self.header.add_action(owners)
        photos = plain(_("Photos of people"), "camera").on_press(partial(begin_photos, self))
        self.header.add_action(photos)
        self._looked: _Looked | None = None
        self.decisions = ImportDecisions(self)
        self.decisions.told.connect(self._look_again)
        self.view: PlanView | None = None
        self.picker = FilePicker(
            _("Drop the HR file here, or all files of one set (XLSX, XLS or CSV)"),
            suffixes=(".xlsx", ".xls", ".csv", ".txt"),
        )
        self.picker.picked.connect(self._read)
        self.body.addWidget(self.picker)
        self.report = QWidget()
        self._lines = column(self.report, gap=16)
        self.report.hide()
        self.body.addWidget(self.report)
        self.folder = HrFolderCard(self)
        self.folder.file_chosen.connect(self._read_watched)
        self.body.addWidget(self.folder)
        self.past = PastImports(self)
        self.body.addWidget(self.past)
        self.body.addStretch(1)

    @property
    def shown_plan(self) -> PlanView:
        """Return the plan on screen. Raises RuntimeError where there is none."""
        if self.view is None:
            raise RuntimeError("no plan is shown")
        return self.view

    def enter(self, **args: object) -> None:
        """Start anew; with `take_back` at what taking the newest import back would change.

        With `watched` (a SHA-256) at a file of the watched folder.
        """
        self._begin_anew()
        if args.get("take_back"):
            self.past.open_newest()
        watched = args.get("watched")
        if isinstance(watched, str):
            self._read_watched(watched)

    def refresh(self) -> None:
        """Load the imports that were applied, and the files that wait."""
        self.past.refresh()
        self.folder.refresh()

    def focus_first(self) -> None:
        """Put the focus on the button that chooses a file."""
        self.picker.file_button.setFocus()

    def _begin_anew(self) -> None:
        self._looked = None
        self.decisions.forget()
        self.report.hide()
        self.picker.show()
        self.past.show_if_any()
        self.folder.show()
        self.picker.file_button.setFocus()

    def _read(self, paths: tuple[Path, ...]) -> None:
        self.decisions.forget()
        self._look_at(lambda: [given_file(path) for path in paths], paths[0].name)

    def _read_watched(self, sha256: str) -> None:
        services, actor = self.desk.services, self.desk.actor
        self.decisions.forget()
        self._look_at(lambda: [services.hr_folder.file(actor, sha256)], _("HR file"))

    def _look_at(self, files: Callable[[], Sequence[GivenFile]], name: str) -> None:
        imports, actor = self.desk.services.people.imports, self.desk.actor
        wish = self.decisions.wish

        def work(_progress: Progress) -> _Looked:
            hr_set = imports.read(actor, files())
            try:
                plan = imports.look(actor, hr_set, wish)
            except MissingColumns as missing:
                found = imports.columns(actor, hr_set)
                return _Looked(hr_set=hr_set, plan=None, columns=found, trouble=missing.sentence)
            return _Looked(hr_set=hr_set, plan=plan, columns=plan.columns)

        self.act(work, self._show, title=_("Checking {file}").format(file=name))

    def _look_again(self) -> None:
        looked, imports, actor = self._looked, self.desk.services.people.imports, self.desk.actor
        if looked is None:
            return
        hr_set, wish = looked.hr_set, self.decisions.wish

        def work(_progress: Progress) -> _Looked:
            plan = imports.look(actor, hr_set, wish)
            return _Looked(hr_set=hr_set, plan=plan, columns=plan.columns)

        self.act(work, self._show_again, title=_("Checking {file}").format(file=_("HR file")))

    def _show(self, looked: _Looked) -> None:
        self._put(looked)
        if self.view is not None:
            self.view.focus_first()

    def _show_again(self, looked: _Looked) -> None:
        """Show what came of a decision; whoever works by keyboard stays where they were."""
        with place_kept(self):
            self._put(looked)

    def _put(self, looked: _Looked) -> None:
        self._looked = looked
        clear(self._lines)
        self.past.hide()
        self.folder.hide()
        self.picker.setVisible(looked.plan is None)  # the foot of a plan leads to another file
        self.report.show()
        if looked.plan is None:
            self._show_strange(looked)
        else:
            self._show_plan(looked.plan)

    def _show_strange(self, looked: _Looked) -> None:
        """Offer to name the columns of a file that nothing is known of."""
        self.view = None
        card = Card(_("Which column is which?"))
        banner = Banner(looked.trouble, Tone.WARNING)
        self.columns_button = banner.add_action(_("Columns…"), self._open_columns)
        card.body.addWidget(banner)
        self._lines.addWidget(card)
        self.columns_button.setFocus()

    def _show_plan(self, plan: PeoplePlan) -> None:
        self.view = PlanView(plan, self.decisions.wish.without)
        self.view.other_asked.connect(self._begin_anew)
        self.view.apply_asked.connect(self._apply)
        self.decisions.listen_to(self.view, plan)
        self._lines.addWidget(self.view)
        self._load_gaps(plan, self.view)

    def _load_gaps(self, plan: PeoplePlan, view: PlanView) -> None:
        """Say what other job roles ask for, to whoever assigns; the plan is on screen meanwhile."""
        matrix, actor, moves = self.desk.services.training.matrix, self.desk.actor, plan.role_moves

        def tell(counts: dict[UUID, GapCount]) -> None:
            if self.view is view:
                view.changes.tell_gaps(counts)

        if moves and actor.may(Capability.ASSIGN):
            self.load(
                lambda _progress: matrix.gap_counts(actor, moves),
                tell,
                failed=lambda _refused: None,
                what="gaps",
            )

    def _open_columns(self) -> None:
        if self._looked is not None:
            self.decisions.open_columns(self._looked.plan, self._looked.columns)

    def _plan(self) -> PeoplePlan:
        plan = self._looked.plan if self._looked is not None else None
        if plan is None:
            raise RuntimeError("there is no plan to decide of")
        return plan

    def _apply(self) -> None:
        plan, view = self._plan(), self.view
        imports, actor = self.desk.services.people.imports, self.desk.actor
        if view is None:
            return
        skip, typed = view.skips_errors, view.typed_number
        view.apply_button.setEnabled(False)
        self.act(
            lambda progress: imports.apply(
                actor, plan, skip_errors=skip, typed=typed, progress=progress
            ),
            partial(self._applied, plan),
            title=_("Importing people"),
        )

    def _applied(self, plan: PeoplePlan, _none: None) -> None:
        self.desk.toast(
            plural("{count} person imported.", "{count} people imported.", plan.count),
            undo=partial(self.desk.open, "people_import", take_back=True),
        )
        fresh = [one.number for one in plan.new if one.left_on is None]
        if self._gets_slips(plan) and 0 < len(fresh) <= MOST_SLIPS:
            self.desk.open("people", slips_for=" ".join(fresh))
        else:
            self.desk.open("people")

    def _gets_slips(self, plan: PeoplePlan) -> bool:
        return plan.terms.accounts and self.desk.actor.may(Capability.MANAGE_ACCOUNTS)


SPEC = ScreenSpec(
    key="people_import",
    title=mark("Import people"),
    icon="upload",
    needs=Capability.MANAGE_PEOPLE,
    factory=PeopleImportScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="people",
)
