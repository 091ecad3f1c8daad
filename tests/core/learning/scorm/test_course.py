"""A course as a learner runs it: launches, wishes, going on later, locks, and what proves nothing."""

from fractions import Fraction

import pytest

from app.core.content import (
    ActivityTree,
    LaunchSettings,
    ScormEdition,
    SequencedActivity,
)
from app.core.learning.scorm import (
    LessonMode,
    ScormCourse,
    ScormLearner,
    ScormState,
    scorm_from_json,
    scorm_to_json,
)
from app.core.learning.sequencing import (
    EntryStatus,
    Navigation,
    NavigationRequest,
    Outcome,
    OutcomeKind,
    Standing,
)
from tests.support.activities import cluster, leaf

LEARNER = ScormLearner(learner_id="L-1", name="Devi, Asha")


def course(
    *children: SequencedActivity,
    edition: ScormEdition = ScormEdition.SCORM_2004_4TH,
    **control: bool,
) -> ActivityTree:
    return ActivityTree(root=cluster("root", *children, **control), edition=edition)


def ran(tree: ActivityTree, state: ScormState | None = None) -> ScormCourse:
    return ScormCourse(tree, LEARNER, state, seed=3)


def ask(run: ScormCourse, kind: Navigation, target: str = "") -> Outcome:
    return run.request(NavigationRequest(kind, target))


def say(run: ScormCourse, **values: str) -> None:
    """Let the content that is open speak: Initialize, values, Terminate."""
    assert run.run is not None
    names = list(run.run.dialect.methods)
    run.call(names[0], "")
    prefix, core = ("LMS", "cmi.core.") if names[0] == "LMSInitialize" else ("", "cmi.")
    for name, value in values.items():
        element = "adl.nav.request" if name == "wish" else f"{core}{name.replace('__', '.')}"
        assert run.call(f"{prefix}SetValue", element, value).error == "0", element
    assert run.call(names[1], "").ends


def status(run: ScormCourse, activity: str) -> EntryStatus:
    return next(one.status for one in run.contents() if one.activity == activity)


def test_content_leads_on_by_itself() -> None:
    run = ran(course(leaf("a"), leaf("b")))

    assert run.open().activity == "a"
    assert run.wish is None
    say(run, completion_status="completed", wish="continue")
    assert run.wish == NavigationRequest(Navigation.CONTINUE)
    assert run.request(run.wish).activity == "b"
    assert run.activity is not None
    assert run.activity.activity_id == "b"


def test_a_course_goes_on_after_the_program_stopped() -> None:
    tree = course(leaf("a"), leaf("b"))
    run = ran(tree)
    run.open()
    ask(run, Navigation.CONTINUE)
    say(run, suspend_data="page=7", exit="suspend", session_time="PT5M")
    ask(run, Navigation.SUSPEND_ALL)

    state = scorm_from_json(scorm_to_json(run.state))
    assert state == run.state
    again = ran(tree, state)
    outcome = again.open()

    assert outcome.activity == "b"
    assert outcome.is_resumed
    again.call("Initialize", "")
    assert again.call("GetValue", "cmi.suspend_data").value == "page=7"
    assert again.call("GetValue", "cmi.total_time").value == "PT5M"


def test_a_program_that_stopped_in_the_middle_of_a_lesson_goes_on_in_it() -> None:
    tree = course(leaf("a"), leaf("b"))
    run = ran(tree)
    run.open()
    ask(run, Navigation.CONTINUE)
    run.call("Initialize", "")
    run.call("SetValue", "cmi.location", "7")
    run.call("Commit", "")

    again = ran(tree, scorm_from_json(scorm_to_json(run.state)))
    outcome = again.open()

    assert outcome.activity == "b"
    assert outcome.is_resumed
    again.call("Initialize", "")
    assert again.call("GetValue", "cmi.location").value == "7"
    assert again.state.sequencing.activities["b"].attempts == 1


def test_a_program_that_stopped_between_lessons_shows_the_menu() -> None:
    tree = course(leaf("a"), leaf("b"))
    run = ran(tree)
    run.open()
    ask(run, Navigation.EXIT)
    again = ran(tree, run.state)

    assert again.open().kind is OutcomeKind.IDLE
    assert ask(again, Navigation.CHOICE, "b").activity == "b"


def test_one_lesson_that_nothing_starts_opens_by_itself() -> None:
    assert ran(course(leaf("a"), flow=False)).open().activity == "a"
    assert ran(course(leaf("a"), leaf("b"), flow=False)).open().kind is OutcomeKind.REFUSED


def test_a_sco_that_never_spoke_has_proved_nothing_and_an_asset_is_done_when_seen() -> None:
    asset = SequencedActivity(
        activity_id="asset", title="asset", launch=LaunchSettings(resource="R")
    )
    run = ran(course(leaf("sco"), asset, leaf("end")))
    run.open()
    ask(run, Navigation.CONTINUE)
    ask(run, Navigation.CONTINUE)

    assert status(run, "sco") is EntryStatus.INCOMPLETE
    assert status(run, "asset") is EntryStatus.PASSED


def test_what_was_given_up_is_not_counted() -> None:
    run = ran(course(leaf("a")))
    run.open()
    say(run, success_status="passed", wish="abandonAll")
    assert run.wish is not None
    run.request(run.wish)

    assert not run.is_open
    assert status(run, "a") is EntryStatus.INCOMPLETE


def test_what_is_committed_counts_before_content_ends() -> None:
    run = ran(course(leaf("a"), leaf("b")))
    run.open()
    run.call("Initialize", "")
    run.call("SetValue", "cmi.success_status", "failed")

    assert run.call("Commit", "").saves
    assert run.state.sequencing.activities["a"].objectives[""].satisfied is False


def test_a_wish_that_makes_no_sense_leaves_content_talking() -> None:
    run = ran(course(leaf("a")))
    run.open()
    run.call("Initialize", "")

    assert ask(run, Navigation.START).code == "NB.2.1-1"
    assert ask(run, Navigation.CHOICE, "nowhere").code == "NB.2.1-11"
    assert run.call("SetValue", "cmi.location", "1").error == "0"


def test_how_the_course_stands_before_its_lesson_has_ended() -> None:
    run = ran(course(leaf("a")))
    run.open()
    assert run.standing() == Standing(completed=None, satisfied=None, progress=None, score=None)
    run.call("Initialize", "")
    for element, value in {
        "cmi.score.raw": "15",
        "cmi.score.min": "10",
        "cmi.score.max": "30",
        "cmi.success_status": "failed",
        "cmi.completion_status": "completed",
        "cmi.progress_measure": "0.5",
    }.items():
        run.call("SetValue", element, value)

    assert run.standing() == Standing(
        completed=True, satisfied=False, progress=Fraction(1, 2), score=Fraction(1, 4)
    )
    run.call("SetValue", "cmi.score.scaled", "-0.5")
    assert run.standing().score == Fraction(-1, 2)
    run.call("SetValue", "cmi.score.raw", "31")
    assert run.standing().score == Fraction(-1, 2)


def test_points_beyond_their_bounds_are_no_score() -> None:
    run = ran(course(leaf("a")))
    run.open()
    run.call("Initialize", "")
    for element, value in {"cmi.score.raw": "31", "cmi.score.max": "30"}.items():
        run.call("SetValue", element, value)

    assert run.standing().score is None


def test_buttons_are_what_is_valid_and_not_hidden() -> None:
    bare = leaf("b")
    hidden = SequencedActivity(
        activity_id="a",
        title="a",
        launch=bare.launch,
        hidden_controls=frozenset({"continue", "exitAll"}),
    )
    run = ran(course(hidden, bare))
    run.open()

    assert Navigation.CONTINUE in run.valid_requests().simple
    assert run.buttons() >= {Navigation.SUSPEND_ALL, Navigation.EXIT}
    assert not run.buttons() & {Navigation.CONTINUE, Navigation.EXIT_ALL, Navigation.PREVIOUS}


def test_without_content_there_is_nothing_to_call() -> None:
    run = ran(course(leaf("a")))

    with pytest.raises(KeyError):
        run.call("Initialize", "")


def test_looking_around_is_told_to_content() -> None:
    run = ScormCourse(course(leaf("a")), LEARNER, mode=LessonMode.BROWSE)
    run.open()
    run.call("Initialize", "")

    assert run.call("GetValue", "cmi.mode").value == "browse"
    assert run.call("GetValue", "cmi.credit").value == "no-credit"


OLD = ScormEdition.SCORM_1_2


def test_a_1_2_course_opens_lessons_as_prerequisites_are_met() -> None:
    tree = course(
        leaf("a"), leaf("b", prerequisites="a"), leaf("c", prerequisites="a &"), edition=OLD
    )
    run = ran(tree)
    run.open()
    say(run, lesson_status="incomplete")

    assert run.valid_requests().choices == {"root", "a", "c"}, "an unreadable script locks nothing"
    assert ask(run, Navigation.CONTINUE).code == "SB.2.2-2"
    assert ask(run, Navigation.CHOICE, "a").activity == "a"
    say(run, lesson_status="completed")
    assert ask(run, Navigation.CONTINUE).activity == "b"


def test_a_1_2_lesson_stays_passed_when_it_is_opened_again() -> None:
    run = ran(course(leaf("a", mastery_score=Fraction(80)), leaf("b"), edition=OLD))
    run.open()
    say(run, score__raw="90", lesson_status="failed", session_time="00:01:00")
    ask(run, Navigation.CONTINUE)
    assert status(run, "a") is EntryStatus.PASSED
    ask(run, Navigation.PREVIOUS)

    assert status(run, "a") is EntryStatus.PASSED
    run.call("LMSInitialize", "")
    assert run.call("LMSGetValue", "cmi.core.lesson_status").value == "passed"
    assert run.call("LMSGetValue", "cmi.core.total_time").value == "0000:01:00.00"


def test_a_foreign_state_is_refused() -> None:
    for untrusted in (b"", b"{}", b"[]", b'{"schema":9}', b'{"schema":1,"sequencing":5}'):
        with pytest.raises(ValueError):
            scorm_from_json(untrusted)


def test_looking_changes_nothing_before_content_has_spoken() -> None:
    run = ran(course(leaf("a"), leaf("b")))
    run.open()
    say(run, completion_status="completed", success_status="passed")
    ask(run, Navigation.CHOICE, "b")
    ask(run, Navigation.CHOICE, "a")
    before = scorm_to_json(run.state)

    run.contents()
    run.valid_requests()

    assert scorm_to_json(run.state) == before
