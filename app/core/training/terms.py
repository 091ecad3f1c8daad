"""Pure decisions about a requirement's terms: which are in force, until when evidence holds, when it is due.

A month is a calendar month, 29 February becoming 28; an expiry date is valid through its whole day
(product, Definitions).
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from app.core.base.clock import start_of
from app.core.learning import valid_until as months_later
from app.core.training.kinds import DueRule, EvidenceRule, RequirementType, Substitutes, Validity

_WORKING_LIFE = 60
_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31
_CERTIFIED = frozenset({RequirementType.SESSION, RequirementType.PRACTICAL})
"""Types that give a certificate unless the terms say otherwise."""
_COUNTED = frozenset({Validity.AS_COURSE, Validity.MONTHS, Validity.DAYS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a requirement asks for from a day on."""

    from_on: date = date.min
    validity: Validity = Validity.AS_COURSE
    valid_count: int | None = None
    """Months or days, as `validity` says."""
    valid_until_on: date | None = None
    keeps_anniversary: bool = False
    """Whether who renews within the window keeps the day of the year that the old evidence had."""
    window_days: int = 30
    """Days before expiry on which the next cycle opens."""
    due_rule: DueRule = DueRule.NONE
    due_days: int | None = None
    due_day: date | None = None
    renewal_due_days: int | None = None
    """From the opening of a renewal; None: on the day of expiry."""
    grace_days: int = 0
    evidence: EvidenceRule = EvidenceRule.ENTERED
    substitutes: Substitutes = Substitutes.ANY
    prior_days: int | None = None
    """How old earlier evidence may be to count for a new assignment; None: as long as it is valid."""
    signed: bool = True
    """Whether a document is acknowledged with a signature, not by the session alone."""
    gives_certificate: bool | None = None
    """Whether who meets it gets a certificate of this site; None: as its type does."""
    template: str | None = None
    """Key of the look of its certificates (`certificates.TEMPLATES`); None: the first there is."""
    trainer_registered: bool = False
    """Whether a session proves it only where who led it is on the register of trainers."""

    def counts_from(self, assigned_at: datetime) -> datetime | None:
        """Return from when on evidence counts for a first cycle; None: from ever."""
        if self.prior_days is None:
            return None
        return start_of(assigned_at.astimezone().date() - timedelta(days=self.prior_days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When an assignment is due, and the last day of its grace (None: the due date itself)."""

    on: date | None
    late_after: date | None = None


def gives_certificate(terms: Terms, kind: RequirementType) -> bool:
    """Tell whether who meets a requirement gets a certificate for it; a course says so itself."""
    if kind is RequirementType.COURSE:
        return False
    said = terms.gives_certificate
    return kind in _CERTIFIED if said is None else said


def terms_on(day: date, all_terms: Iterable[Terms]) -> Terms:
    """Return the terms in force on a day; those of a requirement that never said any are the defaults."""
    begun = [one for one in all_terms if one.from_on <= day]
    return max(begun, key=lambda one: one.from_on, default=Terms())


def is_long_ago(day: date, today: date) -> bool:
    """Tell whether a day lies longer back than a working life lasts: a slip of the pen."""
    return day.year < today.year - _WORKING_LIFE


def holds_until(
    terms: Terms,
    met_on: date,
    *,
    course_months: int | None,
    held_until: date | None = None,
    earlier: Iterable[tuple[date, date]] = (),
) -> date | None:
    """Return the last valid day of evidence of `met_on`; None when it holds for good.

    `held_until` is until when the evidence before held. Where the anniversary is kept and the
    renewal came within the window before that day (`window_of`), validity counts from that day; where a
    short month had cut it short, from the day that it stands for, which `earlier` evidence tells: the
    days on which that was met and until which it held.
    """
    begins, months = met_on, terms.valid_count
    if terms.validity is Validity.AS_COURSE:
        months = course_months
    kept = None
    if terms.keeps_anniversary and held_until is not None:
        opens = held_until - timedelta(days=window_of(terms, course_months))
        if opens <= met_on <= held_until:
            begins, kept = held_until, _day_kept(held_until, months, earlier)
    match terms.validity:
        case Validity.FOR_GOOD:
            return None
        case Validity.AS_COURSE | Validity.MONTHS:
            return _months_on(begins, months, kept)
        case Validity.DAYS:
            return begins + timedelta(days=terms.valid_count or 0)
        case Validity.UNTIL_DAY:
            return terms.valid_until_on


def _months_on(begins: date, months: int | None, kept: int | None) -> date | None:
    """Return the day so many months on; `kept` is the day of the month that an anniversary has."""
    until = months_later(begins, months)
    return until if until is None or kept is None else _on_day(until, kept)


def _day_kept(held_until: date, months: int | None, earlier: Iterable[tuple[date, date]]) -> int:
    """Return the day of the month that an anniversary has, be it that the month of `held_until` is too short for it."""
    if months is None or held_until != _on_day(held_until, _LONGEST_MONTH):
        return held_until.day
    days = {held_until.day}
    for met_on, until in earlier:
        apart = (held_until.year - until.year) * 12 + held_until.month - until.month
        if apart % months:
            continue
        days.add(until.day)
        if months_later(met_on, months) == until:
            days.add(met_on.day)
    return max(days)


def _on_day(month: date, number: int) -> date:
    """Return that day of a month, or its last where it has no such day."""
    last = calendar.monthrange(month.year, month.month)[1]
    return month.replace(day=min(number, last))


def first_due(terms: Terms, *, assigned_on: date, joined_on: date | None) -> Due:
    """Return when a first cycle is due. It is never due before the day it was assigned.

    Who has no joining date counts from the day of assignment.
    """
    days = timedelta(days=terms.due_days or 0)
    match terms.due_rule:
        case DueRule.NONE:
            return Due(on=None)
        case DueRule.AFTER_ASSIGNMENT:
            return with_grace(terms, assigned_on + days)
        case DueRule.AFTER_JOINING:
            return with_grace(terms, max(assigned_on, (joined_on or assigned_on) + days))
        case DueRule.ON_DAY:
            day = terms.due_day
            return with_grace(terms, None if day is None else max(assigned_on, day))


def anew(terms: Terms, due_on: date | None, assigned_on: date, on: date, *, joined_on: date) -> Due:
    """Return when something is due that was due on a day, where its days count anew from `on`.

    What was due on a day that somebody said has as many days as it had.
    """
    due = first_due(terms, assigned_on=on, joined_on=joined_on)
    if due.on is None and due_on is not None:
        return with_grace(terms, on + max(due_on - assigned_on, timedelta(0)))
    return due


def renewal_due(terms: Terms, *, opened_on: date, held_until: date) -> Due:
    """Return when a renewal is due: by default on the day the evidence before it expires."""
    if terms.renewal_due_days is None:
        return with_grace(terms, max(opened_on, held_until))
    return with_grace(terms, opened_on + timedelta(days=terms.renewal_due_days))


def with_grace(terms: Terms, due_on: date | None) -> Due:
    """Return a due date with the days of grace that the terms give."""
    if due_on is None or not terms.grace_days:
        return Due(on=due_on)
    return Due(on=due_on, late_after=due_on + timedelta(days=terms.grace_days))


def loop_of(edges: dict[UUID, frozenset[UUID]], start: UUID) -> tuple[UUID, ...]:
    """Return the way from `start` back to itself along `edges`, or nothing where there is none.

    Of several it is the same one on every PC.
    """
    came_from: dict[UUID, UUID] = {}
    at_hand = [start]
    while at_hand:
        here = at_hand.pop()
        for there in sorted(edges.get(here, frozenset())):
            if there == start:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return (start, *reversed(way[:-1]), start)
            if there not in came_from:
                came_from[there] = here
                at_hand.append(there)
    return ()


def window_of(terms: Terms, course_months: int | None) -> int:
    """Return how many days before expiry a renewal opens: at most half of what it is valid for."""
    months = course_months if terms.validity is Validity.AS_COURSE else terms.valid_count
    is_in_days = terms.validity is Validity.DAYS
    if terms.validity not in _COUNTED or months is None:
        return terms.window_days
    whole = months if is_in_days else months * _SHORTEST_MONTH
    return min(terms.window_days, whole // 2)


def renews_again(terms: Terms, today: date) -> bool:
    """Tell whether a renewal opens on a day: meeting it again then must give anything, or nobody holds it any more.

    Within the window before a last valid day it would give nothing. After that day it is asked again,
    though a new last day has to be said before anybody can meet it. What is met for good may end all the
    same: with a certificate, or with what stood in for it.
    """
    if terms.validity is not Validity.UNTIL_DAY or terms.valid_until_on is None:
        return True
    is_ahead = terms.valid_until_on - timedelta(days=terms.window_days) > today
    return is_ahead or terms.valid_until_on < today


def last_day_nearing(said: Iterable[Terms], today: date) -> date | None:
    """Return the last valid day of a requirement after which nobody can hold it, unless terms say a later one.

    It is told from the window before that day on, and when it is over; None before, or where nothing ends so.
    """
    known = list(said)
    now = terms_on(today, known)
    until = now.valid_until_on
    if now.validity is not Validity.UNTIL_DAY or until is None:
        return None
    if until - timedelta(days=now.window_days) > today:
        return None
    later = terms_on(max(until, today) + timedelta(days=1), known)
    ends_so = later.validity is Validity.UNTIL_DAY and (later.valid_until_on or until) <= until
    return until if ends_so else None
