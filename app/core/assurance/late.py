"""What is late of a site's own looking, as lines of the health page and the overview."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.assurance.incidents.service import incidents_of
from app.core.assurance.readers.service import reader_tests
from app.core.assurance.reviews.service import overdue_months
from app.core.base.clock import local_day
from app.core.base.figures import month
from app.core.base.words import _, plural
from app.core.journal import Site
from app.core.operations import Check, Health
from app.core.training.committees import Committee, committees_of, strength_in_words
from app.core.training.controlled import reviews_overdue
from app.core.training.effectiveness import checks_waiting

_MOST_NAMED = 3


class Oversight:
    """Says what is to be seen to."""

    def __init__(self, site: Site, since: Callable[[], datetime]) -> None:
        """Take the open site, and since when there is something to look at."""
        self._site = site
        self._since = since

    def checks(self) -> tuple[Check, ...]:
        """Return what is late or open; nothing where all is well. Names no person."""
        today = local_day(self._site.clock)
        with self._site.read() as session:
            found = (
                self._reviews(session, today),
                _readers(session, self._site.site_id, today),
                _incidents(session),
                _committees(session, today),
                _effectiveness(session, today),
                _documents(session, today),
            )
        return tuple(one for one in found if one is not None)

    def _reviews(self, session: Session, today: date) -> Check | None:
        overdue = overdue_months(session, self._site.site_id, self._since(), today)
        if not overdue:
            return None
        named = ", ".join(
            f"{month(one.first_on)} {one.first_on.year}" for one in reversed(overdue[:_MOST_NAMED])
        )
        says = plural(
            "{count} month waits for its review",
            "{count} months wait for their review",
            len(overdue),
        )
        return Check(
            key="audit-reviews",
            title=_("Review of the audit trail"),
            health=Health.WATCH,
            says=f"{says}: {named}",
        )


def _readers(session: Session, site_id: UUID | None, today: date) -> Check | None:
    late = [one for one in reader_tests(session, site_id) if one.is_late(today)]
    if not late:
        return None
    named = ", ".join(f"{one.reader} ({one.pc})" for one in late[:_MOST_NAMED])
    return Check(
        key="readers",
        title=_("Badge readers"),
        health=Health.WATCH,
        says=_("To be tested: {readers}").format(readers=named),
    )


def _incidents(session: Session) -> Check | None:
    waiting = [one for one in incidents_of(session) if one.is_open]
    if not waiting:
        return None
    return Check(
        key="incidents",
        title=_("Incidents"),
        health=Health.WATCH,
        says=plural("{count} incident is open.", "{count} incidents are open.", len(waiting)),
    )


def _committees(session: Session, today: date) -> Check | None:
    waiting = [
        _with_shortages(one, today) for one in committees_of(session, today) if one.trouble(today)
    ]
    if not waiting:
        return None
    return Check(
        key="committees",
        title=_("Committees"),
        health=Health.WATCH,
        says=_("To be looked at: {titles}").format(titles=", ".join(waiting[:_MOST_NAMED])),
    )


def _with_shortages(one: Committee, today: date) -> str:
    short = ", ".join(map(strength_in_words, one.shortages(today)))
    return f"{one.title} ({short})" if short else one.title


def _effectiveness(session: Session, today: date) -> Check | None:
    waiting = checks_waiting(session, today)
    if not waiting:
        return None
    return Check(
        key="effectiveness",
        title=_("Effectiveness of training"),
        health=Health.WATCH,
        says=plural("{count} check waits.", "{count} checks wait.", waiting),
    )


def _documents(session: Session, today: date) -> Check | None:
    late = reviews_overdue(session, today)
    if not late:
        return None
    says = plural(
        "The review of {count} document is overdue",
        "Reviews of {count} documents are overdue",
        len(late),
    )
    return Check(
        key="document-reviews",
        title=_("Reviews of documents"),
        health=Health.WATCH,
        says=f"{says}: {', '.join(late[:_MOST_NAMED])}",
    )
