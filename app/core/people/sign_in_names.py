"""What names somebody at sign-in: a number, a login, a badge. Each must mean one of them only.

Whoever gives one asks here first, for one name or for a whole file: a name that meant two would put
somebody's work under the other's.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.journal import Unit
from app.core.people.account_models import AccountRow, CredentialKind, CredentialRow
from app.core.people.account_queries import account_row
from app.core.people.credentials import badge_owner
from app.core.people.errors import BadgeIsName, BadgeTaken, LoginTaken, NumberTaken
from app.core.people.models import PersonRow
from app.core.people.other_names import former_logins, former_numbers
from app.core.people.powers import holds, place_of_owner
from app.core.people.secrets import badge_hash
from app.core.spreadsheets import clean

Owner = UUID | str
"""A person; the account of somebody from outside; the number of who only comes with a file."""

_TURN = "names at sign-in"
_OWNER = sa.func.coalesce(AccountRow.person_id, AccountRow.id)


class SignInNames:
    """Whose numbers, logins and badges are."""

    def __init__(self, words: Mapping[str, Owner], badges: Mapping[str, Owner]) -> None:
        self._words = words
        self._badges = badges

    @cached_property
    def _read(self) -> Mapping[str, Owner]:
        return {badge_hash(word): one for word, one in self._words.items()}

    def with_words(self, words: Iterable[tuple[str, Owner]]) -> "SignInNames":
        """Return these and the numbers of a file; who has a word already keeps it."""
        return SignInNames({**_folded(words), **self._words}, self._badges)

    def has_word_of_another(self, word: str, owner: Owner | None) -> bool:
        """Tell whether a number or login is somebody else's, or reads as somebody else's badge."""
        if self._words.get(word.casefold()) not in {None, owner}:
            return True
        return bool(self._badges) and self.is_badge_of_another(badge_hash(word), owner)

    def badge_owner(self, secret: str) -> Owner | None:
        """Return whose badge has a code of this hash."""
        return self._badges.get(secret)

    def is_badge_of_another(self, secret: str, owner: Owner | None) -> bool:
        """Tell whether the code of this hash is on somebody else's badge."""
        return self._badges.get(secret) not in {None, owner}

    def reads_as_another(self, secret: str, owner: Owner) -> bool:
        """Tell whether the code of this hash is somebody else's number or login."""
        return self._read.get(secret) not in {None, owner}


def all_names(session: Session) -> SignInNames:
    """Return every name of the site."""
    return _names(session, sa.true(), sa.true(), sa.true())


def is_anothers_name(session: Session, word: str, person_id: UUID | None = None) -> bool:
    """Tell whether a number or login means somebody else at sign-in than a person, or than anybody new."""
    named_so = _names(
        session,
        PersonRow.number == word.upper(),
        AccountRow.login == word.casefold(),
        CredentialRow.secret == badge_hash(word),
    )
    return named_so.has_word_of_another(word, person_id)


def require_free_number(unit: Unit, number: str, person_id: UUID | None = None) -> None:
    """Raise NumberTaken when a number means somebody else at sign-in."""
    take_naming_turn(unit)
    if is_anothers_name(unit, number, person_id):
        raise NumberTaken(number)


def require_free_login(unit: Unit, login: str, person_id: UUID | None = None) -> None:
    """Raise LoginTaken when a login means somebody else at sign-in, or opens an account already."""
    take_naming_turn(unit)
    taken = unit.scalar(sa.select(AccountRow.id).where(AccountRow.login == login))
    if taken is not None or is_anothers_name(unit, login, person_id):
        raise LoginTaken(login)


def require_free_badge(actor: Actor, unit: Unit, account_id: UUID, untrusted_code: str) -> None:
    """Raise BadgeTaken, or BadgeIsName, unless a code means nobody else when it is read."""
    take_naming_turn(unit)
    names, secret = _read_like(unit, untrusted_code), badge_hash(untrusted_code)
    owner = account_row(unit, account_id).person_id or account_id
    if names.is_badge_of_another(secret, owner):
        holder = badge_owner(unit, secret)
        raise BadgeTaken(_name_for(actor, unit, account_row(unit, holder)) if holder else "")
    if names.reads_as_another(secret, owner):
        raise BadgeIsName


def take_naming_turn(unit: Unit) -> None:
    """Let no other station give a name before this unit ends: what is free now stays so."""
    unit.take_turn(_TURN)


def _read_like(session: Session, untrusted_code: str) -> SignInNames:
    """Return who has a number, a login or a badge as a reader may give it: with spaces or without."""
    bare = clean(untrusted_code).replace(" ", "")
    return _names(
        session,
        sa.func.replace(PersonRow.number, " ", "") == bare.upper(),
        sa.func.replace(AccountRow.login, " ", "") == bare.casefold(),
        CredentialRow.secret == badge_hash(untrusted_code),
    )


def _names(
    session: Session,
    numbers: sa.ColumnElement[bool],
    logins: sa.ColumnElement[bool],
    badges: sa.ColumnElement[bool],
) -> SignInNames:
    words = [
        *session.execute(sa.select(PersonRow.number, PersonRow.id).where(numbers)),
        *session.execute(sa.select(AccountRow.login, _OWNER).where(logins)),
    ]
    given = session.execute(
        sa.select(CredentialRow.secret, _OWNER.label("owner"))
        .join(AccountRow, AccountRow.id == CredentialRow.account_id)
        .where(badges, CredentialRow.kind == CredentialKind.BADGE)
        .where(CredentialRow.revoked_at.is_(None))
    )
    return SignInNames(
        {**_former(session), **_folded((word, owner) for word, owner in words)},
        {row.secret: row.owner for row in given},
    )


def _former(session: Session) -> dict[str, Owner]:
    """Return the names that led to who was merged: they mean who is shown for them."""
    accounts = dict(former_logins(session))
    owners = session.execute(
        sa.select(AccountRow.id, _OWNER).where(AccountRow.id.in_(accounts.values()))
    )
    owner_of = {row[0]: row[1] for row in owners}
    logins = ((login, owner_of[shown]) for login, shown in accounts.items())
    return _folded((*former_numbers(session), *logins))


def _folded(words: Iterable[tuple[str, Owner]]) -> dict[str, Owner]:
    return {word.casefold(): owner for word, owner in words}


def _name_for(actor: Actor, session: Session, owner: AccountRow) -> str:
    """Return whose an account is, or "" where the actor may not see them."""
    if owner.person_id is None:
        return owner.name if holds(actor, Capability.MANAGE_ACCOUNTS, None) else ""
    if not holds(actor, Capability.VIEW_PEOPLE, place_of_owner(session, owner)):
        return ""
    person = session.get_one(PersonRow, owner.person_id)
    return f"{person.name} ({person.number})"
