"""What lies in a data folder into which a backup is to be restored, and what of it would be lost."""

from pathlib import Path

import sqlalchemy as sa

from app.core.base.errors import UserFacingError
from app.core.egress import LineOfBefore, saved_lines
from app.core.keys import SLOT_FILE, KeyFolder, KeySlots, SiteFileDamaged, key_folder_of
from app.core.operations.backups.errors import OtherSiteThere, ServerKeepsRecords
from app.core.operations.backups.losses import loss_from_anchor, loss_from_records
from app.core.operations.backups.types import Backup, Loss, LossSource
from app.core.operations.marker import Marker
from app.core.storage.database import Database, SqliteFile
from app.core.storage.faults import told_plainly
from app.core.sync import sent_lines


class RecordsThere:
    """The records that are in a data folder, looked at anew each time; a backup is to take their place."""

    def __init__(self, folder: Path, keys_root: Path, backup: Backup) -> None:
        self._folder = folder
        self._keys_root = keys_root
        self._backup = backup

    def marker(self) -> Marker | None:
        """Return what the folder says it has; None too where that cannot be read.

        Raises OtherSiteThere, ServerKeepsRecords.
        """
        try:
            marker = Marker.read(self._folder)
        except SiteFileDamaged:
            return None
        if marker is not None and marker.site_id != self._backup.site_id:
            raise OtherSiteThere(self._folder)
        if marker is not None and marker.database is not None:
            raise ServerKeepsRecords
        return marker

    def keys(self) -> KeyFolder:
        """Return the keys of what is there; where nothing is, those of the PC that the backup is of.

        Raises as `marker` does.
        """
        return self._keys_by(self.marker())

    def loss(self) -> Loss:
        """Return what would be lost. Raises as `marker` does."""
        marker = self.marker()
        if self._is_nothing(marker):
            return Loss(source=LossSource.NOTHING)
        keys = self._keys_by(marker)
        location = self._location(marker, keys)
        found = loss_from_records(self._backup, location) if location else None
        return found or loss_from_anchor(self._backup, keys)

    def lines_of_before(self) -> tuple[LineOfBefore, ...] | None:
        """Return what the register of what left has in the records; None: there are none, or nobody can
        read it. Raises as `marker` does.
        """
        marker = self.marker()
        if self._is_nothing(marker):
            return None
        location = self._location(marker, self._keys_by(marker))
        if location is None:
            return None
        try:
            with told_plainly():
                database = Database(location)
                try:
                    with database.read() as session:
                        return (*saved_lines(session), *sent_lines(session))
                finally:
                    database.close()
        except (UserFacingError, sa.exc.DBAPIError):
            return None

    def _is_nothing(self, marker: Marker | None) -> bool:
        return marker is None and not (self._folder / "site.db").exists()

    def _keys_by(self, marker: Marker | None) -> KeyFolder:
        if marker is not None:
            return KeyFolder(self._keys_root, marker.keys)
        return key_folder_of(self._keys_root, self._backup.site_id, self._backup.station)

    def _location(self, marker: Marker | None, keys: KeyFolder) -> SqliteFile | None:
        """Return where the records are that this PC can open; None where it cannot."""
        there = marker or Marker(site_id=self._backup.site_id, keys=keys.name)
        records = there.records_in(self._folder)
        try:
            slots = KeySlots(records / SLOT_FILE)
            key = slots.open_with_machine(keys.machine_secret())
        except SiteFileDamaged:
            return None
        path = records / "site.db"
        return SqliteFile(path=path, key=key) if key and path.exists() else None
