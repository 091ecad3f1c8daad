"""What a restore would lose: the entries that are here and not in the backup."""

import sqlalchemy as sa

from app.core.base.errors import UserFacingError
from app.core.journal import LogName, Position, actions_beyond, entries_beyond
from app.core.keys import AnchorDamaged, AnchorFile, KeyFolder
from app.core.operations.backups.types import Backup, Loss, LossSource, LostDeed
from app.core.storage.database import Database, Location
from app.core.storage.faults import told_plainly
from app.core.storage.tables import Scope


def loss_from_records(backup: Backup, location: Location) -> Loss | None:
    """Return what the records that are there would lose; None when they cannot be read."""
    try:
        with told_plainly():
            database = Database(location)
            try:
                return loss_from_open_records(backup, database)
            finally:
                database.close()
    except (UserFacingError, sa.exc.DBAPIError):
        return None


def loss_from_open_records(backup: Backup, database: Database) -> Loss:
    """Return what records that are open would lose."""
    with database.read() as session:
        if not backup.logs:  # made before an upgrade: how much is in it is known, and no more
            count = session.scalar(sa.text("SELECT count(*) FROM journal_entry")) or 0
            lost = max(0, count - backup.entries)
            return Loss(source=LossSource.RECORDS, entries=lost, since=backup.made_at)
        connection, held = session.connection(), positions_in(backup)
        beyond = entries_beyond(connection, held)
        done = actions_beyond(connection, held)
    return Loss(
        source=LossSource.RECORDS,
        entries=beyond.entries,
        since=beyond.since,
        until=beyond.until,
        deeds=tuple(LostDeed(action=action, entries=count) for action, count in done.most_common()),
    )


def loss_from_anchor(backup: Backup, keys: KeyFolder) -> Loss:
    """Return what this PC has noted that it wrote beyond a backup: at least so much would be lost."""
    try:
        anchor = AnchorFile(keys).read()
    except AnchorDamaged:
        anchor = None
    if anchor is None:
        return Loss(source=LossSource.UNKNOWN, since=backup.made_at)
    held = {
        end.scope: end.last
        for end in backup.logs
        if (end.station, end.incarnation, end.branch) == (anchor.station, anchor.incarnation, 0)
    }
    lost = sum(max(0, head.seq - held.get(scope, 0)) for scope, head in anchor.heads.items())
    return Loss(source=LossSource.ANCHOR, entries=lost, since=backup.made_at, until=anchor.at)


def positions_in(backup: Backup) -> list[Position]:
    """Return how far each log goes in a backup."""
    return [
        Position(
            log=LogName(end.station, end.incarnation, Scope(end.scope)), seq=end.last, head=end.head
        )
        for end in backup.logs
    ]
