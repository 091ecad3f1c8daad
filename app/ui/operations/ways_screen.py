"""Ways to the records: who and what opens them on which PC, the recovery kit, and another key for them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.errors import UserFacingError
from app.core.base.figures import day
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.keys import SlotKind, SlotState
from app.core.operations import (
    Escrow,
    HeldByHq,
    NoDataKey,
    Protection,
    RecoveryKits,
    Way,
    Ways,
)
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.dialogs import Question
from app.ui.kit.focus import lead_through_parts
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, SideBySide, clear, column
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.operations.hq_card import HqCard
from app.ui.operations.kit_sheet import KitSheet
from app.ui.operations.way_sheets import KeyChangeSheet, PasswordSheet, PinSheet


class WaysScreen(Screen[Services]):
    """Each act is put on record with whoever did it; none of the secrets is kept anywhere."""

    topics = frozenset({"sign_in", "key_certificate"})  # what was done to a way is a sign-in

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Ways to the records"),
            subtitle=_("The records are encrypted. These open them, on this PC or on any."),
        )
        self.protection = Protection(desk.services.open_site)
        self.kits = RecoveryKits(desk.services.open_site)
        self.ways: Ways | None = None
        self.header.add_action(plain(_("Set a PIN"), "hash").on_press(self.set_pin))
        self.header.add_action(primary(_("Add a password"), "plus").on_press(self.add_password))
        holder = QWidget()
        self._banners = column(holder, gap=8)
        self.body.addWidget(holder)
        self.list_card = Card(_("What opens the records"))
        self._list = column(gap=12)
        self.list_card.body.addLayout(self._list)
        self.kit_card = Card(_("Recovery kit"))
        self._kit = column(gap=12)
        self.kit_card.body.addLayout(self._kit)
        self.escrow = Escrow(desk.services.open_site)
        self.hq_card = HqCard(self, self.escrow)
        self._parts = (self.list_card, self.kit_card, self.hq_card, self._make_key_card())
        left, right = QWidget(), QWidget()
        for part, cards in ((left, self._parts[:1]), (right, self._parts[1:])):
            lines = column(part, gap=16)
            for card in cards:
                lines.addWidget(card)
            lines.addStretch(1)
        self.parts = SideBySide(left, right, side_width=400, fold_below=860)
        self.parts.hide()  # the focus begins at the first way, which the load brings
        self.body.addWidget(self.parts)
        self.body.addStretch(1)

    def _make_key_card(self) -> Card:
        card = Card(_("Another key"))
        about = _(
            "For when a paper of the kit is lost, a password was seen, or a PC was stolen. The "
            "records get another key: every other password and PIN, and every paper printed before, "
            "open nothing any more. Daksha closes the site meanwhile."
        )
        card.body.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        self.key_button = Button(_("Change the key"), Kind.DANGER, icon="refresh-cw")
        self.key_button.on_press(self.change_key)
        holder = QWidget()
        FlowLayout(holder, gap=8).addWidget(self.key_button)
        card.body.addWidget(holder)
        return card

    @override
    def refresh(self) -> None:
        self.load(self._look, self._show, failed=self._refused)

    def add_password(self) -> None:
        """Let a password open the records on any PC."""
        taken = () if self.ways is None else self.ways.ways
        PasswordSheet(self, self.protection, None, [way.label for way in taken]).open()

    def set_pin(self) -> None:
        """Let a PIN open the records on this PC alone."""
        PinSheet(self, self.protection).open()

    def print_kit(self) -> None:
        """Split the key anew over three papers."""
        KitSheet(self, self.kits).open()

    def change_key(self) -> None:
        """Give the records another key; everybody is signed out for it."""
        KeyChangeSheet(self, self.protection).open()

    def _look(self, _progress: Progress) -> tuple[Ways, HeldByHq]:
        actor = self.desk.actor
        return self.protection.ways(actor), self.escrow.standing(actor)

    def _show(self, seen: tuple[Ways, HeldByHq]) -> None:
        ways, held = seen
        self.ways = ways
        self.hq_card.show_standing(held)
        clear(self._banners)
        clear(self._list)
        clear(self._kit)
        if ways.state is not SlotState.WHOLE:
            self._banners.addWidget(self._alarm())
        if ways.has(SlotKind.MACHINE):
            self._banners.addWidget(_unasked_banner())
        for way in ways.ways:
            self._list.addWidget(self._row(way))
        if not ways.has(SlotKind.MACHINE):
            self._list.addWidget(self._asks_row())
        self._show_kit(ways)
        self.parts.show()
        lead_through_parts(self._parts)

    def _refused(self, error: UserFacingError) -> None:
        if not isinstance(error, NoDataKey):
            self.desk.tell_error(error)
            return
        clear(self._banners)
        self.parts.hide()
        self._banners.addWidget(EmptyState(error.happened, icon="key-round"))

    def _alarm(self) -> Banner:
        words = _(
            "The list of the ways was changed by something that does not know the key, or an older "
            "one was put back. Nobody could add a way without the key. Look at it, then accept it or "
            "change the key."
        )
        alarm = Banner(words, Tone.DANGER)
        alarm.add_action(_("Accept the list"), self._ask_accept)
        return alarm

    def _row(self, way: Way) -> FactRow:
        icon, title, about = _told_of(way)
        row = FactRow(title, about, icon=icon)
        for button in self._buttons(way):
            row.add_button(button)
        return row

    def _buttons(self, way: Way) -> list[QWidget]:
        if way.kind is SlotKind.MACHINE:
            ask = _small(_("Ask at each start"), _("Ask at each start"), self._ask_to_ask)
            return [StatusChip(_("On"), Tone.WARNING), ask]
        name = _told_of(way)[1]
        take_away = _small(
            _("Take away"),
            _("Take away: {name}").format(name=name),
            partial(self._ask_removal, way),
        )
        if way.kind is SlotKind.ESCROW:
            return [take_away]
        change = (
            self.set_pin
            if way.kind is SlotKind.PIN
            else lambda: PasswordSheet(self, self.protection, way.label).open()
        )
        return [
            _small(_("Change"), _("Change: {name}").format(name=name), change),
            take_away,
        ]

    def _asks_row(self) -> FactRow:
        row = FactRow(
            _("This PC by itself"),
            _("Off: somebody is asked for a password or PIN at each start."),
            icon="monitor",
        )
        words = _("Open without asking")
        row.add_button(StatusChip(_("Off"), Tone.SUCCESS))
        row.add_button(_small(words, words, self._ask_to_open_unasked))
        return row

    def _show_kit(self, ways: Ways) -> None:
        kit = ways.kit
        if kit is None:
            words = _(
                "There is none. Should the password be lost, nobody could open the records elsewhere."
            )
            self._kit.addWidget(Banner(words, Tone.WARNING))
        else:
            for title, about, icon in (
                (_("Kit {number}").format(number=kit.number),
                 _("Printed on {day}").format(day=day(kit.made_at.astimezone().date())),
                 "key-round"),
                *((keeper, _("Keeps a paper; any two open the records."), "user")
                  for keeper in kit.keepers),
            ):  # fmt: skip
                self._kit.addWidget(FactRow(title, about, icon=icon))
        words = _("Print a kit") if kit is None else _("Print a new kit")
        self.kit_button = plain(words, "printer").on_press(self.print_kit)
        holder = QWidget()
        FlowLayout(holder, gap=8).addWidget(self.kit_button)
        self._kit.addWidget(holder)

    def _ask_removal(self, way: Way) -> None:
        question = Question(
            title=_("Take this way away?"),
            text=_("{name} opens the records no more.").format(name=_told_of(way)[1]),
            yes=_("Take away"),
            danger=True,
        )
        self._confirmed(question, lambda: self.protection.remove(self.desk.actor, way.id))

    def _ask_to_ask(self) -> None:
        question = Question(
            title=_("Ask at each start?"),
            text=_(
                "Nobody opens the records on this PC without a password or a PIN then, whoever has "
                "its disk. Somebody who knows one has to be there when the PC is started."
            ),
            yes=_("Ask at each start"),
            careful=True,
        )
        self._confirmed(question, lambda: self.protection.ask_at_start(self.desk.actor, asks=True))

    def _ask_to_open_unasked(self) -> None:
        question = Question(
            title=_("Open without asking?"),
            text=_(
                "Whoever starts this PC opens the records then; people still sign in. A stolen PC "
                "opens them too."
            ),
            yes=_("Open without asking"),
            careful=True,
        )
        self._confirmed(question, lambda: self.protection.ask_at_start(self.desk.actor, asks=False))

    def _ask_accept(self) -> None:
        question = Question(
            title=_("Accept the list as it is?"),
            text=_("Do so only once you know each of the ways that it names."),
            yes=_("Accept the list"),
            careful=True,
        )
        self._confirmed(question, lambda: self.protection.accept(self.desk.actor))

    def _confirmed(self, question: Question, act: Callable[[], None]) -> None:
        """Ask, do it, and look again."""

        def done(_reason: str) -> None:
            self.act(lambda _progress: act(), lambda _none: self.refresh())

        self.desk.confirm(question, done)


def _unasked_banner() -> Banner:
    words = _(
        "This PC opens the records by itself. Whoever has the PC has them; have it ask where it "
        "could be stolen."
    )
    return Banner(words, Tone.WARNING, icon="lock-open")


def _told_of(way: Way) -> tuple[str, str, str]:
    """Return icon, name and a line about a way."""
    made = day(way.made_at.astimezone().date()) if way.made_at else _("an unknown day")
    since = _("since {day}").format(day=made)
    if way.kind is SlotKind.MACHINE:
        return (
            "monitor",
            _("This PC by itself"),
            _("On, {since}: nobody is asked.").format(since=since),
        )
    if way.kind is SlotKind.PIN:
        return "hash", _("PIN on this PC"), _("Good on this PC alone, {since}").format(since=since)
    if way.kind is SlotKind.ESCROW:
        return (
            "building-2",
            way.label,
            _("Headquarters, after a request, {since}").format(since=since),
        )
    name = _("Password of {name}").format(name=way.label) if way.label else _("First password")
    return "key-round", name, _("Good on any PC, {since}").format(since=since)


def _small(words: str, name: str, act: Callable[[], object]) -> Button:
    button = Button(words, dense=True)
    button.setAccessibleName(name)
    return button.on_press(act)


SPEC = ScreenSpec(
    key="ways",
    title=mark("Ways to records"),
    icon="lock-open",
    needs=Capability.MANAGE_SITE,
    factory=WaysScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="system",
)
