"""Who gets what: which logs go to which site. A log goes whole or not at all, so that it has no gaps.

A site's PCs share everything. A plant's logs go to HQ, and come back to it from there when it lost
them. A plant gets HQ's catalogue, and what HQ writes about its people; it gets nothing of another
plant's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.journal import LogName, is_addressed_to
from app.core.storage.tables import Scope

SiteOf = Callable[[bytes], UUID | None]
"""Tells the site of a station by its fingerprint; None for one that nobody certified."""


class SitesApart(UserFacingError):
    """Two plants that are to exchange nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} is another plant; records go to it through HQ alone.").format(name=name),
            safe=_("Nothing was written."),
            remedy=_("Write the sync file for HQ."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What one site gives to others."""

    own: UUID
    headquarters: UUID | None
    """The site that holds the organisation's root; None before anybody was paired with one."""
    site_of: SiteOf

    def may_send_to(self, site: UUID) -> bool:
        """Tell whether anything goes to a site from here."""
        return site == self.own or self.headquarters in {self.own, site}

    def goes_to(self, site: UUID) -> Callable[[LogName], bool]:
        """Return what tells whether a log goes to a site."""
        if site == self.own:
            return lambda _log: True
        if site == self.headquarters:
            return lambda log: self.site_of(log.station) in {self.own, site}
        if self.own == self.headquarters:
            return lambda log: self._from_headquarters(log, site)
        return lambda _log: False

    def _from_headquarters(self, log: LogName, site: UUID) -> bool:
        origin = self.site_of(log.station)
        is_meant = log.scope is Scope.CATALOGUE or is_addressed_to(log, site)
        return origin == site or (origin == self.own and is_meant)
