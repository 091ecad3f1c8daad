"""When a drill is due: a pure decision about dated rules and the day of the last drill (FA-07).

A rule counts from its first day on. Where it asks for more than the rule before it, what it makes due
is due on its first day at the earliest: nothing of before becomes late by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.learning import valid_until as months_later


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """So many months between drills, from a day on; 0: none is due."""

    from_on: date
    months: int


def next_due(last: date | None, intervals: Iterable[Interval], today: date) -> date | None:
    """Return the last day on which the next drill is in time; None where no rule asks for one.

    Rules that are still to come are heeded where the drill is not due before them. Where none was
    ever held, the time runs from the first rule's first day.
    """
    rules = sorted(intervals, key=lambda one: one.from_on)
    if not rules:
        return None
    since = rules[0].from_on if last is None else last
    in_force = [one for one in rules if one.from_on <= max(today, since)] or rules[:1]
    due = _due(since, in_force[-1])
    for later in rules:
        if later.from_on > in_force[-1].from_on and (due is None or later.from_on <= due):
            due = _due(since, later)
    return due


def was_late(last: date | None, held: date, intervals: Iterable[Interval]) -> bool:
    """Tell whether a drill came too late after the one before it, by the rules of their time."""
    rules = [one for one in intervals if one.from_on <= held]
    if not rules:
        return False
    first = min(one.from_on for one in rules)
    due = next_due(last, rules, first if last is None else last)
    return due is not None and held > due


def _due(since: date, rule: Interval) -> date | None:
    if rule.months == 0:
        return None
    due = months_later(since, rule.months)
    assert due is not None  # there is a number of months  # noqa: S101
    return max(due, rule.from_on)
