"""The site's register: its own name, its stations and its public keys, as records."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.keys.authority import TrustedSite
from app.core.keys.folder import StationKey
from app.core.keys.models import SiteKeyRow, SiteRow, StationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteIdentity:
    """What the site is called."""

    id: UUID
    name: str
    code: str
    language: str


class SiteRegister:
    """Reads and writes who this site is."""

    def __init__(self, site: Site, site_id: UUID) -> None:
        self._site = site
        self._site_id = site_id

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

    def add_station(self, actor: Actor, station: StationKey, label: str) -> None:
        """Record a PC that writes from now on."""
        with self._site.transaction(actor, "station.add") as unit:
            unit.add(
                StationRow(
                    site_id=self._site_id,
                    public_key=station.public_key,
                    incarnation=station.incarnation,
                    label=label,
                    joined_at=self._site.clock.now(),
                )
            )

    def trusted(self) -> TrustedSite:
        """Return the public halves of the site's keys as they are on record."""
        with self._site.read() as session:
            newest = sa.select(SiteKeyRow).order_by(SiteKeyRow.since.desc()).limit(1)
            keys = session.scalars(newest.where(SiteKeyRow.site_id == self._site_id)).one()
            row = session.get_one(SiteRow, self._site_id)
        return TrustedSite(
            site_id=self._site_id,
            name=row.name,
            token_key=keys.token_key,
            pdf_certificate=keys.pdf_certificate,
        )

    def identity(self) -> SiteIdentity:
        """Return what the site is called now."""
        with self._site.read() as session:
            row = session.get_one(SiteRow, self._site_id)
        return SiteIdentity(id=row.id, name=row.name, code=row.code, language=row.language)

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
