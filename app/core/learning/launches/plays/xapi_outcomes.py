"""What the statements of an xAPI activity say of it: verbs first, results where the verb says nothing."""

from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any, Self

from app.core.learning.cmi5.durations import seconds_of
from app.core.learning.statements.exact_json import Json

_ADL = "http://adlnet.gov/expapi/verbs/"
_COMPLETING = frozenset({f"{_ADL}completed"})
_PASSING = frozenset({f"{_ADL}passed", f"{_ADL}mastered"})
_FAILING = frozenset({f"{_ADL}failed"})
_PROGRESS = (
    "https://w3id.org/xapi/cmi5/result/extensions/progress",
    "http://w3id.org/xapi/cmi5/result/extensions/progress",
)
_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one activity stands."""

    launches: int = 0
    has_said: bool = False
    is_completed: bool = False
    is_passed: bool | None = None
    """None where nothing was judged; a pass stays a pass."""
    score: Fraction | None = None
    """Scaled, the newest."""
    progress: Fraction | None = None
    seconds: int | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether it counts as done: passed, or completed and not failed."""
        return self.is_passed is True or (self.is_completed and self.is_passed is None)

    @property
    def share(self) -> Fraction:
        """Return how much of it is done."""
        return Fraction(1) if self.is_done else self.progress or Fraction(0)

    def launched(self) -> "Outcome":
        """Return how it stands once it is opened again."""
        return replace(self, launches=self.launches + 1, seconds=None)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            name: str(value) if isinstance(value, Fraction) else value
            for name, value in asdict(self).items()
            if value is not None
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """Return what was kept."""
        values = dict(kept)
        for name in ("score", "progress"):
            if name in values:
                values[name] = Fraction(values[name])
        return cls(**values)


def outcome_after(before: Outcome, statement: Json) -> Outcome:
    """Return how an activity stands after a checked statement about it."""
    verb, result = statement["verb"]["id"], statement.get("result", {})
    scaled = result.get("score", {}).get("scaled")
    score = before.score if scaled is None else Fraction(scaled)
    is_completed = before.is_completed or verb in _COMPLETING or result.get("completion") is True
    verdict = _verdict(verb, result)
    is_passed = before.is_passed if verdict is None else before.is_passed is True or verdict
    duration = result.get("duration")
    return replace(
        before,
        has_said=True,
        is_completed=is_completed,
        is_passed=is_passed,
        score=score,
        progress=_progress(result, before.progress),
        seconds=before.seconds if duration is None else seconds_of(duration),
    )


def _verdict(verb: str, result: Json) -> bool | None:
    if verb in _PASSING:
        return True
    if verb in _FAILING:
        return False
    success = result.get("success")
    return success if isinstance(success, bool) and verb in _COMPLETING else None


def _progress(result: Json, before: Fraction | None) -> Fraction | None:
    extensions = result.get("extensions", {})
    told = next((extensions[name] for name in _PROGRESS if name in extensions), None)
    if isinstance(told, bool) or not isinstance(told, int):
        return before
    return Fraction(min(max(told, 0), _PERCENT), _PERCENT)
