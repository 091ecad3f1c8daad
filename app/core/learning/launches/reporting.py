"""Turning what a package said into facts: what is new, once."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from app.core.learning.launches.doubts import doubts_about
from app.core.learning.launches.launch import Launch
from app.core.learning.launches.models import PackageReportRow
from app.core.learning.launches.types import Report, Standing
from app.core.storage.columns import canonical_json

COMMIT, END, PAUSE = "commit", "end", "pause"
_MOVING = ("location", "suspend_data", "entry", "exit")
"""What changes at every step: no fact is made for these alone."""


def new_report(launch: Launch, cause: str, seconds_open: int) -> PackageReportRow | None:
    """Return the fact to be written now, or None; note in the launch what it says.

    At a commit a fact is made when the result has changed; at an end or a pause, when anything has
    happened since the last one.
    """
    report = launch.play.report()
    if report is None:
        return None
    before: Mapping[str, Any] = launch.reported.get(report.activity, {})
    result, answers = _result_of(report), _answers_of(report)
    is_new = result != before.get("result") or answers != before.get("answers", {})
    if not is_new and (cause == COMMIT or not launch.is_unreported):
        return None
    launch.reported = {**launch.reported, report.activity: {"result": result, "answers": answers}}
    launch.is_unreported = False
    fresh = _with_new_answers(report, answers, before.get("answers", {}))
    return _row(launch, fresh, cause, seconds_open)


def judged(standing: Standing, required: Fraction | None) -> Standing:
    """Return a standing by the score that the author asks for, which takes the place of the package's.

    A package that has not ended (neither done nor failed by its own measure) is not done by a score.
    """
    if required is None:
        return standing
    is_passed = None if standing.score is None else standing.score >= required
    has_ended = standing.is_done or standing.is_passed is False
    return replace(standing, is_passed=is_passed, is_done=bool(is_passed) and has_ended)


def trace_of(standing: Standing) -> dict[str, Any]:
    """Return a standing as the trace of a package lesson (trackers.packages)."""
    trace: dict[str, Any] = {"share": _text(standing.share)}
    if standing.is_done:
        trace["done"] = True
    if standing.is_passed is not None:
        trace["passed"] = standing.is_passed
    if standing.score is not None:
        trace["score"] = _text(standing.score)
    return trace


def _row(launch: Launch, report: Report, cause: str, seconds_open: int) -> PackageReportRow:
    return PackageReportRow(
        start_id=launch.start_id,
        lesson_id=launch.lesson_id,
        registration=launch.registration,
        package=launch.package,
        activity=report.activity,
        attempt=report.attempt,
        cause=cause,
        completion=report.completion,
        success=report.success,
        score=report.score,
        progress=report.progress,
        session_seconds=report.session_seconds,
        seconds_open=seconds_open,
        doubts=list(doubts_about(report, seconds_open)),
        data=report.data,
        state=None if cause == COMMIT else launch.play.state(),
    )


def _result_of(report: Report) -> str:
    """Return a digest of what makes a new result."""
    data = {
        name: value
        for name, value in report.data.items()
        if name not in _MOVING and name != "interactions"
    }
    said = [report.completion, report.success, str(report.score), str(report.progress), data]
    return _digest([report.attempt, *said])


def _answers_of(report: Report) -> dict[str, str]:
    answers = report.data.get("interactions", ())
    return {str(place): _digest(answer) for place, answer in enumerate(answers)}


def _with_new_answers(report: Report, now: dict[str, str], before: Mapping[str, str]) -> Report:
    """Return the report with those answers alone that no fact has yet, each with its place."""
    answers = report.data.get("interactions", ())
    new = [
        {"place": place, **answer}
        for place, answer in enumerate(answers)
        if now[str(place)] != before.get(str(place))
    ]
    return replace(report, data={**report.data, "interactions": new}) if answers else report


def _text(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"


def _digest(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode("utf-8", "replace")).hexdigest()[:16]
