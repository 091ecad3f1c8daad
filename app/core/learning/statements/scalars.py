"""The single values that statements are made of, each told right from wrong (xAPI Data 4)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
MAILBOX = re.compile(r"mailto:[^@\s]+@[^@\s]+")
UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
SHA1 = re.compile(r"[0-9a-fA-F]{40}")
SHA2 = re.compile(r"[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}")
MEDIA_TYPE = re.compile(
    r"[\w!#$&^.+\-]+/[\w!#$&^.+\-]+(\s*;\s*[\w!#$&^.+\-]+=(\"[^\"]*\"|[^\s;\"]+))*"
)
LANGUAGE = re.compile(
    r"([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})"  # language
    r"(-[A-Za-z]{4})?"  # script
    r"(-([A-Za-z]{2}|\d{3}))?"  # region
    r"(-([A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*"  # variants
    r"(-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*"  # extensions
    r"(-[xX](-[A-Za-z0-9]{1,8})+)?"  # private use
    r"|[xX](-[A-Za-z0-9]{1,8})+|i-[A-Za-z]{2,8}"
)
_TIMESTAMP = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?"
    r"([Zz]|[+-]\d{2}(?::?\d{2})?)?"
)
_DURATION = re.compile(
    r"P(?:(\d+(?:[.,]\d+)?W)"
    r"|(\d+(?:[.,]\d+)?Y)?(\d+(?:[.,]\d+)?M)?(\d+(?:[.,]\d+)?D)?"
    r"(?:T(?=\d)(\d+(?:[.,]\d+)?H)?(\d+(?:[.,]\d+)?M)?(\d+(?:[.,]\d+)?S)?)?)"
)
_BEYOND_HUNDREDTHS = re.compile(r"([.,]\d{2})\d+(?=S)")
_LEAP_SECOND = 60


def matching(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    """Return a test for texts that are wholly what `pattern` says."""
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


is_iri = matching(IRI)
is_uuid = matching(UUID_TEXT)
is_language = matching(LANGUAGE)


def is_text(value: object) -> bool:
    """Tell whether a value is text, empty or not."""
    return isinstance(value, str)


def is_flag(value: object) -> bool:
    """Tell whether a value is true or false."""
    return isinstance(value, bool)


def is_number(value: object) -> bool:
    """Tell whether a value is a number (JSON's true and false are none)."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def is_whole_number(value: object) -> bool:
    """Tell whether a value is a whole number of 0 or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_duration(value: object) -> bool:
    """Tell whether a value is an ISO 8601 duration: PT1H30M, P2W; only its last part has decimals."""
    if not isinstance(value, str):
        return False
    found = _DURATION.fullmatch(value)
    if found is None:
        return False
    parts = [part for part in found.groups() if part is not None]
    return bool(parts) and not any("." in part or "," in part for part in parts[:-1])


def is_timestamp(value: object) -> bool:
    """Tell whether a value is an ISO 8601 instant; an unknown offset (-00:00) is refused."""
    return isinstance(value, str) and parse_timestamp(value) is not None


def parse_timestamp(text: str) -> datetime | None:
    """Return the instant written in `text`, to the microsecond, or None when it is none.

    Where no offset is given, UTC is meant; 24:00 and leap seconds count into what follows.
    """
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    zone = _zone(offset or "Z")
    if zone is None or int(second or 0) > _LEAP_SECOND:
        return None
    microseconds = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        begun = datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=zone)
        return (begun + timedelta(seconds=int(second or 0), microseconds=microseconds)).astimezone(
            UTC
        )
    except (ValueError, OverflowError):
        return None


def in_utc(text: str) -> str:
    """Return a timestamp shifted to UTC; the digits of its fraction stay as they are. Raises ValueError."""
    instant = parse_timestamp(text)
    found = _TIMESTAMP.fullmatch(text)
    if instant is None or found is None:
        raise ValueError(text)
    fraction = f".{found.group(7)}" if found.group(7) else ""
    return instant.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + fraction + "Z"


def written_instant(instant: datetime) -> str:
    """Return an instant as statements carry it: UTC, to the microsecond."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def to_hundredths(duration: str) -> str:
    """Return a duration without what lies beyond a hundredth of a second: it is not compared."""
    return _BEYOND_HUNDREDTHS.sub(r"\1", duration)


def read_uuid(untrusted_text: str) -> UUID | None:
    """Return the id written in `untrusted_text` in its usual form, or None."""
    return UUID(untrusted_text) if is_uuid(untrusted_text) else None


def _zone(offset: str) -> timezone | None:
    if offset in "Zz":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    distance = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset[0] == "-":
        distance = -distance
        if not distance:
            return None  # RFC 3339: an offset nobody knows; xAPI refuses it
    return timezone(distance) if abs(distance) < timedelta(days=1) else None
