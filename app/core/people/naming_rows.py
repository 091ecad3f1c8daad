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
    if table == PersonRow.__tablename__:
        person = session.get(PersonRow, shown_for(session, PersonRow, row_id))
        return "" if person is None else person.name
    if table == OrgUnitRow.__tablename__:
        unit = session.get(OrgUnitRow, shown_for(session, OrgUnitRow, row_id))
        return "" if unit is None else unit.name
    return ""
