"""What a SCORM activity has said, as a report: the values of its data model in groups."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from app.core.learning.launches.types import Report
from app.core.learning.scorm.durations import from_iso, from_timespan
from app.core.learning.sequencing import RunData

_SUCCESS = {True: "passed", False: "failed", None: "unknown"}
_COMPLETION = {True: "completed", False: "incomplete", None: "unknown"}
_GROUP = re.compile(r"cmi\.(interactions|objectives|comments_from_learner)\.(\d+)\.(.+)")
_SINGLE = {
    "cmi.location": "location",
    "cmi.core.lesson_location": "location",
    "cmi.suspend_data": "suspend_data",
    "cmi.exit": "exit",
    "cmi.core.exit": "exit",
    "cmi.comments": "comments",
    "cmi.core.lesson_status": "lesson_status",
}


def report_of(
    activity: str, attempt: int, run: RunData, values: Mapping[str, str], session_seconds: int
) -> Report:
    """Return what an activity has said up to now."""
    data: dict[str, Any] = {
        name: values[address] for address, name in _SINGLE.items() if values.get(address)
    }
    data |= {
        name: text
        for name, text in (("raw", run.raw), ("minimum", run.minimum), ("maximum", run.maximum))
        if text is not None
    }
    for name, entries in _groups(values).items():
        data[name] = [entries[place] for place in sorted(entries)]
    return Report(
        activity=activity,
        attempt=attempt,
        completion=_COMPLETION[run.completed],
        success=_SUCCESS[run.satisfied],
        score=number(run.measure),
        progress=number(run.progress),
        session_seconds=session_seconds,
        data=data,
    )


def number(text: str | None) -> Fraction | None:
    """Return exact text as a number; None for none."""
    return None if text is None else Fraction(text)


def _groups(values: Mapping[str, str]) -> dict[str, dict[int, dict[str, Any]]]:
    groups: dict[str, dict[int, dict[str, Any]]] = {}
    for address, value in values.items():
        found = _GROUP.fullmatch(address)
        if found is None:
            continue
        entry = groups.setdefault(found[1], {}).setdefault(int(found[2]), {})
        entry[found[3]] = value
        if found[3] == "latency":
            latency = from_iso(value) or from_timespan(value)
            entry["latency_seconds"] = latency.at_least_seconds if latency is not None else 0
    return groups
