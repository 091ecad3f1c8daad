"""A condition as rows: this attribute is one of those values, or is not; all of the rows hold, or one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.core.base.words import LANGUAGES, _, mark
from app.core.people import READS, PersonKind, is_spelt_alike
from app.core.training.enrolment import (
    ATTRIBUTES,
    All,
    Between,
    Condition,
    Either,
    Not,
    OfferedValues,
    OneOf,
    ValueKind,
)
from app.ui.kit.buttons import Button, IconButton, Kind, plain
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.frames import Card
from app.ui.kit.layouts import FlowLayout, clear, column, row

_KINDS = {
    PersonKind.EMPLOYEE: mark("Employee"),
    PersonKind.CONTRACTOR: mark("Contractor"),
    PersonKind.APPRENTICE: mark("Apprentice"),
    PersonKind.VISITOR: mark("Visitor"),
}
_WRITTEN = frozenset({"location", "shift", "agency"})
"""What people's records say in whatever words: others may come than those that are there."""
_ALL, _ANY = "all", "any"
Choices = Mapping[str, Sequence[tuple[str, str]]]
"""By attribute: the values that are offered, with their words."""
Leaf = OneOf | Between


@dataclass(frozen=True, slots=True)
class Rows:
    """A condition that can be shown as rows."""

    parts: tuple[tuple[Leaf, bool], ...] = ()
    """Each with whether it is to hold."""
    is_any: bool = False


def as_rows(condition: Condition) -> Rows | None:
    """Return a condition as rows; None for one of another shape."""
    match condition:
        case All(parts):
            found, is_any = parts, False
        case Either(parts):
            found, is_any = parts, True
        case _:
            found, is_any = (condition,), False
    shown = [part for one in found if (part := _as_part(one)) is not None]
    is_whole = len(shown) == len(found) and (shown or not is_any)
    return Rows(tuple(shown), is_any) if is_whole else None


def everybodys_choices(
    units: Sequence[tuple[str, str]],
    roles: Sequence[tuple[str, str]],
    offered: OfferedValues | None = None,
) -> Choices:
    """Return what can be chosen: departments, job roles, and what people's records say."""
    written = offered or OfferedValues()
    return {
        "location": _as_they_are(written.locations),
        "shift": _as_they_are(written.shifts),
        "agency": _as_they_are(written.agencies),
        "committee": _as_they_are(written.committees),
        "unit": units,
        "unit_only": units,
        "role": roles,
        "kind": [(key.value, _(words)) for key, words in _KINDS.items()],
        "language": list(LANGUAGES.items()),
        "reads": [(key.value, _(words)) for key, words in READS.items()],
    }


def _as_they_are(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, one) for one in values]


class ConditionField(Field):
    """Rows that can be added and taken away. Without any, everybody is meant."""

    def __init__(self, label: str, choices: Choices, rows: Rows | None = None) -> None:
        self._choices = choices
        control = QWidget()
        super().__init__(label, control, hint=_("No condition: everybody."))
        layout = column(control, gap=8)
        self._how = SegmentedTabs(
            label, ((_ALL, _("All of these hold")), (_ANY, _("One of these holds")))
        )
        self._how.chosen.connect(lambda _key: self.edited.emit())
        layout.addWidget(self._how)
        self._body = column(gap=8)
        layout.addLayout(self._body)
        self.add_button = plain(_("Add a condition"), "plus").on_press(self._add_another)
        layout.addWidget(self.add_button)
        control.setFocusProxy(self.add_button)
        self.rows: list[ConditionRow] = []
        self.check = self._what_is_missing
        self._show(rows or Rows())

    def value(self) -> Condition:
        """Return the condition that the rows make."""
        parts = tuple(one.value() for one in self.rows)
        return Either(parts) if self._how.key() == _ANY and len(parts) > 1 else All(parts)

    def add_row(self, leaf: Leaf | None = None, *, holds: bool = True) -> "ConditionRow":
        """Add a row at the end and return it."""
        made = ConditionRow(self._choices, leaf or OneOf("unit", ()), holds=holds)
        made.edited.connect(self.edited)
        made.gone.connect(partial(self._take_away, made))
        self.rows.append(made)
        self._body.addWidget(made)
        self._how.setVisible(len(self.rows) > 1)
        return made

    def _show(self, rows: Rows) -> None:
        self._how.choose(_ANY if rows.is_any else _ALL)
        self._how.hide()
        for leaf, holds in rows.parts:
            self.add_row(leaf, holds=holds)

    def _add_another(self) -> None:
        self.add_row().setFocus()
        self.edited.emit()

    def _take_away(self, gone: "ConditionRow") -> None:
        self.rows.remove(gone)
        self._body.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self._how.setVisible(len(self.rows) > 1)
        self.add_button.setFocus()
        self.edited.emit()

    def _what_is_missing(self) -> str:
        if all(one.is_whole() for one in self.rows):
            return ""
        return _("A condition says nothing yet: give it a value, or take it away.")


class ConditionRow(Card):
    """One attribute, whether it is to be so, and what."""

    edited = Signal()
    gone = Signal()

    def __init__(self, choices: Choices, leaf: Leaf, *, holds: bool) -> None:
        super().__init__(gap=8, margin=10)
        self._choices = choices
        self._keys = list(ATTRIBUTES)
        self.attribute = ComboBox(_("What is looked at"))
        for key in self._keys:
            self.attribute.addItem(_(ATTRIBUTES[key].title))
        self.attribute.setCurrentIndex(self._keys.index(leaf.attribute))
        self.attribute.keep_width(12)
        self.verdict = ComboBox(_("Whether it is so"))
        self.verdict.keep_width(10)
        remove = IconButton("x", _("Take the condition away"), dense=True)
        remove.clicked.connect(self.gone)
        head = row(gap=8)
        head.addWidget(self.attribute, 1)
        head.addWidget(remove)
        self.body.addLayout(head)
        said, self._place = row(gap=8), column()
        said.addWidget(self.verdict, 2, Qt.AlignmentFlag.AlignTop)
        said.addLayout(self._place, 3)
        self.body.addLayout(said)
        self.setFocusProxy(self.attribute)
        self._make_values(leaf)
        self.verdict.setCurrentIndex(0 if holds else 1)
        self.attribute.activated.connect(self._look_at_another)
        self.verdict.activated.connect(lambda _index: self.edited.emit())

    def value(self) -> Condition:
        """Return what the row says."""
        leaf = self.values.leaf(self._key)
        return leaf if self.verdict.currentIndex() == 0 else Not(leaf)

    def is_whole(self) -> bool:
        """Tell whether something is given."""
        leaf = self.values.leaf(self._key)
        if isinstance(leaf, OneOf):
            return bool(leaf.values)
        return leaf.first is not None or leaf.last is not None

    @property
    def _key(self) -> str:
        return self._keys[self.attribute.currentIndex()]

    def _look_at_another(self) -> None:
        is_day = ATTRIBUTES[self._key].kind is ValueKind.DAY
        self._make_values(Between(self._key) if is_day else OneOf(self._key, ()))
        self.edited.emit()

    def _make_values(self, leaf: Leaf) -> None:
        clear(self._place)
        self.verdict.clear()
        if isinstance(leaf, Between):
            self.verdict.addItems([_("lies between"), _("does not lie between")])
            self.values: _DayValues | ChosenValues | _TypedValues = _DayValues(leaf)
        else:
            self.verdict.addItems([_("is one of"), _("is none of")])
            self.values = self._made(leaf)
        self.values.edited.connect(self.edited)
        self._place.addWidget(self.values)

    def _made(self, leaf: OneOf) -> "ChosenValues | _TypedValues":
        offered = self._choices.get(leaf.attribute)
        if offered is None:
            return _TypedValues(leaf)
        is_open = leaf.attribute in _WRITTEN
        return OpenValues(leaf, offered) if is_open else ChosenValues(leaf, offered)


class _DayValues(QWidget):
    """The first and the last day of a stretch; either may be open."""

    edited = Signal()

    def __init__(self, shown: Between) -> None:
        super().__init__()
        self._first = DateField(_("First day"), shown.first)
        self._last = DateField(_("Last day"), shown.last)
        layout = column(self, gap=8)
        for field in (self._first, self._last):
            field.edited.connect(self.edited)
            layout.addWidget(field)

    def leaf(self, key: str) -> Leaf:
        """Return what is given."""
        return Between(key, first=self._first.value(), last=self._last.value())


class _TypedValues(QWidget):
    """Values with commas between."""

    edited = Signal()

    def __init__(self, shown: OneOf) -> None:
        super().__init__()
        self.text = QLineEdit(", ".join(shown.values))
        self.text.setAccessibleName(_(ATTRIBUTES[shown.attribute].title))
        self.text.setAccessibleDescription(_("Several with commas between."))
        self.text.setPlaceholderText(_("Several with commas between."))
        self.text.textEdited.connect(lambda _text: self.edited.emit())
        column(self).addWidget(self.text)

    def leaf(self, key: str) -> Leaf:
        """Return what is given."""
        values = (" ".join(one.split()) for one in self.text.text().split(","))
        return OneOf(key, tuple(one for one in values if one))


class ChosenValues(QWidget):
    """Values from a list: the chosen ones stand as chips, and a press takes one away."""

    edited = Signal()

    def __init__(self, shown: OneOf, offered: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._offered = list(offered)
        self._words = dict(offered)
        self._values = list(shown.values)
        self.offer = ComboBox(_("Add a value"))
        self.offer.keep_width(8)
        self.offer.activated.connect(self._take)
        self._layout = column(self, gap=6)
        self._layout.addWidget(self.offer)
        self._chips = FlowLayout(gap=6)
        self._layout.addLayout(self._chips)
        self._refresh()

    def leaf(self, key: str) -> Leaf:
        """Return what is given."""
        return OneOf(key, tuple(self._values))

    def chosen(self) -> tuple[str, ...]:
        """Return what is chosen."""
        return tuple(self._values)

    def offered(self) -> tuple[str, ...]:
        """Return all that can be chosen."""
        return tuple(self._words)

    def put_below(self, widget: QWidget) -> None:
        """Put something between the list and what is chosen."""
        self._layout.insertWidget(1, widget)

    def choose(self, value: str) -> None:
        """Take a value along."""
        if value not in self._values:
            self._values.append(value)
            self._refresh()
            self.edited.emit()

    def _take(self, index: int) -> None:
        value = self.offer.itemData(index)
        if value is not None:
            self.choose(value)
            self.offer.setFocus()

    def _leave_out(self, value: str) -> None:
        self._values.remove(value)
        self._refresh()
        self.offer.setFocus()
        self.edited.emit()

    def _refresh(self) -> None:
        self.offer.clear()
        self.offer.addItem(_("Choose…"), None)
        for value, words in self._offered:
            if value not in self._values:
                self.offer.addItem(words, value)
        clear(self._chips)
        for value in self._values:
            words = self._words.get(value, value).strip()
            chip = Button(words, Kind.CHIP, icon="x")
            chip.setAccessibleName(_("Leave {what} out").format(what=words))
            chip.on_press(partial(self._leave_out, value))
            self._chips.addWidget(chip)


class OpenValues(ChosenValues):
    """Values from a list, and others that are typed."""

    def __init__(self, shown: OneOf, offered: Sequence[tuple[str, str]]) -> None:
        super().__init__(shown, offered)
        self.other = QLineEdit()
        self.other.setAccessibleName(_("Another value"))
        self.other.setPlaceholderText(_("Another value"))
        self.other.textEdited.connect(lambda _text: self.edited.emit())
        self.other.editingFinished.connect(self._take_other)
        self.put_below(self.other)

    @override
    def leaf(self, key: str) -> Leaf:
        """Return what is chosen, and what is typed and not among it yet."""
        typed = self._typed()
        return OneOf(key, (*self.chosen(), *([typed] if typed else [])))

    def _take_other(self) -> None:
        typed = self._typed()
        self.other.clear()
        if typed:
            self.choose(typed)

    def _typed(self) -> str:
        """Return what is typed, as it is spelt already; "" where that is chosen, or nothing."""
        text = " ".join(self.other.text().split())
        if any(is_spelt_alike(text, one) for one in self.chosen()):
            return ""
        return next((one for one in self.offered() if is_spelt_alike(one, text)), text)


def _as_part(condition: Condition) -> tuple[Leaf, bool] | None:
    match condition:
        case OneOf() | Between():
            return condition, True
        case Not(OneOf() as leaf) | Not(Between() as leaf):
            return leaf, False
        case _:
            return None
