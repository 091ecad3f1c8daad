"""SCORM 1.2's API in the core: error codes, statuses, the mastery score, and going on later."""

from fractions import Fraction

import pytest

from app.core.learning.scorm import SCORM_12, LessonMode, ScormRun
from app.core.learning.sequencing import Navigation, NavigationRequest
from tests.core.learning.scorm.launches import launched, read, running_12, set_all

STATUS = "cmi.core.lesson_status"


def finished(run: ScormRun) -> str:
    assert run.call("LMSFinish", "").value == "true"
    return run.model.get(STATUS)


def test_the_conversation_has_a_beginning_and_an_end() -> None:
    run = launched(SCORM_12)
    errors = [
        run.call("LMSGetValue", "cmi.core.lesson_status").error,
        run.call("LMSFinish", "").error,
        run.call("LMSInitialize", "wrong").error,
        run.call("LMSInitialize", "").error,
        run.call("LMSInitialize", "").error,
        run.call("LMSCommit", "").error,
        run.call("LMSFinish", "").error,
        run.call("LMSSetValue", "cmi.comments", "x").error,
    ]

    assert errors == ["301", "301", "201", "0", "101", "0", "0", "301"]
    assert run.call("LMSGetErrorString", "301").value == "Not initialized"


@pytest.mark.parametrize(
    ("element", "value", "error"),
    [
        ("cmi.core.student_id", "me", "403"),
        ("cmi.core._children", "x", "402"),
        ("cmi.objectives._count", "1", "402"),
        ("cmi.core.lesson_status", "done", "405"),
        ("cmi.core.lesson_status", "not attempted", "405"),
        ("cmi.core.score.raw", "101", "405"),
        ("cmi.core.score.raw", "good", "405"),
        ("cmi.core.session_time", "PT1M", "405"),
        ("cmi.core.exit", "normal", "405"),
        ("cmi.student_preference.audio", "0.5", "405"),
        ("cmi.interactions.0.time", "25:00:00", "405"),
        ("cmi.objectives.5.id", "late", "201"),
        ("cmi.nothing", "x", "201"),
    ],
)
def test_what_may_not_be_set(element: str, value: str, error: str) -> None:
    answer = running_12().call("LMSSetValue", element, value)

    assert (answer.value, answer.error) == ("false", error)


@pytest.mark.parametrize(
    ("element", "error"),
    [
        ("cmi.core.exit", "404"),
        ("cmi.interactions.0.id", "201"),
        ("cmi.core.lesson_status._children", "202"),
        ("cmi.core.lesson_status._count", "203"),
        ("cmi.nothing", "201"),
    ],
)
def test_what_cannot_be_read(element: str, error: str) -> None:
    assert running_12().call("LMSGetValue", element).error == error


def test_a_fresh_lesson() -> None:
    run = running_12(mastery_score=Fraction(80), launch_data="x=1", maximum_time="00:30:00")

    assert read(run, "cmi.core.entry") == "ab-initio"
    assert read(run, STATUS) == "not attempted"
    assert read(run, "cmi.core.student_name") == "Devi, Asha"
    assert read(run, "cmi.student_data.mastery_score") == "80"
    assert read(run, "cmi.student_data.max_time_allowed") == "00:30:00"
    assert read(run, "cmi.launch_data") == "x=1"
    assert read(run, "cmi.core.score.raw") == ""
    assert read(run, "cmi.core._children").startswith("student_id,")


def test_content_that_says_nothing_has_been_completed_or_looked_at() -> None:
    assert finished(running_12()) == "completed"
    assert finished(running_12(mode=LessonMode.BROWSE)) == "browsed"


@pytest.mark.parametrize(
    ("mastery", "raw", "said", "expected"),
    [
        (Fraction(80), "80", "failed", "passed"),
        (Fraction(80), "79.99", "passed", "failed"),
        (Fraction(80), "", "passed", "passed"),
        (None, "10", "passed", "passed"),
    ],
)
def test_a_mastery_score_decides_over_what_content_said(
    mastery: Fraction | None, raw: str, said: str, expected: str
) -> None:
    run = running_12(mastery_score=mastery)
    set_all(run, {"cmi.core.score.raw": raw, STATUS: said})

    assert finished(run) == expected


def test_content_that_goes_without_a_word_is_judged_where_it_had_come_to_an_end() -> None:
    for said, expected in (("completed", "failed"), ("incomplete", "incomplete"), ("", "")):
        run = running_12(mastery_score=Fraction(80))
        set_all(run, {"cmi.core.score.raw": "10", **({STATUS: said} if said else {})})
        run.leave()
        assert run.model.get(STATUS) == (expected or "not attempted")


def test_without_credit_the_mastery_score_decides_nothing() -> None:
    run = running_12(mastery_score=Fraction(80), mode=LessonMode.REVIEW)
    set_all(run, {"cmi.core.score.raw": "10", STATUS: "completed"})

    assert read(run, "cmi.core.credit") == "no-credit"
    assert finished(run) == "completed"


@pytest.mark.parametrize(
    ("status", "completed", "satisfied"),
    [
        ("passed", True, True),
        ("failed", True, False),
        ("completed", True, None),
        ("incomplete", False, None),
        ("browsed", None, None),
    ],
)
def test_what_a_status_means(status: str, completed: bool | None, satisfied: bool | None) -> None:
    run = running_12()
    set_all(run, {STATUS: status, "cmi.core.score.raw": "66.6"})

    assert run.reported().completed is completed
    assert run.reported().satisfied is satisfied
    assert Fraction(run.reported().measure or "0") == Fraction("0.666")


def test_leaving_by_time_out_or_logging_out_leaves_the_course() -> None:
    for leaving in ("time-out", "logout"):
        run = running_12()
        set_all(run, {"cmi.core.exit": leaving})
        assert run.reported().navigation == NavigationRequest(Navigation.EXIT_ALL)


@pytest.mark.parametrize(("leaving", "entry"), [("suspend", "resume"), ("", ""), ("logout", "")])
def test_what_was_said_stays_said_at_the_next_launch(leaving: str, entry: str) -> None:
    first = running_12()
    set_all(
        first,
        {
            "cmi.suspend_data": "page=7",
            STATUS: "incomplete",
            "cmi.core.session_time": "00:10:00.50",
            "cmi.core.exit": leaving,
        },
    )
    finished(first)
    second = running_12(kept=first.kept())

    assert read(second, "cmi.core.entry") == entry
    assert read(second, "cmi.suspend_data") == "page=7"
    assert read(second, STATUS) == "incomplete"
    assert read(second, "cmi.core.total_time") == "0000:10:00.50"
    set_all(second, {"cmi.core.session_time": "00:05:00"})
    assert second.kept()["cmi.core.total_time"] == "0000:15:00.50"
    assert second.call("LMSGetValue", "cmi.core.!exit").error == "201"
