"""What an author may set for a package, over what the package asks for itself."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.courses.outline import LessonPlan

_PERCENT = 100
_WINDOW, _SCORE, _ANY = "window", "required_score", "any_activity"


class PackageWindow(StrEnum):
    """Where a package is opened."""

    AS_IT_ASKS = "auto"
    """In the lesson, or where the package wants it (cmi5 may ask for a window of its own)."""
    LESSON = "lesson"
    OWN = "own"
    FULL_SCREEN = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageSettings:
    """How a package is played here."""

    window: PackageWindow = PackageWindow.AS_IT_ASKS
    required_score: int | None = None
    """In percent, over the mastery score of the package; None: as the package says."""
    any_activity: bool = False
    """Of xAPI: whether what is said of any activity counts, not of the launched one alone."""


def package_settings(plan: LessonPlan) -> PackageSettings:
    """Return the settings in a lesson's body; what is no setting counts as not set."""
    window, score = plan.body.get(_WINDOW), plan.body.get(_SCORE)
    known = {one.value: one for one in PackageWindow}
    is_score = type(score) is int and 1 <= score <= _PERCENT
    return PackageSettings(
        window=known.get(str(window), PackageWindow.AS_IT_ASKS),
        required_score=score if is_score else None,
        any_activity=plan.body.get(_ANY) is True,
    )


def with_package_settings(plan: LessonPlan, settings: PackageSettings) -> LessonPlan:
    """Return a plan with other settings; those that are as by default are not written."""
    body = {key: value for key, value in plan.body.items() if key not in {_WINDOW, _SCORE, _ANY}}
    if settings.window is not PackageWindow.AS_IT_ASKS:
        body[_WINDOW] = settings.window.value
    if settings.required_score is not None:
        body[_SCORE] = settings.required_score
    if settings.any_activity:
        body[_ANY] = True
    return replace(plan, body=body)
