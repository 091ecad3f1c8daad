"""A person's units of cmi5 courses, for whoever may say that one of them need not be done."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.base.words import _, mark
from app.core.learning import UnitInHand, WaiveReason
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole, Tone

_REASONS = {
    WaiveReason.TESTED_OUT: mark("Has shown it in a test"),
    WaiveReason.EQUIVALENT_UNIT: mark("Has done an equal part of a course"),
    WaiveReason.EQUIVALENT_OUTSIDE: mark("Has learned it elsewhere"),
    WaiveReason.ADMINISTRATIVE: mark("Decided by the administration"),
}


class UnitCard(Card):
    """Shows units with where the person stands, and waives them; lies on a person's screen."""

    def __init__(self, desk: Desk[Services], host: Screen[Services]) -> None:
        super().__init__(_("Parts of courses"))
        self._desk = desk
        self._host = host
        self.sheet: FormSheet | None = None
        self._lines = column(gap=14)
        self.body.addLayout(self._lines)
        self.hide()

    def show_units(self, units: tuple[UnitInHand, ...]) -> None:
        """Show units; with none the card is not there."""
        clear(self._lines)
        self.setVisible(bool(units))
        for place, unit in enumerate(units):
            if place:
                self._lines.addWidget(Line())
            self._lines.addWidget(self._unit(unit))

    def _unit(self, unit: UnitInHand) -> QWidget:
        made = QWidget()
        lines = column(made, gap=8)
        lines.addWidget(PlainLabel(unit.title, TextRole.STRONG, wrap=True))
        if unit.course != unit.title:  # a course of one unit is often called as that is
            lines.addWidget(PlainLabel(unit.course, TextRole.MUTED, wrap=True))
        words, tone, icon = _state_of(unit)
        left = Qt.AlignmentFlag.AlignLeft
        lines.addWidget(StatusChip(words, tone, icon=icon), 0, left)
        if not unit.is_satisfied:
            waive = plain(_("Waive"), "user-check").on_press(partial(self._ask, unit))
            waive.setAccessibleName(f"{waive.text()}: {unit.title}")
            lines.addWidget(waive, 0, left)
        return made

    def _ask(self, unit: UnitInHand) -> None:
        form = Form()
        reason = ComboField(
            _("Reason"),
            [(one, _(words)) for one, words in _REASONS.items()],
            hint=_("Kept in the records under your name."),
        )
        form.add(reason)
        waiving, actor = self._desk.services.waiving, self._desk.actor

        def wish() -> Wish[None]:
            chosen = reason.value() or WaiveReason.ADMINISTRATIVE
            return Wish(
                partial(waiving.waive, actor, unit.start_id, unit.lesson_id, unit.unit_id, chosen),
                _("Recorded. It holds at once."),
            )

        self.sheet = open_form(
            self._host,
            _("This part need not be done"),
            form,
            wish,
            done=lambda _none: self._host.refresh(),
            save=_("Waive"),
            subtitle=" · ".join(dict.fromkeys((unit.title, unit.course))),
        )


def _state_of(unit: UnitInHand) -> tuple[str, Tone, str]:
    if unit.is_waived:
        return _("Waived"), Tone.INFO, "user-check"
    if unit.is_satisfied:
        return _("Done"), Tone.SUCCESS, "circle-check"
    if unit.is_begun:
        return _("Begun"), Tone.PRIMARY, "circle-dot"
    return _("To do"), Tone.NEUTRAL, "circle-play"
