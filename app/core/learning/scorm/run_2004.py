"""SCORM 2004: what a launch begins with, what its values mean to the sequencer, what is kept of it."""

from fractions import Fraction

from app.core.learning.scorm.durations import Duration, from_iso
from app.core.learning.scorm.elements import Access
from app.core.learning.scorm.elements_2004 import TABLE_2004
from app.core.learning.scorm.launch import Launch
from app.core.learning.scorm.model import DataModel
from app.core.learning.scorm.navigation_2004 import request_of
from app.core.learning.sequencing import Navigation, NavigationRequest, ObjectiveRun, RunData

_SATISFIED = {"passed": True, "failed": False}
_COMPLETED = {"completed": True, "incomplete": False, "not attempted": False}
_SUCCESS_WORDS = {True: "passed", False: "failed", None: "unknown"}
_COMPLETION_WORDS = {True: "completed", False: "incomplete", None: "unknown"}
_BY_EXIT = {"time-out": Navigation.EXIT_ALL, "logout": Navigation.EXIT_ALL}
_SCORES = {"measure": "scaled", "raw": "raw", "minimum": "min", "maximum": "max"}
_FIELDS = {
    "satisfied": "success_status",
    "completed": "completion_status",
    "progress": "progress_measure",
    **{field: f"score.{name}" for field, name in _SCORES.items()},
}
_NUMBERS = {
    "progress": "progress_measure",
    **{field: f"score.{name}" for field, name in _SCORES.items()},
}
_DIGITS = 7


def begun(launch: Launch) -> DataModel:
    """Return the data model that content finds."""
    facts, settings = launch.facts, launch.settings
    accesses: dict[str, Access] = {}
    model = DataModel(TABLE_2004, launch.kept if facts.is_resumed else {}, accesses)
    given = {
        "cmi.learner_id": launch.learner_id,
        "cmi.learner_name": launch.learner_name,
        "cmi.credit": launch.credit,
        "cmi.mode": launch.mode.value,
        "cmi.entry": "resume" if facts.is_resumed else "ab-initio",
        "cmi.launch_data": settings.launch_data,
        "cmi.max_time_allowed": launch.attempt_duration,
        "cmi.time_limit_action": settings.time_limit_action,
        "cmi.completion_threshold": _decimal(facts.completion_threshold),
        "cmi.scaled_passing_score": _decimal(facts.scaled_passing_score),
    }
    for written, value in given.items():
        if value:
            model.put(written, value)
    for objective in facts.objectives:
        _put_objective(model, objective)
    for place, store in enumerate(facts.stores):
        model.put(f"adl.data.{place}.id", store.target)
        if store.value:
            model.put(f"adl.data.{place}.store", store.value)
        accesses[f"adl.data.{place}.store"] = Access.of(
            may_read=store.may_read, may_write=store.may_write
        )
    return DataModel(TABLE_2004, model.values, accesses)


def _put_objective(model: DataModel, objective: ObjectiveRun) -> None:
    """Show content an objective as the tracking has it; what the tracking does not know stays."""
    place = _place_of(model, objective.objective_id)
    stem = f"cmi.objectives.{place}"
    model.put(f"{stem}.id", objective.objective_id)
    for field, name in _NUMBERS.items():
        value, before = getattr(objective, field), _at(model, place, name)
        if value is not None and (before is None or Fraction(before) != Fraction(value)):
            model.put(f"{stem}.{name}", _shown(field, value))
    if objective.satisfied is not None:
        model.put(f"{stem}.success_status", _SUCCESS_WORDS[objective.satisfied])
    said = _COMPLETED.get(_at(model, place, "completion_status") or "")
    if objective.completed not in {None, said}:
        model.put(f"{stem}.completion_status", _COMPLETION_WORDS[objective.completed])


def _place_of(model: DataModel, name: str) -> int:
    found = (place for place in _places(model) if _at(model, place, "id") == name)
    return next(found, model.count("cmi.objectives"))


def _places(model: DataModel) -> range:
    return range(model.count("cmi.objectives"))


def _at(model: DataModel, place: int, name: str) -> str | None:
    return model.value(f"cmi.objectives.{place}.{name}")


def _shown(field: str, exact: str) -> str:
    """Return an exact number as content may read it: as it was written, a measure as a number."""
    if field == "measure" or "/" in exact:
        return _decimal(Fraction(exact)).removesuffix(".0")
    return exact


def _decimal(value: Fraction | None) -> str:
    if value is None:
        return ""
    scaled = round(value * 10**_DIGITS)
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled)).rjust(_DIGITS + 1, "0")
    places = digits[-_DIGITS:].rstrip("0") or "0"
    return f"{sign}{digits[:-_DIGITS]}.{places}"


def reported(model: DataModel) -> RunData:
    """Return what content has reported so far, for the sequencer."""
    leaving = model.value("cmi.exit")
    wish = request_of(model.value("adl.nav.request"))
    by_exit = _BY_EXIT.get(leaving or "")
    return RunData(
        reports=_reports(model, "cmi."),
        satisfied=_SATISFIED.get(model.get("cmi.success_status")),
        completed=_COMPLETED.get(model.get("cmi.completion_status")),
        measure=model.value("cmi.score.scaled"),
        raw=model.value("cmi.score.raw"),
        minimum=model.value("cmi.score.min"),
        maximum=model.value("cmi.score.max"),
        progress=model.value("cmi.progress_measure"),
        objectives=tuple(_objective(model, place) for place in _places(model)),
        stores=tuple(_stores(model)),
        is_suspended=leaving == "suspend",
        navigation=NavigationRequest(by_exit) if by_exit else wish,
    )


def _reports(model: DataModel, stem: str) -> frozenset[str]:
    return frozenset(field for field, name in _FIELDS.items() if f"{stem}{name}" in model.reported)


def _objective(model: DataModel, place: int) -> ObjectiveRun:
    return ObjectiveRun(
        objective_id=_at(model, place, "id") or "",
        reports=_reports(model, f"cmi.objectives.{place}."),
        satisfied=_SATISFIED.get(_at(model, place, "success_status") or ""),
        completed=_COMPLETED.get(_at(model, place, "completion_status") or ""),
        measure=_at(model, place, "score.scaled"),
        raw=_at(model, place, "score.raw"),
        minimum=_at(model, place, "score.min"),
        maximum=_at(model, place, "score.max"),
        progress=_at(model, place, "progress_measure"),
    )


def _stores(model: DataModel) -> list[tuple[str, str]]:
    stores = []
    for place in range(model.count("adl.data")):
        value = model.value(f"adl.data.{place}.store")
        if value is not None:
            stores.append((model.value(f"adl.data.{place}.id") or "", value))
    return stores


def session_time(model: DataModel) -> Duration:
    """Return how long content says that this launch took."""
    return from_iso(model.value("cmi.session_time") or "") or Duration()


def kept(model: DataModel) -> dict[str, str]:
    """Return what the next launch of a suspended attempt begins with; the time is added up."""
    before = from_iso(model.value("cmi.total_time") or "") or Duration()
    values = {written: value for written, value in model.values.items() if model.is_kept(written)}
    return {**values, "cmi.total_time": (before + session_time(model)).to_iso()}
