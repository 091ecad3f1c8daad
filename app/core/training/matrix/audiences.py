"""Keeping audiences: saved conditions on people, rows of the matrix beside the job roles."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound, NotOne
from app.core.base.words import _
from app.core.journal import Site
from app.core.training.enrolment.conditions import Condition, from_json, to_json
from app.core.training.enrolment.matching import At, people_meant
from app.core.training.errors import TrainingRefused
from app.core.training.matrix.models import AudienceRow
from app.core.training.matrix.types import SavedAudience
from app.core.training.requirements.checks import clean_code, clean_text

MOST_AUDIENCES = 300
"""Each is a part of one statement."""


class Audiences:
    """This site's audiences. Who may: holders of ASSIGN for the whole site.

    Whom an audience means is changed by a change of the matrix, which says whom that reaches.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    def all(self, actor: Actor) -> tuple[SavedAudience, ...]:
        """Return this site's audiences by code, with how many people each matches."""
        actor.require_anywhere(Capability.ASSIGN)
        at = At(today=local_day(self._site.clock), site_id=self._site.site_id)
        with self._site.read() as session:
            return tuple(_audience(session, row, at) for row in _rows(session, at.site_id))

    def coded(self, actor: Actor, code: str) -> SavedAudience:
        """Return the audience with a code. Raises NotFound, NotOne."""
        found = [one for one in self.all(actor) if one.code == clean_code(code)]
        what = _("The audience {code}").format(code=code)
        if len(found) > 1:
            raise NotOne(what)
        if not found:
            raise NotFound(what)
        return found[0]

    def count(self, actor: Actor, condition: Condition) -> int:
        """Return how many people a condition matches today."""
        actor.require_anywhere(Capability.ASSIGN)
        at = At(today=local_day(self._site.clock), site_id=self._site.site_id)
        with self._site.read() as session:
            return _count(session, from_json(to_json(condition)), at)

    def add(self, actor: Actor, code: str, title: str, condition: Condition) -> UUID:
        """Add an audience; it reaches nobody until something is asked of it. Raises TrainingRefused."""
        actor.require(Capability.ASSIGN)
        code, title = clean_code(code), clean_text(title, what=_("The title"))
        with self._site.transaction(actor, "audience.add", reason=title) as unit:
            unit.take_turn("training matrix")
            there = _rows(unit, self._site.site_id)
            if any(one.code == code for one in there):
                raise TrainingRefused(
                    _("There is an audience with the code {code} already.").format(code=code),
                    _("Give another code, or change the one there is."),
                )
            if len(there) >= MOST_AUDIENCES:
                raise TrainingRefused(
                    _("There are {most} audiences already.").format(most=MOST_AUDIENCES),
                    _("Use one of them, or give the people a job role."),
                )
            row = AudienceRow(
                site_id=self._site.site_id,
                code=code,
                title=title,
                condition=to_json(from_json(to_json(condition))),
            )
            unit.add(row)
            unit.flush()
        return row.id

    def rename(self, actor: Actor, audience_id: UUID, title: str) -> None:
        """Call an audience otherwise. Raises NotFound, TrainingRefused."""
        actor.require(Capability.ASSIGN)
        title = clean_text(title, what=_("The title"))
        with self._site.transaction(actor, "audience.rename") as unit:
            audience_row(unit, audience_id).title = title


def audience_row(session: Session, audience_id: UUID) -> AudienceRow:
    """Return an audience's row. Raises NotFound."""
    row = session.get(AudienceRow, audience_id)
    if row is None:
        raise NotFound(_("The audience"))
    return row


def lasting_audiences(session: Session, site_id: UUID | None, day: date) -> tuple[AudienceRow, ...]:
    """Return this site's audiences that are not retired on a day, by code."""
    return tuple(
        row for row in _rows(session, site_id) if row.retired_on is None or row.retired_on > day
    )


def _rows(session: Session, site_id: UUID | None) -> list[AudienceRow]:
    row = AudienceRow
    statement = (
        sa.select(row)
        .where(sa.or_(row.site_id.is_(None), row.site_id == site_id))
        .order_by(row.code, row.id)
    )
    return list(session.scalars(statement))


def _audience(session: Session, row: AudienceRow, at: At) -> SavedAudience:
    condition = from_json(row.condition)
    return SavedAudience(
        id=row.id,
        code=row.code,
        title=row.title,
        condition=condition,
        retired_on=row.retired_on,
        people=_count(session, condition, at),
    )


def _count(session: Session, condition: Condition, at: At) -> int:
    people = people_meant(condition, at).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(people)) or 0
