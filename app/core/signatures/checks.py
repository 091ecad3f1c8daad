"""Making sure who the owner of a signing key is before it signs (21 CFR 11.100(b), 11.300).

Whoever gave somebody a PIN or a password could choose "their own" password in their name. So the
check is another person's than whoever gave a secret, and than the owner, wherever there is another
who may do it; where there is none, the check says so.
"""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site, index_mentions
from app.core.people import AccountId, Accounts, administrators_of_site, givers_of
from app.core.signatures.errors import MayNotCheck, NothingToCheck, WordsMissing
from app.core.signatures.keeping import is_ended, keys_of
from app.core.signatures.models import SignerCheckRow

_LONGEST = 100


def is_checked(session: Session, key: UUID) -> bool:
    """Tell whether somebody has made sure whose a key is."""
    return (
        session.scalars(
            sa.select(SignerCheckRow.id).where(SignerCheckRow.key_id == key).limit(1)
        ).first()
        is not None
    )


def check_signer(
    site: Site, accounts: Accounts, actor: Actor, account_id: AccountId, document: str
) -> None:
    """Note that the actor has seen who the owner of an account is, by a kind of paper.

    Raises NotAllowed, MayNotCheck, NothingToCheck, WordsMissing.
    """
    document = " ".join(document.split())
    if not document or len(document) > _LONGEST:
        raise WordsMissing(_("What kind of paper was shown"))
    detail = accounts.require_power(actor, account_id)
    index_mentions(site)
    with site.transaction(actor, "signature.check-signer", reason=document) as unit:
        waiting = [
            key.id
            for key in keys_of(unit, account_id)
            if not is_ended(unit, key.id) and not is_checked(unit, key.id)
        ]
        if not waiting:
            raise NothingToCheck(detail)
        involved = {account_id, *givers_of(unit, account_id)}
        is_alone = actor.account_id in involved
        if is_alone and administrators_of_site(unit, local_day(site.clock)) - involved:
            raise MayNotCheck
        unit.add_all(
            SignerCheckRow(
                key_id=key,
                document=document,
                by=actor.account_id,
                by_name=actor.name,
                was_alone=is_alone,
                at=site.clock.now(),
            )
            for key in waiting
        )


def checked_among(session: Session, keys: Collection[UUID]) -> frozenset[UUID]:
    """Return which of some keys were checked."""
    return frozenset(
        session.scalars(
            sa.select(SignerCheckRow.key_id).where(SignerCheckRow.key_id.in_(tuple(keys)))
        )
    )
