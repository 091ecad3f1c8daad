"""API_1484_11 in the core: states, error codes, and what the data model takes and tells."""

from fractions import Fraction

import pytest

from app.core.learning.scorm import SCORM_2004, Duration, LessonMode
from app.core.learning.sequencing import Navigation, NavigationRequest, ObjectiveRun, StoreFacts
from tests.core.learning.scorm.launches import launched, read, running_2004, set_all

OBJECTIVE = "cmi.objectives.0"
QUESTION = "cmi.interactions.0"


def test_the_conversation_has_a_beginning_and_an_end() -> None:
    run = launched(SCORM_2004)
    errors = [
        run.call("GetValue", "cmi.location").error,
        run.call("SetValue", "cmi.location", "x").error,
        run.call("Commit", "").error,
        run.call("Terminate", "").error,
        run.call("Initialize", "wrong").error,
        run.call("Initialize", "").error,
        run.call("Initialize", "").error,
        run.call("Commit", "wrong").error,
        run.call("Commit", "").error,
        run.call("Terminate", "wrong").error,
        run.call("Terminate", "").error,
        run.call("Terminate", "").error,
        run.call("Initialize", "").error,
        run.call("GetValue", "cmi.location").error,
        run.call("SetValue", "cmi.location", "x").error,
        run.call("Commit", "").error,
    ]

    assert errors == (
        [
            "122",
            "132",
            "142",
            "112",
            "201",
            "0",
            "103",
            "201",
            "0",
            "201",
            "0",
            "113",
            "104",
            "123",
            "133",
            "143",
        ]
    )


def test_commit_and_terminate_want_everything_on_disk() -> None:
    run = running_2004()

    assert run.call("Commit", "").saves
    assert not run.call("SetValue", "cmi.location", "x").saves
    ended = run.call("Terminate", "")
    assert ended.saves
    assert ended.ends


@pytest.mark.parametrize(
    ("element", "value", "error"),
    [
        ("", "x", "351"),
        ("cmi", "x", "401"),
        ("cmi.nothing", "x", "401"),
        ("x" * 2_000, "x", "401"),
        ("cmi._version", "2", "404"),
        ("cmi.learner_id", "me", "404"),
        ("cmi.objectives._count", "3", "404"),
        ("cmi.score._children", "x", "404"),
        ("cmi.total_time", "PT1H", "404"),
        ("adl.nav.request_valid.continue", "true", "404"),
        ("cmi.completion_status", "done", "406"),
        ("cmi.score.scaled", "1.1", "407"),
        ("cmi.score.scaled", "much", "406"),
        ("cmi.progress_measure", "-0.1", "407"),
        ("cmi.session_time", "00:10:00", "406"),
        ("cmi.exit", "quit", "406"),
        ("adl.nav.request", "start", "406"),
        ("adl.nav.request", "{target=}choice", "406"),
        ("cmi.learner_preference.language", "xxx", "406"),
        ("cmi.objectives.0.success_status", "passed", "408"),
        ("cmi.objectives.1.id", "late", "351"),
        ("cmi.objectives.01.id", "octal", "351"),
        ("cmi.objectives.0.id", "", "406"),
        ("cmi.objectives.0.id", "urn:x", "406"),
        ("cmi.objectives.0.id", "with blank", "406"),
        ("cmi.objectives.0.id", "urn:ad:with blank", "406"),
        ("cmi.interactions.0.type", "choice", "408"),
        ("cmi.interactions.0.objectives.0.id", "o", "408"),
        ("cmi.comments_from_learner.0.timestamp", "2026-13-01", "406"),
        ("cmi.comments_from_lms.0.comment", "x", "404"),
        ("adl.data.0.store", "x", "351"),
    ],
)
def test_what_may_not_be_set(element: str, value: str, error: str) -> None:
    run = running_2004()

    answer = run.call("SetValue", element, value)

    assert (answer.value, answer.error) == ("false", error)
    assert run.call("GetLastError").value == error
    assert run.call("GetDiagnostic", "").value


@pytest.mark.parametrize(
    ("element", "error"),
    [
        ("", "301"),
        ("cmi.nothing", "401"),
        ("cmi.location", "403"),
        ("cmi.exit", "405"),
        ("cmi.session_time", "405"),
        ("cmi.location._children", "301"),
        ("cmi.location._count", "301"),
        ("cmi.nothing._children", "401"),
        ("cmi.objectives.0.id", "301"),
        ("cmi.interactions.0.objectives._count", "301"),
        ("adl.data.0.id", "301"),
    ],
)
def test_what_cannot_be_read(element: str, error: str) -> None:
    answer = running_2004().call("GetValue", element)

    assert (answer.value, answer.error) == ("", error)


def test_asking_for_an_error_leaves_the_error() -> None:
    run = running_2004()
    run.call("GetValue", "cmi.location")

    assert run.call("GetErrorString", "403").value == "Data Model Element Value Not Initialized"
    assert run.call("GetErrorString", "999").value == ""
    assert run.call("GetDiagnostic", "403").value
    assert run.call("GetLastError").value == "403"
    assert run.call("GetValue", "cmi._version").error == "0"
    assert run.call("GetLastError").value == "0"


def test_content_sends_numbers_and_nothing_as_well_as_text() -> None:
    run = launched(SCORM_2004)

    assert run.call("Initialize", None).value == "true"
    assert run.call("SetValue", "cmi.score.raw", 80).value == "true"
    assert run.call("SetValue", "cmi.score.max", 100.0).value == "true"
    assert read(run, "cmi.score.raw") == "80"
    assert read(run, "cmi.score.max") == "100"
    with pytest.raises(KeyError):
        run.call("LMSInitialize", "")


def test_what_a_launch_finds() -> None:
    run = running_2004(
        passing=Fraction(3, 5),
        threshold=Fraction(2, 3),
        launch_data="level=3",
        time_limit_action="exit,message",
        objectives=(
            ObjectiveRun(objective_id="P", satisfied=True, measure="2/3", completed=False),
        ),
        mode=LessonMode.REVIEW,
    )

    found = {
        name: read(run, f"cmi.{name}")
        for name in (
            "learner_id",
            "learner_name",
            "entry",
            "credit",
            "mode",
            "launch_data",
            "time_limit_action",
            "total_time",
            "scaled_passing_score",
            "completion_threshold",
            "completion_status",
            "success_status",
            "objectives._count",
            "objectives.0.id",
            "objectives.0.success_status",
            "objectives.0.completion_status",
            "objectives.0.score.scaled",
        )
    }
    assert list(found.values()) == [
        "L-1",
        "Devi, Asha",
        "ab-initio",
        "no-credit",
        "review",
        "level=3",
        "exit,message",
        "PT0H0M0S",
        "0.6",
        "0.6666667",
        "unknown",
        "unknown",
        "1",
        "P",
        "passed",
        "incomplete",
        "0.6666667",
    ]


def test_thresholds_decide_and_content_no_more() -> None:
    run = running_2004(passing=Fraction(3, 5), threshold=Fraction(4, 5))
    set_all(run, {"cmi.success_status": "passed", "cmi.completion_status": "completed"})
    assert read(run, "cmi.success_status") == "unknown"
    set_all(run, {"cmi.score.scaled": "0.59", "cmi.progress_measure": "0.8"})

    assert read(run, "cmi.success_status") == "failed"
    assert read(run, "cmi.completion_status") == "completed"
    assert run.reported().satisfied is False
    assert run.reported().completed is True


def test_only_what_content_set_is_reported() -> None:
    run = running_2004(objectives=(ObjectiveRun(objective_id="P", satisfied=True),))
    set_all(run, {"cmi.score.scaled": "0.5", f"{OBJECTIVE}.score.raw": "7"})

    reported = run.reported()

    assert reported.reports == {"measure"}
    assert reported.measure == "0.5"
    assert reported.objectives[0].reports == {"raw"}


@pytest.mark.parametrize(
    ("leaving", "request_", "expected"),
    [
        ("normal", "continue", NavigationRequest(Navigation.CONTINUE)),
        ("normal", "{target=b}jump", NavigationRequest(Navigation.JUMP, "b")),
        ("suspend", "_none_", None),
        ("time-out", "continue", NavigationRequest(Navigation.EXIT_ALL)),
        ("logout", "previous", NavigationRequest(Navigation.EXIT_ALL)),
        ("", "suspendAll", NavigationRequest(Navigation.SUSPEND_ALL)),
    ],
)
def test_what_is_to_happen_after_content(
    leaving: str, request_: str, expected: NavigationRequest | None
) -> None:
    run = running_2004()
    set_all(run, {"cmi.exit": leaving, "adl.nav.request": request_})

    assert run.reported().navigation == expected
    assert run.reported().is_suspended is (leaving == "suspend")


def test_content_can_ask_what_would_be_carried_out() -> None:
    run = running_2004()

    assert read(run, "adl.nav.request_valid.choice.{target=open}") == "true"
    assert read(run, "adl.nav.request_valid.choice.{target=shut}") == "false"
    assert read(run, "adl.nav.request_valid.continue") == "true"


def test_a_suspended_attempt_goes_on_with_its_values_and_its_time() -> None:
    first = running_2004()
    set_all(
        first,
        {
            "cmi.suspend_data": "page=7",
            "cmi.location": "7",
            "cmi.session_time": "PT1H30M",
            "cmi.objectives.0.id": "own",
            "cmi.exit": "suspend",
            "adl.nav.request": "suspendAll",
        },
    )
    first.call("Terminate", "")
    second = running_2004(kept=first.kept(), is_resumed=True)

    assert read(second, "cmi.entry") == "resume"
    assert read(second, "cmi.suspend_data") == "page=7"
    assert read(second, "cmi.total_time") == "PT1H30M"
    assert read(second, "cmi.objectives.0.id") == "own"
    assert read(second, "adl.nav.request") == "_none_"
    assert second.reported().navigation is None
    set_all(second, {"cmi.session_time": "PT45M0.5S"})
    assert second.kept()["cmi.total_time"] == "PT2H15M0.50S"
    assert second.kept() == second.kept(), "asking twice adds nothing"


def test_a_new_attempt_begins_afresh() -> None:
    first = running_2004()
    set_all(first, {"cmi.suspend_data": "page=7"})
    second = running_2004(kept=first.kept())

    assert read(second, "cmi.entry") == "ab-initio"
    assert second.call("GetValue", "cmi.suspend_data").error == "403"


def test_stores_are_read_and_written_by_those_who_may() -> None:
    def store(target: str, value: str | None, *, read: bool, write: bool) -> StoreFacts:
        return StoreFacts(target=target, value=value, may_read=read, may_write=write)

    run = running_2004(
        stores=(
            store("both", "old", read=True, write=True),
            store("read", "old", read=True, write=False),
            store("write", "old", read=False, write=True),
            store("none", None, read=False, write=False),
        )
    )
    written = [run.call("SetValue", f"adl.data.{n}.store", "new").error for n in range(4)]
    found = [run.call("GetValue", f"adl.data.{n}.store") for n in range(4)]

    assert read(run, "adl.data._count") == "4"
    assert written == ["0", "404", "0", "404"]
    assert [one.value for one in found] == ["new", "old", "", ""]
    assert [one.error for one in found] == ["0", "0", "405", "405"]
    assert run.call("SetValue", "adl.data.4.store", "x").error == "351"
    assert ("both", "new") in run.reported().stores


def test_an_objective_is_named_once_and_no_two_alike() -> None:
    run = running_2004()
    set_all(run, {"cmi.objectives.0.id": "a", "cmi.objectives.1.id": "b"})

    assert run.call("SetValue", "cmi.objectives.0.id", "c").error == "351"
    assert run.call("SetValue", "cmi.objectives.2.id", "a").error == "351"
    assert run.call("SetValue", "cmi.objectives.0.id", "a").error == "0"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("true-false", "true", "yes"),
        ("choice", "a[,]b", "a[,]a"),
        ("choice", "", "{a}"),
        ("fill-in", "{lang=en}words[,]more", "{lang=zz9}words"),
        ("long-fill-in", "a long answer", "{lang=}answer"),
        ("likert", "agree", ""),
        ("matching", "a[.]1[,]b[.]2", "a[.]1[.]2"),
        ("performance", "step[.]done[,][.]alone", "[.]"),
        ("sequencing", "a[,]b[,]a", "a[,]"),
        ("numeric", "-1.5", "one"),
        ("other", "anything at all", None),
    ],
)
def test_answers_are_of_their_questions_type(kind: str, good: str, bad: str | None) -> None:
    run = running_2004()
    assert run.call("SetValue", f"{QUESTION}.learner_response", good).error == "408"
    set_all(run, {f"{QUESTION}.id": "q", f"{QUESTION}.type": kind})

    assert run.call("SetValue", f"{QUESTION}.learner_response", good).error == "0"
    assert read(run, f"{QUESTION}.learner_response") == good
    if bad is not None:
        assert run.call("SetValue", f"{QUESTION}.learner_response", bad).error == "406"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("true-false", "false", "no"),
        ("choice", "", "a[,]a"),
        ("fill-in", "{case_matters=true}{order_matters=false}a[,]b", "{case_matters=maybe}a"),
        ("long-fill-in", "{case_matters=false}{lang=hi}x", "{case_matters=2}x"),
        ("performance", "{order_matters=false}a[.]1", "a"),
        ("numeric", "1[:]2", "2[:]1"),
        ("numeric", "[:]", "5"),
    ],
)
def test_right_answers_are_of_their_questions_type(kind: str, good: str, bad: str) -> None:
    run = running_2004()
    first = f"{QUESTION}.correct_responses.0.pattern"
    set_all(run, {f"{QUESTION}.id": "q", f"{QUESTION}.type": kind})

    assert run.call("SetValue", first, bad).error == "406"
    assert run.call("SetValue", first, good).error == "0"


def test_a_question_with_one_answer_takes_no_second() -> None:
    run = running_2004()
    patterns = f"{QUESTION}.correct_responses"
    set_all(run, {f"{QUESTION}.id": "q", f"{QUESTION}.type": "true-false"})
    set_all(run, {f"{patterns}.0.pattern": "true"})

    assert run.call("SetValue", f"{patterns}.1.pattern", "false").error == "351"


def test_content_claims_how_long_it_was_open() -> None:
    run = running_2004()
    set_all(run, {"cmi.session_time": "PT10M"})

    assert run.claimed_time == Duration(60_000)


def test_one_launch_cannot_fill_the_disk() -> None:
    run = running_2004()
    answers = [
        run.call("SetValue", f"cmi.interactions.{n}.id", f"q{n}").error for n in range(2_600)
    ]
    assert answers.count("0") == 2_500
    assert run.call("SetValue", "cmi.suspend_data", "x" * 1_000_001).error == "406"
    assert run.call("SetValue", "cmi.location", "x" * 5_000_000).error == "201"
