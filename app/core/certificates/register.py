"""Reading the register of certificates: searched, filtered, sorted, counted and cut in SQL."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound, NotOne
from app.core.base.ids import parse_id
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.certificates.models import CertificateDocumentRow, CertificateRow, RevocationRow
from app.core.certificates.token import short_code
from app.core.certificates.types import (
    CertificateDetail,
    CertificateState,
    CertificateSummary,
    ClassTaught,
    FrozenDocument,
    RegisterEntry,
    Revocation,
)
from app.core.journal import row_aside
from app.core.people import people_called, people_numbered, people_within
from app.core.people.erasing import is_erased
from app.core.training import credits_of

Condition = sa.ColumnElement[bool]
Scope = frozenset[UUID] | None

EXPIRING_DAYS = 30
"""A certificate that ends within so many days is called expiring."""

_NUMBER = (
    CertificateRow.year.expression,
    CertificateRow.serial.expression,
    CertificateRow.site_id.expression,
)
"""The list's own order, and what decides between equals; there is an index for it."""
_SORTS: dict[str, tuple[sa.ColumnElement[Any], ...]] = {
    "": (),
    "number": (),
    "person": (CertificateRow.printed_name.expression,),
    "course": (CertificateRow.printed_title.expression,),
    "completed_on": (CertificateRow.completed_on.expression,),
    "issued_at": (CertificateRow.issued_at.expression,),
    "valid_until": (CertificateRow.valid_until.expression,),
}


def state_of(valid_until: date | None, revoked: bool, today: date) -> CertificateState:
    """Return whether a certificate holds; its last day counts whole."""
    if revoked:
        return CertificateState.REVOKED
    if valid_until is None or valid_until > today + timedelta(days=EXPIRING_DAYS):
        return CertificateState.VALID
    return CertificateState.EXPIRING if valid_until >= today else CertificateState.EXPIRED


def page_of_certificates(
    session: Session, request: PageRequest, scope: Scope, today: date
) -> Page[CertificateSummary]:
    """Return one stretch of the certificates of the people within `scope`, newest number first.

    Filters: `course` (id), `person` (number), `state`, `expires_within` (days from today).
    Raises ValueError for an unknown sort.
    """
    conditions = (*_wanted(request, today), *within(scope))
    counted = sa.select(sa.func.count()).select_from(CertificateRow).where(*conditions)
    total = session.scalar(counted)
    order = _order(request)
    stretch = sa.select(CertificateRow.id).where(*conditions).order_by(*order)
    ids = stretch.limit(request.limit).offset(request.offset).subquery()
    statement = sa.select(CertificateRow, _is_revoked()).join(ids, ids.c.id == CertificateRow.id)
    found = session.execute(statement.order_by(*order))
    return Page(
        rows=tuple(summary(row, revoked, today) for row, revoked in found), total=total or 0
    )


def certificates_of(
    session: Session, person_id: UUID, today: date
) -> tuple[CertificateSummary, ...]:
    """Return a person's certificates, newest first."""
    statement = (
        sa.select(CertificateRow, _is_revoked())
        .where(CertificateRow.person_id == person_id)
        .order_by(CertificateRow.completed_on.desc(), CertificateRow.id.desc())
    )
    return tuple(summary(row, revoked, today) for row, revoked in session.execute(statement))


def issued_since(session: Session, site_id: UUID, since: datetime) -> list[tuple[UUID, UUID]]:
    """Return certificate and person of what a site issued since an instant, the oldest first.

    What is revoked, and what is of who was erased, is left out.
    """
    rows = session.execute(
        sa.select(CertificateRow.id, CertificateRow.person_id)
        .where(
            CertificateRow.site_id == site_id,
            CertificateRow.issued_at >= since,
            CertificateRow.token != "",
            ~_is_revoked(),
        )
        .order_by(CertificateRow.issued_at, CertificateRow.id)
    )
    return [(key, person_id) for key, person_id in rows]


def certificates_of_class(
    session: Session, taught: ClassTaught, scope: Scope, today: date
) -> tuple[CertificateSummary, ...]:
    """Return what people got for a class, by number: for what it proves, and for what it showed."""
    proved = CertificateRow.credit_id.in_(credits_of(taught.proofs))
    shown = sa.and_(
        CertificateRow.course_id == taught.course_id,
        CertificateRow.person_id.in_(taught.people),
        CertificateRow.completed_on.in_(taught.days),
    )
    statement = (
        sa.select(CertificateRow, _is_revoked())
        .where(
            sa.or_(proved, shown),
            CertificateRow.token != "",  # of who is erased there is no document
            *within(scope),
        )
        .order_by(CertificateRow.year, CertificateRow.serial)
    )
    return tuple(summary(row, revoked, today) for row, revoked in session.execute(statement))


def summary(row: CertificateRow, revoked: bool, today: date) -> CertificateSummary:
    """Return a certificate as a row of the register."""
    return CertificateSummary(
        id=row.id,
        number=row.number,
        person_id=row.person_id,
        person_name=row.printed_name,
        person_number=row.printed_number,
        basis=row.basis,
        course_id=row.course_id,
        course_title=row.printed_title,
        version=row.version,
        score=row.score,
        completed_on=row.completed_on,
        issued_at=row.issued_at,
        valid_until=row.valid_until,
        state=state_of(row.valid_until, revoked, today),
    )


def detail(session: Session, row: CertificateRow, today: date) -> CertificateDetail:
    """Return everything about a certificate."""
    revocation = revocation_of(session, row.id)
    document = _document_of(session, row.id)
    return CertificateDetail(
        summary=summary(row, revocation is not None, today),
        site_name=row.site_name,
        template=row.template,
        language=row.language,
        token=row.token,
        code=short_code(row.token),
        revocation=revocation,
        document=None
        if document is None
        else FrozenDocument(sha256=document.sha256, size=document.size, made_at=document.made_at),
    )


def by_id(session: Session, certificate_id: UUID) -> CertificateRow:
    """Return a certificate. Raises NotFound."""
    row = session.get(CertificateRow, certificate_id)
    if row is None:
        raise NotFound(_("The certificate"))
    return row


def by_number(session: Session, site_id: UUID, number: str) -> CertificateRow:
    """Return the certificate that a site issued under a number. Raises NotFound, NotOne."""
    wanted = number.strip()
    found = session.scalars(
        sa.select(CertificateRow).where(
            CertificateRow.number.in_({wanted, wanted.upper()}), CertificateRow.site_id == site_id
        )
    ).all()
    what = _("Certificate {number}").format(number=wanted)
    if not found:
        raise NotFound(what)
    if len(found) > 1:
        raise NotOne(what)
    return found[0]


def is_within(session: Session, row: CertificateRow, scope: Scope) -> bool:
    """Tell whether the certificate's person belongs to the org units of `scope`."""
    if scope is None:
        return True
    here = people_within(scope).subquery()
    return (
        session.scalar(sa.select(here.c.person_id).where(here.c.person_id == row.person_id))
        is not None
    )


def revocation_of(session: Session, certificate_id: UUID) -> Revocation | None:
    """Return how a certificate was revoked, or None."""
    row = session.scalars(
        sa.select(RevocationRow).where(RevocationRow.certificate_id == certificate_id)
    ).one_or_none()
    return None if row is None else Revocation(reason=row.reason, at=row.at)


def entry_of(session: Session, certificate_id: UUID) -> RegisterEntry | None:
    """Return what the register adds to a certificate's own proof; None for one it does not have."""
    row = session.get(CertificateRow, certificate_id)
    if row is None:
        return _entry_aside(session, certificate_id)
    document = _document_of(session, certificate_id)
    return RegisterEntry(
        issuer=row.site_name,
        token=row.token,
        sha256=None if document is None else document.sha256,
        revocation=revocation_of(session, certificate_id),
        is_erased=is_erased(session, row.person_id),
        counts=_valid_of_credit(session, row),
    )


def _valid_of_credit(session: Session, row: CertificateRow) -> str:
    """Return the number of the certificate that was issued later for the same credit and holds, or ""."""
    found = session.scalars(
        sa.select(CertificateRow.number)
        .where(
            CertificateRow.credit_id == row.credit_id,
            CertificateRow.turn > row.turn,
            ~_is_revoked(),
        )
        .order_by(CertificateRow.turn.desc())
    )
    return found.first() or ""


def _entry_aside(session: Session, certificate_id: UUID) -> RegisterEntry | None:
    """Return what the register adds where two PCs issued for one proof, and the other one counts."""
    aside = row_aside(session, CertificateRow, certificate_id)
    if aside is None:
        return None
    counts = session.get_one(CertificateRow, aside.shown_id)
    return RegisterEntry(
        issuer=counts.site_name,
        token=aside.values["token"],
        sha256=None,
        revocation=revocation_of(session, counts.id),
        is_erased=is_erased(session, counts.person_id),
        counts=counts.number,
    )


def within(scope: Scope) -> tuple[Condition, ...]:
    """Return the condition that a certificate's person belongs to the org units of `scope`."""
    return () if scope is None else (CertificateRow.person_id.in_(people_within(scope)),)


def _document_of(session: Session, certificate_id: UUID) -> CertificateDocumentRow | None:
    return session.scalars(
        sa.select(CertificateDocumentRow).where(
            CertificateDocumentRow.certificate_id == certificate_id
        )
    ).one_or_none()


def _is_revoked() -> Condition:
    return sa.exists().where(RevocationRow.certificate_id == CertificateRow.id)


def _order(request: PageRequest) -> list[sa.ColumnElement[Any]]:
    if request.sort not in _SORTS:
        raise ValueError(f"certificates are not sorted by {request.sort}")
    descending = request.descending if request.sort else not request.descending
    columns = [*_SORTS[request.sort], *_NUMBER]
    ordered: list[sa.ColumnElement[Any]] = [
        column.desc() if descending else column.asc() for column in columns
    ]
    if request.sort == "valid_until":  # what never expires comes last either way
        ordered[0] = ordered[0].nulls_last()
    return ordered


def _wanted(request: PageRequest, today: date) -> list[Condition]:
    words = [
        sa.or_(
            CertificateRow.search_text.contains(word, autoescape=True),
            CertificateRow.person_id.in_(people_called(word)),
        )
        for word in request.text.casefold().split()
    ]
    chosen = (
        sa.or_(*(condition(value, today) for value in values))
        for key, condition in _FILTERS.items()
        if (values := request.values(key))
    )
    return [*words, *chosen]


def _of_course(value: str, _today: date) -> Condition:
    return CertificateRow.course_id == parse_id(value)


def _of_person(value: str, _today: date) -> Condition:
    return CertificateRow.person_id.in_(people_numbered(value))


def _in_state(value: str, today: date) -> Condition:
    """Ask in SQL what `state_of` decides for one."""
    until, soon = CertificateRow.valid_until, today + timedelta(days=EXPIRING_DAYS)
    holds: dict[str, Condition] = {
        CertificateState.VALID: sa.or_(until.is_(None), until > soon),
        CertificateState.EXPIRING: until.between(today, soon),
        CertificateState.EXPIRED: until < today,
    }
    if value not in holds:
        return _is_revoked() if value == CertificateState.REVOKED else sa.false()
    return sa.and_(holds[value], sa.not_(_is_revoked()))


def _expires_within(value: str, today: date) -> Condition:
    if not value.isdecimal():
        return sa.false()
    last = today + timedelta(days=min(int(value), 36_500))
    return sa.and_(CertificateRow.valid_until.between(today, last), sa.not_(_is_revoked()))


_FILTERS: dict[str, Callable[[str, date], Condition]] = {
    "course": _of_course,
    "person": _of_person,
    "state": _in_state,
    "expires_within": _expires_within,
}
