"""Second persons who sign nothing: whether somebody has made sure who they are (ADR 88).

What they confirm stands without a signature, so that nothing but their account says who it was. It is asked of
that account as of a signer's: where a confirmation is shown the name says so, and where two people are what
protects something – an erasure – each has to be one.
"""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.people import home_of_account
from app.core.signatures.vouching import Vouching

SecondNamed = Callable[[UUID | None, str, UUID], str]


def seconds_named(session: Session) -> SecondNamed:
    """Return what names whoever wrote a row (account, name, row), and says where nobody made sure of them.

    The index of mentions must be up to date.
    """
    vouching = Vouching(session)

    def named(account_id: UUID | None, name: str, row: UUID) -> str:
        if vouching.is_sure_of(account_id, row):
            return name
        return _("{name} (not confirmed)").format(name=name)

    return named


def is_a_person_of_their_own(session: Session, account_id: UUID) -> bool:
    """Tell whether somebody has made sure that an account is of a person of their own (`Vouching.vouches`).

    Of an account that is not here nothing is known. The index of mentions must be up to date.
    """
    is_known = home_of_account(session, account_id) is not None
    return not is_known or Vouching(session).vouches(account_id)
