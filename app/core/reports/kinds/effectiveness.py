"""Checks of effectiveness: who was looked at after training, by whom, and whether it had taken hold."""

from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.columns import Row, chip, day, text
from app.core.reports.kinds.programmes import REQUIREMENT
from app.core.reports.worked_out import Wanted, WorkedOutReport
from app.core.training.effectiveness import checks_made
from app.core.training.effectiveness.due import due_checks

_HELD, _FAILED, _DUE = "held", "failed", "due"
_RESULTS = {
    _HELD: mark("Took hold"),
    _FAILED: mark("Trained again"),
    _DUE: mark("To be looked at"),
}


def _work(session: Session, wanted: Wanted) -> list[Row]:
    code = wanted.one("requirement").strip().upper()
    due: list[Row] = [
        (
            one.number, one.name, one.code, one.title, one.trained_at.astimezone().date(),
            one.due_on, None, _DUE, "", "",
        )
        for one in due_checks(session, wanted.scope, wanted.today, None).first
        if not code or one.code == code
    ]  # fmt: skip
    made: list[Row] = [
        (
            one.number, one.name, one.code, one.title, one.trained_at.astimezone().date(),
            None, one.at.astimezone().date(), _HELD if one.is_effective else _FAILED, one.by,
            one.remark,
        )
        for one in checks_made(session, wanted.scope)
        if not code or one.code == code
    ]  # fmt: skip
    return due + made


REPORT = WorkedOutReport(
    key="effectiveness",
    title=mark("Effectiveness of training"),
    question=mark("Whose training was looked at afterwards, and had it taken hold?"),
    icon="eye",
    columns=(
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("code", mark("Code")),
        text("title", mark("Subject")),
        day("trained", mark("Trained")),
        day("due", mark("Due")),
        day("checked", mark("Checked")),
        chip("result", mark("Result"), _RESULTS),
        text("by", mark("By")),
        text("remark", mark("Remark")),
    ),
    filters=(REQUIREMENT,),
    default_sort=Sort("checked", descending=True),
    work=_work,
)
