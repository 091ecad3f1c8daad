"""Tables of the features below that training's statements join: people, where they are, what they completed."""

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
    start: Any
    completion: Any
    progress: Any


@cache
def neighbours() -> Neighbours:
    """Return the mapped classes, which are there once the features below are loaded."""
    return Neighbours(
        person=model_of("person"),
        account=model_of("account"),
        listing=model_of("person_listing"),
        placement=model_of("placement"),
        job_role=model_of("job_role"),
        org_unit=model_of("org_unit"),
        reach=model_of("org_unit_reach"),
        start=model_of("course_start"),
        completion=model_of("course_completion"),
        progress=model_of("course_progress"),
    )
