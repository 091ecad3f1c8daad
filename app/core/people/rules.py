"""Decisions that need no database: what words are kept, which secrets are too weak, how long to wait."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from app.core.base.clock import Clock
from app.core.base.figures import day
from app.core.base.words import LANGUAGES, _
from app.core.people.account_models import CredentialKind
from app.core.people.errors import DetailRefused, WeakSecret
from app.core.spreadsheets import clean
from app.core.storage.columns import Day
from app.core.storage.folding import words_of

MAX_NUMBER = 40
MAX_TEXT = 200
FEWEST_PIN_DIGITS = 4
MOST_PIN_DIGITS = 8
FEWEST_PASSWORD_CHARACTERS = 10
MOST_PASSWORD_CHARACTERS = 200
MOST_BADGE_CHARACTERS = 100
_FEWEST_DIFFERENT = 5

LOCKING_TRY = 5
"""Wrong tries after which an administrator has to unlock, and is told (21 CFR 11.300(d), P11-28)."""
_MOST_DOUBLINGS = 10
_LONGEST_WAIT = timedelta(hours=1)

_COMMON_PASSWORDS = frozenset(
    {
        *("password", "passw", "welcome", "admin", "administrator"),
        *("qwerty", "qwertyuiop", "letmein", "secret", "daksha"),
    }
)
_COMMON_PINS = frozenset({"2580", "0852", "1379", "1470", "159753", "147258", "147258369"})


def clean_number(text: str) -> str:
    """Return an employee number as it is kept: in capitals. Raises DetailRefused."""
    number = clean(text).upper()
    if not number:
        raise DetailRefused(_("The employee number is missing."))
    if len(number) > MAX_NUMBER:
        raise DetailRefused(
            _("An employee number has at most {count} characters.").format(count=MAX_NUMBER)
        )
    return number


def clean_login(text: str) -> str:
    """Return a login as it is kept: case-folded. Raises DetailRefused."""
    login = clean(text).casefold()
    if not 0 < len(login) <= MAX_NUMBER:
        raise DetailRefused(_("A login has 1 to {count} characters.").format(count=MAX_NUMBER))
    return login


def clean_code(text: str) -> str:
    """Return the code of an org unit or job role as it is kept: in capitals. Raises DetailRefused."""
    code = clean(text).upper()
    if not 0 < len(code) <= MAX_NUMBER:
        raise DetailRefused(_("A code has 1 to {count} characters.").format(count=MAX_NUMBER))
    return code


def clean_name(text: str) -> str:
    """Return a name as it is kept. Raises DetailRefused."""
    name = clean_text(text)
    if not name:
        raise DetailRefused(_("The name is missing."))
    return name


def clean_text(text: str) -> str:
    """Return a short text as it is kept. Raises DetailRefused."""
    cleaned = clean(text)
    if len(cleaned) > MAX_TEXT:
        raise DetailRefused(
            _("A field has at most {count} characters: {text}…").format(
                count=MAX_TEXT, text=cleaned[:20]
            )
        )
    return cleaned


def clean_language(text: str) -> str:
    """Return the code of a language the product can show. Raises DetailRefused."""
    code = text.strip().casefold()
    if code not in LANGUAGES:
        raise DetailRefused(_("The language {text} is not known.").format(text=clean(text)))
    return code


def clean_email(text: str) -> str:
    """Return a mail address, or nothing. Raises DetailRefused."""
    email = clean_text(text)
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise DetailRefused(_("{text} is not a mail address.").format(text=email))
    return email


def search_words(text: str) -> list[str]:
    """Return the words somebody looks for; all of them must be found."""
    return words_of(clean(text))


def today(clock: Clock) -> date:
    """Return the day it is at this PC."""
    return clock.now().astimezone().date()


def leaving_in_words(left_on: date) -> str:
    """Return what a first day without somebody means, with the last day on which they are here."""
    return _("Works until {last}, gone from {first}").format(
        last=day(left_on - timedelta(days=1)), first=day(left_on)
    )


def is_active(left_on: date | None, on: date) -> bool:
    """Tell whether somebody belongs here on a day."""
    return left_on is None or left_on > on


def still_here(left_on: Any, on: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """Return `is_active` as a condition on the column of somebody's first day away; on a day, or one to be bound."""
    day = sa.literal(on, Day) if isinstance(on, date) else on
    return sa.or_(left_on.is_(None), left_on > day)


def normal_secret(text: str) -> str:
    """Return a secret as it is hashed: composed, and digits of every script as 0 to 9."""
    whole = text.strip().encode("utf-8", "replace").decode()  # halves of a surrogate pair
    composed = unicodedata.normalize("NFC", whole)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in composed)


def check_badge(untrusted_code: str) -> None:
    """Raise DetailRefused for a badge's code that nothing was read of, or too much."""
    code = clean(untrusted_code)
    if not code:
        raise DetailRefused(
            _("The badge was not read."), _("Hold it to the reader again, or type its code.")
        )
    if len(code) > MOST_BADGE_CHARACTERS:
        raise DetailRefused(
            _("A badge's code has at most {count} characters.").format(count=MOST_BADGE_CHARACTERS),
            _("Empty the field and hold the badge to the reader once."),
        )


def secret_kind(secret: str) -> CredentialKind:
    """Tell a PIN from a password: their rules leave no text that could be both."""
    is_pin = secret.isdecimal() and len(secret) <= MOST_PIN_DIGITS
    return CredentialKind.PIN if is_pin else CredentialKind.PASSWORD


def check_pin(pin: str, number: str, fewest: int = FEWEST_PIN_DIGITS) -> None:
    """Raise WeakSecret for a PIN that is malformed or among the first that are guessed."""
    pin = normal_secret(pin)
    if not (pin.isdecimal() and pin.isascii() and fewest <= len(pin) <= MOST_PIN_DIGITS):
        raise WeakSecret(
            _("A PIN has {fewest} to {most} digits.").format(fewest=fewest, most=MOST_PIN_DIGITS)
        )
    if pin in _COMMON_PINS or _is_run(pin) or _repeats(pin):
        raise WeakSecret(_("This PIN is one of the first that are guessed."))
    own = _only(number, str.isdecimal)
    if own and (pin in own or own.lstrip("0") == pin.lstrip("0")):
        raise WeakSecret(_("This PIN is part of the employee number."))


def check_password(password: str, names: Iterable[str]) -> None:
    """Raise WeakSecret for a password that is short, common, or made of the owner's `names`."""
    password = normal_secret(password)
    if not FEWEST_PASSWORD_CHARACTERS <= len(password) <= MOST_PASSWORD_CHARACTERS:
        raise WeakSecret(
            _("A password has at least {count} characters; several words are best.").format(
                count=FEWEST_PASSWORD_CHARACTERS
            )
        )
    folded = password.casefold()
    letters = _only(folded, str.isalpha)
    if not letters or letters in _COMMON_PASSWORDS or len(set(folded)) < _FEWEST_DIFFERENT:
        raise WeakSecret(_("This password is one of the first that are guessed."))
    rest = _only(folded, str.isalnum)
    for name in names:
        known = _only(name.casefold(), str.isalnum)
        if known and len(rest.replace(known, "")) < FEWEST_PASSWORD_CHARACTERS // 2:
            raise WeakSecret(_("This password is little more than the login or the number."))


def _only(text: str, wanted: Callable[[str], bool]) -> str:
    return "".join(sign for sign in text if wanted(sign))


def _is_run(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({0}, {1}, {9})


def _repeats(pin: str) -> bool:
    return pin in (pin + pin)[1:-1]


def wait_after(failures: int, *, can_lock: bool = True) -> timedelta | None:
    """Return how long to wait after so many wrong tries; None: until an administrator unlocks.

    Administrators themselves never lock, or anybody at a keyboard could lock them all out for good:
    each of their waits is twice the last, up to an hour.
    """
    if failures < LOCKING_TRY:
        return timedelta(0)
    if can_lock:
        return None
    doublings = min(failures - LOCKING_TRY, _MOST_DOUBLINGS)
    return min(timedelta(minutes=2**doublings), _LONGEST_WAIT)


def locked_until(failures: int, last_at: datetime, *, can_lock: bool) -> datetime | None:
    """Return when the next try is let through; None: when an administrator unlocks."""
    wait = wait_after(failures, can_lock=can_lock)
    return None if wait is None else last_at + wait
