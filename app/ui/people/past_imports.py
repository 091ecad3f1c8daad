"""Imports that were applied, and taking one back: what it would change is shown first."""

from collections.abc import Sequence
from functools import partial

from app.core.base.errors import UserFacingError
from app.core.base.figures import moment, number
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.people.imports import PastImport, TakeBackPlan, Touched
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import Card, FactRow, RowButton
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone

_SHOWN = 30


class PastImports(Card):
    """The newest imports; each opens what taking it back would change."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__(
            _("Earlier imports"), subtitle=_("Each can be taken back; you see first what changes.")
        )
        self._host = host
        self._lines = column(gap=4)
        self.body.addLayout(self._lines)
        self.rows: list[RowButton] = []
        self.hide()

    def refresh(self) -> None:
        """Load the imports."""
        imports, actor = self._host.desk.services.people.imports, self._host.desk.actor
        self._host.load(lambda _progress: imports.past(actor), self._show, what="past")

    def open_newest(self) -> None:
        """Show what taking the newest import back would change."""
        imports, actor = self._host.desk.services.people.imports, self._host.desk.actor

        def read(_progress: Progress) -> TakeBackPlan | None:
            newest = imports.past(actor, 1)
            return imports.plan_take_back(actor, newest[0].deed.id) if newest else None

        self._host.load(read, self._open, what="take back")

    def _show(self, imports: Sequence[PastImport]) -> None:
        clear(self._lines)
        self.rows = []
        for one in imports:
            line = RowButton(moment(one.deed.at), _about(one), icon="upload")
            line.clicked.connect(partial(self._look, one))
            self._lines.addWidget(line)
            self.rows.append(line)
        self.show_if_any()

    def show_if_any(self) -> None:
        """Show the card where there is an import in it."""
        self.setVisible(bool(self.rows))

    def _look(self, one: PastImport, _checked: bool = False) -> None:
        imports, actor = self._host.desk.services.people.imports, self._host.desk.actor
        self._host.load(
            lambda _progress: imports.plan_take_back(actor, one.deed.id),
            self._open,
            what="take back",
        )

    def _open(self, plan: TakeBackPlan | None) -> None:
        if plan is not None:
            TakeBackSheet(self._host, plan).open()


class TakeBackSheet(SideSheet):
    """What would change, and the button that does it."""

    def __init__(self, host: Screen[Services], plan: TakeBackPlan) -> None:
        super().__init__(
            host,
            _("Take back this import"),
            subtitle=f"{moment(plan.past.deed.at)} · {_about(plan.past)}",
        )
        self._screen = host
        self._plan = plan
        self.trouble = Banner("", Tone.DANGER)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        if plan.does_nothing:
            self.body.addWidget(Banner(_("There is nothing left to take back."), Tone.INFO))
        for title, people, icon in (
            (_("Came with it: noted as never having joined"), plan.leaving, "user-x"),
            (_("As they were before it"), plan.restored, "undo-2"),
            (_("Changed again since: that stays"), plan.kept, "pencil"),
        ):
            if people:
                self.body.addWidget(_people(title, people, icon))
        if plan.staying:
            words = _("Departments and job roles it created stay: {names}")
            self.body.addWidget(Banner(words.format(names=", ".join(plan.staying)), Tone.INFO))
        self.foot.addWidget(plain(_("Cancel")).on_press(self.dismiss))
        self.take_button = Button(_("Take it back"), Kind.DANGER, icon="undo-2").on_press(
            self._take
        )
        self.take_button.setEnabled(not plan.does_nothing)
        self.foot.addWidget(self.take_button)

    def _take(self) -> None:
        desk, plan = self._screen.desk, self._plan
        self.take_button.setEnabled(False)
        desk.jobs.run(
            lambda _progress: desk.services.people.imports.take_back(desk.actor, plan),
            done=self._taken,
            failed=self._refused,
            owner=self,
            title=_("Taking back an import"),
        )

    def _taken(self, _none: None) -> None:
        self.dismiss()
        self._screen.desk.toast(_("The import was taken back. Nobody was deleted."))
        self._screen.refresh()

    def _refused(self, error: UserFacingError) -> None:
        self.trouble.set_text(error.sentence)
        self.trouble.show()


def _people(title: str, people: Sequence[Touched], icon: str) -> Card:
    card = Card(title, subtitle=plural("{count} person", "{count} people", len(people)))
    for one in people[:_SHOWN]:
        card.body.addWidget(FactRow(one.name, one.number, icon=icon))
    if len(people) > _SHOWN:
        words = _("and {count} more").format(count=number(len(people) - _SHOWN))
        card.body.addWidget(PlainLabel(words, TextRole.MUTED))
    return card


def _about(one: PastImport) -> str:
    by = one.by or _("the program")
    words = (
        _("by {name}, taken back").format(name=by)
        if one.is_taken_back
        else _("by {name}").format(name=by)
    )
    return " · ".join(filter(None, (words, *_of_run(one))))


def _of_run(one: PastImport) -> tuple[str, ...]:
    """Return which files an import was of, and how many people it touched."""
    if one.run is None:
        return ()
    files = ", ".join(name for name, _sha256 in one.run.files if name)
    counts = one.run.counts
    told = _("{new} new, {changed} changed, {left} left").format(
        new=number(counts.get("new", 0)),
        changed=number(counts.get("changed", 0)),
        left=number(counts.get("left", 0)),
    )
    return files, told
