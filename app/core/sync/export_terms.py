"""Whether a sync file with personal data takes two people: said by a site from a day on, with a reason."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.journal import Site
from app.core.keys import KnownKeys
from app.core.sync.models import ExportTermsRow


class TermsRefused(UserFacingError):
    """What was said about two people writing sync files cannot be."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(happened, safe=_("Nothing was changed."), remedy=remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTerms:
    """Whether a second person signs before a sync file with personal data is written, from a day on."""

    from_on: date = date.min
    two_persons: bool = False
    reason: str = ""


class ExportRule:
    """Keeps it. Who may read and change it: holders of MANAGE_SITE."""

    def __init__(self, site: Site, keys: KnownKeys) -> None:
        self._site = site
        self._keys = keys

    def now(self, actor: Actor) -> ExportTerms:
        """Return what holds today."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            return export_terms_on(session, self._keys.site_id, local_day(self._site.clock))

    def all(self, actor: Actor) -> tuple[ExportTerms, ...]:
        """Return what held, holds and will hold, the earliest first."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            return _all_terms(session, self._keys.site_id)

    def say(self, actor: Actor, terms: ExportTerms, reason: str) -> None:
        """Let it hold from a day on, today or later. Raises TermsRefused."""
        actor.require(Capability.MANAGE_SITE)
        reason = " ".join(reason.split())
        if not reason:
            raise TermsRefused(_("A reason is needed."), _("Say in a few words why."))
        if terms.from_on < local_day(self._site.clock):
            raise TermsRefused(
                _("How sync files are written cannot change in the past."),
                _("Let it begin today or later."),
            )
        with self._site.transaction(actor, "export-terms.say", reason=reason) as unit:
            unit.take_turn("export terms")
            key = {"site_id": self._keys.site_id, "from_on": terms.from_on}
            row = unit.scalars(sa.select(ExportTermsRow).filter_by(**key)).one_or_none()
            row = row or ExportTermsRow(**key)
            row.two_persons, row.reason = terms.two_persons, reason
            unit.add(row)


def export_terms_on(session: Session, site_id: UUID, day: date) -> ExportTerms:
    """Return what holds on a day; a site that never said anything lets one person write."""
    begun = [one for one in _all_terms(session, site_id) if one.from_on <= day]
    return begun[-1] if begun else ExportTerms()


def _all_terms(session: Session, site_id: UUID) -> tuple[ExportTerms, ...]:
    rows = session.scalars(
        sa.select(ExportTermsRow)
        .where(ExportTermsRow.site_id == site_id)
        .order_by(ExportTermsRow.from_on)
    )
    return tuple(
        ExportTerms(from_on=row.from_on, two_persons=row.two_persons, reason=row.reason)
        for row in rows
    )
