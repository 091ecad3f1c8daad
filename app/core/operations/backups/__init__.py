"""Backups: made, proved by a trial restore, let go by rules, restored (ADR 19)."""

from app.core.operations.backups.checking import Opener, prove_backup
from app.core.operations.backups.errors import (
    BackupDamaged,
    BackupLocked,
    BackupTooNew,
    BackupUnderWay,
    NoBackup,
    NoRoomForBackup,
    OtherSiteThere,
    PlaceUntrue,
    ServerKeepsRecords,
)
from app.core.operations.backups.format import SUFFIX, read_backup
from app.core.operations.backups.making import Maker, Records
from app.core.operations.backups.opening import backups_of, prove_anywhere, prove_with_key
from app.core.operations.backups.place import Place
from app.core.operations.backups.plan import Plan
from app.core.operations.backups.record import BackupDeed, backup_deeds
from app.core.operations.backups.restoring import Restoring
from app.core.operations.backups.service import Backups, LastGood
from app.core.operations.backups.set_aside import (
    KEPT_DAYS,
    LOW_DISK,
    SetAside,
    SetAsides,
    proposed_to_go,
    size_set_aside,
)
from app.core.operations.backups.types import (
    Backup,
    BackupEvent,
    BackupOfBefore,
    HeldElsewhere,
    Listed,
    Loss,
    LossSource,
    LostDeed,
    LostPeople,
    LostPerson,
    Made,
    Occasion,
    Proof,
    Restored,
    Soundness,
)
from app.core.operations.backups.upgrades import backup_before_upgrade, backup_of_before
from app.core.operations.backups.words import (
    BACKUP_EVENTS,
    loss_in_detail,
    loss_told,
    missing_in_words,
    restored_in_words,
    set_aside_in_words,
)

__all__ = [
    "BACKUP_EVENTS",
    "KEPT_DAYS",
    "LOW_DISK",
    "SUFFIX",
    "Backup",
    "BackupDamaged",
    "BackupDeed",
    "BackupEvent",
    "BackupLocked",
    "BackupOfBefore",
    "BackupTooNew",
    "BackupUnderWay",
    "Backups",
    "HeldElsewhere",
    "LastGood",
    "Listed",
    "Loss",
    "LossSource",
    "LostDeed",
    "LostPeople",
    "LostPerson",
    "Made",
    "Maker",
    "NoBackup",
    "NoRoomForBackup",
    "Occasion",
    "Opener",
    "OtherSiteThere",
    "Place",
    "PlaceUntrue",
    "Plan",
    "Proof",
    "Records",
    "Restored",
    "Restoring",
    "ServerKeepsRecords",
    "SetAside",
    "SetAsides",
    "Soundness",
    "backup_before_upgrade",
    "backup_deeds",
    "backup_of_before",
    "backups_of",
    "loss_in_detail",
    "loss_told",
    "missing_in_words",
    "proposed_to_go",
    "prove_anywhere",
    "prove_backup",
    "prove_with_key",
    "read_backup",
    "restored_in_words",
    "set_aside_in_words",
    "size_set_aside",
]
