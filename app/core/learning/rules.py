"""Pure decisions of learning: is a lesson done, may one be opened, until when does a course hold."""

import calendar
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from app.core.courses import CompletionRule, LessonPlan, Outline

_MONTHS = 12


def is_met(rule: CompletionRule, share: Fraction, active_seconds: int) -> bool:
    """Tell whether a lesson counts as done."""
    return share >= rule.share and active_seconds >= rule.active_seconds


def rule_in_words(rule: CompletionRule) -> str:
    """Return a rule as an auditor will read it beside the completion, in English, for good."""
    parts = [f"share >= {rule.share.numerator}/{rule.share.denominator}"]
    if rule.active_seconds:
        parts.append(f"active time >= {rule.active_seconds} s")
    return " and ".join(parts)


def open_lessons(outline: Outline, done: frozenset[int]) -> frozenset[int]:
    """Return the positions, from 1, that may be opened, given those that are done.

    With an order, a lesson opens when every required one before it is done; what is done stays
    open.
    """
    if not outline.in_order:
        return frozenset(range(1, len(outline.lessons) + 1))
    opened = set(done)
    for position, lesson in enumerate(outline.lessons, start=1):
        opened.add(position)
        if lesson.is_required and position not in done:
            break
    return frozenset(opened)


def is_complete(lessons: Iterable[LessonPlan], done: frozenset[int]) -> bool:
    """Tell whether every required lesson is done; a course without one is never complete."""
    required = {p for p, lesson in enumerate(lessons, start=1) if lesson.is_required}
    return bool(required) and required <= done


def valid_until(completed_on: date, months: int | None) -> date | None:
    """Return the last valid day: the same calendar day `months` later, 29 February becoming 28.

    (product.md, Definitions.) None when the course holds for good.
    """
    if months is None:
        return None
    index = completed_on.month - 1 + months
    year, month = completed_on.year + index // _MONTHS, index % _MONTHS + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(completed_on.day, last))
