"""Evidence that is entered by hand: read, and what is checked of it."""

from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.base.errors import NotFound
from app.core.base.figures import day
from app.core.base.words import _
from app.core.signatures import SecondNamed, seconds_named
from app.core.storage.tables import model_of, table_of
from app.core.training.assignments.types import CHECKED_BY, EnteredEvidence, Evidence
from app.core.training.errors import TrainingRefused
from app.core.training.kinds import CheckedBy
from app.core.training.models import (
    EvidenceRow,
    EvidenceVerdictRow,
    RequirementCreditRow,
    RequirementRow,
)
from app.core.training.neighbours import neighbours
from app.core.training.requirements.checks import clean_text
from app.core.training.terms import is_long_ago

_MOMENT = timedelta(microseconds=1)


def evidence_of(session: Session, person_id: UUID, requirement_id: UUID) -> tuple[Evidence, ...]:
    """Return what was ever entered for a pair, the newest first."""
    return _found(
        session,
        EvidenceRow.person_id == person_id,
        EvidenceRow.requirement_id == requirement_id,
    )


def waiting(session: Session, scope: frozenset[UUID] | None) -> tuple[Evidence, ...]:
    """Return the evidence that waits for somebody to confirm it, the oldest last."""
    within = [] if scope is None else [neighbours().listing.org_unit_id.in_(scope)]
    return _found(session, *_waits(), *within)


def refuse_twice(
    session: Session, person_id: UUID, requirement_id: UUID, entered: EnteredEvidence
) -> None:
    """Raise TrainingRefused for a certificate that waits to be confirmed already: it would count twice."""
    mine = EvidenceRow.person_id == person_id, EvidenceRow.requirement_id == requirement_id
    said = entered.issuer.casefold(), entered.number.casefold(), entered.obtained_on
    for one in _found(session, *_waits(), *mine):
        same = one.issuer.casefold(), one.certificate.casefold(), one.obtained_on
        if entered.number and same == said:
            raise TrainingRefused(
                _("This certificate waits to be confirmed already: {name} entered it.").format(
                    name=one.by_name
                ),
                _("Let somebody else confirm or refuse that one."),
            )


def _waits() -> list[sa.ColumnElement[bool]]:
    """Return the conditions that nobody confirmed or refused evidence, and that it does not count at once."""
    credited = sa.exists().where(
        RequirementCreditRow.person_id == EvidenceRow.person_id,
        RequirementCreditRow.requirement_id == EvidenceRow.requirement_id,
        RequirementCreditRow.proof_id == EvidenceRow.id,
    )
    return [EvidenceVerdictRow.id.is_(None), ~credited]


def the_evidence(session: Session, evidence_id: UUID) -> Evidence:
    """Return what was entered once. Raises NotFound."""
    found = _found(session, EvidenceRow.id == evidence_id)
    if not found:
        raise NotFound(_("The evidence"))
    return found[0]


def text_to_confirm(one: Evidence, how: CheckedBy) -> str:
    """Return what somebody signs who confirms evidence, in the language in use."""
    until = _("for good") if one.valid_until is None else day(one.valid_until)
    lines = (
        _("“{title}” ({code}) of {name} ({number})").format(
            title=one.title, code=one.code, name=one.name, number=one.number
        ),
        _("Issued by {issuer}, number {certificate}, obtained {day}, valid until {until}.").format(
            issuer=one.issuer,
            certificate=one.certificate or "–",
            day=day(one.obtained_on),
            until=until,
        ),
        _("Entered by {name}. Scans: {count}.").format(name=one.by_name, count=one.scans),
        _("How I checked it: {how}.").format(how=_(CHECKED_BY[how])),
    )
    return "\n".join(lines)


def checked(entered: EnteredEvidence, today: date) -> EnteredEvidence:
    """Return evidence with clean texts. Raises TrainingRefused for days that cannot be."""
    if entered.obtained_on > today:
        raise TrainingRefused(
            _("It would have been obtained on a day that has not come yet."),
            _("Give the day that stands on the certificate."),
        )
    if is_long_ago(entered.obtained_on, today):
        raise TrainingRefused(
            _("It would have been obtained longer ago than a working life lasts."),
            _("Give the day that stands on the certificate."),
        )
    if entered.valid_until is not None and entered.valid_until < entered.obtained_on:
        raise TrainingRefused(
            _("It would have expired before it was obtained."), _("Check both days.")
        )
    return EnteredEvidence(
        issuer=clean_text(entered.issuer, what=_("The issuer")),
        number=clean_text(entered.number, what=_("The number"), required=False),
        obtained_on=entered.obtained_on,
        valid_until=entered.valid_until,
        note=clean_text(entered.note, what=_("The note"), required=False),
    )


def instant_of(obtained_on: date, now: datetime) -> datetime:
    """Return the instant that stands for a day of the past: its last, or now."""
    return min(now, start_of(obtained_on + timedelta(days=1)) - _MOMENT)


def _found(session: Session, *conditions: sa.ColumnElement[bool]) -> tuple[Evidence, ...]:
    chosen = _handed_in().where(*conditions)
    rows = session.execute(chosen.order_by(EvidenceRow.at.desc(), EvidenceRow.id.desc()))
    named = seconds_named(session)
    return tuple(
        Evidence(
            id=row.id,
            person_id=row.person_id,
            number=number,
            name=name,
            code=code,
            title=title,
            issuer=row.issuer,
            certificate=row.number,
            obtained_on=row.obtained_on,
            valid_until=row.valid_until,
            note=row.note,
            at=row.at,
            by_name=row.by_name,
            is_accepted=None if verdict is None else verdict.is_accepted,
            verdict="" if verdict is None else _said(verdict, named),
            how=CheckedBy.NOT_SAID if verdict is None else verdict.how,
            verdict_id=None if verdict is None else verdict.id,
            scans=scans,
            is_handed_in=is_own,
        )
        for row, verdict, number, name, code, title, scans, is_own in rows
    )


def _handed_in() -> sa.Select[
    EvidenceRow, EvidenceVerdictRow | None, str, str, str, str, int, bool
]:
    """Return evidence with its verdict, whose it is, for what, how many scans, and whether they gave it in."""
    listing, accounts = neighbours().listing, table_of(model_of("account"))
    scan = model_of("evidence_scan")
    scans = (
        sa.select(sa.func.count())
        .select_from(scan)
        .where(table_of(scan).c.evidence_id == EvidenceRow.id)
        .correlate(EvidenceRow)
        .scalar_subquery()
    )
    is_own = sa.exists().where(
        accounts.c.id == EvidenceRow.by, accounts.c.person_id == EvidenceRow.person_id
    )
    return (
        sa.select(
            EvidenceRow,
            EvidenceVerdictRow,
            listing.number,
            listing.name,
            RequirementRow.code,
            RequirementRow.title,
            scans,
            is_own,
        )
        .join(RequirementRow, RequirementRow.id == EvidenceRow.requirement_id)
        .join(listing, listing.person_id == EvidenceRow.person_id)
        .outerjoin(EvidenceVerdictRow, EvidenceVerdictRow.evidence_id == EvidenceRow.id)
    )


def _said(verdict: EvidenceVerdictRow, named: SecondNamed) -> str:
    name = named(verdict.by, verdict.by_name, verdict.id)
    return f"{name}: {verdict.reason}" if verdict.reason else name
