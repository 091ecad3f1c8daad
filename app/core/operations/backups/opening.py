"""The service of an open site, and proving a backup where no site is open."""

from pathlib import Path

from app.core.base.progress import Progress
from app.core.keys import key_folder_of
from app.core.operations.backups.checking import Opener, prove_backup
from app.core.operations.backups.format import read_backup
from app.core.operations.backups.making import Records
from app.core.operations.backups.service import Backups
from app.core.operations.backups.types import Proof
from app.core.operations.backups.workshop import work_anywhere, work_in
from app.core.operations.open_site import OpenSite
from app.core.operations.opening import Prepare
from app.core.sync import held_elsewhere


def backups_of(opened: OpenSite, prepare: Prepare) -> Backups:
    """Return the service of an open site."""
    site = opened.site
    records = Records(
        folder=opened.folder,
        slots=opened.data_key_file.slots.path,
        database=site.database,
        site_id=opened.site_id,
        station=site.station,
    )
    return Backups(
        site,
        records,
        Opener(data_key=records.file.key if site.database.is_sqlite else None),
        prepare,
        opened.since,
        lambda: held_elsewhere(opened.site, opened.keys),
    )


def prove_anywhere(
    path: Path, keys_root: Path, prepare: Prepare, password: str | None, progress: Progress
) -> Proof:
    """Restore a backup on trial where no site is open. Raises what `prove_backup` does."""
    backup = read_backup(path)
    keys = key_folder_of(keys_root, backup.site_id, backup.station)
    secret = keys.machine_secret() if keys.has_station else None
    with work_anywhere() as workshop:
        opener = Opener(secret=secret, password=password)
        return prove_backup(path, opener, prepare, workshop, progress)


def prove_with_key(
    path: Path, folder: Path, key: bytes, prepare: Prepare, progress: Progress
) -> Proof:
    """Restore a backup on trial in a data folder, by its data key. Raises what `prove_backup` does."""
    with work_in(folder) as workshop:
        return prove_backup(path, Opener(data_key=key), prepare, workshop, progress)
