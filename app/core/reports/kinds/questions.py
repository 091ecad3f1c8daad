"""Question analysis: how often each was asked in attempts handed in, and answered right."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.assessments.models import (
    AttemptResultRow,
    AttemptRow,
    QuestionBankRow,
    QuestionRow,
    QuestionVersionRow,
    ResponseRow,
)
from app.core.assessments.question_types import QUESTION_TYPES
from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, SelectReport
from app.core.reports.columns import ReportColumn, number, percent, text
from app.core.reports.filters import PEOPLE, since, until
from app.core.reports.kinds.figures_of_pairs import how_many, share
from app.core.reports.pairs import AnySelect, within

_TYPES = {one.key: one.title for one in QUESTION_TYPES}


def _select(asked: Asked) -> AnySelect:
    asked_count, right = sa.func.count(), how_many(_is_right())
    return (
        sa.select(
            QuestionVersionRow.id,
            QuestionBankRow.code.label("bank"),
            (QuestionRow.position + 1).label("position"),
            QuestionRow.name.label("question"),
            QuestionVersionRow.number.label("version"),
            QuestionVersionRow.type,
            asked_count.label("asked"),
            right.label("right"),
            share(right, asked_count).label("correct"),
        )
        .select_from(ResponseRow)
        .join(AttemptResultRow, AttemptResultRow.attempt_id == ResponseRow.attempt_id)
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .join(PersonListingRow, PersonListingRow.person_id == AttemptRow.person_id)
        .join(QuestionVersionRow, QuestionVersionRow.id == ResponseRow.question_version_id)
        .join(QuestionRow, QuestionRow.id == QuestionVersionRow.question_id)
        .join(QuestionBankRow, QuestionBankRow.id == QuestionRow.bank_id)
        .where(~_was_replaced(), *within(asked.scope), *asked.conditions)
        .group_by(
            QuestionVersionRow.id,
            QuestionBankRow.code,
            QuestionRow.position,
            QuestionRow.name,
            QuestionVersionRow.number,
            QuestionVersionRow.type,
        )
    )


def _is_right() -> sa.ColumnElement[bool]:
    return sa.type_coerce(ResponseRow.share, sa.String) == "1/1"


def _was_replaced() -> sa.ColumnElement[bool]:
    """Return the condition that a later response to the same question of the attempt counts."""
    later = aliased(ResponseRow)
    return sa.exists().where(
        later.attempt_id == ResponseRow.attempt_id,
        later.question_version_id == ResponseRow.question_version_id,
        sa.or_(
            later.at > ResponseRow.at,
            sa.and_(later.at == ResponseRow.at, later.id > ResponseRow.id),
        ),
    )


REPORT = SelectReport(
    key="questions",
    title=mark("Questions"),
    question=mark("Which questions are too hard, too easy, or unclear?"),
    icon="list-checks",
    columns=(
        text("bank", mark("Question bank")),
        number("position", mark("No.")),
        text("question", mark("Question")),
        number("version", mark("Version")),
        ReportColumn(key="type", title=mark("Type"), words=_TYPES),
        number("asked", mark("Asked")),
        number("right", mark("Right")),
        percent("correct", mark("Share right")),
    ),
    filters=(*PEOPLE, since(AttemptResultRow.submitted_at), until(AttemptResultRow.submitted_at)),
    default_sort=Sort("correct"),
    searched=("bank", "question"),
    ties=("bank", "position", "version", "id"),
    select=_select,
)
