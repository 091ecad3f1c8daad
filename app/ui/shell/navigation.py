"""The rail as the shell fills it: the places somebody may go, and help, lock and end at its foot."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from app.core.base.actor import Actor, Capability
from app.core.base.words import _
from app.ui.kit.nav import NavItem, NavRail
from app.ui.shell.screens import SCREENS, SECTIONS, screen_spec

_HELP, _LOCK, _END = "help", "lock", "end"


class Navigation(QObject):
    """Tells what is asked for on the rail; the place one is at is marked when told so."""

    place_asked = Signal(str)
    help_asked = Signal()
    lock_asked = Signal()
    end_asked = Signal()

    def __init__(self, site: str, actor: Actor, parent: QObject) -> None:
        super().__init__(parent)
        self.rail = NavRail("Daksha", site)
        self.rail.set_items(_places(actor), _foot())
        self.rail.chosen.connect(self._go)
        self._first = _beginning(actor) or self.rail.keys()[0]

    @property
    def first(self) -> str:
        """Return the key of the place where work begins: where somebody's work waits, else the first."""
        return self._first

    def go_to_place(self, number: int) -> None:
        """Ask for what stands at a place of the rail, counted from 1."""
        keys = self.rail.keys()
        if number <= len(keys):
            self._go(keys[number - 1])

    def mark(self, keys_back: Iterable[str]) -> None:
        """Mark where one is, or from where one came here."""
        places = self.rail.keys()
        for key in keys_back:
            for place in (key, screen_spec(key).beneath):
                if place in places:
                    self.rail.set_current(place)
                    return

    def _go(self, key: str) -> None:
        asked = {_HELP: self.help_asked, _LOCK: self.lock_asked, _END: self.end_asked}.get(key)
        if asked is None:
            self.place_asked.emit(key)
        else:
            asked.emit()


def _beginning(actor: Actor) -> str:
    """Return where those begin who run the plant, or who approve and learn nothing; "" for others."""
    if actor.may(Capability.MANAGE_PEOPLE):
        return "overview"
    return "approvals" if actor.may(Capability.APPROVE) and not actor.may(Capability.LEARN) else ""


def _places(actor: Actor) -> list[NavItem]:
    order = {section: place for place, section in enumerate(SECTIONS)}
    open_to = {spec.key for spec in SCREENS if spec.is_open_to(actor)}
    specs = sorted(
        (
            spec
            for spec in SCREENS
            if spec.in_navigation and spec.key in open_to and spec.beneath not in open_to
        ),
        key=lambda spec: order[spec.section],
    )
    return [NavItem(s.key, _(s.title), s.icon, _(s.section) if s.section else "") for s in specs]


def _foot() -> list[NavItem]:
    return [
        NavItem(_HELP, _("Help"), "circle-question-mark"),
        NavItem(_LOCK, _("Lock"), "lock"),
        NavItem(_END, _("End session"), "log-out"),
    ]
