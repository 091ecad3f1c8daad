"""Making sure who the owner of a signing key is before it signs (21 CFR 11.100(b), 11.300).

Whoever gave somebody a PIN or a password could choose "their own" password in their name. So the
check is another person's than whoever gave a secret, and than the owner, wherever there is another
who may do it; where there is none, the check says so, and so does all that is signed until somebody
independent confirms it (`vouching`).
"""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site, Unit, index_mentions
from app.core.people import AccountId, Accounts, administrators_of_site
from app.core.signatures.errors import MayNotCheck, NothingToCheck, NotMadeSureOf, WordsMissing
from app.core.signatures.keeping import is_ended, keys_of
from app.core.signatures.models import SignerCheckRow
from app.core.signatures.vouching import Vouching

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

    Of whom somebody was made sure by who gave the secret alone may be confirmed by another. Raises
    NotAllowed, MayNotCheck, NotMadeSureOf, NothingToCheck, WordsMissing.
    """
    document = " ".join(document.split())
    if not document or len(document) > _LONGEST:
        raise WordsMissing(_("What kind of paper was shown"))
    detail = accounts.require_power(actor, account_id)
    index_mentions(site)
    with site.transaction(actor, "signature.check-signer", reason=document) as unit:
        vouching = Vouching(unit)
        waiting = _not_confirmed(unit, vouching, account_id)
        if not waiting:
            raise NothingToCheck(detail)
        is_alone = _is_alone(unit, vouching, actor, account_id, local_day(site.clock))
        if is_alone and all(is_checked(unit, key) for key in waiting):
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


def _not_confirmed(session: Session, vouching: Vouching, account_id: AccountId) -> list[UUID]:
    """Return the keys of an account of which it is not settled yet whose they are."""
    return [
        key.id
        for key in keys_of(session, account_id)
        if not is_ended(session, key.id) and not vouching.is_confirmed(key.id)
    ]


def _is_alone(
    unit: Unit, vouching: Vouching, actor: Actor, account_id: AccountId, today: date
) -> bool:
    """Tell whether who checks is not independent of the owner, because nobody is who could check.

    Raises MayNotCheck, or NotMadeSureOf, where there is somebody, or will be once the actor made sure of
    them.
    """
    checker = actor.account_id
    if checker is None or vouching.is_independent(checker, account_id):
        return False
    involved = {checker, account_id, *vouching.in_whose_hands(account_id)}
    others = administrators_of_site(unit, today) - involved
    if any(
        vouching.is_independent(one, account_id) or vouching.is_independent(checker, one)
        for one in others
    ):
        raise MayNotCheck if vouching.vouches(checker) else NotMadeSureOf
    return True
