"""The backup before an upgrade: a newer program makes one before it changes the database."""

from collections.abc import Callable
from pathlib import Path

from app.core.base.clock import Clock
from app.core.base.errors import UserFacingError
from app.core.journal import Station
from app.core.keys import SLOT_FILE, KeyFolder
from app.core.operations.backups.making import Maker, Records
from app.core.operations.backups.place import Place
from app.core.operations.backups.plan import FOLDER, Plan, place_of, read_plan
from app.core.operations.backups.types import Occasion
from app.core.operations.marker import Marker
from app.core.storage.database import Database


def backup_before_upgrade(
    folder: Path, keys_root: Path, clock: Clock
) -> Callable[[Database], None]:
    """Return what is to be done with the database of a data folder before it is changed.

    The backup goes where backups are made; where that place is not to be had, into the data folder.
    Raises what making it does: without a backup there is no upgrade. A server keeps its own.
    """

    def back_up(database: Database) -> None:
        marker = Marker.read(folder)
        if marker is None or not database.is_sqlite:
            return
        station = KeyFolder(keys_root, marker.keys).station()
        records = Records(
            folder=folder,
            slots=marker.records_in(folder) / SLOT_FILE,
            database=database,
            site_id=marker.site_id,
            station=Station(station.fingerprint, station.incarnation),
        )
        if not records.slots.exists():  # two people recover the records: nobody could open a backup
            return
        plan = read_plan(folder)
        try:
            _make(records, plan, clock)
        except UserFacingError:
            if not plan.is_chosen:
                raise
            _make(records, Plan(place=folder / FOLDER), clock)

    return back_up


def _make(records: Records, plan: Plan, clock: Clock) -> None:
    Maker(records, place_of(plan), clock.now()).make(Occasion.UPGRADE, with_assets=False)


def backup_of_before(folder: Path, schema: str) -> Path | None:
    """Return the newest backup of before an upgrade that a program with this schema reads; None without one."""
    marker = Marker.read(folder)
    if marker is None:
        return None
    found = [
        backup
        for place in {read_plan(folder).place, folder / FOLDER}
        for backup in Place(place).backups()
        if backup.site_id == marker.site_id
        and backup.occasion is Occasion.UPGRADE
        and backup.schema <= schema
    ]
    newest = max(found, key=lambda backup: (backup.made_at, backup.number), default=None)
    return newest.path if newest else None
