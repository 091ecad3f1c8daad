"""The data model of SCORM 1.2 (run-time environment, 3.4), as a table. Generous with lengths."""

from fractions import Fraction

from app.core.learning.scorm.datatypes import (
    Check,
    clock,
    either,
    named,
    real,
    real_of,
    text,
    timespan,
    word,
)
from app.core.learning.scorm.elements import Access, Element, Table
from app.core.learning.scorm.faults import Fault

SUSPEND_DATA = 1_000_000
_TEXT = text(16_000)
_ID = named(4_000)
_LAST_SCORE = 100
_SPEED = 100
_LOUDEST = 100
_STATUS = word("passed", "completed", "failed", "incomplete", "browsed")
_OBJECTIVE_STATUS = word("passed", "completed", "failed", "incomplete", "browsed", "not attempted")


def _score(value: str) -> Fault | None:
    """Check a score: a number from 0 to 100, or nothing."""
    number = real_of(value)
    if number is None:
        return Fault.TYPE if value else None
    return None if Fraction(0) <= number <= _LAST_SCORE else Fault.RANGE


def _whole(low: int, high: int) -> Check:
    bounded = real(low, high)

    def check(value: str) -> Fault | None:
        return Fault.TYPE if "." in value else bounded(value)

    return check


def _read(otherwise: str | None = "") -> Element:
    return Element(access=Access.READ, otherwise=otherwise, is_kept=False)


def _write(check: Check, *, creates: bool = False) -> Element:
    return Element(access=Access.WRITE, check=check, creates=creates)


_ELEMENTS: dict[str, Element] = {
    "cmi.core.student_id": _read(),
    "cmi.core.student_name": _read(),
    "cmi.core.lesson_location": Element(check=_TEXT, otherwise=""),
    "cmi.core.credit": _read("credit"),
    "cmi.core.lesson_status": Element(check=_STATUS, otherwise="not attempted"),
    "cmi.core.entry": _read(),
    "cmi.core.score.raw": Element(check=_score, otherwise=""),
    "cmi.core.score.min": Element(check=_score, otherwise=""),
    "cmi.core.score.max": Element(check=_score, otherwise=""),
    "cmi.core.total_time": _read("0000:00:00.00"),
    "cmi.core.lesson_mode": _read("normal"),
    "cmi.core.exit": Element(
        access=Access.WRITE, check=word("time-out", "suspend", "logout", ""), is_kept=False
    ),
    "cmi.core.session_time": Element(access=Access.WRITE, check=timespan, is_kept=False),
    "cmi.suspend_data": Element(check=text(SUSPEND_DATA), otherwise=""),
    "cmi.launch_data": _read(),
    "cmi.comments": Element(check=text(64_000), otherwise=""),
    "cmi.comments_from_lms": _read(),
    "cmi.objectives.n.id": Element(check=_ID, creates=True),
    "cmi.objectives.n.score.raw": Element(check=_score, otherwise="", creates=True),
    "cmi.objectives.n.score.min": Element(check=_score, otherwise="", creates=True),
    "cmi.objectives.n.score.max": Element(check=_score, otherwise="", creates=True),
    "cmi.objectives.n.status": Element(
        check=_OBJECTIVE_STATUS, otherwise="not attempted", creates=True
    ),
    "cmi.student_data.mastery_score": _read(),
    "cmi.student_data.max_time_allowed": _read(),
    "cmi.student_data.time_limit_action": _read(),
    "cmi.student_preference.audio": Element(check=_whole(-1, _LOUDEST), otherwise="0"),
    "cmi.student_preference.language": Element(check=text(1_000), otherwise=""),
    "cmi.student_preference.speed": Element(check=_whole(-_SPEED, _SPEED), otherwise="0"),
    "cmi.student_preference.text": Element(check=_whole(-1, 1), otherwise="0"),
    "cmi.interactions.n.id": _write(_ID, creates=True),
    "cmi.interactions.n.objectives.n.id": _write(_ID, creates=True),
    "cmi.interactions.n.time": _write(clock, creates=True),
    "cmi.interactions.n.type": _write(
        word(
            "true-false",
            "choice",
            "fill-in",
            "matching",
            "performance",
            "sequencing",
            "likert",
            "numeric",
        ),
        creates=True,
    ),
    "cmi.interactions.n.correct_responses.n.pattern": _write(_TEXT, creates=True),
    "cmi.interactions.n.weighting": _write(real(), creates=True),
    "cmi.interactions.n.student_response": _write(_TEXT, creates=True),
    "cmi.interactions.n.result": _write(
        either(word("correct", "wrong", "incorrect", "unanticipated", "neutral"), real()),
        creates=True,
    ),
    "cmi.interactions.n.latency": _write(timespan, creates=True),
}

TABLE_12 = Table(
    elements=_ELEMENTS,
    children={
        "cmi.core": "student_id,student_name,lesson_location,credit,lesson_status,entry,score,"
        "total_time,lesson_mode,exit,session_time",
        "cmi.core.score": "raw,min,max",
        "cmi.objectives": "id,score,status",
        "cmi.objectives.n.score": "raw,min,max",
        "cmi.student_data": "mastery_score,max_time_allowed,time_limit_action",
        "cmi.student_preference": "audio,language,speed,text",
        "cmi.interactions": "id,objectives,time,type,correct_responses,weighting,"
        "student_response,result,latency",
    },
    collections={
        "cmi.objectives": 1_000,
        "cmi.interactions": 2_500,
        "cmi.interactions.n.objectives": 100,
        "cmi.interactions.n.correct_responses": 100,
    },
    root_words={"cmi._version": "3.4"},
)
