"""What a package claims that cannot be so. It is kept as claimed, and marked."""

from collections.abc import Iterator

from app.core.learning.launches.types import Report

_SLACK_SECONDS = 60
_MOST_SCORE = 1


def doubts_about(report: Report, seconds_open: int) -> tuple[str, ...]:
    """Return, in English and for good, what in a report does not fit what the player saw."""
    return tuple(_doubts(report, seconds_open))


def _doubts(report: Report, seconds_open: int) -> Iterator[str]:
    claimed = report.session_seconds
    if claimed is not None and claimed > seconds_open + _SLACK_SECONDS:
        yield f"claims a session of {claimed} s; it was open for {seconds_open} s"
    if report.score is not None and abs(report.score) > _MOST_SCORE:
        yield f"claims a score of {report.score}, beyond the scale"
    latencies = sum(
        int(one.get("latency_seconds") or 0)
        for one in report.data.get("interactions", ())
        if isinstance(one, dict)
    )
    if latencies > seconds_open + _SLACK_SECONDS:
        yield f"claims {latencies} s of answering; it was open for {seconds_open} s"
