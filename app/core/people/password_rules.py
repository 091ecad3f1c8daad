"""How long a password may be used, and which may not come again: a site says so, with a reason (21 CFR 11.300(b))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.reasons import explained
from app.core.base.words import _, plural
from app.core.journal import Site
from app.core.people.account_models import CredentialKind, CredentialRow, PasswordRuleRow
from app.core.people.errors import DetailRefused

LONGEST_DAYS, MOST_REMEMBERED = 3650, 12
"""Each that is remembered costs a fifth of a second when somebody chooses another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordRule:
    """What a site asks of passwords beyond that they are hard to guess."""

    days: int = 0
    """After how many days another is asked for at sign-in; 0: never."""
    remembered: int = 1
    """How many of those that somebody had may not come again, the one in use among them."""


class PasswordRules:
    """Keeps the rule of a site. For those who manage it."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def now(self) -> PasswordRule:
        """Return what is asked now."""
        with self._site.read() as session:
            return password_rule(session, self._site.site_id)

    def say(self, actor: Actor, rule: PasswordRule, reason: str) -> None:
        """Ask it from now on. Raises NotAllowed, ReasonMissing, DetailRefused."""
        actor.require(Capability.MANAGE_SITE)
        reason = explained(reason)
        if not (0 <= rule.days <= LONGEST_DAYS and 1 <= rule.remembered <= MOST_REMEMBERED):
            raise DetailRefused(_("Passwords"), _("These numbers are out of bounds."))
        with self._site.transaction(actor, "site.password-rule", reason=reason) as unit:
            row = _row(unit, self._site.site_id)
            if row is None:
                row = PasswordRuleRow(site_id=self._site.site_id)
                unit.add(row)
            row.days, row.remembered = rule.days, rule.remembered


def password_rule(session: Session, site_id: UUID | None) -> PasswordRule:
    """Return what a site asks of passwords."""
    row = _row(session, site_id)
    return PasswordRule() if row is None else PasswordRule(days=row.days, remembered=row.remembered)


def has_grown_old(
    session: Session, site_id: UUID | None, credential: CredentialRow, now: datetime
) -> bool:
    """Tell whether another password is asked for because this one was used for so long."""
    if credential.kind is not CredentialKind.PASSWORD:
        return False
    days = password_rule(session, site_id).days
    return days > 0 and now >= credential.set_at + timedelta(days=days)


def remembered_passwords(session: Session, site_id: UUID | None, account_id: UUID) -> Sequence[str]:
    """Return the hashes of the passwords that an account may not take again, the newest first."""
    return session.scalars(
        sa.select(CredentialRow.secret)
        .where(
            CredentialRow.account_id == account_id, CredentialRow.kind == CredentialKind.PASSWORD
        )
        .order_by(CredentialRow.set_at.desc(), CredentialRow.id.desc())
        .limit(password_rule(session, site_id).remembered)
    ).all()


def password_rule_in_words(rule: PasswordRule) -> str:
    """Return what is asked, in a sentence or two."""
    age = (
        plural(
            "After {count} day another is asked for.",
            "After {count} days another is asked for.",
            rule.days,
        )
        if rule.days
        else _("They do not grow old.")
    )
    again = plural(
        "The one in use does not come again.",
        "The last {count} do not come again.",
        rule.remembered,
    )
    return f"{age} {again}"


def _row(session: Session, site_id: UUID | None) -> PasswordRuleRow | None:
    return session.scalar(sa.select(PasswordRuleRow).where(PasswordRuleRow.site_id == site_id))
