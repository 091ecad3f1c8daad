"""Who should be in an HR file and is not, and who is in it though they left: somebody decides of each."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.figures import day
from app.core.base.words import _, plural
from app.core.people.imports import COVERAGES, Coverage, PeoplePlan
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, ComboField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone

_SHOWN = 50


class AbsentCard(Card):
    """Whom the file covers; then a box for each who is missing or came back."""

    covers_told = Signal(object)
    """Carries a Coverage."""
    leavers_told = Signal(object)
    """Carries a dict of numbers and days."""
    returning_told = Signal(object)
    """Carries a frozenset of numbers."""

    def __init__(self, plan: PeoplePlan) -> None:
        super().__init__(
            _("Who is missing"), subtitle=_("Not being in a file never deletes or ends anything by itself.")
        )  # fmt: skip
        self._plan = plan
        self.coverage: ComboField[Coverage] = ComboField(
            _("Who would be in this file"), [(one, _(words)) for one, words in COVERAGES.items()]
        )
        self.coverage.set_value(plan.terms.coverage)
        self.coverage.edited.connect(lambda: self.covers_told.emit(self.coverage.value()))
        self.body.addWidget(self.coverage)
        self.boxes: dict[str, CheckField] = {}
        self.back_boxes: dict[str, CheckField] = {}
        if plan.gone:
            self._add_gone()
        if plan.returning:
            self._add_returning()

    def _add_gone(self) -> None:
        plan = self._plan
        count = len(plan.gone)
        words = plural(
            "{count} person should be in the file and is not.",
            "{count} people should be in the file and are not.",
            count,
        )
        self.body.addWidget(Banner(words, Tone.WARNING))
        self.on = DateField(_("First day without them"))
        days = [one.leaves_on for one in plan.gone if one.leaves_on is not None]
        self.on.set_value(days[0] if days else plan.terms.today)
        self.on.edit.editingFinished.connect(self._date_again)
        self.body.addWidget(self.on)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        self.all_button = plain(_("All have left")).on_press(self._take_all)
        self.none_button = plain(_("All are still here")).on_press(
            lambda: self.leavers_told.emit({})
        )
        for button in (self.all_button, self.none_button):
            flow.addWidget(button)
        self.body.addWidget(buttons)
        self.body.addWidget(PlainLabel(_("Who has left:"), TextRole.STRONG))
        for one in plan.gone[:_SHOWN]:
            about = " · ".join(filter(None, (one.number, one.org_unit, one.hindrance)))
            box = CheckField(f"{one.name} · {about}", checked=one.leaves_on is not None)
            box.setEnabled(not one.hindrance)
            box.edited.connect(self._tell)
            self.boxes[one.number] = box
            self.body.addWidget(box)
        more = count - _SHOWN
        if more > 0:
            words = plural("and {count} more", "and {count} more", more)
            self.body.addWidget(PlainLabel(words, TextRole.MUTED))

    def _add_returning(self) -> None:
        self.body.addWidget(PlainLabel(_("Left, and in the file: who is back?"), TextRole.STRONG))
        for one in self._plan.returning[:_SHOWN]:
            words = _("{name} · {number} · left on {day}").format(
                name=one.person.name, number=one.person.number, day=day(one.left_on)
            )
            words = " · ".join(filter(None, (words, one.doubt)))
            box = CheckField(words, checked=one.back_on is not None)
            box.edited.connect(self._tell_returning)
            self.back_boxes[one.person.number] = box
            self.body.addWidget(box)

    def _date_again(self) -> None:
        """Tell the day anew once it is whole: while it is typed it is another day with every figure."""
        days = {one.leaves_on for one in self._plan.leaving}
        if days and days != {self._on()}:
            self._tell()

    def _take_all(self) -> None:
        on = self._on()
        self.leavers_told.emit({one.number: on for one in self._plan.gone if not one.hindrance})

    def _tell(self) -> None:
        """Tell who leaves: those ticked, and beyond the boxes those who did already."""
        on = self._on()
        leavers = {one.number: on for one in self._plan.gone[_SHOWN:] if one.leaves_on is not None}
        leavers |= {number: on for number, box in self.boxes.items() if box.value()}
        self.leavers_told.emit(leavers)

    def _tell_returning(self) -> None:
        kept = {
            one.person.number for one in self._plan.returning[_SHOWN:] if one.back_on is not None
        }
        ticked = {number for number, box in self.back_boxes.items() if box.value()}
        self.returning_told.emit(frozenset(kept | ticked))

    def _on(self) -> date:
        return self.on.value() or self._plan.terms.today
