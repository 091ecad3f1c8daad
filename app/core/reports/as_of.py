"""A report as of a day gone by: two filters that a report takes of which everything has a past.

As filters they stand on the screen, in kept views, on paper and in files like every other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import local_day, start_of
from app.core.base.figures import day
from app.core.base.paging import PageRequest
from app.core.base.words import _, mark
from app.core.journal import Site
from app.core.reports.asking import Report, ReportFilter
from app.core.reports.errors import FilterRefused
from app.core.reports.past_rows import pasts
from app.core.storage.past import Then, look_back, then_of
from app.core.training import has_untold_moves, not_come_yet

AS_OF, KNOWN_AT = "as_of", "known_at"
_UNTOLD = mark(
    "Some due dates moved before this program kept what they had been: they are told as they stand today"
)
_EXAMPLE = "2026-11-23"


def _kept(_session: Session, value: str, _today: date) -> sa.ColumnElement[bool]:
    _day_of(value)
    return sa.true()


MOMENTS = (
    ReportFilter(
        key=AS_OF,
        title=mark("As it stood on"),
        condition=_kept,
        name_of=lambda _session, value: day(_day_of(value)),
    ),
    ReportFilter(
        key=KNOWN_AT,
        title=mark("As it was known on"),
        condition=_kept,
        name_of=lambda _session, value: day(_day_of(value)),
    ),
)
"""What a report that looks back is narrowed by beside its own filters."""


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What is asked of a report, and as of when; `then` is None as of now."""

    request: PageRequest
    then: Then | None
    today: date


def filters_of(report: Report) -> tuple[ReportFilter, ...]:
    """Return all that a report can be narrowed by."""
    return (*report.filters, *(MOMENTS if report.looks_back else ()))


def asked_of(site: Site, request: PageRequest) -> AskedOf:
    """Take the moment out of a request. Raises FilterRefused."""
    on, known = _last_of(request, AS_OF), _last_of(request, KNOWN_AT)
    if on is None and known is None:
        return AskedOf(request, None, local_day(site.clock))
    left = tuple(one for one in request.filters if one[0] not in {AS_OF, KNOWN_AT})
    until = None if known is None else start_of(known + timedelta(days=1))
    then = then_of(site.clock, on, until)
    return AskedOf(replace(request, filters=left), then, then.day)


@contextmanager
def reading(site: Site, then: Then | None) -> Iterator[Session]:
    """Give a session on the records as they are, or as they stood."""
    with site.read() as session:
        if then is not None:
            let_look_back(session, then)
        yield session


def let_look_back(session: Session, then: Then) -> None:
    """Let a session read the records as they stood at a moment (hook of the grid of people)."""
    look_back(session, pasts(), then)


def moments_in_words(on: date | None, known_at: datetime | None) -> tuple[str, ...]:
    """Return as of when something is told, as a line for each moment that was given."""
    known = None if known_at is None else (known_at - timedelta(microseconds=1)).astimezone().date()
    return tuple(
        f"{_(one.title)}: {day(given)}"
        for one, given in zip(MOMENTS, (on, known), strict=True)
        if given is not None
    )


def told_as_of_now(site: Site, then: Then | None) -> tuple[str, ...]:
    """Return what a look back tells as of now, because nothing says what it was, or what is to come: a line for each."""
    if then is None:
        return ()
    with site.read() as session:  # what happened since is looked at, too
        untold = has_untold_moves(session, then.end)
    ahead = not_come_yet(then.day, local_day(site.clock))
    return (*ahead, _(_UNTOLD)) if untold else ahead


def _last_of(request: PageRequest, key: str) -> date | None:
    given = request.values(key)
    return _day_of(given[-1], key) if given else None


def _day_of(value: str, key: str = AS_OF) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise FilterRefused(f"{key}={value}", [_EXAMPLE]) from error
