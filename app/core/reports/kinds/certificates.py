"""Every certificate that was issued, and whether it still holds."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.certificates.models import CertificateRow, RevocationRow
from app.core.courses.models import CourseRow
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, day, moment, text
from app.core.reports.dossier_types import BASES
from app.core.reports.filters import COURSE, PEOPLE, since, until
from app.core.reports.pairs import AnySelect, Condition, within
from app.core.storage.columns import Day

STATES = {"valid": mark("Valid"), "expired": mark("Expired"), "revoked": mark("Revoked")}


def _state(today: date) -> sa.Case[str]:
    return sa.case(
        (RevocationRow.id.is_not(None), "revoked"),
        (CertificateRow.valid_until < sa.literal(today, Day), "expired"),
        else_="valid",
    )


def _is(_session: Session, value: str, today: date) -> Condition:
    return _state(today) == value


def _select(asked: Asked) -> AnySelect:
    return (
        sa.select(
            CertificateRow.id,
            CertificateRow.number.label("certificate"),
            CertificateRow.printed_name,
            PersonListingRow.number,
            PersonListingRow.name,
            PersonListingRow.search_text.label("found_by"),
            PersonListingRow.org_unit.label("department"),
            sa.func.coalesce(CourseRow.title, CertificateRow.printed_title).label("course"),
            CertificateRow.basis,
            CertificateRow.issued_at,
            CertificateRow.valid_until,
            _state(asked.today).label("state"),
            RevocationRow.reason,
        )
        .select_from(CertificateRow)
        .join(PersonListingRow, PersonListingRow.person_id == CertificateRow.person_id)
        .outerjoin(CourseRow, CourseRow.id == CertificateRow.course_id)
        .outerjoin(RevocationRow, RevocationRow.certificate_id == CertificateRow.id)
        .where(*within(asked.scope), *asked.conditions)
    )


REPORT = SelectReport(
    key="certificates",
    title=mark("Certificates"),
    question=mark("Which certificates were issued, and do they hold?"),
    icon="award",
    columns=(
        text("certificate", mark("Certificate")),
        text("number", mark("Number")),
        text("printed_name", mark("Printed name")),
        text("department", mark("Department")),
        text("course", mark("Course or requirement")),
        chip("basis", mark("Basis"), BASES),
        moment("issued_at", mark("Issued")),
        day("valid_until", mark("Valid until")),
        chip("state", mark("Status"), STATES),
        text("reason", mark("Reason")),
    ),
    filters=(
        *PEOPLE,
        COURSE,
        since(CertificateRow.issued_at),
        until(CertificateRow.issued_at),
        ReportFilter(key="state", title=mark("Status"), condition=_is, choices=STATES),
    ),
    default_sort=Sort("certificate", descending=True),
    searched=("certificate", "found_by", "printed_name", "course"),
    ties=("certificate", "id"),
    select=_select,
    looks_back=True,
)
