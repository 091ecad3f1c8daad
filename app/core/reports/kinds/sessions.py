"""The list of sessions that were held: when, what, by whom, how many, how long."""

from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.asking import ReportFilter
from app.core.reports.columns import Row, chip, moment, number, text
from app.core.reports.kinds.programmes import REQUIREMENT, YEAR, any_text
from app.core.reports.sessions_held import held_sessions, hours
from app.core.reports.worked_out import Wanted, WorkedOutReport
from app.core.training.sessions import SESSION_KINDS

_KINDS = {kind.value: words for kind, words in SESSION_KINDS.items()}


def _work(session: Session, wanted: Wanted) -> list[Row]:
    year, code, kind = wanted.one("year"), wanted.one("requirement").upper(), wanted.one("kind")
    return [
        (
            one.began, one.row.kind.value, one.row.title, one.row.venue, one.led_by,
            ", ".join(each for each, _title in one.requirements), len(one.seconds),
            hours(sum(one.seconds.values())),
        )
        for one in held_sessions(session, wanted.scope)
        if (not year or str(one.year) == year)
        and (not code or code in {each for each, _title in one.requirements})
        and (not kind or one.row.kind.value == kind)
    ]  # fmt: skip


REPORT = WorkedOutReport(
    key="sessions",
    title=mark("Sessions held"),
    question=mark("Which classes, talks and drills were held, and who came?"),
    icon="presentation",
    columns=(
        moment("at", mark("When")),
        chip("kind", mark("Kind"), _KINDS),
        text("title", mark("Title")),
        text("venue", mark("Venue")),
        text("signed_by", mark("Signed by")),
        text("proves", mark("Proves")),
        number("participants", mark("Participants")),
        text("hours", mark("Man-hours")),
    ),
    filters=(
        YEAR,
        REQUIREMENT,
        ReportFilter(key="kind", title=mark("Kind"), condition=any_text, choices=_KINDS),
    ),
    default_sort=Sort("at", descending=True),
    work=_work,
)
