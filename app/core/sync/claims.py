"""What PCs of other sites said of who may sign in here, and does not count: told until somebody knows (ADR 74)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.figures import moment
from app.core.base.words import _, plural
from app.core.journal import Claim, Site, refused_claims
from app.core.keys import KnownKeys
from app.core.people import name_of_row
from app.core.storage.tables import table_of
from app.core.sync.models import ClaimSeenRow
from app.core.sync.relations import Relations

_TOLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedClaims:
    """What one PC said of one account, person or department, and may not say."""

    station: str
    """The PC that wrote it."""
    site: str
    """Its site."""
    table: str
    """Of what it is said: `account`, `person`, `org_unit`, `password_rule`."""
    row_id: UUID
    name: str
    """Of whom or what; "" where nothing of it is here."""
    count: int
    newest: datetime
    """By the clock of that PC."""


def claims_of(site: Site, keys: KnownKeys) -> tuple[RefusedClaims, ...]:
    """Return what was said and does not count, as far as nobody has seen to it."""
    with site.read() as session:
        return tuple(unseen_claims(session, Relations.now(keys)))


def unseen_claims(session: Session, relations: Relations) -> Iterator[RefusedClaims]:
    """Yield what was said and does not count, the newest first, as far as nobody has seen to it."""
    alike: dict[tuple[bytes | None, str, UUID], list[Claim]] = {}
    for one in _unseen(session):
        alike.setdefault((one.station, one.about_table, one.about_id), []).append(one)
    for (station, table, key), claims in alike.items():
        site = relations.policy.site_of(station) if station else None
        yield RefusedClaims(
            station=relations.labels.get(station, station[:4].hex()) if station else "",
            site=relations.site_labels.get(site, "") if site else "",
            table=table,
            row_id=key,
            name=name_of_row(session, table, key),
            count=len(claims),
            newest=max(one.at for one in claims),
        )


def note_claims_seen(connection: sa.Connection, now: datetime) -> None:
    """Keep that an administrator knows of what was said up to now; the next such thing is told again."""
    seen = [
        {"table_name": one.table, "row_id": one.row_id, "version": one.version, "seen_at": now}
        for one in _unseen(Session(connection))
    ]
    if seen:
        connection.execute(sa.insert(table_of(ClaimSeenRow)), seen)


def claims_in_words(claims: Sequence[RefusedClaims], most: int = _TOLD) -> tuple[str, ...]:
    """Return a sentence for each PC and whom it spoke of: who wrote what of whom, and that it does not count.

    What is beyond `most` is counted.
    """
    told = tuple(map(_in_words, claims[:most]))
    left = len(claims) - len(told)
    more = plural(
        "{count} more such alarm is listed by “sync claims”.",
        "{count} more such alarms are listed by “sync claims”.",
        left,
    )
    return (*told, more) if left else told


def _in_words(claims: RefusedClaims) -> str:
    whom = claims.name or str(claims.row_id)[:8]
    about = {
        "account": _("the account of {name}"),
        "org_unit": _("the department {name}"),
        "password_rule": _("the rule for passwords"),
    }
    told = _(
        "{pc} of {site} wrote about {whom} what only its own site and headquarters may say "
        "({times}, last on {when}); it does not count, and changed nothing here."
    )
    return told.format(
        pc=claims.station or _("A PC"),
        site=claims.site or _("another site"),
        whom=about.get(claims.table, "{name}").format(name=whom),
        times=plural("{count} time", "{count} times", claims.count),
        when=moment(claims.newest),
    )


def _unseen(session: Session) -> list[Claim]:
    rows = sa.select(ClaimSeenRow.table_name, ClaimSeenRow.row_id, ClaimSeenRow.version)
    seen = {tuple(row) for row in session.execute(rows)}
    claims = refused_claims(session)
    return [one for one in claims if (one.table, one.row_id, one.version) not in seen]
