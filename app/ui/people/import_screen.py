"""Importing people from an HR file: choose, look at what it would do, apply."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability
from app.core.base.figures import number
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.people import FileUnreadable, PeoplePlan
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.people.past_imports import PastImports
from app.ui.people.words import change_words

_LARGEST = 50_000_000
_SHOWN = 30


class PeopleImportScreen(Screen[Services]):
    """Nothing is written until the plan has been looked at."""

    topics = frozenset({"person", "placement", "credential"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Import people"),
            subtitle=_("Look first: nothing changes until you apply. Nobody is ever deleted."),
        )
        self.header.add_back(desk.back)
        self._plan: PeoplePlan | None = None
        self.another_button = plain(_("Choose another file")).on_press(self._begin_anew)
        self.apply_button = primary(_("Apply"), "check").on_press(self._apply)
        for button in (self.another_button, self.apply_button):
            self.header.add_action(button)
        self.picker = FilePicker(
            _("Drop the HR file here (XLSX or CSV)"),
            suffixes=(".xlsx", ".csv", ".txt"),
            several=False,
        )
        self.picker.picked.connect(self._read)
        self.body.addWidget(self.picker)
        self.report = QWidget()
        self._lines = column(self.report, gap=16)
        self.report.hide()
        self.body.addWidget(self.report)
        self.past = PastImports(self)
        self.body.addWidget(self.past)
        self.body.addStretch(1)

    def enter(self, **args: object) -> None:
        """Start anew; with `take_back` at what taking the newest import back would change."""
        self._begin_anew()
        if args.get("take_back"):
            self.past.open_newest()

    def refresh(self) -> None:
        """Load the imports that were applied."""
        self.past.refresh()

    def focus_first(self) -> None:
        """Put the focus on the button that chooses a file."""
        self.picker.file_button.setFocus()

    def _begin_anew(self) -> None:
        self._plan = None
        self._show_report(shown=False)
        self.past.show_if_any()
        self.picker.file_button.setFocus()

    def _show_report(self, *, shown: bool) -> None:
        """Show what a file would do and what can be done with it, or where a file is chosen."""
        self.picker.setVisible(not shown)
        for one in (self.report, self.another_button, self.apply_button):
            one.setVisible(shown)

    def _read(self, paths: tuple[Path, ...]) -> None:
        path, services, actor = paths[0], self.desk.services, self.desk.actor

        def work(_progress: Progress) -> PeoplePlan:
            return services.people.imports.plan(actor, _content(path))

        self.act(
            work,
            partial(self._show_plan, path.name),
            title=_("Checking {file}").format(file=path.name),
        )

    def _show_plan(self, file: str, plan: PeoplePlan) -> None:
        self._plan = plan
        clear(self._lines)
        self.past.hide()
        self._lines.addWidget(PlainLabel(file, TextRole.H2))
        self._lines.addWidget(self._summary(plan))
        for title, names in (
            (_("Departments that will be created"), plan.new_org_units),
            (_("Job roles that will be created"), plan.new_job_roles),
            (_("Columns not read, to protect privacy"), plan.private_columns),
            (_("Columns not known, not read"), plan.ignored_columns),
        ):
            if names:
                banner = Banner(f"{title}: {', '.join(names[:_SHOWN])}", Tone.INFO)
                self._lines.addWidget(banner)
        if plan.errors:
            self._lines.addWidget(self._errors(plan))
        if plan.changed:
            self._lines.addWidget(self._changes(plan))
        count = len(plan.new) + len(plan.changed)
        words = plural("Apply to {count} person", "Apply to {count} people", count)
        self.apply_button.setText(words)
        self.apply_button.setAccessibleName(words)
        self.apply_button.setEnabled(not plan.errors and count > 0)
        self._show_report(shown=True)
        first = self.skip.box if plan.errors and not plan.does_nothing else self.another_button
        (self.apply_button if self.apply_button.isEnabled() else first).setFocus()

    def _summary(self, plan: PeoplePlan) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        for words, tone in (
            (plural("{count} new person", "{count} new people", len(plan.new)), Tone.SUCCESS),
            (plural("{count} changed", "{count} changed", len(plan.changed)), Tone.INFO),
            (plural("{count} as before", "{count} as before", plan.unchanged), Tone.NEUTRAL),
            (plural("{count} row with an error", "{count} rows with errors", len(plan.errors)),
             Tone.DANGER if plan.errors else Tone.NEUTRAL),
        ):  # fmt: skip
            flow.addWidget(StatusChip(words, tone))
        return box

    def _errors(self, plan: PeoplePlan) -> Card:
        card = Card(
            _("Rows that cannot be taken"), subtitle=_("Mend them in the file, or leave them out.")
        )
        self.skip = CheckField(_("Import the others and leave these rows out"))
        self.skip.edited.connect(self._allow)
        self.skip.setVisible(not plan.does_nothing)
        card.body.addWidget(self.skip)
        for error in plan.errors[:_SHOWN]:
            title = _("Line {line} · {number}").format(line=error.line, number=error.number or "–")
            card.body.addWidget(
                FactRow(title, error.reason, icon="triangle-alert", tone=Tone.DANGER)
            )
        _more(card, len(plan.errors))
        return card

    def _changes(self, plan: PeoplePlan) -> Card:
        card = Card(_("What would change"))
        for one in plan.changed[:_SHOWN]:
            about = "; ".join(change_words(change) for change in one.changes)
            card.body.addWidget(
                FactRow(f"{one.person.number} {one.person.name}", about, icon="pencil")
            )
        _more(card, len(plan.changed))
        return card

    def _allow(self) -> None:
        plan = self._plan
        if plan is not None:
            self.apply_button.setEnabled(self.skip.value() and not plan.does_nothing)

    def _apply(self) -> None:
        plan, imports, actor = self._plan, self.desk.services.people.imports, self.desk.actor
        if plan is None:
            return
        skip = bool(plan.errors)
        self.apply_button.setEnabled(False)
        self.act(
            lambda progress: imports.apply(actor, plan, skip_errors=skip, progress=progress),
            partial(self._applied, plan),
            title=_("Importing people"),
        )

    def _applied(self, plan: PeoplePlan, _none: None) -> None:
        count = len(plan.new) + len(plan.changed)
        self.desk.toast(
            plural("{count} person imported.", "{count} people imported.", count),
            undo=partial(self.desk.open, "people_import", take_back=True),
        )
        self.desk.open("people")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise FileUnreadable(_("The file is larger than 50 MB."))
        return path.read_bytes()
    except OSError as error:
        words = _("The file {file} cannot be read: it was moved, or its stick was pulled out.")
        raise FileUnreadable(words.format(file=path.name)) from error


def _more(card: Card, count: int) -> None:
    if count > _SHOWN:
        words = _("and {count} more").format(count=number(count - _SHOWN))
        card.body.addWidget(PlainLabel(words, TextRole.MUTED))


SPEC = ScreenSpec(
    key="people_import",
    title=mark("Import people"),
    icon="upload",
    needs=Capability.MANAGE_PEOPLE,
    factory=PeopleImportScreen,
    in_navigation=False,
    stands_alone=True,
)
