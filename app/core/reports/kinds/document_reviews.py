"""Reviews of documents: which are due until when, who sees to each, and what came of the last one."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.asking import ReportFilter
from app.core.reports.columns import Row, chip, day, number, text
from app.core.reports.kinds.programmes import any_text
from app.core.reports.worked_out import Wanted, WorkedOutReport
from app.core.training.controlled import OUTCOMES, DocumentSummary
from app.core.training.controlled.queries import summaries

_DUE, _SOON, _UNSAID = "due", "soon", "unsaid"
_CHOICES = {
    _DUE: mark("Review due"),
    _SOON: mark("Review within 60 days"),
    _UNSAID: mark("No day of a review"),
}
_SOON_DAYS = timedelta(days=60)
_OUTCOMES = {one.value: words for one, words in OUTCOMES.items()}


def _work(session: Session, wanted: Wanted) -> list[Row]:
    asked = wanted.one("review")
    return [
        _row(one, wanted)
        for one in summaries(session, wanted.today)
        if one.in_force is not None and (not asked or _is(one, asked, wanted))
    ]


def _is(one: DocumentSummary, asked: str, wanted: Wanted) -> bool:
    if one.review_due is None or asked == _UNSAID:
        return one.review_due is None and asked == _UNSAID
    return one.is_review_due or (asked == _SOON and one.review_due <= wanted.today + _SOON_DAYS)


def _row(one: DocumentSummary, wanted: Wanted) -> Row:
    last, due = one.last_review, one.review_due
    return (
        one.number,
        one.title,
        "" if one.in_force is None else one.in_force.label,
        one.owner,
        ", ".join(f"{keeper.name} ({keeper.number})" for keeper in one.keepers),
        due,
        None if due is None else max(0, (wanted.today - due).days),
        None if last is None else last.at.astimezone().date(),
        None if last is None else last.outcome.value,
        "" if last is None else last.by_name,
        "" if last is None else last.remark,
    )


REPORT = WorkedOutReport(
    key="document-reviews",
    title=mark("Reviews of documents"),
    question=mark("Which documents are to be reviewed, who sees to it, and what came of the last?"),
    icon="file-check",
    columns=(
        text("document", mark("Document")),
        text("title", mark("Title")),
        text("revision", mark("Revision")),
        text("owner", mark("Who answers for it")),
        text("keeper", mark("Who sees to the review")),
        day("review_due", mark("Review due")),
        number("days", mark("Days overdue")),
        day("reviewed", mark("Last review")),
        chip("outcome", mark("Outcome"), _OUTCOMES),
        text("by", mark("By")),
        text("remark", mark("Remark")),
    ),
    filters=(
        ReportFilter(key="review", title=mark("Review"), condition=any_text, choices=_CHOICES),
    ),
    default_sort=Sort("review_due"),
    work=_work,
)
