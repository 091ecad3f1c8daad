"""Who signed what: printed name, local time with zone, meaning, as on screen (21 CFR 11.50)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import mark
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.audit_tables import TABLES
from app.core.reports.columns import Row, Value, chip, moment, text
from app.core.reports.filters import since, until
from app.core.reports.pairs import AnySelect, Condition, Scope
from app.core.signatures import MEANINGS, read_as
from app.core.signatures.models import SignatureRow

_MEANINGS = {one.value: words for one, words in MEANINGS.items()}


def _means(_session: Session, value: str, _today: date) -> Condition:
    return SignatureRow.meaning == value


def _select(asked: Asked) -> AnySelect:
    # signatures are of the whole site: whoever may see a part of it sees none
    seen = [] if asked.scope is None else [sa.false()]
    return sa.select(
        SignatureRow.id,
        SignatureRow.signed_at.label("at"),
        SignatureRow.offset_minutes.label("local"),
        SignatureRow.name,
        SignatureRow.number,
        SignatureRow.meaning,
        SignatureRow.reason,
        SignatureRow.record_kind.label("kind"),
        sa.cast(SignatureRow.shown, sa.String).label("shown"),
    ).where(*seen, *asked.conditions)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signatures(SelectReport):
    """The select gives the offset of the PC on which was signed; people read the time there."""

    def rows(self, session: Session, request: PageRequest, scope: Scope, today: date) -> Page[Row]:
        """Return one stretch. Raises FilterRefused, SortRefused."""
        page = SelectReport.rows(self, session, request, scope, today)
        keys = [column.key for column in self.columns]
        at, local = keys.index("at"), keys.index("local")
        rows = tuple(
            (*row[:local], at_the_pc(row[at], row[local]), *row[local + 1 :]) for row in page.rows
        )
        return Page(rows=rows, total=page.total)


def at_the_pc(at: Value, offset: Value) -> str:
    """Return an instant as the clock of a PC with that offset showed it, with its zone; "" for none."""
    if not isinstance(at, datetime) or not isinstance(offset, int):
        return ""
    return read_as(at.astimezone(timezone(timedelta(minutes=offset))))


REPORT = _Signatures(
    key="signatures",
    title=mark("Signatures"),
    question=mark("Who signed what, when, and in which meaning?"),
    icon="signature",
    columns=(
        moment("at", mark("When")),
        text("local", mark("Local time there")),
        text("name", mark("Signed by")),
        text("number", mark("Number")),
        chip("meaning", mark("Meaning"), _MEANINGS),
        text("reason", mark("Reason")),
        chip("kind", mark("Record"), TABLES),
        text("shown", mark("What was read")),
    ),
    filters=(
        ReportFilter(key="meaning", title=mark("Meaning"), condition=_means, choices=_MEANINGS),
        since(SignatureRow.signed_at),
        until(SignatureRow.signed_at),
    ),
    default_sort=Sort("at", descending=True),
    searched=("name", "number", "reason", "shown"),
    ties=("id",),
    select=_select,
    capability=Capability.VIEW_JOURNAL,
)
