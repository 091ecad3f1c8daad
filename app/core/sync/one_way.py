"""Peers from which nothing comes back by file: who said so, and why. Their receipts come on paper."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.reasons import explained
from app.core.journal import Site
from app.core.sync.models import PeerWayRow
from app.core.sync.peers import Peer


@dataclass(frozen=True, slots=True, kw_only=True)
class OneWay:
    """The word that nothing comes back from a peer."""

    reason: str
    since: datetime


class OneWays:
    """Keeps which peers only take."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def say(self, actor: Actor, peer: Peer, reason: str, *, is_one_way: bool) -> None:
        """Put on record whether nothing comes back from a peer by file. Raises ReasonMissing."""
        actor.require(Capability.MANAGE_SITE)
        reason = explained(reason)
        with self._site.transaction(actor, "sync.way", reason=reason) as unit:
            unit.add(
                PeerWayRow(
                    peer=peer.key,
                    is_one_way=is_one_way,
                    reason=reason,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                )
            )


def one_ways(session: Session) -> dict[str, OneWay]:
    """Return the peers from which nothing comes back, by their keys: of several words the newest."""
    newest: dict[str, PeerWayRow] = {
        row.peer: row
        for row in session.scalars(sa.select(PeerWayRow).order_by(PeerWayRow.at, PeerWayRow.id))
    }
    return {
        key: OneWay(reason=row.reason, since=row.at)
        for key, row in newest.items()
        if row.is_one_way
    }
