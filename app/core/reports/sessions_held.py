"""Sessions that were held, as reports count them: who was there how long, from what was signed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.people import who_is
from app.core.people.models import PersonListingRow
from app.core.reports.pairs import Scope
from app.core.training.models import RequirementRow
from app.core.training.sessions.kinds import SessionKind
from app.core.training.sessions.models import (
    ClassSessionRow,
    SessionRequirementRow,
    SessionSigningRow,
)
from app.core.training.sessions.refused import refused_in
from app.core.training.sessions.withdrawn import withdrawn_from


@dataclass(slots=True)
class HeldSession:
    """A session that was signed."""

    row: ClassSessionRow
    began: datetime
    ended: datetime
    led_by: str
    seconds: dict[UUID, int] = field(default_factory=dict)
    """Of each who was there long enough."""
    requirements: list[tuple[str, str]] = field(default_factory=list)
    """Code and title of each."""
    refused: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    """By code, whose attendance a second person refused for it."""

    def note(self, person_id: UUID | None, seconds: int, within: Collection[UUID] | None) -> None:
        """Note how long somebody was there, if they are within what is asked for."""
        if person_id is not None and (within is None or person_id in within):
            self.seconds[person_id] = seconds

    def seconds_for(self, code: str) -> dict[UUID, int]:
        """Return how long each was there whose attendance counts for a requirement."""
        return {
            person_id: seconds
            for person_id, seconds in self.seconds.items()
            if person_id not in self.refused.get(code, ())
        }

    @property
    def year(self) -> int:
        """Return the calendar year in which it ended, here."""
        return self.ended.astimezone().year


def held_sessions(
    session: Session, scope: Scope, kinds: Iterable[SessionKind] = SessionKind
) -> list[HeldSession]:
    """Return the sessions of these kinds that were signed, as corrected, the oldest first.

    With a scope only people within it are counted, and sessions without any are left out.
    """
    rows = session.execute(
        sa.select(SessionSigningRow, ClassSessionRow)
        .join(ClassSessionRow, ClassSessionRow.id == SessionSigningRow.session_id)
        .where(ClassSessionRow.kind.in_(list(kinds)))
        .order_by(SessionSigningRow.ended_at, SessionSigningRow.at)
    ).all()
    within = None if scope is None else _people_of(session, scope)
    corrected, refused = withdrawn_from(session), refused_in(session)
    found: dict[UUID, HeldSession] = {}
    for signing, row in rows:
        one = found.setdefault(
            row.id, HeldSession(row, signing.began_at, signing.ended_at, signing.by_name)
        )
        for came, seconds in _came(session, signing):
            if (row.id, came) not in refused.altogether:
                person_id = corrected.get((row.id, came), came)
                one.note(person_id, seconds, within)
    proven = _requirements(session)
    for key, one in found.items():
        one.requirements = proven.get(key, [])
    _note_refused(session, found, refused.by_requirement)
    return [one for one in found.values() if scope is None or one.seconds]


def hours(seconds: int) -> str:
    """Return man-hours as reports print them."""
    return f"{seconds / 3600:.1f}"


def year_of(value: str) -> tuple[datetime, datetime]:
    """Return the instants between which a calendar year lies, here. Raises ValueError."""
    year = int(value)
    return start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1))


def _came(session: Session, signing: SessionSigningRow) -> Iterator[tuple[UUID, int]]:
    """Yield who was there for long enough as it was signed, as people are shown, and for how long."""
    for each in signing.people:
        if each["outcome"] != "too_short":
            yield who_is(session, UUID(each["person"])), each["seconds"]


def _note_refused(
    session: Session,
    found: Mapping[UUID, HeldSession],
    refused: Collection[tuple[UUID, UUID, UUID]],
) -> None:
    """Note of each session whose attendance was refused, by the code of what it was refused for."""
    codes = _codes(session, {requirement_id for _key, _person, requirement_id in refused})
    for key, person_id, requirement_id in refused:
        if key in found:
            found[key].refused[codes[requirement_id]].add(person_id)


def _people_of(session: Session, scope: frozenset[UUID]) -> frozenset[UUID]:
    statement = sa.select(PersonListingRow.person_id).where(PersonListingRow.org_unit_id.in_(scope))
    return frozenset(session.scalars(statement))


def _codes(session: Session, requirements: set[UUID]) -> dict[UUID, str]:
    if not requirements:
        return {}
    statement = sa.select(RequirementRow.id, RequirementRow.code)
    rows = session.execute(statement.where(RequirementRow.id.in_(requirements)))
    return {row.id: row.code for row in rows}


def _requirements(session: Session) -> dict[UUID, list[tuple[str, str]]]:
    rows = session.execute(
        sa.select(SessionRequirementRow.session_id, RequirementRow.code, RequirementRow.title)
        .join(RequirementRow, RequirementRow.id == SessionRequirementRow.requirement_id)
        .where(SessionRequirementRow.ended_at.is_(None))
        .order_by(RequirementRow.code)
    )
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for key, code, title in rows:
        found[key].append((code, title))
    return found
