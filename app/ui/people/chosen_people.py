"""What can be done with the people chosen in the list: assign training, order it again, make PIN slips."""

from collections.abc import Callable

from app.core.base.actor import Capability
from app.core.base.figures import number
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.people import PersonId, PersonSummary
from app.services import Services
from app.ui.kit.buttons import Button, plain
from app.ui.kit.dialogs import Question
from app.ui.kit.screen import Screen
from app.ui.kit.tables.chosen import chosen_keys
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.people.pin_slips import MOST_SLIPS, make_slips

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
        if self._desk.actor.may(Capability.GIVE_TRAINING):
            self.assign_button = plain(_("Assign training"), "list-checks").on_press(self.assign)
            table.add_bulk_action(self.assign_button)
        if self._desk.actor.may(Capability.ASSIGN):
            again = plain(_("Order retraining"), "repeat").on_press(self.retrain)
            table.add_bulk_action(again)
        if self._desk.actor.may(Capability.MANAGE_ACCOUNTS):
            self.slips_button = plain(_("PIN slips"), "hash").on_press(self.ask_for_slips)
            table.add_bulk_action(self.slips_button)

    def assign(self) -> None:
        """Go to assigning, with the chosen people filled in."""
        self._open_with_them("assign")

    def retrain(self) -> None:
        """Go to ordering retraining, with the chosen people filled in."""
        self._open_with_them("retrain")

    def _open_with_them(self, screen: str) -> None:
        people, actor, ids = self._desk.services.people, self._desk.actor, self._chosen()

        def read(_progress: Progress) -> str:
            return ", ".join(sorted(people.person(actor, one).number for one in ids()))

        self._screen.act(read, lambda numbers: self._desk.open(screen, numbers=numbers))

    def ask_for_slips(self) -> None:
        """Ask, then give each chosen person a new PIN."""
        count = self._table.selection().count
        if count > MOST_SLIPS:
            words = _("At most {count} at a time: narrow the list, a department after the other.")
            self._desk.toast(words.format(count=number(MOST_SLIPS)), Tone.WARNING)
            return
        question = Question(
            title=plural("Give {count} person a new PIN?", "Give {count} people a new PIN?", count),
            text=_(
                "PINs they have now no longer hold. Whoever has no account gets one. "
                "Each chooses a PIN of their own at the first sign-in."
            ),
            yes=_("Make the slips"),
        )
        self._desk.confirm(question, lambda _reason: self._make_slips())

    def _make_slips(self) -> None:
        make_slips(self._screen, self._chosen(), self._table.model.select_nothing)

    def _chosen(self) -> Callable[[], list[PersonId]]:
        selection, fetch = self._table.selection(), self._fetch

        def read() -> list[PersonId]:
            keys = chosen_keys(selection, fetch, lambda one: one.id)
            return [PersonId(key) for key in keys]  # type: ignore[arg-type]  # the list's keys are ids

        return read
