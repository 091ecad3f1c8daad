"""What people do by themselves, other than courses: how it stands, which comes next, and what a line says."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar

from app.core.base.figures import day
from app.core.base.words import _
from app.ui.kit.theme import Tone
from app.ui.learning.standings import due_words, first_in_words

_SOON = timedelta(days=7)


class OwnWork(Protocol):
    """A document to read, a declaration to make."""

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is asked now."""
        ...

    @property
    def due_on(self) -> date | None:
        """Return by when it is due."""
        ...

    @property
    def late_after(self) -> date | None:
        """Return the last day of grace."""
        ...

    @property
    def valid_until(self) -> date | None:
        """Return until when it holds; None: for good."""
        ...

    @property
    def comes_first(self) -> tuple[str, ...]:
        """Return the titles of what has to be held before."""
        ...

    @property
    def origin(self) -> str:
        """Return why it is there."""
        ...


W = TypeVar("W", bound=OwnWork)


def next_of(work: Sequence[W]) -> W | None:
    """Return what to do next: the first that nothing comes before, else the first."""
    to_do = [one for one in work if not one.is_done]
    free = (one for one in to_do if not one.comes_first)
    return next(free, next(iter(to_do), None))


def left_of(work: Sequence[OwnWork]) -> int:
    """Return how much is still to be done."""
    return sum(not one.is_done for one in work)


def pressing_of(work: Sequence[W], today: date) -> list[W]:
    """Return what is to be done within a week, or should have been."""
    return [
        one
        for one in work
        if not one.is_done and one.due_on is not None and one.due_on <= today + _SOON
    ]


def about(one: OwnWork, what: str, done: str, today: date) -> str:
    """Return what a line says: `what` it is and by when, or that it is `done` and until when that holds."""
    if one.is_done:
        until = one.valid_until
        return done if until is None else f"{done} · " + _("valid to {day}").format(day=day(until))
    parts = [
        what,
        first_in_words(one.comes_first) if one.comes_first else "",
        "" if one.due_on is None else due_words(one.due_on, today),
        one.origin,
    ]
    return " · ".join(part for part in parts if part)


def look_of(one: OwnWork, today: date) -> tuple[Tone, str]:
    """Return the tone and the icon of a line."""
    if one.is_done:
        return Tone.SUCCESS, "circle-check"
    last = one.late_after or one.due_on
    if last is not None and last < today:
        return Tone.DANGER, "triangle-alert"
    if one.comes_first:
        return Tone.WARNING, "lock"
    return Tone.WARNING, "calendar-clock"
