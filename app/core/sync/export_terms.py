"""Whether a sync file with personal data takes two people: said by a site from a day on, with a reason.

To ask for two takes one person. To let one write again is proposed, and holds from the day from which somebody else
approves it (ADR 82); so no row says “no longer”, but of an earlier program.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import (
    Asked,
    LessAsked,
    Subject,
    eased_on,
    propose_less,
    retire,
    waiting_easing,
)
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.words import _, mark
from app.core.journal import Site, Unit
from app.core.keys import KnownKeys
from app.core.sync.models import ExportTermsRow

TWO_PERSONS = "sync_file"
"""Kind of thing of which a site may ask for less: a proposal names it."""
_ONE = Asked(is_asked=False, approvers=1)


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
            return export_terms_on(session, self._keys.site_id, self._today())

    def all(self, actor: Actor) -> tuple[ExportTerms, ...]:
        """Return what held, holds and will hold, the earliest first."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            site_id = self._keys.site_id
            eased = _eased(session, site_id, self._today())
            told = (*_said(session, site_id), *eased)
        return tuple(sorted(told, key=lambda one: (one.from_on, not one.two_persons)))

    def proposed(self, actor: Actor) -> Subject | None:
        """Return the proposal to let one person write that waits for somebody else, or for its day."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            return waiting_easing(session, self._keys.site_id, TWO_PERSONS, self._today())

    def say(self, actor: Actor, terms: ExportTerms, reason: str) -> Subject | None:
        """Let two people write from a day on, today or later, or propose that one does.

        Return the proposal, which somebody else approves, from a day on, before it counts; None where it
        holds as it was said. Raises TermsRefused, EasingWaits.
        """
        actor.require(Capability.MANAGE_SITE)
        reason = " ".join(reason.split())
        if not reason:
            raise TermsRefused(_("A reason is needed."), _("Say in a few words why."))
        if terms.two_persons and terms.from_on < self._today():
            raise TermsRefused(
                _("How sync files are written cannot change in the past."),
                _("Let it begin today or later."),
            )
        with self._site.transaction(actor, "export-terms.say", reason=reason) as unit:
            unit.take_turn("export terms")
            if not terms.two_persons:
                return self._propose(unit, actor, reason)
            self._ask(unit, actor, terms.from_on, reason)
        return None

    def _propose(self, unit: Unit, actor: Actor, reason: str) -> Subject:
        site_id, today = self._keys.site_id, self._today()
        ahead = (one for one in _said(unit, site_id) if one.from_on > today)
        holds = (export_terms_on(unit, site_id, today), *ahead)
        if not any(one.two_persons for one in holds):
            raise TermsRefused(
                _("One person writes sync files at this site already."),
                _("There is nothing to propose."),
            )
        title = _(ONE_WRITES.title)
        return propose_less(unit, actor, self._site, TWO_PERSONS, title, _ONE, reason)

    def _ask(self, unit: Unit, actor: Actor, from_on: date, reason: str) -> None:
        """Ask for two people from a day on; what lets one write from that day, or later, is over."""
        site_id, now = self._keys.site_id, self._site.clock.now()
        for proposal, day, _why in eased_on(unit, site_id, TWO_PERSONS, self._today()):
            if day >= from_on:
                retire(unit, actor, proposal, reason=reason, now=now)
        key = {"site_id": site_id, "from_on": from_on}
        row = unit.scalars(sa.select(ExportTermsRow).filter_by(**key)).one_or_none()
        row = row or ExportTermsRow(**key)
        row.two_persons, row.reason = True, reason
        unit.add(row)

    def _today(self) -> date:
        return local_day(self._site.clock)


def export_terms_on(session: Session, site_id: UUID, day: date) -> ExportTerms:
    """Return what holds on a day; a site that never said anything lets one person write."""
    begun = [one for one in _said(session, site_id) if one.from_on <= day]
    said = begun[-1] if begun else ExportTerms()
    if not said.two_persons:
        return said
    eased = [one for one in _eased(session, site_id, day) if said.from_on <= one.from_on <= day]
    return eased[-1] if eased else said


def _said(session: Session, site_id: UUID) -> tuple[ExportTerms, ...]:
    rows = session.scalars(
        sa.select(ExportTermsRow)
        .where(ExportTermsRow.site_id == site_id)
        .order_by(ExportTermsRow.from_on)
    )
    return tuple(
        ExportTerms(from_on=row.from_on, two_persons=row.two_persons, reason=row.reason)
        for row in rows
    )


def _eased(session: Session, site_id: UUID, today: date) -> tuple[ExportTerms, ...]:
    """Return from when on one person writes because somebody else approved it, by day."""
    return tuple(
        ExportTerms(from_on=day, reason=reason)
        for _proposal, day, reason in eased_on(session, site_id, TWO_PERSONS, today)
    )


def _asked_on(session: Session, site_id: UUID | None, day: date) -> Asked:
    if site_id is None or not export_terms_on(session, site_id, day).two_persons:
        return _ONE
    return Asked(is_asked=True, approvers=1)


def _in_words(asked: Asked) -> str:
    if asked.is_asked:
        return _("Two people: one prepares, another administrator reads what goes and signs.")
    return _("One person writes them, without a signature.")


ONE_WRITES = LessAsked(
    title=mark("Sync files by two people"),
    now=_asked_on,
    asked=_in_words,
    detail=lambda _wanted: _("one person to write them"),
    follows=lambda _wanted: _(
        "One person writes sync files with personal data from that day on, and nobody else signs."
    ),
)
"""What asking for less means of it."""
