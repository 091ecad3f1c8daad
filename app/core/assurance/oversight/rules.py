"""How often a site looks: said from today on, with a reason."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assurance.errors import SaidTooLittle
from app.core.assurance.oversight.models import OversightRuleRow
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.reasons import explained
from app.core.base.words import _, plural
from app.core.journal import Site

MOST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class OversightRule:
    """What a site asks of its own looking; zeros ask for nothing."""

    review_days: int = 0
    """Within how many days after a month's end its trail is to be reviewed."""
    reader_days: int = 0
    """After how many days a badge reader is to be tested again."""


class OversightRules:
    """Keeps the rule. Who may change it: holders of MANAGE_SITE."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def now(self) -> OversightRule:
        """Return what is asked today."""
        with self._site.read() as session:
            return rule_on(session, self._site.site_id, local_day(self._site.clock))

    def say(self, actor: Actor, rule: OversightRule, reason: str) -> None:
        """Ask it from today on. Raises NotAllowed, ReasonMissing, SaidTooLittle."""
        actor.require(Capability.MANAGE_SITE)
        reason = explained(reason)
        if not all(0 <= days <= MOST_DAYS for days in (rule.review_days, rule.reader_days)):
            raise SaidTooLittle(_("A number of days that is within a year"))
        today = local_day(self._site.clock)
        with self._site.transaction(actor, "site.oversight", reason=reason) as unit:
            unit.take_turn("oversight rule")
            row = unit.scalar(
                sa.select(OversightRuleRow).where(
                    OversightRuleRow.site_id == self._site.site_id,
                    OversightRuleRow.from_on == today,
                )
            ) or OversightRuleRow(site_id=self._site.site_id, from_on=today)
            row.review_days, row.reader_days = rule.review_days, rule.reader_days
            unit.add(row)


def rule_on(session: Session, site_id: UUID | None, day: date) -> OversightRule:
    """Return what a site asks on a day."""
    row = session.scalars(
        sa.select(OversightRuleRow)
        .where(OversightRuleRow.site_id == site_id, OversightRuleRow.from_on <= day)
        .order_by(OversightRuleRow.from_on.desc())
        .limit(1)
    ).first()
    if row is None:
        return OversightRule()
    return OversightRule(review_days=row.review_days, reader_days=row.reader_days)


def rule_in_words(rule: OversightRule) -> str:
    """Return what is asked, in two sentences."""
    review = (
        plural(
            "The audit trail of a month is to be reviewed within {count} day of its end.",
            "The audit trail of a month is to be reviewed within {count} days of its end.",
            rule.review_days,
        )
        if rule.review_days
        else _("No review of the audit trail is asked for.")
    )
    readers = (
        plural(
            "Badge readers are to be tested every {count} day.",
            "Badge readers are to be tested every {count} days.",
            rule.reader_days,
        )
        if rule.reader_days
        else _("No tests of badge readers are asked for.")
    )
    return f"{review} {readers}"
