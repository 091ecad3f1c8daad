"""Who reads a document to somebody that needs another to read along: asked for, and kept beside what they say."""

from datetime import datetime

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.people import ProvedPresent
from app.core.training.controlled.errors import WitnessAsked, WitnessRefused
from app.core.training.controlled.models import AcknowledgementRow, ReadingWitnessRow


def require_another(reader: Actor, witness: ProvedPresent) -> ProvedPresent:
    """Return who read it to a reader. Raises WitnessRefused for the reader themselves."""
    if witness.person_id == reader.person_id:
        raise WitnessRefused
    return witness


def require_witness(
    reader: Actor, witness: ProvedPresent | None, *, is_needed: bool
) -> ProvedPresent | None:
    """Return who read it to a reader, if anybody did. Raises WitnessAsked, WitnessRefused."""
    if is_needed and witness is None:
        raise WitnessAsked
    return None if witness is None else require_another(reader, witness)


def keep_witness(
    unit: Unit, fact: AcknowledgementRow, witness: ProvedPresent | None, at: datetime
) -> None:
    """Keep who read to somebody what they acknowledge."""
    if witness is not None:
        unit.add(ReadingWitnessRow(acknowledgement_id=fact.id, witness_id=witness.person_id, at=at))
