"""Tables that training's statements join: people, where they are, what they did and completed.

Those of practicals and sessions are here because states of assignments are derived from them, too.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.storage.tables import model_of


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Mapped classes, for statements only; nobody writes to them from here."""

    # Any: their columns are named in statements, where a mapped class is not known by its type
    person: Any
    account: Any
    listing: Any
    placement: Any
    job_role: Any
    org_unit: Any
    reach: Any
    committee: Any
    committee_seat: Any
    course: Any
    start: Any
    completion: Any
    withdrawal: Any
    progress: Any
    document_opening: Any
    acknowledgement: Any
    practical_form: Any
    practical_version: Any
    practical_run: Any
    practical_round: Any
    practical_result: Any
    practical_signing: Any
    attendance: Any
    session_requirement: Any
    session_event: Any
    session_signing: Any
    session_wait: Any
    session_verdict: Any


@cache
def neighbours() -> Neighbours:
    """Return the mapped classes, which are there once the features are loaded."""
    return Neighbours(
        person=model_of("person"),
        account=model_of("account"),
        listing=model_of("person_listing"),
        placement=model_of("placement"),
        job_role=model_of("job_role"),
        org_unit=model_of("org_unit"),
        reach=model_of("org_unit_reach"),
        committee=model_of("committee"),
        committee_seat=model_of("committee_seat"),
        course=model_of("course"),
        start=model_of("course_start"),
        completion=model_of("course_completion"),
        withdrawal=model_of("completion_withdrawal"),
        progress=model_of("course_progress"),
        document_opening=model_of("document_opening"),
        acknowledgement=model_of("acknowledgement"),
        practical_form=model_of("practical_form"),
        practical_version=model_of("practical_version"),
        practical_run=model_of("practical_run"),
        practical_round=model_of("practical_round"),
        practical_result=model_of("practical_result"),
        practical_signing=model_of("practical_signing"),
        attendance=model_of("session_attendance"),
        session_requirement=model_of("session_requirement"),
        session_event=model_of("session_event"),
        session_signing=model_of("session_signing"),
        session_wait=model_of("session_wait"),
        session_verdict=model_of("session_verdict"),
    )
