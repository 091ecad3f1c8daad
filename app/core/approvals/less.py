"""What asking for less means of a kind of thing, and how it is worded: the kinds of approvals, and what else takes two people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.approvals.rules import Asked, asked_in_words, asked_of
from app.core.base.words import _

AskedNow = Callable[[Session, UUID | None, date], Asked]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessAsked:
    """Something of which a site may ask for less only by two people."""

    title: str
    """Of several, as a marked word: “Courses”."""
    now: AskedNow
    """What a site asks for on a day."""
    asked: Callable[[Asked], str]
    """That, as a sentence."""
    detail: Callable[[Asked], str]
    """What is proposed, as part of one."""
    follows: Callable[[Asked], str]
    """What comes of it, as a sentence."""


def less_approval(kind: str, title: str) -> LessAsked:
    """Return what asking for less means of a kind that is approved."""

    def now(session: Session, site_id: UUID | None, day: date) -> Asked:
        return asked_of(session, site_id, kind, day)

    return LessAsked(title=title, now=now, asked=asked_in_words, detail=_detail, follows=_follows)


def _detail(wanted: Asked) -> str:
    if not wanted.is_asked:
        return _("no approval to be asked for")
    return _("one person to approve instead of two")


def _follows(wanted: Asked) -> str:
    if not wanted.is_asked:
        return _("One person can publish alone from that day on. What was approved stays so.")
    return _("What is submitted from that day on is approved by one person, who did not write it.")
