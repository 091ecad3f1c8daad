"""What learners answered inside content, as typed values for reports; the same from both books."""

from dataclasses import dataclass
from fractions import Fraction

from app.core.learning.scorm.datatypes import real_of
from app.core.learning.scorm.durations import Duration, from_iso, from_timespan
from app.core.learning.scorm.model import DataModel


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionReport:
    """One question that content asked. All texts are untrusted: shown plain, never as markup."""

    untrusted_id: str
    kind: str
    untrusted_response: str
    untrusted_description: str
    untrusted_patterns: tuple[str, ...]
    """Each a right answer, in the books' notation."""
    untrusted_objectives: tuple[str, ...]
    at: str
    """When it was asked, as content wrote it: a moment in 2004, a time of day in 1.2."""
    result: str
    """correct, incorrect, unanticipated, neutral; empty when it is a number or was not said."""
    score: Fraction | None
    """The result where it is a number."""
    weighting: Fraction | None
    latency: Duration | None


_SAME_RESULT = {"wrong": "incorrect"}


def interactions(model: DataModel) -> tuple[InteractionReport, ...]:
    """Return the questions of one run, in the order content put them."""
    return tuple(_interaction(model, n) for n in range(model.count("cmi.interactions")))


def _interaction(model: DataModel, place: int) -> InteractionReport:
    stem = f"cmi.interactions.{place}"

    def text(*names: str) -> str:
        found = (model.value(f"{stem}.{name}") for name in names)
        return next((value for value in found if value), "")

    said = text("result")
    score = real_of(said)
    return InteractionReport(
        untrusted_id=text("id"),
        kind=text("type"),
        untrusted_response=text("learner_response", "student_response"),
        untrusted_description=text("description"),
        untrusted_patterns=_listed(model, f"{stem}.correct_responses", "pattern"),
        untrusted_objectives=_listed(model, f"{stem}.objectives", "id"),
        at=text("timestamp", "time"),
        result="" if score is not None else _SAME_RESULT.get(said, said),
        score=score,
        weighting=real_of(text("weighting")),
        latency=_latency(text("latency")),
    )


def _listed(model: DataModel, collection: str, name: str) -> tuple[str, ...]:
    places = range(model.count(collection))
    return tuple(model.value(f"{collection}.{place}.{name}") or "" for place in places)


def _latency(text: str) -> Duration | None:
    return from_iso(text) or from_timespan(text)
