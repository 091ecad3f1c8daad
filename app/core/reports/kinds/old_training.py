"""Training from before the program, migrated from lists: row by row, with who signed the batch."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import mark
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import Row, chip, day, moment, number, text
from app.core.reports.filters import PEOPLE
from app.core.reports.kinds.signatures import at_the_pc
from app.core.reports.pairs import AnySelect, Condition, Scope, within
from app.core.signatures import MEANINGS
from app.core.signatures.models import SignatureRow
from app.core.training.legacy import BATCH_STATES
from app.core.training.legacy.models import LegacyBatchRow, LegacyRecordRow, LegacyVerdictRow
from app.core.training.models import RequirementRow

_STATES = {one.value: words for one, words in BATCH_STATES.items()}
_MEANINGS = {one.value: words for one, words in MEANINGS.items()}
_KINDS = {"migrated": mark("Migrated")}


def _answered(*, accepted: bool) -> sa.Exists:
    return sa.exists().where(
        LegacyVerdictRow.batch_id == LegacyRecordRow.batch_id,
        LegacyVerdictRow.is_accepted.is_(accepted),
    )


def _state() -> sa.Case[str]:
    return sa.case(
        (_answered(accepted=True), "signed"),
        (_answered(accepted=False), "taken_back"),
        else_="waiting",
    )


def _is(_session: Session, value: str, _today: date) -> Condition:
    return _state() == value


def _select(asked: Asked) -> AnySelect:
    earlier = aliased(SignatureRow)
    is_first = ~sa.exists().where(
        earlier.record_id == SignatureRow.record_id,
        sa.tuple_(earlier.signed_at, earlier.id)
        < sa.tuple_(SignatureRow.signed_at, SignatureRow.id),
    )
    of_batch = sa.and_(SignatureRow.record_id == LegacyBatchRow.id, is_first)
    return (
        sa.select(
            LegacyRecordRow.id,
            PersonListingRow.number,
            PersonListingRow.name,
            PersonListingRow.search_text.label("found_by"),
            RequirementRow.code,
            RequirementRow.title.label("course"),
            sa.literal("migrated").label("kind"),
            LegacyRecordRow.trained_on,
            LegacyRecordRow.valid_until,
            LegacyRecordRow.score,
            LegacyRecordRow.trainer,
            LegacyRecordRow.source,
            LegacyBatchRow.title.label("batch"),
            LegacyRecordRow.line,
            _state().label("state"),
            SignatureRow.name.label("signer"),
            SignatureRow.meaning,
            SignatureRow.signed_at.label("signed_at"),
            SignatureRow.offset_minutes.label("local"),
        )
        .select_from(LegacyRecordRow)
        .join(LegacyBatchRow, LegacyBatchRow.id == LegacyRecordRow.batch_id)
        .join(RequirementRow, RequirementRow.id == LegacyRecordRow.requirement_id)
        .join(PersonListingRow, PersonListingRow.person_id == LegacyRecordRow.person_id)
        .outerjoin(SignatureRow, of_batch)
        .where(*within(asked.scope), *asked.conditions)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _OldTraining(SelectReport):
    """The select gives the offset of the PC on which was signed; people read the time there."""

    def rows(self, session: Session, request: PageRequest, scope: Scope, today: date) -> Page[Row]:
        """Return one stretch. Raises FilterRefused, SortRefused."""
        page = SelectReport.rows(self, session, request, scope, today)
        keys = [column.key for column in self.columns]
        at, local = keys.index("signed_at"), keys.index("local")
        rows = tuple(
            (*row[:local], at_the_pc(row[at], row[local]), *row[local + 1 :]) for row in page.rows
        )
        return Page(rows=rows, total=page.total)


REPORT = _OldTraining(
    key="old-training",
    title=mark("Old training (migrated)"),
    question=mark("What was brought in from before this program, and who signed for it?"),
    icon="archive",
    columns=(
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("code", mark("Code")),
        text("course", mark("Course")),
        chip("kind", mark("Kind"), _KINDS),
        day("trained_on", mark("Trained on")),
        day("valid_until", mark("Valid until")),
        text("score", mark("Score")),
        text("trainer", mark("Trainer")),
        text("source", mark("Where the paper is")),
        text("batch", mark("Batch")),
        number("line", mark("Line")),
        chip("state", mark("Status"), _STATES),
        text("signer", mark("Signed by")),
        chip("meaning", mark("Meaning"), _MEANINGS),
        moment("signed_at", mark("When")),
        text("local", mark("Local time there")),
    ),
    filters=(
        *PEOPLE,
        ReportFilter(key="state", title=mark("Status"), condition=_is, choices=_STATES),
    ),
    default_sort=Sort("number"),
    searched=("found_by", "code", "course", "batch"),
    ties=("trained_on", "id"),
    select=_select,
)
