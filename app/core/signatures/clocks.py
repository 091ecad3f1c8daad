"""The time of a signature: never before the one before it, unless somebody says the clock is right.

A signature bears the time of the PC's clock. Where that stands behind what was written already,
signing stops until an administrator confirms the clock, with a reason; the entries' own order
(the hybrid logical clock, in the signature too) rises all the same.
"""

from datetime import datetime, timedelta, timezone

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.reasons import explained
from app.core.journal import Site, Unit
from app.core.signatures.errors import ClockIsSound, ClockSetBack
from app.core.signatures.models import ClockConfirmationRow, SignatureRow

SOUND, CONFIRMED = "sound", "confirmed"
_TICK = timedelta(microseconds=1)
_JITTER = timedelta(minutes=2)
"""How far entries may go on past a confirmed clock's newest without being a new leap."""


def clock_state(site: Site) -> str:
    """Return whether the PC's clock is sound, or was confirmed. Raises ClockSetBack."""
    behind = site.clock_backstep()
    if not behind:
        return SOUND
    now = site.clock.now()
    with site.read() as session:
        confirmation = session.scalars(
            sa.select(ClockConfirmationRow)
            .where(ClockConfirmationRow.station == site.station.fingerprint)
            .order_by(ClockConfirmationRow.id.desc())
            .limit(1)
        ).first()
    if confirmation is None:
        raise ClockSetBack(behind)
    stands = confirmation.at <= now and now + behind <= confirmation.newest + _JITTER
    if not stands:
        raise ClockSetBack(behind)
    return CONFIRMED


def confirm_clock(site: Site, actor: Actor, reason: str) -> None:
    """Say that the clock is right though it stands behind. Raises ClockIsSound, ReasonMissing."""
    actor.require(Capability.MANAGE_SITE)
    reason = explained(reason)
    behind, now = site.clock_backstep(), site.clock.now()
    if not behind:
        raise ClockIsSound
    with site.transaction(actor, "signature.confirm-clock", reason=reason) as unit:
        unit.add(
            ClockConfirmationRow(
                station=site.station.fingerprint,
                at=now,
                newest=now + behind,
                by=actor.account_id,
                reason=reason,
            )
        )


def time_of_signature(unit: Unit, station: bytes, now: datetime, clock: str) -> datetime:
    """Return the time a signature bears: the clock's, but after that of the one before it here."""
    newest = unit.scalar(
        sa.select(sa.func.max(SignatureRow.signed_at)).where(SignatureRow.station == station)
    )
    if clock == CONFIRMED or newest is None or newest > now + _JITTER:
        return now
    return max(now, newest + _TICK)


def as_printed(at: datetime, offset: int) -> str:
    """Return an instant as ISO 8601 at an offset from UTC in minutes, to the microsecond."""
    return at.astimezone(timezone(timedelta(minutes=offset))).isoformat(timespec="microseconds")
