"""Reading, checking and telling the values of fields that are corrected, each as its kind is written."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Protocol

from typing_extensions import override

from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.corrections.kinds import CORRECTED_FIELDS, VOID, FieldKind, RecordKind
from app.core.training.errors import TrainingRefused
from app.core.training.requirements.checks import clean_text

_HUNDRED, _TENTHS = 100, 10


class FieldValue(Protocol):
    """How the values of one kind of field are taken from people, and told to them."""

    def checked(self, text: str, today: date, /) -> str:
        """Return a value as it is kept. Raises TrainingRefused for what the field cannot hold."""
        ...

    def told(self, value: str, /) -> str:
        """Return a kept value, which is not empty, for people."""
        ...


class _Text:
    def checked(self, text: str, _today: date, /) -> str:
        """Keep any text."""
        return text

    def told(self, value: str) -> str:
        """Tell it as it is."""
        return value


class _Person(_Text):
    @override
    def checked(self, text: str, _today: date, /) -> str:
        if not text:
            raise TrainingRefused(_("It does not say whose it is."), _("Give the person's number."))
        return text


class _Void:
    def checked(self, _text: str, _today: date, /) -> str:
        """Keep that it does not count, whatever was typed."""
        return VOID

    def told(self, value: str) -> str:
        """Tell whether it counts."""
        return _("no") if value == VOID else _("yes")


class _Day:
    def checked(self, text: str, today: date, /) -> str:
        """Keep a day that has come."""
        found = _a_day(text)
        if found > today:
            raise TrainingRefused(
                _("That day has not come yet."), _("Give the day that stands on the paper.")
            )
        return found.isoformat()

    def told(self, value: str) -> str:
        """Tell the day."""
        return day(date.fromisoformat(value))


class _LastDay(_Day):
    @override
    def checked(self, text: str, today: date, /) -> str:
        return _a_day(text).isoformat() if text else ""


class _Share:
    def checked(self, text: str, _today: date, /) -> str:
        """Keep a percentage with at most one decimal, rounded down."""
        try:
            percent = Fraction(text.rstrip("% ").replace(",", "."))
        except (ValueError, ZeroDivisionError):
            percent = Fraction(-1)
        if not 0 <= percent <= _HUNDRED:
            raise TrainingRefused(
                _("{text} is not a score.").format(text=text[:20] or "–"), _("Give 0 to 100.")
            )
        return percent_of(percent / _HUNDRED)

    def told(self, value: str) -> str:
        """Tell the percentage."""
        return f"{value}%"


FIELD_VALUES: Mapping[FieldKind, FieldValue] = {
    FieldKind.DAY: _Day(),
    FieldKind.LAST_DAY: _LastDay(),
    FieldKind.SHARE: _Share(),
    FieldKind.TEXT: _Text(),
    FieldKind.VOID: _Void(),
    FieldKind.PERSON: _Person(),
}


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
    return FIELD_VALUES[about.kind].checked(text, today)


def value_in_words(kind: RecordKind, field: str, value: str) -> str:
    """Return a kept value for people; "–" for none. Of whether something counts nothing is yes."""
    about = CORRECTED_FIELDS[kind].get(field)
    if about is None or (not value and about.kind is not FieldKind.VOID):
        return value or "–"
    return FIELD_VALUES[about.kind].told(value)


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


def _a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TrainingRefused(
            _("{text} is not a day.").format(text=text[:20] or "–"),
            _("Write it like 2026-12-31."),
        ) from None
