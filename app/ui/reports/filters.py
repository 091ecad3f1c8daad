"""What a report can be narrowed by: a form for all of it, chips for what is on."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Actor, Capability
from app.core.base.errors import UserFacingError
from app.core.base.figures import day
from app.core.base.paging import PageRequest
from app.core.base.words import _
from app.core.reports import AS_OF, KNOWN_AT, FilterOffer
from app.services import Services
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.layouts import FlowLayout, clear

Pair = tuple[str, str]
Choices = Mapping[str, Sequence[Pair]]
"""By the filter's key: every value with its words."""

_DAYS = frozenset({"from", "to", "due_from", "due_to", AS_OF, KNOWN_AT})
_MOST = 1000


def named_choices(services: Services, actor: Actor) -> dict[str, list[Pair]]:
    """Return the departments, job roles, courses, sites and PCs that the actor may see."""
    found: dict[str, list[Pair]] = {}
    if actor.may(Capability.VIEW_PEOPLE):
        organisation = services.people.organisation
        units, roles = organisation.org_units(actor), organisation.job_roles(actor)
        found["department"] = [(str(unit.id), unit.called) for unit in units]
        found["job_role"] = [(str(role.id), role.called) for role in roles]
    if actor.may(Capability.VIEW_COURSES):
        found["course"] = _courses(services, actor)
    if actor.may(Capability.VIEW_JOURNAL):
        stations = services.reports.stations(actor)
        sites = {one.site_code: one.site_name for one in stations if one.site_code}
        found["site"] = sorted(sites.items(), key=lambda pair: pair[1].casefold())
        found["pc"] = [(label, label) for label in sorted({one.label for one in stations})]
    return found


def _courses(services: Services, actor: Actor) -> list[Pair]:
    try:
        courses = services.courses.list(actor, PageRequest(limit=_MOST, sort="title")).rows
    except UserFacingError:  # a course that cannot be read: its code can still be typed
        return []
    return [(str(course.id), course.title) for course in courses]


def choices_of(offers: Sequence[FilterOffer], named: Choices) -> dict[str, Sequence[Pair]]:
    """Return what each filter of a report offers."""
    return {offer.key: offer.choices or named.get(offer.key, ()) for offer in offers}


class FilterForm(Form):
    """One field for each filter of a report."""

    def __init__(
        self, offers: Sequence[FilterOffer], choices: Choices, pairs: Sequence[Pair]
    ) -> None:
        super().__init__()
        chosen = dict(pairs)
        self._made: dict[str, Field] = {}
        for offer in offers:
            self._made[offer.key] = self.add(_field(offer, choices, chosen.get(offer.key, "")))
        self.mark_saved()

    def pairs(self) -> tuple[Pair, ...]:
        """Return what is narrowed by now."""
        found = ((key, _value(field)) for key, field in self._made.items())
        return tuple((key, value) for key, value in found if value)

    def field(self, key: str) -> Field:
        """Return the field of a filter. Raises KeyError."""
        return self._made[key]


def _field(offer: FilterOffer, choices: Choices, value: str) -> Field:
    if offer.key in _DAYS:
        return DateField(offer.title, _day_of(value))
    offered = choices.get(offer.key, ())
    if not offered:
        return TextField(offer.title, value)
    made: ComboField[str] = ComboField(offer.title, [("", _("All")), *offered])
    if value in dict(offered):
        made.set_value(value)
    return made


def _day_of(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _value(field: Field) -> str:
    if isinstance(field, DateField):
        chosen = field.value()
        return chosen.isoformat() if chosen else ""
    if isinstance(field, ComboField):
        return field.value() or ""
    return field.value() if isinstance(field, TextField) else ""


class ActiveFilters(QWidget):
    """What a list is narrowed by now, as chips that take themselves off."""

    changed = Signal(object)
    """Carries the pairs that are left."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Filters"))
        self._flow = FlowLayout(self, gap=8)
        self._pairs: tuple[Pair, ...] = ()
        self.hide()

    def show_pairs(
        self, pairs: Sequence[Pair], offers: Sequence[FilterOffer], choices: Choices
    ) -> None:
        """Show those filters, in words."""
        clear(self._flow)
        self._pairs = tuple(pairs)
        titles = {offer.key: offer.title for offer in offers}
        for pair in self._pairs:
            words = f"{titles.get(pair[0], pair[0])}: {_in_words(pair, choices)}"
            chip = Button(words, Kind.CHIP, icon="x").on_press(partial(self._take_off, pair))
            chip.setAccessibleName(_("Take off the filter {filter}").format(filter=words))
            self._flow.addWidget(chip)
        if len(self._pairs) > 1:
            none = Button(_("Take all filters off"), Kind.LINK)
            self._flow.addWidget(none.on_press(lambda: self.changed.emit(())))
        self.setVisible(bool(self._pairs))

    def _take_off(self, pair: Pair) -> None:
        self.changed.emit(tuple(other for other in self._pairs if other != pair))


def _in_words(pair: Pair, choices: Choices) -> str:
    key, value = pair
    if key in _DAYS:
        chosen = _day_of(value)
        return day(chosen) if chosen else value
    return dict(choices.get(key, ())).get(value, value)
