"""Whom it is for: found by name or number, one or several at once, each a chip that takes them off again."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.people import PersonSummary
from app.services import Services
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import RowButton
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, clear, column, row
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole

_FOUND, _SHOWN = 6, 24


class PeopleField(Field):
    """Its value is the numbers of who was chosen, in that order; who is `only_one` makes room for the next."""

    def __init__(
        self,
        host: Screen[Services],
        label: str,
        *,
        hint: str = "",
        required: bool = False,
        only_one: bool = False,
    ) -> None:
        several = _("Name or number; several numbers with commas")
        self.search = SearchBox(_("Search by name or number") if only_one else several)
        super().__init__(label, self.search, hint=hint, required=required)
        self._desk = host.desk
        self._only_one = only_one
        self._chosen: dict[str, str] = {}
        """What each is called, by number; "" while it is not known."""
        self._hits: list[PersonSummary] = []
        self._wants_one = False
        self.search.searched.connect(self._look)
        self.search.entered.connect(self._entered)
        self.found_rows = column(gap=2)
        self.told = PlainLabel("", TextRole.MUTED, wrap=True)
        self.none_button = plain(_("Take all off"), "x").on_press(self._take_all_off)
        self._chips_place = QWidget()
        self._chips = FlowLayout(self._chips_place, gap=8)
        line = row(gap=12)
        line.addWidget(self.told, 1)
        line.addWidget(self.none_button)
        self.body.insertLayout(2, self.found_rows)
        self.body.insertWidget(3, self._chips_place)
        self.body.insertLayout(4, line)
        self._show()

    def value(self) -> tuple[str, ...]:
        """Return the numbers of who was chosen."""
        return tuple(self._chosen)

    def set_value(self, numbers: Sequence[str]) -> None:
        """Choose whoever has these numbers, and nobody else; what they are called is looked up."""
        self._chosen = dict.fromkeys(numbers, "")
        self._show()
        self._name()

    def is_blank(self) -> bool:
        """Tell whether nobody is chosen."""
        return not self._chosen

    def choose(self, one: PersonSummary) -> None:
        """Add somebody."""
        self._take({one.number: one.name})

    def drop(self, number: str) -> None:
        """Take somebody off again."""
        self._chosen.pop(number, None)
        self._show()
        self.search.setFocus()
        self.edited.emit()

    def chips(self) -> list[Button]:
        """Return the chips as they lie."""
        return self._chips_place.findChildren(Button)

    def _take(self, more: dict[str, str]) -> None:
        self._chosen = more if self._only_one else {**self._chosen, **more}
        self._hits, self._wants_one = [], False
        self.search.clear()
        self._show()
        self.search.setFocus()
        announce(self, self.told.text() or ", ".join(self._chosen.values()), urgent=False)
        self.edited.emit()

    def _take_all_off(self) -> None:
        self._chosen = {}
        self._show()
        self.search.setFocus()
        self.edited.emit()

    def _look(self, words: str) -> None:
        self._wants_one = False
        if not words or len(self._numbers_in(words)) > 1:
            self._hits = []
            self._show()
            return
        people, actor = self._desk.services.people, self._desk.actor
        request = PageRequest(text=words, limit=_FOUND).filtered_by([("active", "yes")])
        self._desk.jobs.run(
            lambda _progress: people.list_people(actor, request),
            done=self._found,
            failed=self._desk.tell_error,
            owner=self,
        )

    def _found(self, page: Page[PersonSummary]) -> None:
        self._hits = [one for one in page.rows if one.number not in self._chosen]
        self._show()
        if self._wants_one:
            self._take_only_one()
        if not page.rows:
            self._tell(_("Nobody here is called that."))
            announce(self, self.told.text(), urgent=False)

    def _entered(self) -> None:
        """Choose whom the words mean alone, or all of several numbers."""
        numbers = self._numbers_in(self.search.text())
        if len(numbers) > 1:
            self._take(dict.fromkeys(numbers, ""))
            self._name()
            return
        self._wants_one = bool(numbers)
        self._take_only_one()

    def _take_only_one(self) -> None:
        typed = self.search.text().strip().upper()
        exact = [one for one in self._hits if one.number == typed]
        meant = exact or (self._hits if len(self._hits) == 1 else [])
        if meant:
            self.choose(meant[0])

    def _numbers_in(self, words: str) -> list[str]:
        """Return the numbers that are meant; where one is asked for, a comma is a part of the words."""
        return [words] if self._only_one and words.strip() else numbers_in(words)

    def _name(self) -> None:
        """Look up what those are called whose chips are shown."""
        unknown = [number for number in list(self._chosen)[:_SHOWN] if not self._chosen[number]]
        if not unknown:
            return
        people, actor = self._desk.services.people, self._desk.actor

        def work(_progress: Progress) -> dict[str, str]:
            pages = (people.list_people(actor, PageRequest(text=one)) for one in unknown)
            return {one.number: one.name for page in pages for one in page.rows}

        self._desk.jobs.run(work, done=self._named, failed=self._desk.tell_error, owner=self)

    def _named(self, names: dict[str, str]) -> None:
        self._chosen = {
            number: words or names.get(number, "") for number, words in self._chosen.items()
        }
        self._show()

    def _show(self) -> None:
        clear(self.found_rows)
        for one in self._hits:
            about = " · ".join(filter(None, (one.number, one.org_unit, one.job_role)))
            button = RowButton(one.name, about, icon="user", trailing="plus")
            button.clicked.connect(partial(self._pressed, one))
            self.found_rows.addWidget(button)
        clear(self._chips)
        for number in list(self._chosen)[:_SHOWN]:
            words = " ".join(filter(None, (self._chosen[number], number)))
            chip = Button(words, Kind.CHIP, icon="x").on_press(partial(self.drop, number))
            chip.setAccessibleName(_("Take {name} off").format(name=words))
            chip.setToolTip(chip.accessibleName())
            self._chips.addWidget(chip)
        count = len(self._chosen)
        told = plural("{count} person chosen.", "{count} people chosen.", count)
        if count > _SHOWN:
            told += " " + _("The first {shown} are shown.").format(shown=_SHOWN)
        self._tell(told if count and not self._only_one else "")
        self.none_button.setVisible(count > 1)
        self._chips_place.setVisible(bool(count))

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _pressed(self, one: PersonSummary, *_checked: bool) -> None:
        self.choose(one)


def numbers_in(text: str) -> list[str]:
    """Return numbers that commas separate, as they are kept, each once."""
    return list(dict.fromkeys(one.strip().upper() for one in text.split(",") if one.strip()))
