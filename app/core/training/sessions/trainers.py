"""Who leads a session: somebody here by number or login, or a name from outside."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.errors import TrainingRefused
from app.core.training.neighbours import neighbours
from app.core.training.requirements.checks import clean_text
from app.core.training.sessions.types import Trainer

_NUMBER = re.compile(r"[^\W\d]{0,5}[\s/-]*\d+")
_LOGIN_SIGNS = "._@"


def leads(one: Trainer, actor: Actor) -> bool:
    """Tell whether the actor is one who leads a session."""
    by_account = one.account_id is not None and one.account_id == actor.account_id
    by_person = one.person_id is not None and one.person_id == actor.person_id
    return by_account or by_person


def require_leading(actor: Actor, trainers: Iterable[Trainer]) -> None:
    """Raise TrainingRefused unless the actor leads it, or it is led by nobody of here."""
    can_sign = [one for one in trainers if one.account_id is not None or one.person_id is not None]
    if can_sign and not any(leads(one, actor) for one in can_sign):
        raise TrainingRefused(
            _("The attendance is signed by who leads the session: {names}.").format(
                names=", ".join(one.name for one in can_sign)
            ),
            _("Let them sign, or put yourself down as a trainer if you led it."),
        )


def refuse_leaver(session: Session, one: Trainer, starts_at: datetime) -> None:
    """Raise TrainingRefused for a trainer who has left by then: only who leads it signs the attendance."""
    person = neighbours().person
    row = None if one.person_id is None else session.get(person, one.person_id)
    left_on = None if row is None else row.left_on
    if left_on is not None and left_on <= starts_at.astimezone().date():
        raise TrainingRefused(
            _("{name} left on {day}.").format(name=one.name, day=day(left_on)),
            _("Put down somebody who is here on the day."),
        )


def trainer_meant(session: Session, typed: str, outside: Collection[str] = ()) -> Trainer:
    """Return whom a number, a login or a name from outside means; `outside` are names that were said to be.

    Raises TrainingRefused for what looks like a number or login and is nobody's.
    """
    person, account = neighbours().person, neighbours().account
    number = session.execute(
        sa.select(person.id, person.name, account.id)
        .outerjoin(account, account.person_id == person.id)
        .where(person.number == typed.strip().upper())
    ).all()
    if len(number) == 1:
        person_id, name, account_id = number[0]
        return Trainer(name=name, person_id=person_id, account_id=account_id)
    login = session.execute(
        sa.select(account.id, account.person_id, account.name, person.name)
        .outerjoin(person, person.id == account.person_id)
        .where(account.login == typed.strip().casefold())
    ).all()
    if len(login) == 1:
        account_id, person_id, own, name = login[0]
        return Trainer(name=name or own, person_id=person_id, account_id=account_id)
    name = clean_text(typed, what=_("The trainer"))
    if name not in outside and _looks_like_ours(name):
        raise TrainingRefused(
            _("{typed} is nobody's number or login.").format(typed=name),
            _("Check it. Who comes from outside is named in words, with who sends them."),
        )
    return Trainer(name=name)


def _looks_like_ours(name: str) -> bool:
    """Tell whether somebody wrote a number or login rather than a name."""
    is_one_word = " " not in name
    has_sign = any(sign.isdigit() or sign in _LOGIN_SIGNS for sign in name)
    return (is_one_word and has_sign) or _NUMBER.fullmatch(name) is not None
