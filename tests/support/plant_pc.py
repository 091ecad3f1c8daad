"""A PC with a data folder, a key folder and a place for backups, each of which can be damaged behind Daksha's back."""

from pathlib import Path

import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.clock import Clock
from app.core.content import AssetStore
from app.core.journal import Journal
from app.core.keys import SlotCost
from app.core.operations import (
    Backups,
    Founding,
    OpenSite,
    Restoring,
    SiteFolder,
    backup_before_upgrade,
    backups_of,
)
from app.core.people.models import OrgUnitRow
from app.core.schema.upgrade import bring_up_to_date

ACTOR = system_actor()
PASSWORD = "correct horse battery"
FOUNDING = Founding(
    name="Pune plant", code="PUN", password=PASSWORD, cost=SlotCost(memory=256, passes=1)
)


class PlantPc:
    """Daksha is started and ended by each method."""

    def __init__(self, home: Path, clock: Clock) -> None:
        self.home = home
        self.data = home / "data"
        self.keys = home / "keys"
        self.place = home / "stick"
        self.clock = clock
        self.place.mkdir(parents=True, exist_ok=True)

    def found(self) -> "PlantPc":
        """Found the site."""
        SiteFolder(self.data, self.keys, self.clock).found(FOUNDING, bring_up_to_date).site.close()
        return self

    def open(self, password: str | None = None) -> OpenSite:
        """Open the site as the program does."""
        before = backup_before_upgrade(self.data, self.keys, self.clock)
        place = SiteFolder(self.data, self.keys, self.clock)
        return place.open(lambda database: bring_up_to_date(database, before), password)

    def write(self, *codes: str) -> None:
        """Write departments."""
        opened = self.open()
        write(opened, *codes)
        opened.site.close()

    def put_asset(self, content: bytes, name: str = "film.mp4") -> str:
        """Store a file; return its hash."""
        opened = self.open()
        with opened.site.transaction(ACTOR, "course.import") as unit:
            asset = AssetStore(opened.assets, self.clock).add_bytes(
                unit, content, "video/mp4", name
            )
        opened.site.close()
        return asset.sha256

    def codes(self) -> set[str]:
        """Return the departments there are; the journal proves them."""
        opened = self.open()
        with opened.site.read() as session:
            found = set(session.scalars(sa.select(OrgUnitRow.code)))
        assert Journal(opened.site, opened.station).verify(ACTOR).first_bad is None
        opened.site.close()
        return found

    def back_up(self, name: str = "one.dkbk", *, with_assets: bool = True) -> Path:
        """Make a backup under a name, in the place of one that has it."""
        opened = self.open()
        path = self.place / name
        backups(opened).make_at(ACTOR, path, with_assets=with_assets, overwrite=True)
        opened.site.close()
        return path

    def restoring(self, data: Path | None = None) -> Restoring:
        """Return what restores into the data folder, or into another one."""
        return Restoring(data or self.data, self.keys, self.clock, bring_up_to_date)


def backups(opened: OpenSite) -> Backups:
    """Return the service of an open site."""
    return backups_of(opened, bring_up_to_date)


def write(opened: OpenSite, *codes: str) -> None:
    """Write departments."""
    for code in codes:
        with opened.site.transaction(ACTOR, "org-unit.add") as unit:
            unit.add(OrgUnitRow(code=code, name=code))
