"""Quiz rules as `course.toml` says them: untrusted words and numbers become settings, or findings."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from app.core.assessments.types import QuizSettings
from app.core.base.words import _

_Change = Callable[[QuizSettings, int], QuizSettings]

_NUMBERS: dict[str, tuple[int, int, _Change]] = {
    "pass_mark": (1, 100, lambda s, n: replace(s, pass_mark=Fraction(n, 100))),
    "attempts": (1, 1000, lambda s, n: replace(s, max_attempts=n)),
    "time_limit_minutes": (1, 7 * 24 * 60, lambda s, n: replace(s, time_limit_seconds=n * 60)),
    "wait_hours": (0, 10_000, lambda s, n: replace(s, cool_off_seconds=(n * 3600,))),
    "draw": (1, 10_000, lambda s, _n: s),
}
"""Key → least, most, and what it changes. How many are drawn is a matter of the section."""
_KNOWN_ELSEWHERE = frozenset({"file", "shuffle"})


def settings_from(untrusted: Mapping[str, object]) -> tuple[QuizSettings, tuple[str, ...]]:
    """Return the settings that the table asks for, and what of it could not be understood."""
    settings, problems = QuizSettings(), []
    for key, value in untrusted.items():
        if key in _NUMBERS:
            least, most, change = _NUMBERS[key]
            if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
                settings = change(settings, value)
            else:
                problems.append(
                    _("{key} must be a whole number from {least} to {most}.").format(
                        key=key, least=least, most=most
                    )
                )
        elif key not in _KNOWN_ELSEWHERE:
            problems.append(_("“{key}” is not a setting of a quiz.").format(key=key))
    shuffle = untrusted.get("shuffle")
    if isinstance(shuffle, bool):
        settings = replace(settings, shuffle_questions=shuffle, shuffle_options=shuffle)
    return settings, tuple(problems)


def drawn(untrusted: Mapping[str, object], pool: int) -> int | None:
    """Return how many questions are drawn from a pool; None asks all."""
    draw = untrusted.get("draw")
    return (
        draw if isinstance(draw, int) and not isinstance(draw, bool) and 0 < draw < pool else None
    )
