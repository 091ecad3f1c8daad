"""What an HR file would do, as cards: what was read, what changes, who is missing, what is wrong."""

from collections.abc import Iterator
from functools import partial
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.base.figures import number
from app.core.base.words import _, plural
from app.core.people.imports import (
    DayOrder,
    PeoplePlan,
    RowError,
)
from app.ui.kit.buttons import Button, link, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone
from app.ui.people.absent_card import AbsentCard
from app.ui.people.import_banners import banners
from app.ui.people.import_changes import SHOWN, PlanChanges, add_more
from app.ui.people.words import field_words


class PlanView(QWidget):
    """A plan and what can be decided of it. The screen looks at the file again after each decision."""

    columns_asked = Signal()
    days_told = Signal(object)
    """Carries a DayOrder."""
    fix_asked = Signal(object)
    """Carries the RowError."""
    misspelt = Signal()
    """New departments are no new ones: their rows are to be mended."""
    without_told = Signal(object)
    """Carries a frozenset of the parts that are not read."""
    accounts_told = Signal(bool)
    """Whether everybody new gets an account."""
    other_asked = Signal()
    apply_asked = Signal()

    def __init__(self, plan: PeoplePlan, without: frozenset[int] = frozenset()) -> None:
        """Take a plan, and the parts that somebody left out of it."""
        super().__init__()
        self._plan = plan
        self._without = without
        self.parts: dict[int, CheckField] = {}
        self._lines = column(self, gap=16)
        self.skip: CheckField | None = None
        self.creates: CheckField | None = None
        self.typed: TextField | None = None
        self.fix_buttons: list[Button] = []
        self.day_buttons: list[Button] = []
        self.absent = AbsentCard(plan)
        self.changes = PlanChanges(plan)
        names = ", ".join(file.name for file in plan.files) or _("HR file")
        self._lines.addWidget(PlainLabel(names, TextRole.H2, wrap=True))
        parts = (self._of_the_file(), self._of_its_rows(), self._of_people())
        for widget in chain.from_iterable(parts):
            self._lines.addWidget(widget)
        self._lines.addWidget(self._foot())
        self._allow()

    def _of_the_file(self) -> Iterator[QWidget]:
        """Yield how the file was read, and what only somebody who knows it can say."""
        yield self._how_read()
        if len(self._plan.parts) > 1:
            yield self._parts()
        if self._plan.open_day:
            yield self._days()

    def _of_its_rows(self) -> Iterator[QWidget]:
        """Yield what its rows come to, what was not taken from them, and what is wrong in them."""
        plan = self._plan
        yield self._summary()
        if self.changes.gap_total is not None:
            yield self.changes.gap_total
        yield from banners(plan, self._strange_parts(), self.columns_asked.emit)
        if plan.new_org_units or plan.new_job_roles:
            yield self._places()
        if plan.new:
            yield self._accounts()
        if plan.errors:
            yield self._errors()

    def _of_people(self) -> Iterator[QWidget]:
        """Yield who is missing and who changes, and what is asked where they are many."""
        yield self.absent
        yield from self.changes.cards
        if self._plan.guard is not None:
            yield self._guard()

    def focus_first(self) -> None:
        """Go to what is asked first, else to the button that applies; with nothing to apply, to another file."""
        first: QWidget = self.apply_button
        if self._plan.does_nothing:
            first = self.other_button
        if self.typed is not None:
            first = self.typed.line
        if self.skip is not None:
            first = self.skip.box
        if self.day_buttons:
            first = self.day_buttons[0]
        first.setFocus()

    @property
    def skips_errors(self) -> bool:
        """Tell whether rows with errors are left out."""
        return self.skip is not None and self.skip.value()

    @property
    def typed_number(self) -> int | None:
        """Return the number that somebody typed because so many people would change."""
        text = self.typed.value().replace(",", "") if self.typed is not None else ""
        return int(text) if text.isascii() and text.isdigit() else None

    def _how_read(self) -> QWidget:
        box = QWidget()
        line = row(box, gap=12)
        words = (
            _("Read as the mapping “{name}” says").format(name=self._plan.mapping.name)
            if self._plan.mapping.name
            else _("The columns were recognised by their headings")
        )
        line.addWidget(PlainLabel(words, TextRole.MUTED, wrap=True), 1)
        self.columns_button = plain(_("Columns…"), "columns-3").on_press(self.columns_asked.emit)
        line.addWidget(self.columns_button)
        return box

    def _parts(self) -> Card:
        card = Card(_("Sheets and files of this set"), subtitle=_("Joined by employee number."))
        for at, label in enumerate(self._plan.parts):
            box = CheckField(label, checked=at not in self._without)
            box.edited.connect(self._tell_parts)
            self.parts[at] = box
            card.body.addWidget(box)
        return card

    def _tell_parts(self) -> None:
        left_out = frozenset(at for at, box in self.parts.items() if not box.value())
        self.without_told.emit(left_out)

    def _days(self) -> Banner:
        words = _("{day} can be read in two ways, and no other day of the file tells which.")
        banner = Banner(words.format(day=self._plan.open_day), Tone.WARNING)
        for order, text in (
            (DayOrder.DAY_FIRST, _("Day first")),
            (DayOrder.MONTH_FIRST, _("Month first")),
        ):
            self.day_buttons.append(banner.add_action(text, partial(self.days_told.emit, order)))
        return banner

    def _summary(self) -> QWidget:
        plan, box = self._plan, QWidget()
        flow = FlowLayout(box, gap=8)
        moved, back, left = len(plan.moved), len(plan.back), len(plan.leaving) + len(plan.going)
        stay = len(plan.staying)
        for count, words, tone in (
            (len(plan.new), plural("{count} new person", "{count} new people", len(plan.new)), Tone.SUCCESS),
            (len(plan.changed), plural("{count} changed", "{count} changed", len(plan.changed)), Tone.INFO),
            (moved, plural("{count} moved", "{count} moved", moved), Tone.INFO),
            (back, plural("{count} came back", "{count} came back", back), Tone.SUCCESS),
            (len(plan.gone), plural("{count} missing", "{count} missing", len(plan.gone)), Tone.WARNING),
            (left, plural("{count} leaves", "{count} leave", left), Tone.WARNING),
            (stay, plural("{count} stays after all", "{count} stay after all", stay), Tone.SUCCESS),
            (plan.unchanged, plural("{count} as before", "{count} as before", plan.unchanged), Tone.NEUTRAL),
            (len(plan.errors), plural("{count} row with an error", "{count} rows with errors", len(plan.errors)),
             Tone.DANGER),
        ):  # fmt: skip
            if count:
                flow.addWidget(StatusChip(words, tone))
        return box

    def _accounts(self) -> CheckField:
        self.accounts = CheckField(
            _("Give everybody new an account"),
            checked=self._plan.terms.accounts,
            hint=_("Their PIN slips can be printed right after the import, or later from the list of people."),
        )  # fmt: skip
        self.accounts.edited.connect(lambda: self.accounts_told.emit(self.accounts.value()))
        return self.accounts

    def _strange_parts(self) -> list[str]:
        left_out = {self._plan.parts[at] for at in self._without}
        return [name for name in self._plan.unread_parts if name not in left_out]

    def _places(self) -> Card:
        plan = self._plan
        card = Card(_("New departments and job roles"))
        for title, names in (
            (_("Departments that will be created"), plan.new_org_units),
            (_("Job roles that will be created"), plan.new_job_roles),
        ):
            if names:
                words = f"{title}: {', '.join(names[:SHOWN])}"
                card.body.addWidget(PlainLabel(words, wrap=True))
        self.creates = CheckField(_("Create them"), checked=plan.here == 0)
        self.creates.edited.connect(self._allow)
        card.body.addWidget(self.creates)
        if plan.here:
            button = link(_("They are misspelt: show me their rows")).on_press(self.misspelt.emit)
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _errors(self) -> Card:
        card = Card(
            _("Rows that cannot be taken"), subtitle=_("Mend them here or in the file, or leave them out.")
        )  # fmt: skip
        for error in self._plan.errors[:SHOWN]:
            line = FactRow(
                self._where(error), error.reason, icon="triangle-alert", tone=Tone.DANGER
            )
            if error.field:
                name = _("Mend {field} of line {line}").format(
                    field=field_words(error.field), line=error.line
                )
                button = plain(_("Mend"), "pencil").on_press(partial(self.fix_asked.emit, error))
                button.setAccessibleName(name)
                self.fix_buttons.append(button)
                line.add_button(button)
            card.body.addWidget(line)
        add_more(card, len(self._plan.errors))
        self.skip = CheckField(_("Import the others and leave these rows out"))
        self.skip.edited.connect(self._allow)
        card.body.addWidget(self.skip)
        return card

    def _where(self, error: RowError) -> str:
        parts = self._plan.parts
        part = parts[error.part] if error.part < len(parts) else ""
        line = _("Line {line} · {number}").format(line=error.line, number=error.number or "–")
        return f"{part} · {line}" if part else line

    def _guard(self) -> Card:
        guard = self._plan.guard
        if guard is None:
            raise RuntimeError("nothing guards this plan")
        words = _("{count} of {people} people would change or leave. Is this the right file?")
        if self._plan.twins:
            words = _(
                "{count} of {people} people would change, leave or be here twice. Is this the right file?"
            )
        card = Card(_("That is a lot"))
        banner = Banner(
            words.format(count=number(guard.count), people=number(guard.people)), Tone.WARNING
        )
        card.body.addWidget(banner)
        self.typed = TextField(_("Type {count} to go on").format(count=guard.count))
        self.typed.edited.connect(self._allow)
        card.body.addWidget(self.typed)
        return card

    def _foot(self) -> QWidget:
        box, count = QWidget(), self._plan.count
        line = row(box, gap=12)
        self.other_button = plain(_("Choose another file")).on_press(self.other_asked.emit)
        line.addWidget(self.other_button)
        line.addStretch(1)
        words = plural("Apply to {count} person", "Apply to {count} people", count)
        if self._plan.does_nothing:
            words = _("Nothing to apply")
        self.apply_button = primary(words, "check").on_press(self.apply_asked.emit)
        line.addWidget(self.apply_button)
        return box

    def _allow(self) -> None:
        plan = self._plan
        answered = (
            not plan.open_day,
            not plan.errors or self.skips_errors,
            self.creates is None or self.creates.value(),
            plan.guard is None or self.typed_number == plan.guard.count,
        )
        self.apply_button.setEnabled(all(answered) and not plan.does_nothing)
