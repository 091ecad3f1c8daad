"""Reviewing the audit trail: which months wait, what is in them, and a signature under what was found."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assurance.errors import DaysNotOver, SaidTooLittle
from app.core.assurance.oversight.rules import rule_on
from app.core.assurance.reviews.models import AuditReviewRow
from app.core.assurance.reviews.types import CRITICAL, Looked, Month, NewReview, Review
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.figures import day, number
from app.core.base.words import _
from app.core.journal import Site
from app.core.reports import AuditSearch, AuditTrail
from app.core.signatures import Meaning, Undersigned

_MONTHS_SHOWN = 24


class AuditReviews:
    """The reviews of a site. Whoever sees the trail may review it, and signs."""

    def __init__(self, site: Site, trail: AuditTrail, since: Callable[[], datetime]) -> None:
        """Take the trail, and since when there is one."""
        self._site = site
        self._trail = trail
        self._since = since

    def months(self, actor: Actor) -> tuple[Month, ...]:
        """Return the months of the last two years, the newest first, and which were reviewed."""
        actor.require(Capability.VIEW_JOURNAL)
        today = local_day(self._site.clock)
        first = self._since().astimezone().date().replace(day=1)
        with self._site.read() as session:
            reviews = _reviews(session)
            return tuple(
                _month(session, self._site.site_id, begins, reviews, today)
                for begins in _months_back(today, first)
            )

    def reviews(self, actor: Actor) -> tuple[Review, ...]:
        """Return all reviews, the newest first."""
        actor.require(Capability.VIEW_JOURNAL)
        with self._site.read() as session:
            return _reviews(session)

    def offers(self, actor: Actor, first_on: date, last_on: date) -> tuple[Looked, ...]:
        """Return what is looked at first of some days, with how many entries there are of each."""
        counts = self._counts(actor, first_on, last_on)
        return tuple(_looked(actions, _(title), counts) for actions, title in CRITICAL)

    def shown(self, actor: Actor, new: NewReview) -> str:
        """Return the text that a reviewer signs. Raises DaysNotOver, SaidTooLittle."""
        return _in_words(new, *self._looked(actor, new))

    def sign(self, actor: Actor, new: NewReview, signed: Undersigned) -> UUID:
        """Keep a review with its signature. Raises as `shown`, and what signing does."""
        looked, entries = self._looked(actor, new)
        row = AuditReviewRow(
            site_id=self._site.site_id,
            first_on=new.first_on,
            last_on=new.last_on,
            entries=entries,
            looked_at=[[one.actions, one.entries] for one in looked],
            findings=new.findings.strip(),
            at=self._site.clock.now(),
            by=actor.account_id,
            by_name=actor.name,
        )
        with self._site.transaction(actor, "audit-review.sign") as unit:
            unit.add(row)
            signed.sign(unit, row, Meaning.REVIEWED, _in_words(new, looked, entries))
            return row.id

    def _looked(self, actor: Actor, new: NewReview) -> tuple[tuple[Looked, ...], int]:
        """Return what is looked at, and how many entries the days have."""
        actor.require(Capability.VIEW_JOURNAL)
        if new.first_on > new.last_on or new.last_on >= local_day(self._site.clock):
            raise DaysNotOver
        if not new.findings.strip():
            raise SaidTooLittle(_("What was found, or that nothing was"))
        if not new.looked_at:
            raise SaidTooLittle(_("What was looked at"))
        counts = self._counts(actor, new.first_on, new.last_on)
        titles = {actions: _(title) for actions, title in CRITICAL}
        looked = (_looked(one, titles.get(one, one), counts) for one in new.looked_at)
        return tuple(looked), sum(counts.values())

    def _counts(self, actor: Actor, first_on: date, last_on: date) -> dict[str, int]:
        days = AuditSearch(first_day=first_on, last_day=last_on)
        return {one.action: one.count for one in self._trail.actions(actor, days)}


def _in_words(new: NewReview, looked: Sequence[Looked], entries: int) -> str:
    lines = [
        _("Audit trail from {first} to {last}, {entries} entries.").format(
            first=day(new.first_on), last=day(new.last_on), entries=number(entries)
        ),
        _("Looked at:"),
        *(f"– {one.title}: {number(one.entries)}" for one in looked),
        _("Found: {findings}").format(findings=new.findings.strip()),
    ]
    return "\n".join(lines)


def overdue_months(
    session: Session, site_id: UUID | None, since: datetime, today: date
) -> tuple[Month, ...]:
    """Return the months that were to be reviewed and were not, the newest first."""
    first = since.astimezone().date().replace(day=1)
    reviews = _reviews(session)
    months = (
        _month(session, site_id, begins, reviews, today) for begins in _months_back(today, first)
    )
    return tuple(one for one in months if one.is_overdue)


def _looked(actions: str, title: str, counts: dict[str, int]) -> Looked:
    found = sum(count for action, count in counts.items() if action.startswith(actions))
    return Looked(actions=actions, title=title, entries=found)


def _months_back(today: date, first: date) -> Iterable[date]:
    """Yield the first days of months, from this one back to `first`."""
    begins = today.replace(day=1)
    for _count in range(_MONTHS_SHOWN):
        if begins < first:
            return
        yield begins
        begins = (begins - timedelta(days=1)).replace(day=1)


def _month(
    session: Session,
    site_id: UUID | None,
    begins: date,
    reviews: Sequence[Review],
    today: date,
) -> Month:
    ends = begins.replace(day=monthrange(begins.year, begins.month)[1])
    asked = rule_on(session, site_id, ends).review_days
    due_on = ends + timedelta(days=asked) if asked else None
    covering = (one for one in reviews if one.first_on <= begins and one.last_on >= ends)
    review = next(covering, None)
    return Month(
        first_on=begins,
        last_on=ends,
        review=review,
        due_on=due_on,
        is_over=ends < today,
        is_overdue=review is None and due_on is not None and today > due_on,
    )


def _reviews(session: Session) -> tuple[Review, ...]:
    newest = sa.select(AuditReviewRow).order_by(AuditReviewRow.at.desc(), AuditReviewRow.id.desc())
    return tuple(map(_review, session.scalars(newest)))


def _review(row: AuditReviewRow) -> Review:
    titles = {actions: _(title) for actions, title in CRITICAL}
    return Review(
        id=row.id,
        first_on=row.first_on,
        last_on=row.last_on,
        entries=row.entries,
        looked_at=tuple(
            Looked(actions=actions, title=titles.get(actions, actions), entries=entries)
            for actions, entries in row.looked_at
        ),
        findings=row.findings,
        at=row.at,
        by=row.by_name,
    )
