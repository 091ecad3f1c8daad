"""Counts of heads that are not as expected: who is missing, or was not expected, has to be said."""

from app.core.base.words import _, plural
from app.core.training.errors import TrainingRefused


def require_said(expected: int, counted: int, missing: str, unexpected: str) -> None:
    """Raise TrainingRefused for a count that leaves open who is missing, or who is there as well."""
    if counted < expected and not missing:
        raise TrainingRefused(
            plural(
                "{count} is missing, and nobody is named.",
                "{count} are missing, and nobody is named.",
                expected - counted,
            ),
            _("Say who is missing, or that it is not known."),
        )
    if counted > expected and not unexpected:
        raise TrainingRefused(
            plural(
                "{count} more than expected was counted, and nobody says who that is.",
                "{count} more than expected were counted, and nobody says who they are.",
                counted - expected,
            ),
            _("Say who was not expected (a visitor, a contractor), or count again."),
        )


def heads_in_words(expected: int | None, counted: int | None, missing: str, unexpected: str) -> str:
    """Return a count of heads as a trainer reads it."""
    told = _("Heads: {counted} of {expected}. Missing: {missing}").format(
        counted=counted, expected=expected, missing=missing or "–"
    )
    if not unexpected:
        return told
    return f"{told}. {_('Not expected: {names}').format(names=unexpected)}"
