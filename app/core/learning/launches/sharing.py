"""What a learner's packages know of each other: SCORM's global objectives, and data stored for one another.

What a package changes of it is on disk with its next commit, and counts for the learner's other
packages on this PC from then on (`note`). At an end and at a pause, what has changed since the last one becomes a
fact (`tell`), which travels with the learner's records. What all packages know is laid together from
the facts: of each value, the one that was written last, as the journal's stamps order them. So it
does not matter in which order facts arrive (ADR 27).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.batches import batches
from app.core.journal import Unit
from app.core.learning.launches.models import (
    SharedPackageReportRow,
    SharedPackageStateRow,
    SharedPackageUntoldRow,
)
from app.core.people import who_is

Values = Mapping[str, Any]
"""JSON objects within each other; whatever is no object is a value by itself."""


def changed(before: Values, now: Values) -> dict[str, Any]:
    """Return what of `now` is not so in `before`. What was never known and still is not is no change."""
    found: dict[str, Any] = {}
    for name, value in now.items():
        known = before.get(name)
        if isinstance(value, Mapping):
            within = changed(known if isinstance(known, Mapping) else {}, value)
            if within:
                found[name] = within
        elif value != known:
            found[name] = value
    return found


def laid_over(below: Values, above: Values) -> dict[str, Any]:
    """Return `below` with the values of `above` in place of its own."""
    laid = dict(below)
    for name, value in above.items():
        known = laid.get(name)
        is_deep = isinstance(value, Mapping)
        laid[name] = (
            laid_over(known if isinstance(known, Mapping) else {}, value) if is_deep else value
        )
    return laid


def known_to(session: Session, person_id: UUID | None) -> dict[str, Any]:
    """Return what a learner's packages know of each other on this PC."""
    if person_id is None:
        return {}
    learner = who_is(session, person_id)
    told = session.get(SharedPackageStateRow, learner)
    untold = session.get(SharedPackageUntoldRow, learner)
    return laid_over({} if told is None else told.state, {} if untold is None else untold.changes)


def note(unit: Unit, person_id: UUID, changes: Values) -> None:
    """Keep on disk what a package has changed, until it becomes a fact."""
    learner = who_is(unit, person_id)
    row = unit.get(SharedPackageUntoldRow, learner)
    if row is None:
        unit.add(SharedPackageUntoldRow(person_id=learner, changes=dict(changes)))
    else:
        row.changes = laid_over(row.changes, changes)


def tell(unit: Unit, person_id: UUID, registration: UUID, at: datetime) -> None:
    """Make a fact of what has changed since the last one, if anything has."""
    learner = who_is(unit, person_id)
    untold = unit.get(SharedPackageUntoldRow, learner)
    if untold is None:
        return
    changes = untold.changes
    unit.add(
        SharedPackageReportRow(
            person_id=learner,
            registration=registration,
            at=at,
            version=unit.version,
            changes=changes,
        )
    )
    unit.delete(untold)
    unit.flush()
    told = unit.get(SharedPackageStateRow, learner)
    if told is None or told.version >= unit.version:  # another PC's clock is far ahead
        _lay_together(unit, [learner])
    else:
        told.state, told.version = laid_over(told.state, changes), unit.version


def refresh_shared(unit: Unit, touched: Mapping[str, Collection[UUID]]) -> None:
    """Lay together anew what facts from elsewhere speak of, and people who are others now."""
    learners: set[UUID] = set()
    for some in batches(touched.get(SharedPackageReportRow.__tablename__, ())):
        learners.update(
            unit.scalars(
                sa.select(SharedPackageReportRow.person_id).where(
                    SharedPackageReportRow.id.in_(some)
                )
            )
        )
    for some in batches(touched.get("person", ())):
        learners.update(
            unit.scalars(
                sa.select(SharedPackageStateRow.person_id).where(
                    SharedPackageStateRow.person_id.in_(some)
                )
            )
        )
    _lay_together(unit, learners)


def rebuild_shared(unit: Unit) -> None:
    """Lay all of it together anew, from the facts."""
    before = unit.scalars(sa.select(SharedPackageStateRow.person_id))
    named = unit.scalars(sa.select(SharedPackageReportRow.person_id).distinct())
    _lay_together(unit, {*before, *named})


def _lay_together(unit: Unit, learners: Iterable[UUID]) -> None:
    row = SharedPackageReportRow
    for learner in learners:
        facts = unit.execute(
            sa.select(row.version, row.changes)
            .where(row.person_id == learner)
            .order_by(row.version, row.id)
        )
        state: dict[str, Any] = {}
        newest = b""
        for version, changes in facts:
            state, newest = laid_over(state, changes), version
        known = unit.get(SharedPackageStateRow, learner)
        if not newest:
            if known is not None:
                unit.delete(known)
        elif known is None:
            unit.add(SharedPackageStateRow(person_id=learner, state=state, version=newest))
        else:
            known.state, known.version = state, newest
    unit.flush()
