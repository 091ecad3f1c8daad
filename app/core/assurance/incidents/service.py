"""The log of incidents: reported by whoever works with the program, closed with a signature."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assurance.errors import AlreadyClosed, SaidTooLittle
from app.core.assurance.incidents.models import IncidentRow, IncidentStepRow
from app.core.assurance.incidents.types import SEVERITIES, Incident, IncidentStep, NewIncident
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.figures import moment
from app.core.base.words import _
from app.core.journal import Site
from app.core.signatures import Meaning, Undersigned

_REPORT = (Capability.VIEW_JOURNAL, Capability.MANAGE_SITE, Capability.ASSIGN)
"""Any of these lets somebody report what went wrong."""


class Incidents:
    """The incidents of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def report(self, actor: Actor, new: NewIncident) -> UUID:
        """Put an incident on record. Raises NotAllowed, SaidTooLittle."""
        if not any(actor.may(one) for one in _REPORT):
            actor.require(Capability.VIEW_JOURNAL)
        for words, name in ((new.title, _("What it is called")), (new.what, _("What happened"))):
            if not words.strip():
                raise SaidTooLittle(name)
        row = IncidentRow(
            site_id=self._site.site_id,
            title=" ".join(new.title.split()),
            what=new.what.strip(),
            severity=new.severity,
            happened_at=new.happened_at,
            entries=list(new.entries),
            at=self._site.clock.now(),
            by=actor.account_id,
            by_name=actor.name,
        )
        with self._site.transaction(actor, "incident.report") as unit:
            unit.add(row)
            unit.flush()
            return row.id

    def note(self, actor: Actor, incident_id: UUID, done: str) -> None:
        """Say what was done about an open incident. Raises NotFound, AlreadyClosed, SaidTooLittle."""
        actor.require(Capability.VIEW_JOURNAL)
        if not done.strip():
            raise SaidTooLittle(_("What was done"))
        with self._site.transaction(actor, "incident.note") as unit:
            _require_open(unit, incident_id)
            unit.add(self._step(actor, incident_id, done=done))

    def shown(self, actor: Actor, incident_id: UUID, cause: str, done: str) -> str:
        """Return the text that whoever closes an incident signs. Raises as `close`."""
        found = self.incident(actor, incident_id)
        _require_words(cause, done)
        return "\n".join(
            (
                _("Incident of {moment}: {title} ({severity}).").format(
                    moment=moment(found.happened_at),
                    title=found.title,
                    severity=_(SEVERITIES[found.severity]),
                ),
                found.what,
                _("Cause: {cause}").format(cause=cause.strip()),
                _("Done: {done}").format(done=done.strip()),
            )
        )

    def close(
        self, actor: Actor, incident_id: UUID, cause: str, done: str, signed: Undersigned
    ) -> None:
        """Close an incident with a signature. Raises as `shown`, AlreadyClosed, ReadOtherwise."""
        actor.require(Capability.VIEW_JOURNAL)
        words = self.shown(actor, incident_id, cause, done)
        with self._site.transaction(actor, "incident.close") as unit:
            _require_open(unit, incident_id)
            row = self._step(actor, incident_id, done=done, cause=cause)
            unit.add(row)
            signed.sign(unit, row, Meaning.REVIEWED, words)

    def incidents(self, actor: Actor) -> tuple[Incident, ...]:
        """Return all incidents: open ones first, then the newest first."""
        actor.require(Capability.VIEW_JOURNAL)
        with self._site.read() as session:
            return incidents_of(session)

    def incident(self, actor: Actor, incident_id: UUID) -> Incident:
        """Return one incident. Raises NotFound."""
        for one in self.incidents(actor):
            if one.id == incident_id:
                return one
        raise NotFound(_("This incident"))

    def _step(
        self, actor: Actor, incident_id: UUID, *, done: str, cause: str = ""
    ) -> IncidentStepRow:
        return IncidentStepRow(
            incident_id=incident_id,
            closes=bool(cause),
            cause=cause.strip(),
            done=done.strip(),
            at=self._site.clock.now(),
            by=actor.account_id,
            by_name=actor.name,
        )


def incidents_of(session: Session) -> tuple[Incident, ...]:
    """Return all incidents: open ones first, then the newest first."""
    steps: dict[UUID, list[IncidentStep]] = {}
    for row in session.scalars(sa.select(IncidentStepRow).order_by(IncidentStepRow.at)):
        steps.setdefault(row.incident_id, []).append(
            IncidentStep(
                closes=row.closes, cause=row.cause, done=row.done, at=row.at, by=row.by_name
            )
        )
    newest = sa.select(IncidentRow).order_by(IncidentRow.happened_at.desc(), IncidentRow.id.desc())
    found = [_incident(row, steps.get(row.id, [])) for row in session.scalars(newest)]
    return tuple(sorted(found, key=lambda one: not one.is_open))


def _incident(row: IncidentRow, steps: list[IncidentStep]) -> Incident:
    return Incident(
        id=row.id,
        title=row.title,
        what=row.what,
        severity=row.severity,
        happened_at=row.happened_at,
        entries=tuple(row.entries),
        at=row.at,
        by=row.by_name,
        steps=tuple(steps),
    )


def _require_words(cause: str, done: str) -> None:
    for words, name in ((cause, _("The cause")), (done, _("What was done"))):
        if not words.strip():
            raise SaidTooLittle(name)


def _require_open(session: Session, incident_id: UUID) -> None:
    if session.get(IncidentRow, incident_id) is None:
        raise NotFound(_("This incident"))
    closed = sa.select(IncidentStepRow.id).where(
        IncidentStepRow.incident_id == incident_id, IncidentStepRow.closes.is_(True)
    )
    if session.scalars(closed).first() is not None:
        raise AlreadyClosed
