"""Launches and runs for tests."""

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction

from app.core.content import LaunchSettings
from app.core.learning.scorm import SCORM_12, SCORM_2004, Dialect, Launch, LessonMode, ScormRun
from app.core.learning.sequencing import LaunchFacts, ObjectiveRun, StoreFacts

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


def launched(
    dialect: Dialect,
    *,
    kept: Mapping[str, str] | None = None,
    is_resumed: bool = False,
    passing: Fraction | None = None,
    threshold: Fraction | None = None,
    objectives: tuple[ObjectiveRun, ...] = (),
    stores: tuple[StoreFacts, ...] = (),
    mode: LessonMode = LessonMode.NORMAL,
    **settings: object,
) -> ScormRun:
    facts = LaunchFacts(
        activity="a",
        is_resumed=is_resumed,
        scaled_passing_score=passing,
        completion_threshold=threshold,
        objectives=objectives,
        stores=stores,
    )
    launch = Launch(
        learner_id="L-1",
        learner_name="Devi, Asha",
        facts=facts,
        settings=LaunchSettings(resource="R", is_sco=True, **settings),
        mode=mode,
        kept=kept or {},
    )
    return ScormRun(dialect, launch, lambda wish: wish.target != "shut")


def running_2004(**more: object) -> ScormRun:
    run = launched(SCORM_2004, **more)
    assert run.call("Initialize", "").value == "true"
    return run


def running_12(**more: object) -> ScormRun:
    run = launched(SCORM_12, **more)
    assert run.call("LMSInitialize", "").value == "true"
    return run


def set_all(run: ScormRun, values: Mapping[str, object]) -> None:
    """Set elements in turn, each of which must be taken."""
    name = "SetValue" if "SetValue" in run.dialect.methods else "LMSSetValue"
    for element, value in values.items():
        answer = run.call(name, element, value)
        assert (answer.value, answer.error) == ("true", "0"), element


def read(run: ScormRun, element: str) -> str:
    """Return what an element holds; it must hold something."""
    name = "GetValue" if "GetValue" in run.dialect.methods else "LMSGetValue"
    answer = run.call(name, element)
    assert answer.error == "0", element
    return answer.value
