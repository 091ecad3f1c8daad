"""What lies aside of revoked PCs, as an administrator sees it, and the decision over it (ADR 76)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.figures import moment
from app.core.base.reasons import explained
from app.core.base.words import _, plural
from app.core.journal import Site, unvouched_of_others
from app.core.keys import KnownKeys
from app.core.signatures import Meaning, Undersigned
from app.core.sync.aside_models import AsideDecisionRow, AsideEntryRow

PAGE = 100


class MoreCameMeanwhile(UserFacingError):
    """What lies aside is no longer what was looked at."""

    def __init__(self) -> None:
        super().__init__(
            _("More of that PC came meanwhile."),
            safe=_("Nothing was decided; all of it lies aside."),
            remedy=_("Look at it again."),
        )


class SignatureOverAside(UserFacingError):
    """It was to be decided without a signature."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("What becomes of it is decided with a signature only."),
            safe=_("Nothing was decided; all of it lies aside."),
            remedy=_("Sign with your name and password."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideDecided:
    """Somebody signed that it stays aside."""

    at: datetime
    by_name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What lies aside of one PC."""

    station: bytes
    label: str
    entries: int
    since: datetime
    """When the first was written, by the clock of that PC."""
    until: datetime
    came_at: datetime
    """When the last came here."""
    others: int
    """Records that other PCs wrote about what is in them: these count nowhere either."""
    digest: bytes
    """Of all their hashes: which they are."""
    decided: AsideDecided | None
    """The last decision, if it was over just these."""

    @property
    def key(self) -> str:
        """Return the PC's key as `sync keys` shows it."""
        return self.station.hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideEntry:
    """One entry, as it came."""

    at: datetime
    scope: str
    seq: int
    account_id: UUID | None
    action: str
    reason: str
    body: bytes


class LyingAside:
    """Lists and decides, for who manages the site."""

    def __init__(self, site: Site, keys: KnownKeys) -> None:
        self._site = site
        self._keys = keys

    def all(self, actor: Actor) -> tuple[Aside, ...]:
        """Return what lies aside, by PC."""
        actor.require(Capability.MANAGE_SITE)
        labels = self._keys.ring().names
        with self._site.read() as session:
            return tuple(_asides(session, labels))

    def of(self, actor: Actor, key: str) -> Aside:
        """Return what lies aside of the PC whose key begins so, or that is called so. Raises NotFound."""
        wanted = key.strip().casefold()
        found = [
            one
            for one in self.all(actor)
            if wanted and (one.key.startswith(wanted) or one.label.casefold() == wanted)
        ]
        if len(found) != 1:
            raise NotFound(_("What lies aside of {name}").format(name=key))
        return found[0]

    def entries(self, actor: Actor, aside: Aside, first: int = 0) -> tuple[AsideEntry, ...]:
        """Return up to a hundred of its entries, in the order in which they were written."""
        actor.require(Capability.MANAGE_SITE)
        row = AsideEntryRow
        wanted = sa.select(row).where(row.station == aside.station).order_by(row.stamp, row.hash)
        with self._site.read() as session:
            return tuple(
                AsideEntry(
                    at=one.wall,
                    scope=one.scope,
                    seq=one.seq,
                    account_id=one.actor,
                    action=one.action,
                    reason=one.reason,
                    body=one.body,
                )
                for one in session.scalars(wanted.offset(first).limit(PAGE))
            )

    def leave(self, actor: Actor, aside: Aside, reason: str, signed: Undersigned | None) -> UUID:
        """Let it stay aside for good, as it was looked at; return the decision's id.

        Raises ReasonMissing, SignatureOverAside, MoreCameMeanwhile, ReadOtherwise, and what signing does.
        """
        actor.require(Capability.MANAGE_SITE)
        reason = explained(reason, _("Say in a few words why it stays aside."))
        if signed is None:
            raise SignatureOverAside
        labels = self._keys.ring().names
        with self._site.transaction(actor, "key.leave-aside", reason=reason) as unit:
            now = _as_it_lies(unit, aside, labels)
            decision = AsideDecisionRow(
                station=now.station,
                entries=now.entries,
                digest=now.digest,
                reason=reason,
                at=self._site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
            unit.add(decision)
            signed.sign(unit, decision, Meaning.DECIDED, leaving_in_words(now), reason)
            return decision.id


def aside_in_words(aside: Aside) -> str:
    """Return the sentence about what lies aside of one PC."""
    count = plural("{count} entry", "{count} entries", aside.entries)
    told = _("{name}: {entries} written from {since} to {until}, after it was revoked.").format(
        name=aside.label, entries=count, since=moment(aside.since), until=moment(aside.until)
    )
    others = plural(
        "{count} record that another PC wrote about them counts nowhere either.",
        "{count} records that other PCs wrote about them count nowhere either.",
        aside.others,
    )
    return f"{told} {others}" if aside.others else told


def leaving_in_words(aside: Aside) -> str:
    """Return what somebody signs who lets it stay aside."""
    return "\n".join(
        (
            aside_in_words(aside),
            _("SHA-256 of these entries: {digest}").format(digest=aside.digest.hex()),
            "",
            _("I have looked at them and decide that they stay aside: they count nowhere."),
        )
    )


def _as_it_lies(session: Session, aside: Aside, labels: dict[bytes, str]) -> Aside:
    """Return what lies aside of a PC now. Raises MoreCameMeanwhile unless it is just what was looked at."""
    for one in _asides(session, labels):
        if (one.station, one.digest) == (aside.station, aside.digest):
            return one
    raise MoreCameMeanwhile


def _asides(session: Session, labels: dict[bytes, str]) -> Iterator[Aside]:
    row = AsideEntryRow
    by_station = sa.select(
        row.station,
        sa.func.count(),
        sa.func.min(row.wall),
        sa.func.max(row.wall),
        sa.func.max(row.came_at),
    ).group_by(row.station)
    for station, entries, since, until, came_at in session.execute(by_station).all():
        digest = _digest(session, station)
        yield Aside(
            station=station,
            label=labels.get(station, station[:4].hex()),
            entries=entries,
            since=since,
            until=until,
            came_at=came_at,
            others=unvouched_of_others(session, station),
            digest=digest,
            decided=_decided(session, station, digest),
        )


def _digest(session: Session, station: bytes) -> bytes:
    hashes = sa.select(AsideEntryRow.hash).where(AsideEntryRow.station == station)
    digest = hashlib.sha256()
    for one in session.scalars(hashes.order_by(AsideEntryRow.hash)):
        digest.update(one)
    return digest.digest()


def _decided(session: Session, station: bytes, digest: bytes) -> AsideDecided | None:
    row = AsideDecisionRow
    wanted = sa.select(row).where(row.station == station, row.digest == digest)
    found = session.scalars(wanted.order_by(row.at.desc(), row.id).limit(1)).first()
    if found is None:
        return None
    return AsideDecided(at=found.at, by_name=found.by_name, reason=found.reason)
