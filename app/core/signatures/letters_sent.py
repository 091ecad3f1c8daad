"""When the letter to the agency was sent: kept, because an inspector asks (21 CFR 11.100(c))."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site
from app.core.signatures.errors import WordsMissing
from app.core.signatures.models import AgencyLetterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter that was sent."""

    company: str
    signatory: str
    sent_on: date
    how: str
    """By post or courier, with the number that proves it."""
    at: datetime
    """When that was noted."""
    by: str


class LettersSent:
    """Which letters were sent. Who manages the site notes it; whoever sees the journal reads it."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def note(self, actor: Actor, company: str, signatory: str, sent_on: date, how: str) -> None:
        """Note that a letter was sent on a day, today or earlier. Raises NotAllowed, WordsMissing."""
        actor.require(Capability.MANAGE_SITE)
        company, signatory, how = (" ".join(one.split()) for one in (company, signatory, how))
        for words, name in (
            (company, _("The company")),
            (signatory, _("Who signs")),
            (how, _("How it was sent")),
        ):
            if not words:
                raise WordsMissing(name)
        if sent_on > local_day(self._site.clock):
            raise WordsMissing(_("A day that is not to come"))
        with self._site.transaction(actor, "signature.letter-sent") as unit:
            unit.add(
                AgencyLetterRow(
                    company=company,
                    signatory=signatory,
                    sent_on=sent_on,
                    how=how,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )

    def all(self, actor: Actor) -> tuple[SentLetter, ...]:
        """Return the letters that were sent, the newest first."""
        actor.require(Capability.VIEW_JOURNAL)
        newest = sa.select(AgencyLetterRow).order_by(
            AgencyLetterRow.sent_on.desc(), AgencyLetterRow.id.desc()
        )
        with self._site.read() as session:
            return tuple(
                SentLetter(
                    company=row.company,
                    signatory=row.signatory,
                    sent_on=row.sent_on,
                    how=row.how,
                    at=row.at,
                    by=row.by_name,
                )
                for row in session.scalars(newest)
            )
