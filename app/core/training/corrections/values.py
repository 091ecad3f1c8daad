"""Reading and checking the values of fields that are corrected."""

from datetime import date
from fractions import Fraction

from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.corrections.kinds import CORRECTED_FIELDS, VOID, FieldKind, RecordKind
from app.core.training.errors import TrainingRefused
from app.core.training.requirements.checks import clean_text

_HUNDRED, _TENTHS = 100, 10


def checked_value(kind: RecordKind, field: str, untrusted: str, today: date) -> str:
    """Return a value as it is kept; of a person the number, which `whose.whom` turns into the id.

    Raises TrainingRefused for what the field cannot hold.
    """
    about = CORRECTED_FIELDS[kind].get(field)
    if about is None:
        raise TrainingRefused(
            _("{field} cannot be corrected.").format(field=field),
            _("Correct one of: {fields}.").format(fields=", ".join(CORRECTED_FIELDS[kind])),
        )
    text = clean_text(untrusted, what=_(about.title), required=False)
    if about.kind is FieldKind.VOID:
        return VOID
    if about.kind is FieldKind.DAY and (text or field != "valid_until"):
        return _a_day(text, today, may_lie_ahead=field == "valid_until").isoformat()
    if about.kind is FieldKind.SHARE:
        return _a_share(text)
    if about.kind is FieldKind.PERSON and not text:
        raise TrainingRefused(_("It does not say whose it is."), _("Give the person's number."))
    return text


def share_of(percent: str) -> Fraction:
    """Return a percentage as a share, 0 to 1."""
    return Fraction(percent) / _HUNDRED


def percent_of(share: Fraction | None) -> str:
    """Return a share as a percentage with at most one decimal, rounded down; "" for none."""
    if share is None:
        return ""
    tenths = int(share * _HUNDRED * _TENTHS)
    whole, rest = divmod(tenths, _TENTHS)
    return f"{whole}.{rest}" if rest else str(whole)


def value_in_words(kind: RecordKind, field: str, value: str) -> str:
    """Return a kept value for people."""
    about = CORRECTED_FIELDS[kind].get(field)
    if about is None or not value:
        return value or "–"
    if about.kind is FieldKind.DAY:
        return day(date.fromisoformat(value))
    if about.kind is FieldKind.SHARE:
        return f"{value}%"
    if about.kind is FieldKind.VOID:
        return _("no") if value == VOID else _("yes")
    return value


def _a_day(text: str, today: date, *, may_lie_ahead: bool) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise TrainingRefused(
            _("{text} is not a day.").format(text=text[:20] or "–"),
            _("Write it like 2026-12-31."),
        ) from None
    if found > today and not may_lie_ahead:
        raise TrainingRefused(
            _("That day has not come yet."), _("Give the day that stands on the paper.")
        )
    return found


def _a_share(text: str) -> str:
    try:
        percent = Fraction(text.rstrip("% ").replace(",", "."))
    except (ValueError, ZeroDivisionError):
        percent = Fraction(-1)
    if not 0 <= percent <= _HUNDRED:
        raise TrainingRefused(
            _("{text} is not a score.").format(text=text[:20] or "–"), _("Give 0 to 100.")
        )
    return percent_of(percent / _HUNDRED)
