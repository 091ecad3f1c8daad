"""SCORM 1.2: what a launch begins with, what its values mean to the sequencer, what is kept of it."""

from fractions import Fraction

from app.core.learning.scorm.datatypes import real_of
from app.core.learning.scorm.durations import Duration, from_timespan
from app.core.learning.scorm.elements_12 import TABLE_12
from app.core.learning.scorm.launch import Launch, LessonMode
from app.core.learning.scorm.model import DataModel
from app.core.learning.sequencing import Navigation, NavigationRequest, ObjectiveRun, RunData

_SATISFIED = {"passed": True, "failed": False}
_COMPLETED = {"passed": True, "completed": True, "failed": True, "incomplete": False}
_COMPLETED_WORDS = frozenset({"passed", "completed", "failed"})
_BY_EXIT = {"time-out": Navigation.EXIT_ALL, "logout": Navigation.EXIT_ALL}
_ALL = frozenset({"satisfied", "completed", "measure", "raw", "minimum", "maximum"})
_WHOLE = 100
_EXIT = "cmi.core.!exit"
"""How the last launch was left; content cannot name it."""


def begun(launch: Launch) -> DataModel:
    """Return the data model that content finds. In 1.2 what was said stays said, suspended or not."""
    model = DataModel(TABLE_12, launch.kept)
    settings = launch.settings
    given = {
        "cmi.core.student_id": launch.learner_id,
        "cmi.core.student_name": launch.learner_name,
        "cmi.core.credit": launch.credit,
        "cmi.core.lesson_mode": launch.mode.value,
        "cmi.core.entry": _entry(launch),
        "cmi.launch_data": settings.launch_data,
        "cmi.student_data.mastery_score": _plain(settings.mastery_score),
        "cmi.student_data.max_time_allowed": settings.maximum_time,
        "cmi.student_data.time_limit_action": settings.time_limit_action,
    }
    for written, value in given.items():
        model.put(written, value)
    return model


def _entry(launch: Launch) -> str:
    if not launch.kept:
        return "ab-initio"
    return "resume" if launch.kept.get(_EXIT) == "suspend" else ""


def _plain(value: Fraction | None) -> str:
    if value is None:
        return ""
    return str(value.numerator) if value.denominator == 1 else str(float(value))


def settle(model: DataModel) -> None:
    """Decide the status when content has finished (RTE 1.2, 3.4.4, cmi.core.lesson_status).

    Content that said nothing has been completed, or browsed where it was for looking around. A
    mastery score decides over what content said, if it counts and a score was given.
    """
    if model.get("cmi.core.lesson_status") == "not attempted":
        is_browsing = model.value("cmi.core.lesson_mode") == LessonMode.BROWSE.value
        model.put("cmi.core.lesson_status", "browsed" if is_browsing else "completed")
    _judge(model)


def settle_unfinished(model: DataModel) -> None:
    """Decide the status of content that went without a word: only where it had come to an end."""
    if model.get("cmi.core.lesson_status") in _COMPLETED_WORDS:
        _judge(model)


def _judge(model: DataModel) -> None:
    mastery = real_of(model.value("cmi.student_data.mastery_score") or "")
    raw = real_of(model.value("cmi.core.score.raw") or "")
    if mastery is None or raw is None or model.value("cmi.core.credit") != "credit":
        return
    model.put("cmi.core.lesson_status", "passed" if raw >= mastery else "failed")


def reported(model: DataModel) -> RunData:
    """Return what content has reported so far, for the sequencer."""
    status = model.get("cmi.core.lesson_status")
    leaving = _BY_EXIT.get(model.value("cmi.core.exit") or "")
    raw = model.value("cmi.core.score.raw") or None
    return RunData(
        reports=_ALL,
        satisfied=_SATISFIED.get(status),
        completed=_COMPLETED.get(status),
        measure=_measure(raw),
        raw=raw,
        minimum=model.value("cmi.core.score.min") or None,
        maximum=model.value("cmi.core.score.max") or None,
        objectives=tuple(_objective(model, n) for n in range(model.count("cmi.objectives"))),
        is_suspended=model.value("cmi.core.exit") == "suspend",
        navigation=NavigationRequest(leaving) if leaving else None,
    )


def _measure(raw: str | None) -> str | None:
    number = real_of(raw or "")
    return None if number is None else str(number / _WHOLE)


def _objective(model: DataModel, place: int) -> ObjectiveRun:
    stem = f"cmi.objectives.{place}"
    status = model.value(f"{stem}.status") or ""
    raw = model.value(f"{stem}.score.raw") or None
    return ObjectiveRun(
        objective_id=model.value(f"{stem}.id") or "",
        reports=_ALL,
        satisfied=_SATISFIED.get(status),
        completed=_COMPLETED.get(status),
        measure=_measure(raw),
        raw=raw,
        minimum=model.value(f"{stem}.score.min") or None,
        maximum=model.value(f"{stem}.score.max") or None,
    )


def session_time(model: DataModel) -> Duration:
    """Return how long content says that this launch took."""
    return from_timespan(model.value("cmi.core.session_time") or "") or Duration()


def kept(model: DataModel) -> dict[str, str]:
    """Return what the next launch begins with; the time is added up."""
    before = from_timespan(model.value("cmi.core.total_time") or "") or Duration()
    values = {written: value for written, value in model.values.items() if model.is_kept(written)}
    values[_EXIT] = model.value("cmi.core.exit") or ""
    return {**values, "cmi.core.total_time": (before + session_time(model)).to_timespan()}
