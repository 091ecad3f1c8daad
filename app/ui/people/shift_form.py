"""The form of a shift's hours: a week, or the round of a rotating crew, with the next two weeks as they would be."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.core.base.errors import UserFacingError
from app.core.base.figures import month, weekday
from app.core.base.words import _
from app.core.people.shifts import (
    Holiday,
    Hours,
    ListedShift,
    NewShift,
    ShiftCalendar,
    ShiftPattern,
    clock_hours,
    read_pattern,
    read_time,
    weekly,
    write_pattern,
)
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import CardGrid
from app.ui.kit.theme import TextRole, Tone

_SHOWN = 14
_SUNDAY = 6
_DAY = timedelta(days=1)


class ShiftForm(Form):
    """What is asked follows from how the hours come round; what would come of it is shown below."""

    def __init__(
        self, listed: ListedShift | None, holidays: Sequence[Holiday], today: date
    ) -> None:
        super().__init__()
        self._today, self._holidays = today, {one.on: one.name for one in holidays}
        self._listed = listed
        pattern = listed.shift.pattern if listed and listed.shift else None
        rounds = [(True, _("Every week the same")), (False, _("Rotating, in rounds of days"))]
        self.is_weekly: ComboField[bool] = ComboField(_("How the hours come round"), rounds)
        self.name = TextField(
            _("Shift"),
            listed.name if listed else "",
            required=True,
            hint=_("As it stands on people; capitals do not matter."),
        )
        self._ask_week(pattern)
        self.pattern = TextField(
            _("Days and hours of one round"),
            write_pattern(pattern) if pattern else "",
            required=True,
            placeholder="6x06:00-14:00, 2xoff, 6x22:00-06:00, 2xoff",
            hint=_("6x06:00-14:00 are six days of these hours, 2xoff two days off."),
        )
        self.pattern.line.setCursorPosition(0)  # a long round is read from its beginning
        self.anchor = DateField(
            _("A day on which a round begins"), pattern.anchor if pattern else today, required=True
        )
        works = listed is not None and listed.shift is not None and listed.shift.works_on_holidays
        self.works_on_holidays = CheckField(_("Works on holidays, too"), works)
        self.from_on = DateField(
            _("First day of these hours"),
            hint=_("Empty: they take the place of those now. Those of before stay what they were."),
        )
        self.reason = TextField(_("Why"), hint=_("Auditors read it beside the change."))
        self.is_weekly.set_value(pattern is None or _even_week(pattern) is not None)
        self._lay_out()
        self.mark_saved()

    def _ask_week(self, pattern: ShiftPattern | None) -> None:
        usual = Hours(read_time("09:00"), read_time("17:30"))
        week = _even_week(pattern) or (usual,) * _SUNDAY + (None,)
        hours = next(one for one in week if one is not None)
        self.begins = TextField(_("From"), f"{hours.begins:%H:%M}", required=True)
        self.ends = TextField(_("To"), f"{hours.ends:%H:%M}", required=True)
        self._monday = self._today - self._today.weekday() * _DAY
        self.days_off = [
            CheckField(weekday(self._monday + place * _DAY), one is None)
            for place, one in enumerate(week)
        ]
        for box in self.days_off:
            box.box.setAccessibleName(_("{day} off").format(day=box.label))

    def _lay_out(self) -> None:
        self.add(self.name)
        self.name.setVisible(not self._has_hours())
        self.add(self.is_weekly)
        self._weekly = [self.add_beside(self.begins, self.ends, least=150)]
        self._off = PlainLabel(_("Days off"), TextRole.LABEL)
        self.add_part(self._off)
        self._weekly.append(self.add_beside(*self.days_off, least=80))
        self.add(self.pattern)
        self.add(self.anchor)
        self.add(self.from_on)
        self.from_on.setVisible(self._has_hours())
        self._days = PlainLabel("", TextRole.STRONG)
        self.add_part(self._days)
        self.told = PlainLabel("", TextRole.BODY2, tone=Tone.WARNING, wrap=True)
        self.add_part(self.told)
        self.preview = CardGrid(190, gap=6)
        self.add_part(self.preview)
        self.add(self.works_on_holidays)
        self.add(self.reason)
        self.edited.connect(self._show)
        self._show()

    def _has_hours(self) -> bool:
        return self._listed is not None and self._listed.shift is not None

    def new_shift(self) -> NewShift:
        """Return what stands there. Raises PatternRefused for hours that cannot be."""
        return NewShift(
            name=self.name.value(),
            pattern=self._pattern(),
            works_on_holidays=self.works_on_holidays.value(),
        )

    def _pattern(self) -> ShiftPattern:
        if not self.is_weekly.value():
            return read_pattern(self.pattern.value(), self.anchor.value() or self._today)
        hours = Hours(read_time(self.begins.value()), read_time(self.ends.value()))
        off = frozenset(place for place, one in enumerate(self.days_off) if one.value())
        return weekly(self._monday, hours, off)

    def _show(self) -> None:
        """Show only what is asked, and what would come of it."""
        is_weekly = bool(self.is_weekly.value())
        self._off.setVisible(is_weekly)
        for part in (*self._weekly, self.begins, self.ends, *self.days_off):
            part.setVisible(is_weekly)
        for field in (self.pattern, self.anchor):
            field.setVisible(not is_weekly)
        try:
            pattern = self._pattern()
        except UserFacingError as error:
            self.told.setText(error.sentence)
            self.preview.set_cards([])
            self.told.show()
            return
        self.told.hide()
        self._show_days(pattern)

    def _show_days(self, pattern: ShiftPattern) -> None:
        kept = frozenset[date]() if self.works_on_holidays.value() else frozenset(self._holidays)
        calendar = ShiftCalendar(pattern, kept)
        labels = []
        ahead = self.from_on.value()
        self._days.setText(_("The next 14 days") if ahead is None else _("Their first 14 days"))
        first = ahead or self._today
        for place in range(_SHOWN):
            on = first + place * _DAY
            hours = calendar.hours_on(on)
            words = clock_hours(hours) if hours else self._holidays.get(on) or _("day off")
            told = f"{weekday(on)} {on.day} {month(on)} · {words}"
            labels.append(PlainLabel(told, TextRole.BODY2 if hours else TextRole.MUTED))
        self.preview.set_cards([*labels])


class HolidayForm(Form):
    """A day, and what it is called."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.on = DateField(_("Day"), today, required=True)
        self.name = TextField(_("What it is called"), required=True)
        for field in (self.on, self.name):
            self.add(field)


def _even_week(pattern: ShiftPattern | None) -> tuple[Hours | None, ...] | None:
    """Return a week that has the same hours on each day but those off; None for any other."""
    if pattern is None or pattern.week is None:
        return None
    return pattern.week if len({one for one in pattern.week if one is not None}) == 1 else None
