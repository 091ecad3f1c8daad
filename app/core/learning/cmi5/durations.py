"""ISO 8601 durations, as far as statements have them."""

import re
from datetime import timedelta
from decimal import Decimal

_DURATION = re.compile(
    r"P(?:(?P<W>[\d.,]+)W)?(?:(?P<Y>[\d.,]+)Y)?(?:(?P<M>[\d.,]+)M)?(?:(?P<D>[\d.,]+)D)?"
    r"(?:T(?:(?P<h>[\d.,]+)H)?(?:(?P<m>[\d.,]+)M)?(?:(?P<s>[\d.,]+)S)?)?"
)
_DAY = 86_400
_SECONDS = {
    "W": 7 * _DAY,
    "Y": 365 * _DAY,
    "M": 30 * _DAY,
    "D": _DAY,
    "h": 3_600,
    "m": 60,
    "s": 1,
}
"""Of each part; of years and months the usual measure, since none says which ones."""


def seconds_of(duration: str) -> int | None:
    """Return the whole seconds of a checked duration; None when it is none."""
    found = _DURATION.fullmatch(duration)
    if found is None or not any(found.groups()):
        return None
    parts = ((name, text.replace(",", ".")) for name, text in found.groupdict().items() if text)
    return int(sum(Decimal(text) * _SECONDS[name] for name, text in parts))


def written_duration(length: timedelta) -> str:
    """Return a duration in seconds, to the hundredth; never a negative one."""
    hundredths = max(length // timedelta(milliseconds=10), 0)
    return f"PT{hundredths // 100}.{hundredths % 100:02}S"
