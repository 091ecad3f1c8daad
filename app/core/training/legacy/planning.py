"""What bringing a list of old training in would do: nothing is changed by it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from sqlalchemy.orm import Session

from app.core.spreadsheets import DayOrder, GivenFile, Table
from app.core.training.legacy.checking import compare, what_is_known
from app.core.training.legacy.errors import LegacyOutdated
from app.core.training.legacy.fields import LegacyMapping
from app.core.training.legacy.reading import (
    FoundColumns,
    SaidRow,
    columns_seen,
    find_columns,
    order_of,
    read_rows,
)
from app.core.training.legacy.types import LegacyPlan, OldTraining, RowTrouble


def plan_of(
    session: Session,
    given: GivenFile,
    table: Table,
    mapping: LegacyMapping,
    *,
    today: date,
    before: str,
) -> LegacyPlan:
    """Return what each row says and whether it can be taken. Raises MissingColumns.

    `before` is the title of a batch that the same file came in with; "" where it did not.
    """
    found = find_columns(table, mapping)
    columns = columns_seen(found)
    order, open_day = order_of(found, mapping)
    rows, troubles = _looked_at(session, table, found, order or DayOrder.DAY_FIRST, today)
    return LegacyPlan(
        file_name=PurePath(given.name).name,
        file_sha256=sha256_of(given),
        encoding=table.encoding,
        mapping=replace(mapping, headings=tuple(sorted(one.normal for one in columns))),
        columns=columns,
        headings=found[0].headings,
        rows=rows,
        troubles=troubles,
        open_day=open_day if order is None else "",
        unread_sheets=_unread(table, found),
        before=before,
    )


def sha256_of(given: GivenFile) -> str:
    """Return what tells a list again, as hex digits."""
    return hashlib.sha256(given.content).hexdigest()


def refuse_outdated(session: Session, plan: LegacyPlan, today: date) -> None:
    """Raise LegacyOutdated unless every row still says the same of the same person and training."""
    said = [_as_said(row) for row in plan.rows]
    rows, troubles = compare(said, what_is_known(session, today))
    if troubles or tuple(rows) != plan.rows:
        raise LegacyOutdated


def _looked_at(
    session: Session,
    table: Table,
    found: Sequence[FoundColumns],
    order: DayOrder,
    today: date,
) -> tuple[tuple[OldTraining, ...], tuple[RowTrouble, ...]]:
    read = list(read_rows(found, order, today, several=len(table.sheets) > 1))
    said = [row for row in read if isinstance(row, SaidRow)]
    rows, unknown = compare(said, what_is_known(session, today))
    troubles = [*(row for row in read if isinstance(row, RowTrouble)), *unknown]
    return tuple(rows), tuple(sorted(troubles, key=lambda one: (one.sheet, one.line)))


def _unread(table: Table, found: Sequence[FoundColumns]) -> tuple[str, ...]:
    used = {one.sheet.name for one in found}
    return tuple(one.name for one in table.sheets if one.name not in used and one.rows)


def _as_said(row: OldTraining) -> SaidRow:
    return SaidRow(
        sheet=row.sheet,
        line=row.line,
        number=row.number,
        name=row.named,
        requirement=row.code,
        trained_on=row.trained_on,
        valid_until=row.valid_until,
        score=row.score,
        trainer=row.trainer,
        source=row.source,
        scan=row.scan,
        cells=(),
    )
