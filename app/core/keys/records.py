"""The site's register: its own name, its stations and its public keys, as records."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.journal import Site, Unit
from app.core.keys.authority import TrustedSite
from app.core.keys.folder import StationKey
from app.core.keys.models import SiteKeyRow, SiteRow, StationRow
from app.core.keys.pairing import SiteTold
from app.core.keys.papers import record


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteIdentity:
    """What the site is called."""

    id: UUID
    name: str
    code: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStation:
    """A PC on record, as others call it."""

    fingerprint: bytes
    label: str
    site_id: UUID
    site_code: str
    site_name: str


def known_stations(session: Session) -> tuple[KnownStation, ...]:
    """Return the PCs on record of every site, each once; of a site that is not on record the code is empty."""
    rows = session.execute(
        sa.select(
            StationRow.public_key, StationRow.label, StationRow.site_id, SiteRow.code, SiteRow.name
        )
        .outerjoin(SiteRow, SiteRow.id == StationRow.site_id)
        .order_by(StationRow.joined_at, StationRow.id)
    )
    found = {
        key: KnownStation(
            fingerprint=hashlib.sha256(key).digest(),
            label=label,
            site_id=site_id,
            site_code=code or "",
            site_name=name or "",
        )
        for key, label, site_id, code, name in rows
    }
    return tuple(found.values())


class SiteRegister:
    """Reads and writes who this site is."""

    def __init__(self, site: Site, site_id: UUID, told: SiteTold | None = None) -> None:
        """Take the site; `told` is what its answer file said, for as long as the records do not."""
        self._site = site
        self._site_id = site_id
        self._told = told

    @property
    def is_known(self) -> bool:
        """Tell whether the records say what the site is called: they do from its first sync file on."""
        with self._site.read() as session:
            return session.get(SiteRow, self._site_id) is not None

    def found(
        self, actor: Actor, name: str, code: str, language: str, trusted: TrustedSite
    ) -> None:
        """Record the site and the public halves of its keys."""
        now = self._site.clock.now()
        with self._site.transaction(actor, "site.found") as unit:
            unit.add(
                SiteRow(id=self._site_id, name=name, code=code, language=language, founded_at=now)
            )
            unit.flush()
            unit.add(
                SiteKeyRow(
                    site_id=self._site_id,
                    token_key=trusted.token_key,
                    pdf_certificate=trusted.pdf_certificate,
                    since=now,
                )
            )

    def add_station(
        self, actor: Actor, station: StationKey, label: str, papers: Iterable[bytes] = ()
    ) -> None:
        """Record a PC that writes from now on, and the key papers that it came with."""
        with self._site.transaction(actor, "station.add") as unit:
            record(unit, papers)
            unit.add(
                StationRow(
                    site_id=self._site_id,
                    public_key=station.public_key,
                    incarnation=station.incarnation,
                    label=label,
                    joined_at=self._site.clock.now(),
                )
            )

    def add_key(
        self, unit: Unit, token_key: bytes, now: datetime, pdf_certificate: bytes | None = None
    ) -> None:
        """Record a new token key: later than the one before, even where the clock has been set back.

        What PDFs are signed with stays, unless that was lost too and another certificate is given.
        """
        statement = sa.select(SiteKeyRow).where(SiteKeyRow.site_id == self._site_id)
        newest = unit.scalars(statement.order_by(SiteKeyRow.since.desc()).limit(1)).one()
        unit.add(
            SiteKeyRow(
                site_id=self._site_id,
                token_key=token_key,
                pdf_certificate=pdf_certificate or newest.pdf_certificate,
                since=max(now, newest.since + timedelta(microseconds=1)),
            )
        )

    def has_station(self, station: StationKey) -> bool:
        """Tell whether a PC is on record as it is now."""
        statement = sa.select(StationRow.id).where(
            StationRow.public_key == station.public_key,
            StationRow.incarnation == station.incarnation,
        )
        with self._site.read() as session:
            return session.scalars(statement.limit(1)).first() is not None

    def station_labels(self) -> dict[bytes, str]:
        """Return what the stations are called, by their fingerprint."""
        with self._site.read() as session:
            rows = session.execute(sa.select(StationRow.public_key, StationRow.label))
            return {hashlib.sha256(key).digest(): label for key, label in rows}

    def joined_at(self, station: bytes) -> datetime | None:
        """Return when a station joined, by its fingerprint; None when it is not on record."""
        with self._site.read() as session:
            rows = session.execute(sa.select(StationRow.public_key, StationRow.joined_at)).all()
        joined = [at for key, at in rows if hashlib.sha256(key).digest() == station]
        return min(joined, default=None)

    def trusted(self) -> TrustedSite:
        """Return the public halves of the site's keys as they are on record, the former ones too."""
        statement = sa.select(SiteKeyRow).where(SiteKeyRow.site_id == self._site_id)
        with self._site.read() as session:
            keys = session.scalars(statement.order_by(SiteKeyRow.since, SiteKeyRow.id)).all()
            row = session.get(SiteRow, self._site_id)
        if row is None or not keys:
            told = self._require_told()
            return TrustedSite(
                site_id=self._site_id,
                name=told.name,
                token_key=told.token_key,
                pdf_certificate=told.pdf_certificate,
            )
        return TrustedSite(
            site_id=self._site_id,
            name=row.name,
            token_key=keys[-1].token_key,
            pdf_certificate=keys[-1].pdf_certificate,
            former_keys=tuple(key.token_key for key in keys[:-1]),
        )

    def first_token_key(self) -> bytes:
        """Return the key that the site was founded with."""
        trusted = self.trusted()
        return next(iter(trusted.former_keys), trusted.token_key)

    def identity(self) -> SiteIdentity:
        """Return what the site is called now."""
        with self._site.read() as session:
            row = session.get(SiteRow, self._site_id)
        if row is None:
            told = self._require_told()
            return SiteIdentity(
                id=self._site_id, name=told.name, code=told.code, language=told.language
            )
        return SiteIdentity(id=row.id, name=row.name, code=row.code, language=row.language)

    def _require_told(self) -> SiteTold:
        if self._told is None:
            raise LookupError("neither the records nor an answer file say which site this is")
        return self._told


def sites_on_record() -> sa.Subquery:
    """Return a query for the sites whose records lie here: id, code and name of each."""
    return sa.select(SiteRow.id, SiteRow.code, SiteRow.name).subquery("site_on_record")
