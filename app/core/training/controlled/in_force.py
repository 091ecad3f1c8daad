"""Which revision of a document is in force on a day: one definition, from dates alone.

Two PCs may each approve a revision for the same day. The one that was approved later is in force,
and every PC that has both says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What decides about a revision."""

    id: UUID
    effective_from: date
    approved_at: datetime | None
    """None while it is not approved, or no longer is."""


def in_force_on(
    day: date, issues: Iterable[Issue], *, retired_on: date | None = None
) -> UUID | None:
    """Return the revision in force on a day; None where there is none, or the document is retired."""
    if retired_on is not None and retired_on <= day:
        return None
    begun = [one for one in issues if one.approved_at is not None and one.effective_from <= day]
    newest = max(begun, key=_order, default=None)
    return None if newest is None else newest.id


def coming_after(day: date, issues: Iterable[Issue]) -> UUID | None:
    """Return the next approved revision that becomes effective after a day."""
    ahead = [one for one in issues if one.approved_at is not None and one.effective_from > day]
    following = min(ahead, key=lambda one: one.effective_from, default=None)
    if following is None:
        return None
    same_day = [one for one in ahead if one.effective_from == following.effective_from]
    return max(same_day, key=_order).id


def follower_of(one: Issue, issues: Iterable[Issue], day: date) -> UUID | None:
    """Return the revision that had taken the place of another by a day, the first that did."""
    return next(iter(followers_of(one, issues, day)), None)


def followers_of(one: Issue, issues: Iterable[Issue], day: date) -> tuple[UUID, ...]:
    """Return the revisions that took effect after another, by a day, in their order."""
    after = [
        other
        for other in issues
        if other.approved_at is not None
        and other.effective_from <= day
        and (one.approved_at is None or _order(other) > _order(one))
        and other.id != one.id
    ]
    return tuple(other.id for other in sorted(after, key=_order))


def _order(one: Issue) -> tuple[date, datetime, bytes]:
    if one.approved_at is None:
        raise ValueError("only what is approved has a place")
    return one.effective_from, one.approved_at, one.id.bytes
