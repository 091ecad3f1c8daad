"""What pages for the notice board are to be: one for each of what, and of whom; printed, or saved."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from app.core.base.figures import day
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document
from app.core.people.shifts import EVERYBODY, ListedShift, WhoWorks
from app.core.training.reminders import ROLLS, RollBy
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.handing_out import save_document
from app.ui.kit.overlay import SideSheet
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen

_FILE = "notice-board.pdf"


class BoardSheet(SideSheet):
    """Asks both, and makes the pages over `host`."""

    def __init__(self, host: Screen[Services], shifts: Sequence[ListedShift], today: date) -> None:
        super().__init__(
            host,
            _("Notice board"),
            subtitle=_("Pages to hang up or hand out: what is due soon or overdue."),
        )
        self._screen = host
        self.by: ComboField[RollBy] = ComboField(
            _("A page for each"), [(one, _(words)) for one, words in ROLLS.items()]
        )
        self.who: ComboField[WhoWorks] = ComboField(
            _("Of whom"),
            _choices(shifts, today),
            hint=_("Whoever has no known hours is on the pages of every day."),
        )
        form = Form()
        for field in (self.by, self.who):
            form.add(field)
        self.who.setVisible(any(one.shift for one in shifts))
        self.body.addWidget(form)
        self.save_button = plain(_("Save PDF"), "download").on_press(self._save)
        self.print_button = primary(_("Print"), "printer").on_press(self._print)
        self.foot.addWidget(self.save_button)
        self.foot.addWidget(self.print_button)

    def _work(self) -> Callable[[Progress], Document]:
        """Return what makes the pages that are chosen now."""
        desk = self._screen.desk
        by, who = self.by.value() or RollBy.SUPERVISOR, self.who.value() or EVERYBODY
        reminders, actor, name = desk.services.training.reminders, desk.actor, desk.place.name
        return lambda _progress: reminders.board(actor, name, by=by, who=who)

    def _save(self) -> None:
        host, work = self._screen, self._work()
        ask_where(host, _("Save the pages"), _FILE, lambda path: save_document(host, path, work))

    def _print(self) -> None:
        def ask(document: Document) -> None:
            ask_printer(self._screen, document)

        self._screen.act(self._work(), ask, title=_("Notice board"))


def _choices(shifts: Sequence[ListedShift], today: date) -> list[tuple[WhoWorks, str]]:
    """Return everybody, who may work today or tomorrow, and each shift whose hours are known."""
    if not any(one.shift for one in shifts):
        return [(EVERYBODY, _("Everybody"))]
    tomorrow = today + timedelta(days=1)
    return [
        (EVERYBODY, _("Everybody")),
        (WhoWorks(on=today), _("Who may work today, {day}").format(day=day(today))),
        (WhoWorks(on=tomorrow), _("Who may work tomorrow, {day}").format(day=day(tomorrow))),
        *(
            (WhoWorks(shift=one.name), _("Shift {shift}").format(shift=one.name))
            for one in shifts
            if one.shift is not None
        ),
    ]
