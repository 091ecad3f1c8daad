"""Reading corrections, and the words of one."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.people import is_own
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.corrections.kinds import CORRECTED_FIELDS, RecordKind
from app.core.training.corrections.records import Found, find
from app.core.training.corrections.types import Correction
from app.core.training.corrections.values import value_in_words
from app.core.training.corrections.whose import readable
from app.core.training.neighbours import neighbours
from app.core.training.rivals import OF_A_CORRECTION


def corrections(
    session: Session,
    actor: Actor,
    *conditions: sa.ColumnElement[bool],
    scope: frozenset[UUID] | None = None,
) -> tuple[Correction, ...]:
    """Return corrections that meet conditions, the earliest first."""
    listing = neighbours().listing
    statement = (
        sa.select(CorrectionRow, CorrectionVerdictRow, listing.number, listing.name)
        .outerjoin(CorrectionVerdictRow, CorrectionVerdictRow.correction_id == CorrectionRow.id)
        .join(listing, listing.person_id == CorrectionRow.person_id)
        .where(CorrectionRow.record_kind != OF_A_CORRECTION, *conditions)
        .order_by(CorrectionRow.at, CorrectionRow.id)
    )
    if scope is not None:
        statement = statement.where(listing.org_unit_id.in_(scope))
    return tuple(
        Correction(
            id=row.id,
            kind=RecordKind(row.record_kind),
            record_id=row.record_id,
            person_id=row.person_id,
            number=number,
            name=name,
            title=_title(session, row),
            field=row.field,
            old=readable(session, RecordKind(row.record_kind), row.field, row.old),
            new=readable(session, RecordKind(row.record_kind), row.field, row.new),
            reason=row.reason,
            is_critical=row.is_critical,
            at=row.at,
            by_name=row.by_name,
            is_mine=row.person_id == actor.person_id or is_own(session, actor, [row.by]),
            is_accepted=None if verdict is None else verdict.is_accepted,
            verdict_id=None if verdict is None else verdict.id,
            second=verdict.by_name if verdict is not None and row.is_critical else "",
        )
        for row, verdict, number, name in session.execute(statement)
    )


def correction_in_words(kind: RecordKind, field: str, old: str, new: str) -> str:
    """Return what a correction says; its values as `readable` gives them."""
    return _("{field}: {old} becomes {new}.").format(
        field=_(CORRECTED_FIELDS[kind][field].title),
        old=value_in_words(kind, field, old),
        new=value_in_words(kind, field, new),
    )


def is_disputed(session: Session, person_id: UUID) -> bool:
    """Tell whether a correction of somebody's record waits for a second person."""
    answered = sa.exists().where(CorrectionVerdictRow.correction_id == CorrectionRow.id)
    waiting = sa.select(CorrectionRow.id).where(
        CorrectionRow.person_id == person_id, CorrectionRow.is_critical, ~answered
    )
    return session.scalars(waiting.limit(1)).first() is not None


def told_title(title: str, done_on: date | None) -> str:
    """Return what a record is of; of the completion of a course, of which there may be several, with its day."""
    if done_on is None:
        return title
    return _("{title}, completed on {day}").format(title=title, day=day_in_words(done_on))


def _title(session: Session, row: CorrectionRow) -> str:
    found = find(session, RecordKind(row.record_kind), row.record_id)
    return told_title(found.title, found.done_on)


def found_texts(
    session: Session, found: Found, field: str, old: str, new: str, reason: str, by_name: str
) -> str:
    """Return what who corrects, or agrees to it, signs, in the language in use."""
    listing = neighbours().listing
    number, name = session.execute(
        sa.select(listing.number, listing.name).where(listing.person_id == found.person_id)
    ).one()
    old, new = (readable(session, found.kind, field, value) for value in (old, new))
    lines = [
        _("Correction of a record of {name} ({number}): {title}").format(
            name=name, number=number, title=told_title(found.title, found.done_on)
        ),
        correction_in_words(found.kind, field, old, new),
        _("Reason: {reason}").format(reason=" ".join(reason.split())),
    ]
    if by_name:
        lines.append(_("Asked for by {name}.").format(name=by_name))
    lines.append(_("What stood there before stays on record and can be seen."))
    return "\n".join(lines)
