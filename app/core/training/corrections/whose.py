"""Whose a record is: a credit that was written down for somebody else goes to who earned it."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.people import person_numbered, printed_person
from app.core.training.corrections.kinds import CORRECTED_FIELDS, FieldKind, RecordKind
from app.core.training.errors import TrainingRefused
from app.core.training.held import credit_stands
from app.core.training.kinds import Basis
from app.core.training.models import RequirementCreditRow


def whom(session: Session, credit_id: UUID, untrusted_number: str) -> UUID:
    """Return who is to have a credit that was somebody else's.

    Raises NotFound and NotOne for the number, TrainingRefused for who has it from the same occasion.
    """
    person_id = person_numbered(session, untrusted_number)
    credit = RequirementCreditRow
    row = session.get_one(credit, credit_id)
    has_it = sa.select(credit.id).where(
        credit.person_id == person_id,
        credit.requirement_id == row.requirement_id,
        credit.person_id != row.person_id,
        sa.or_(credit.proof_id == row.proof_id, credit.occasion_id == _occasion(row)),
        credit_stands(credit),
    )
    if session.scalars(has_it).first() is not None:
        raise TrainingRefused(
            _("{name} has this from the same occasion already.").format(
                name=printed_person(session, person_id).name
            ),
            _("Say of the wrong record that it does not count."),
        )
    return person_id


def require_anybodys(session: Session, credit_id: UUID) -> None:
    """Raise TrainingRefused for a practical: the learner signed that it was they who did it."""
    if session.get_one(RequirementCreditRow, credit_id).basis is Basis.PRACTICAL:
        raise TrainingRefused(
            _("The learner signed that they did this practical: nobody else did."),
            _("Say that it does not count, and have whoever did it assessed."),
        )


def _occasion(row: RequirementCreditRow) -> UUID:
    """Return what a credit was met by; of an earlier program's the fact that proves it."""
    return row.occasion_id or row.proof_id


def readable(session: Session, kind: RecordKind, field: str, value: str) -> str:
    """Return a kept value as people read it where only the records know: of a person name and number."""
    about = CORRECTED_FIELDS[kind].get(field)
    if about is None or about.kind is not FieldKind.PERSON or not value:
        return value
    try:
        person = printed_person(session, UUID(value))
    except NotFound:
        return value
    return f"{person.name} ({person.number})"
