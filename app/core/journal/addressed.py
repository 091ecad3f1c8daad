"""Logs that are written for one other site: HQ's entries about a plant's people (ADR 22).

A log goes to a site whole or not at all, so what one plant is to get lies in a log of its own. Whom
it is for stands in its name: the incarnation is made of the addressee and of the station's own one.
"""

import hashlib
from uuid import UUID

from app.core.journal.entries import LogName
from app.core.storage.tables import Scope

_HALF = 4


def addressed_log(log: LogName, site: UUID) -> LogName:
    """Return the name of the log in which a station writes for a site, beside one of its own."""
    return LogName(log.station, _for_site(site) + _of_incarnation(log.incarnation), log.scope)


def is_addressed_to(log: LogName, site: UUID) -> bool:
    """Tell whether a log was written for a site."""
    return log.scope is Scope.IDENTITY and log.incarnation[:_HALF] == _for_site(site)


def is_beside(log: LogName, own: LogName) -> bool:
    """Tell whether a log was written for another site by the station and incarnation of a log."""
    beside = log.station, log.scope, log.incarnation[_HALF:]
    return beside == (own.station, own.scope, _of_incarnation(own.incarnation))


def _for_site(site: UUID) -> bytes:
    return hashlib.sha256(b"daksha-log-for-site\0" + site.bytes).digest()[:_HALF]


def _of_incarnation(incarnation: bytes) -> bytes:
    return hashlib.sha256(b"daksha-log-beside\0" + incarnation).digest()[:_HALF]
