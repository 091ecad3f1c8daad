"""Why an account lets nobody in."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.people.account_models import AccountRow
from app.core.people.models import PersonRow
from app.core.people.rules import is_active


def why_closed(session: Session, account: AccountRow, now: datetime) -> str:
    """Return why an account lets nobody in at a moment; "" where it does."""
    person = session.get(PersonRow, account.person_id) if account.person_id else None
    if account.disabled_at is not None:
        return _("This account is closed.")
    if person is not None and not is_active(person.left_on, now.astimezone().date()):
        return _("This account is closed, because its owner has left.")
    if account.opens_at is not None and now < account.opens_at:
        return _("This account is not open yet.")
    if account.closes_at is not None and now >= account.closes_at:
        return _("This account was open for a time that is over.")
    return ""
