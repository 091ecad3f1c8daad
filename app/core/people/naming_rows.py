"""What an account, a person or a department is called that is named by its table and id."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.core.journal import shown_for
from app.core.people.account_models import AccountRow
from app.core.people.models import OrgUnitRow, PersonRow
from app.core.people.naming_accounts import name_of_account


def name_of_row(session: Session, table: str, row_id: UUID) -> str:
    """Return what a row is called, by that of what is shown for it; "" where nobody here knows."""
    if table == AccountRow.__tablename__:
        return name_of_account(session, shown_for(session, AccountRow, row_id))
    for model in (PersonRow, OrgUnitRow):
        if table == model.__tablename__:
            row = session.get(model, shown_for(session, model, row_id))
            return "" if row is None else row.name
    return ""
