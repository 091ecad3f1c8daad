"""What cannot be the hours of a shift, in words for whoever typed them."""

from datetime import date, time

from app.core.base.errors import UserFacingError
from app.core.base.figures import day as day_in_words
from app.core.base.words import _, plural

EXAMPLE = "6x06:00-14:00, 2xoff"


class ShiftRefused(UserFacingError):
    """A shift, its hours or a holiday is not kept."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(happened, safe=_("Nothing was changed."), remedy=remedy)


class PatternRefused(ShiftRefused):
    """Hours of a shift cannot be so."""


class NoDays(PatternRefused):
    """A cycle has a stretch without a day, or none at all."""

    def __init__(self) -> None:
        super().__init__(
            _("Without days there are no hours."),
            _("Give days with their hours, as {example}.").format(example=EXAMPLE),
        )


class TooManyDays(PatternRefused):
    """A cycle is too long."""

    def __init__(self, days: int, most: int) -> None:
        super().__init__(
            plural(
                "The hours come round after {count} day only.",
                "The hours come round after {count} days only.",
                days,
            ),
            _("Give one round of at most {most} days: it repeats by itself.").format(most=most),
        )


class NeverWorks(PatternRefused):
    """A cycle has days off alone."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody would ever be at work in this shift."),
            _("Give the hours of at least one day, as {example}.").format(example=EXAMPLE),
        )


class StretchesOverlap(PatternRefused):
    """Somebody would be at work in two stretches at once."""

    def __init__(self, ends: time, begins: time) -> None:
        super().__init__(
            _(
                "The hours of one day go on until {ends}, but those of the next begin at {begins} already."
            ).format(ends=f"{ends:%H:%M}", begins=f"{begins:%H:%M}"),
            _("Put a day off between them, or change the hours."),
        )


class NotUnderstood(PatternRefused):
    """A part of the hours is not written as it is to be."""

    def __init__(self, part: str) -> None:
        super().__init__(
            _("“{part}” tells no hours.").format(part=part),
            _("Write days and hours, with commas between them, as {example}.").format(
                example=EXAMPLE
            ),
        )


class NoTime(PatternRefused):
    """Hours that no clock shows."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("No clock shows {time}.").format(time=text), _("Give hours from 00:00 to 23:59.")
        )


class NoSuchShift(ShiftRefused):
    """No hours are known of a shift."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("No hours of a shift {name} are known.").format(name=name or "–"),
            _("Look at the list of shifts, and give one of its names."),
        )


class NoSuchHoliday(ShiftRefused):
    """A day is no holiday."""

    def __init__(self, on: date) -> None:
        super().__init__(
            _("{day} is no holiday.").format(day=day_in_words(on)),
            _("Look at the list of holidays."),
        )


class NoHoursAhead(ShiftRefused):
    """Hours of a shift are to be taken back that nobody entered, or that count already."""

    def __init__(self, name: str, from_on: date) -> None:
        super().__init__(
            _("For {name} no hours are planned from {day} on.").format(
                name=name, day=day_in_words(from_on)
            ),
            _("Look at the list of shifts. Hours that count already are changed, not taken back."),
        )
