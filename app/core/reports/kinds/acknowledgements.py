"""Who has read and acknowledged which revision, and when: beside the day from which it is in force."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, day, moment, number, text
from app.core.reports.pairs import AnySelect, Condition, within
from app.core.training.controlled.models import (
    AcknowledgementRow,
    ControlledDocumentRow,
    DocumentRevisionRow,
)

_YES, _NO = "yes", "no"
_ANSWERS = {_YES: mark("Yes"), _NO: mark("No")}


def _is_signed(_session: Session, value: str, _today: date) -> Condition:
    signed = AcknowledgementRow.is_signed
    return signed.is_(True) if value == _YES else signed.is_(False)


def _select(asked: Asked) -> AnySelect:
    row, revision, document = AcknowledgementRow, DocumentRevisionRow, ControlledDocumentRow
    return (
        sa.select(
            row.id,
            PersonListingRow.number.label("number"),
            PersonListingRow.name.label("name"),
            PersonListingRow.org_unit.label("department"),
            document.number.label("document"),
            document.title.label("title"),
            revision.label.label("revision"),
            revision.effective_from.label("effective_from"),
            row.at.label("at"),
            row.language.label("language"),
            row.pages.label("pages"),
            row.seconds.label("seconds"),
            sa.case((row.is_signed, _YES), else_=_NO).label("signed"),
        )
        .join(revision, revision.id == row.revision_id)
        .join(document, document.id == revision.document_id)
        .join(PersonListingRow, PersonListingRow.person_id == row.person_id)
        .where(*within(asked.scope), *asked.conditions)
    )


REPORT = SelectReport(
    key="acknowledgements",
    title=mark("Documents read and acknowledged"),
    question=mark("Who has read and signed which revision, and who has not yet?"),
    icon="book-open-check",
    columns=(
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("department", mark("Department")),
        text("document", mark("Document")),
        text("title", mark("Title")),
        text("revision", mark("Revision")),
        day("effective_from", mark("In force from")),
        moment("at", mark("Acknowledged")),
        text("language", mark("Language")),
        number("pages", mark("Pages")),
        number("seconds", mark("Seconds")),
        chip("signed", mark("Signed"), _ANSWERS),
    ),
    filters=(
        ReportFilter(key="signed", title=mark("Signed"), condition=_is_signed, choices=_ANSWERS),
    ),
    default_sort=Sort("at", descending=True),
    searched=("number", "name", "document", "title"),
    ties=("id",),
    select=_select,
    capability=Capability.VIEW_RECORDS,
)
