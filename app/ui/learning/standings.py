"""Where a learner stands with a course, in words and colours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.base.figures import day, duration
from app.core.base.words import _, mark, plural
from app.core.training import HELD, MyCourse, Standing
from app.ui.kit.theme import Tone

PRESSING = frozenset({Standing.OVERDUE, Standing.LAPSED, Standing.DUE_SOON, Standing.EXPIRING})

_WEEK = 7
_WEEKDAYS = (
    mark("Monday"),
    mark("Tuesday"),
    mark("Wednesday"),
    mark("Thursday"),
    mark("Friday"),
    mark("Saturday"),
    mark("Sunday"),
)
_TONES = {
    Standing.OVERDUE: Tone.DANGER,
    Standing.LAPSED: Tone.DANGER,
    Standing.DUE_SOON: Tone.WARNING,
    Standing.EXPIRING: Tone.WARNING,
    Standing.IN_PROGRESS: Tone.PRIMARY,
    Standing.VALID: Tone.SUCCESS,
    Standing.NOT_STARTED: Tone.NEUTRAL,
}
_ICONS = {
    Standing.OVERDUE: "triangle-alert",
    Standing.LAPSED: "calendar-x",
    Standing.DUE_SOON: "calendar-clock",
    Standing.EXPIRING: "repeat",
    Standing.IN_PROGRESS: "circle-dot",
    Standing.VALID: "circle-check",
    Standing.NOT_STARTED: "calendar",
}
_WORDS = {
    Standing.OVERDUE: mark("Overdue"),
    Standing.LAPSED: mark("Expired"),
    Standing.EXPIRING: mark("Renew soon"),
    Standing.IN_PROGRESS: mark("In progress"),
    Standing.VALID: mark("Done"),
    Standing.NOT_STARTED: mark("Not started"),
}
_WORDS_UNTIL = {
    Standing.LAPSED: mark("Expired {day}"),
    Standing.EXPIRING: mark("Renew by {day}"),
    Standing.VALID: mark("Valid to {day}"),
}


@dataclass(frozen=True, slots=True)
class Status:
    """A standing as it is shown: always word, icon and colour together."""

    words: str
    tone: Tone
    icon: str


def first_words(course: MyCourse) -> str:
    """Return what has to be held before a course is begun: First: Basic safety."""
    return first_in_words(course.comes_first)


def first_in_words(titles: Iterable[str]) -> str:
    """Return what has to be held first, by its titles."""
    return _("First: {titles}").format(titles=", ".join(titles))


def status_of(course: MyCourse, today: date) -> Status:
    """Return how a course's standing is shown on its card."""
    if course.comes_first and not course.is_done and course.standing not in PRESSING:
        return Status(first_words(course), Tone.WARNING, "lock")
    if course.is_renewing and course.standing in HELD:
        return Status(_renewing_words(course), Tone.PRIMARY, _ICONS[Standing.IN_PROGRESS])
    return Status(_words(course, today), _TONES[course.standing], _ICONS[course.standing])


def due_words(due_on: date, today: date) -> str:
    """Return by when something is due, as people say it: Overdue by 2 days, Due Friday, …"""
    days = (due_on - today).days
    if days < 0:
        return plural("Overdue by {count} day", "Overdue by {count} days", -days)
    if days <= 1:
        return _("Due tomorrow") if days else _("Due today")
    if days < _WEEK:
        weekday = _(_WEEKDAYS[due_on.weekday()])
        return _("Due {weekday}, {day}").format(weekday=weekday, day=day(due_on))
    return _("Due {day}").format(day=day(due_on))


def pressing_words(course: MyCourse, today: date) -> str:
    """Return why a course asks to be seen to now, and what has to come first."""
    words = _pressing(course, today)
    return f"{words} · {first_words(course)}" if course.comes_first else words


def _pressing(course: MyCourse, today: date) -> str:
    if course.standing in {Standing.LAPSED, Standing.EXPIRING} or course.due_on is None:
        return _words(course, today)
    return due_words(course.due_on, today)


def extent(lessons: int, seconds: int = 0) -> str:
    """Return how much something is: 8 lessons · 45 min."""
    told = plural("{count} lesson", "{count} lessons", lessons)
    return f"{told} · {duration(seconds)}" if seconds else told


def _words(course: MyCourse, today: date) -> str:
    if course.standing is Standing.DUE_SOON:
        return _chip_due(course.due_on or today, today)
    if course.valid_until is None:
        return _(_WORDS[course.standing])
    words = _(_WORDS_UNTIL.get(course.standing, _WORDS[course.standing]))
    return words.format(day=day(course.valid_until))


def _renewing_words(course: MyCourse) -> str:
    """Return that a course is under way again, and that it holds meanwhile."""
    if course.valid_until is None:
        return _("In progress · still valid")
    return _("In progress · valid to {day}").format(day=day(course.valid_until))


def _chip_due(due_on: date, today: date) -> str:
    days = (due_on - today).days
    if days <= 1:
        return due_words(due_on, today)
    return plural("Due in {count} day", "Due in {count} days", days)
