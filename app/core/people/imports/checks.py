"""Why a readable row cannot be taken: its number, badge, days or place is at odds with others."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from app.core.base.figures import day
from app.core.base.words import _
from app.core.people.errors import DetailRefused
from app.core.people.imports.absence import Terms
from app.core.people.imports.known import Known, KnownPerson, Places
from app.core.people.imports.likely import Likely
from app.core.people.imports.rows import PersonInFile
from app.core.people.sign_in_names import Owner, SignInNames

_LONGEST_AHEAD = timedelta(days=366)
_LONGEST_WORK = timedelta(days=80 * 365)


class Seen:
    """Numbers and badges of the rows above, with their lines; all names, the file's with the site's."""

    def __init__(self, names: SignInNames) -> None:
        self.numbers: dict[str, tuple[int, int]] = {}
        self.badges: dict[str, tuple[int, int]] = {}
        self.names = names
        self.trouble: tuple[str, str] = ("", "")
        """The field and text that were refused last."""
        self.choices: tuple[str, ...] = ()
        """What may stand there instead."""


def owner_of(person: PersonInFile, known: Known) -> Owner:
    """Return whom a row's names mean."""
    before = known.people.get(person.number)
    return person.number if before is None else before.id


def check(person: PersonInFile, likely: Likely, seen: Seen, terms: Terms) -> None:
    """Raise DetailRefused for a row that cannot be taken; `seen` is left with its cell."""
    known, here = likely.known, (person.part, person.line)
    first = seen.numbers.setdefault(person.number, here)
    seen.trouble, seen.choices = ("number", person.number), ()
    if first != here:
        raise DetailRefused(_("The number is on line {line} already.").format(line=first[1]))
    if person.number in known.doubles:
        raise DetailRefused(_("More than one person here has this number: give one another first."))
    before = known.people.get(person.number)
    if before is None and not person.name:
        seen.trouble = ("name", "")
        raise DetailRefused(_("Nobody here has this number, and the file has no name for it."))
    if before is None:
        _check_newcomer(person, likely, seen)
    _check_identity(person, owner_of(person, known), seen)
    is_last = person.last_day is not None
    seen.trouble = ("last_day" if is_last else "left_on", _iso(person.last_day or person.left_on))
    _check_days(person, before, known)
    _check_joining(person, before, seen, terms)
    _check_place(person, before, known, seen, terms)


def _check_newcomer(person: PersonInFile, likely: Likely, seen: Seen) -> None:
    """Raise DetailRefused for a number that means, or meant, somebody who is here under another."""
    near = likely.near(person)
    if near is not None:
        seen.choices = (near,)
        raise DetailRefused(
            _("{name} is here as {number}: write the number as it is there.").format(
                name=person.name, number=near
            )
        )
    now = likely.known.former.get(person.number)
    if now is not None:
        seen.choices = (now,)
        raise DetailRefused(
            _(
                "{number} was the number of {name}, who has {now} now. If the row means them, give that number;"
                " somebody else needs a number that was nobody’s."
            ).format(number=person.number, name=likely.known.people[now].name, now=now)
        )


def _check_joining(
    person: PersonInFile, before: KnownPerson | None, seen: Seen, terms: Terms
) -> None:
    """Raise DetailRefused for a day of joining out of any working life, as two figures of a year make one."""
    joined = person.joined_on
    if joined is None or (before is not None and before.joined_on == joined):
        return
    seen.trouble = ("joined_on", joined.isoformat())
    if joined > terms.today + _LONGEST_AHEAD:
        raise DetailRefused(
            _("{day} lies more than a year ahead: write the year with four figures.").format(
                day=day(joined)
            )
        )
    if joined < terms.today - _LONGEST_WORK:
        raise DetailRefused(_("{day} lies more than 80 years back.").format(day=day(joined)))


def _check_identity(person: PersonInFile, owner: Owner, seen: Seen) -> None:
    if seen.names.has_word_of_another(person.number, owner):
        raise DetailRefused(_("Somebody else signs in with this number."))
    if person.badge is None:
        return
    seen.trouble = ("badge", "")
    here = (person.part, person.line)
    first = seen.badges.setdefault(person.badge, here)
    if first != here:
        raise DetailRefused(_("The badge is on line {line} already.").format(line=first[1]))
    if seen.names.is_badge_of_another(person.badge, owner):
        raise DetailRefused(_("The badge belongs to somebody else."))
    if seen.names.reads_as_another(person.badge, owner):
        raise DetailRefused(_("The badge's code is the number or login of somebody else."))


def _check_days(person: PersonInFile, before: KnownPerson | None, known: Known) -> None:
    joined = person.joined_on or (before.joined_on if before is not None else None)
    leaving = person.last_day or person.left_on
    if leaving is not None and joined is not None and leaving < joined:
        raise DetailRefused(_("The day of leaving lies before the day of joining."))
    if before is None:
        return
    leaves = person.left_on is not None and person.left_on != before.left_on
    if leaves and before.id in known.administrators:
        raise DetailRefused(_("They are an administrator: take that role away before they leave."))


def _check_place(
    person: PersonInFile, before: KnownPerson | None, known: Known, seen: Seen, terms: Terms
) -> None:
    has_place = person.org_unit is not None or (before is not None and before.org_unit_id)
    seen.trouble = ("org_unit", person.org_unit or "")
    if not has_place and (person.job_role or person.manager):
        raise DetailRefused(_("A job role or a manager needs a department."))
    for name, word, places in _named(person, known):
        seen.trouble = (name, word)
        if _found(word, places) is None and not terms.new_places:
            raise DetailRefused(
                _(
                    "Nothing here is called {name}: create it first, or let the import do it."
                ).format(name=word)
            )


def _named(person: PersonInFile, known: Known) -> Iterator[tuple[str, str, Places]]:
    """Yield the places that a row names: field, word, and where that is looked up."""
    if person.org_unit is not None:
        yield "org_unit", person.org_unit, known.org_units
    if person.job_role is not None:
        yield "job_role", person.job_role, known.job_roles
    for word in person.further_roles or ():
        yield "further_roles", word, known.job_roles


def _found(word: str, places: Places) -> UUID | None:
    try:
        return places.find(word)
    except KeyError:
        raise DetailRefused(
            _("{name} means more than one: give its code.").format(name=word)
        ) from None


def _iso(value: date | None) -> str:
    return "" if value is None else value.isoformat()
