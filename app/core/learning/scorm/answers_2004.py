"""What learners may answer and what counts as right, by type of interaction (RTE 4.2.9.1, 4.2.9.2)."""

import re
from collections.abc import Callable, Iterator

from app.core.learning.scorm.datatypes import has_good_language, real_of, short_identifier

TYPES = (
    "true-false",
    "choice",
    "fill-in",
    "long-fill-in",
    "matching",
    "performance",
    "sequencing",
    "likert",
    "numeric",
    "other",
)
_ANY_LENGTH = 250_000
_PARTS = 400
_short = short_identifier(2_000)
_FLAG = re.compile(r"\{(case_matters|order_matters)=([^}]*)\}")
_PAIR = 2

MOST_PATTERNS: dict[str, int] = {
    "true-false": 1,
    "likert": 1,
    "numeric": 1,
    "other": 1,
}
"""How many patterns an interaction may have; the others as many as the cap of the collection."""

ALIKE = frozenset({"choice", "sequencing"})
"""Types of which no two patterns may be the same."""


def is_response(kind: str, value: str) -> bool:
    """Tell whether a text can be an answer to an interaction of that type."""
    return len(value) <= _ANY_LENGTH and _RESPONSES[kind](value)


def is_pattern(kind: str, value: str) -> bool:
    """Tell whether a text can be a right answer of an interaction of that type."""
    return len(value) <= _ANY_LENGTH and _PATTERNS[kind](value)


def _truth(value: str) -> bool:
    return value in {"true", "false"}


def _id(value: str) -> bool:
    return _short(value) is None


def _ids(value: str) -> bool:
    return _every(value, _id)


def _set(value: str) -> bool:
    parts = value.split("[,]")
    return value == "" or (_ids(value) and len(set(parts)) == len(parts))


def _every(value: str, is_part: Callable[[str], bool]) -> bool:
    parts = value.split("[,]")
    return len(parts) <= _PARTS and all(is_part(part) for part in parts)


def _texts(value: str) -> bool:
    return _every(value, has_good_language)


def _pair(value: str) -> bool:
    parts = value.split("[.]")
    return len(parts) == _PAIR and all(_id(part) for part in parts)


def _pairs(value: str) -> bool:
    return _every(value, _pair)


def _step(value: str) -> bool:
    """Tell whether it is a step and its answer; either may be missing, not both."""
    parts = value.split("[.]")
    return len(parts) == _PAIR and any(parts) and (not parts[0] or _id(parts[0]))


def _steps(value: str) -> bool:
    return _every(value, _step)


def _number(value: str) -> bool:
    return real_of(value) is not None


def _bounds(value: str) -> bool:
    parts = value.split("[:]")
    if len(parts) != _PAIR:
        return False
    low, high = (real_of(part) for part in parts)
    if any(part and real_of(part) is None for part in parts):
        return False
    return low is None or high is None or low <= high


def _anything(_value: str) -> bool:
    return True


def _flagged(*names: str, then: Callable[[str], bool]) -> Callable[[str], bool]:
    """Return a check for {case_matters=true}{order_matters=false} in any order, then a pattern."""

    def check(value: str) -> bool:
        flags, rest = _flags(value, names)
        return all(flag in {"true", "false"} for flag in flags) and then(rest)

    return check


def _flags(value: str, names: tuple[str, ...]) -> tuple[list[str], str]:
    flags: list[str] = []
    for found in _flags_of(value):
        if found[1] not in names or len(flags) == len(names):
            break
        flags.append(found[2])
        value = value[len(found[0]) :]
    return flags, value


def _flags_of(value: str) -> Iterator[re.Match[str]]:
    place = 0
    while (found := _FLAG.match(value, place)) is not None:
        yield found
        place = found.end()


_RESPONSES: dict[str, Callable[[str], bool]] = {
    "true-false": _truth,
    "choice": _set,
    "fill-in": _texts,
    "long-fill-in": has_good_language,
    "matching": _pairs,
    "performance": _steps,
    "sequencing": _ids,
    "likert": _id,
    "numeric": _number,
    "other": _anything,
}

_PATTERNS: dict[str, Callable[[str], bool]] = {
    **_RESPONSES,
    "fill-in": _flagged("case_matters", "order_matters", then=_texts),
    "long-fill-in": _flagged("case_matters", then=has_good_language),
    "performance": _flagged("order_matters", then=_steps),
    "numeric": _bounds,
}
