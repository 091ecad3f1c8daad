"""What can be done with the people chosen in the list: assign training, make PIN slips."""

from collections.abc import Callable
from pathlib import Path

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import number
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.egress import Document, FileKind, Leaving
from app.core.people import PersonId, PersonSummary, PinSlips
from app.services import Services
from app.ui.kit.buttons import Button, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.handing_out import save_document
from app.ui.kit.jobs import Lane
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.tables.chosen import chosen_keys
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone

_MOST_SLIPS = 2000
_Fetch = Callable[[PageRequest], Page[PersonSummary]]


class ChosenPeople:
    """Puts the buttons over the list, and does what they say."""

    def __init__(
        self, screen: Screen[Services], table: DataTable[PersonSummary], fetch: _Fetch
    ) -> None:
        self._screen = screen
        self._desk = screen.desk
        self._table = table
        self._fetch = fetch
        self.assign_button: Button | None = None
        self.slips_button: Button | None = None
        if self._desk.actor.may(Capability.ASSIGN):
            self.assign_button = plain(_("Assign training"), "list-checks").on_press(self.assign)
            table.add_bulk_action(self.assign_button)
        if self._desk.actor.may(Capability.MANAGE_ACCOUNTS):
            self.slips_button = plain(_("PIN slips"), "hash").on_press(self.ask_for_slips)
            table.add_bulk_action(self.slips_button)

    def assign(self) -> None:
        """Go to assigning, with the numbers of the chosen people filled in."""
        people, actor, ids = self._desk.services.people, self._desk.actor, self._chosen()

        def read(_progress: Progress) -> str:
            return ", ".join(sorted(people.person(actor, one).number for one in ids()))

        self._screen.act(read, lambda numbers: self._desk.open("assign", numbers=numbers))

    def ask_for_slips(self) -> None:
        """Ask, then give each chosen person a new PIN."""
        count = self._table.selection().count
        if count > _MOST_SLIPS:
            words = _("At most {count} at a time: narrow the list, a department after the other.")
            self._desk.toast(words.format(count=number(_MOST_SLIPS)), Tone.WARNING)
            return
        question = Question(
            title=plural("Give {count} person a new PIN?", "Give {count} people a new PIN?", count),
            text=_(
                "PINs they have now no longer hold. Whoever has no account gets one. "
                "Each chooses a PIN of their own at the first sign-in."
            ),
            yes=_("Make the slips"),
        )
        self._desk.confirm(question, self._make_slips)

    def _make_slips(self, _reason: str) -> None:
        services, actor, ids = self._desk.services, self._desk.actor, self._chosen()
        place = services.open_site.name

        def work(progress: Progress) -> PinSlips:
            return services.sign_in.pin_slips.renew(actor, ids(), place, progress)

        self._screen.act(work, self._show_slips, title=_("Making PIN slips"), lane=Lane.WORK)

    def _show_slips(self, slips: PinSlips) -> None:
        self._table.model.select_nothing()
        SlipsSheet(self._screen, slips).open()

    def _chosen(self) -> Callable[[], list[PersonId]]:
        selection, fetch = self._table.selection(), self._fetch

        def read() -> list[PersonId]:
            keys = chosen_keys(selection, fetch, lambda one: one.id)
            return [PersonId(key) for key in keys]  # type: ignore[arg-type]  # the list's keys are ids

        return read


class SlipsSheet(SideSheet):
    """The slips, to be printed or saved now: nobody can make the same ones again."""

    def __init__(self, screen: Screen[Services], slips: PinSlips) -> None:
        title = plural("{count} PIN slip", "{count} PIN slips", slips.count)
        super().__init__(screen, title)
        self._screen = screen
        self._slips = slips
        if slips.count:
            words = _(
                "Print them now: the PINs are kept nowhere. Slips that are lost are made anew."
            )
            self.body.addWidget(Banner(words, Tone.INFO))
        if slips.skipped:
            card = Card(_("Without a slip"))
            for one in slips.skipped:
                about = f"{one.number} · {one.reason}"
                card.body.addWidget(
                    FactRow(one.name, about, icon="triangle-alert", tone=Tone.WARNING)
                )
            self.body.addWidget(card)
        self.save_button = plain(_("Save PDF"), "download").on_press(self._ask_where)
        self.print_button = primary(_("Print"), "printer").on_press(self._print)
        for button in (self.save_button, self.print_button):
            button.setEnabled(bool(slips.count))
            self.foot.addWidget(button)

    @override
    def open(self) -> None:
        super().open()
        if self._slips.count:
            self.print_button.setFocus()

    def _print(self) -> None:
        ask_printer(self._screen, self._document())

    def _ask_where(self) -> None:
        ask_where(self._screen, _("Save PDF"), "pin-slips.pdf", self.write)

    def write(self, path: Path) -> None:
        """Write the slips to a file; an existing one is asked about first."""
        words = _("Saved in {file}. Delete it once the slips are printed.").format(file=path)
        save_document(
            self._screen,
            path,
            lambda _progress: self._document(),
            lambda _document: self._screen.desk.toast(words),
            told=False,
        )

    def _document(self) -> Document:
        leaving = Leaving(
            kind=FileKind.PIN_SLIPS,
            title=_("PIN slips"),
            records=self._slips.count,
            is_guessable=True,
        )
        return Document(content=self._slips.document, leaving=leaving)
