"""How people's kinds and states are said on screen."""

from collections.abc import Callable, Collection
from datetime import date

from app.core.base import figures
from app.core.base.words import _, language_name, mark
from app.core.people import (
    READS,
    ROLES,
    GatePass,
    PersonKind,
    PersonSummary,
    Reads,
    SignInState,
    leaving_in_words,
)
from app.core.people.imports import FIELD_TITLES, Field, FieldChange
from app.core.people.merging import Likeness
from app.core.people.shifts import PersonHours, hours_now
from app.ui.kit.theme import Tone

KINDS = {
    PersonKind.EMPLOYEE: mark("Employee"),
    PersonKind.CONTRACTOR: mark("Contractor"),
    PersonKind.APPRENTICE: mark("Apprentice"),
    PersonKind.VISITOR: mark("Visitor"),
}


def roles_words(held: Collection[str]) -> str:
    """Return the roles that somebody holds, in one order everywhere; "" for none."""
    return ", ".join(_(role.title) for role in ROLES if role.name in held)


def reads_words(reads: Reads) -> str:
    """Return whether somebody reads alone, as it is shown."""
    return _(READS[reads])


def kind_words(kind: PersonKind) -> str:
    """Return a kind of person as it is shown."""
    return _(KINDS[kind])


_LIKENESSES = {
    Likeness.NUMBER: mark("Same number"),
    Likeness.NEAR_NUMBER: mark("Nearly the same number"),
    Likeness.NAME: mark("Same name"),
    Likeness.JOINED: mark("Joined on the same day"),
    Likeness.EMAIL: mark("Same e-mail"),
    Likeness.LOGIN: mark("Same login"),
    Likeness.BADGE: mark("Same badge"),
}


def likeness_words(likenesses: Collection[Likeness]) -> tuple[str, ...]:
    """Return in what two people are alike, in one order everywhere."""
    return tuple(_(words) for one, words in _LIKENESSES.items() if one in likenesses)


def gate_pass_words(noted: GatePass, today: date) -> str:
    """Return number and last day of a gate pass, and that it is over; "" where nothing is noted."""
    until = ""
    if noted.until is not None:
        words = _("ended on {day}") if noted.is_over(today) else _("valid till {day}")
        until = words.format(day=figures.day(noted.until))
    return " · ".join(filter(None, (noted.number, until)))


STATES = {
    SignInState.CLOSED: (mark("Closed"), Tone.DANGER),
    SignInState.OVER: (mark("Over"), Tone.NEUTRAL),
    SignInState.LOCKED: (mark("Locked"), Tone.WARNING),
    SignInState.TO_COME: (mark("To come"), Tone.INFO),
    SignInState.NO_PIN: (mark("No PIN yet"), Tone.WARNING),
    SignInState.OPEN: (mark("Signs in"), Tone.SUCCESS),
    SignInState.NO_ACCOUNT: (mark("No account"), Tone.WARNING),
}


def state_of(person: PersonSummary) -> tuple[str, Tone]:
    """Return whether somebody is here and may sign in, as word and tone."""
    if not person.active:
        return _("Left"), Tone.NEUTRAL
    words, tone = STATES[person.sign_in]
    return _(words), tone


_FIELDS = {
    "name": mark("Name in Latin letters"),
    "name_local": mark("Name in own script"),
    "kind": mark("Kind"),
    "language": mark("Language"),
    "reads": mark("Reading"),
    "email": mark("E-mail"),
    "moved_on": mark("Belongs there from"),
    "joined_on": mark("Joined on"),
    "left_on": mark("First day without them"),
    "org_unit": mark("Department"),
    "job_role": mark("Job role"),
    "further_roles": mark("Further job roles"),
    "manager": mark("Manager"),
    "badge": mark("Badge"),
    "location": mark("Location"),
    "shift": mark("Shift"),
    "agency": mark("Agency"),
    "gate_pass": mark("Gate pass"),
    "gate_pass_until": mark("Gate pass valid till"),
}


def field_words(field: str) -> str:
    """Return what a field is called on screen, as forms and HR files name it."""
    if field in _FIELDS:
        return _(_FIELDS[field])
    return _(FIELD_TITLES[Field(field)])


def is_on_form(field: str) -> bool:
    """Tell whether somebody can change a field of an HR file by hand."""
    return field in _FIELDS or field == Field.NUMBER


def _day(written: str) -> str:
    return figures.day(date.fromisoformat(written))


_VALUES: dict[str, Callable[[str], str]] = {
    "kind": lambda key: kind_words(PersonKind(key)),
    "reads": lambda key: reads_words(Reads(key)),
    "language": language_name,
    "joined_on": _day,
    "gate_pass_until": _day,
}
"""How a change's values are shown that are written as keys or ISO days."""


def _leaving_words(change: FieldChange) -> str:
    if change.new:
        return leaving_in_words(date.fromisoformat(change.new))
    return _("No day of leaving any more, until now {day}").format(day=_day(change.old))


def change_words(change: FieldChange) -> str:
    """Return what an import would change in a field, before and after."""
    if change.field == Field.LEFT:
        return _leaving_words(change)
    word = _VALUES.get(change.field, str)
    before, after = (word(value) if value else "–" for value in (change.old, change.new))
    return f"{_(_FIELDS[change.field])}: {before} → {after}"


def shift_words(hours: PersonHours, *, active: bool) -> str:
    """Return somebody's shift and how it lies to the present: A · works today 06:00–14:00; "" without one."""
    if not (hours.shift and active):
        return hours.shift
    return f"{hours.shift} · {hours_now(hours)}"
