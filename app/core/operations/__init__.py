"""Running a site: founding and opening it, its health."""

from app.core.operations.derived import DERIVED, Derivations, DerivedTables, Rebuilt
from app.core.operations.escrow import (
    Escrow,
    HeldByHq,
    KeyAsked,
    LockedRecords,
    NoEscrow,
    NoHeadquarters,
    RequestSeen,
)
from app.core.operations.folder_errors import (
    CodeRefused,
    FolderTaken,
    MarkerMissing,
    NoDataKey,
    NoSite,
    NotPermitted,
    RecordsInUse,
    RecordsMissing,
)
from app.core.operations.founding import Founding, Join
from app.core.operations.health import Check, Health, check_health
from app.core.operations.kept_views import KeptView, KeptViews
from app.core.operations.key_change import CopyNotSound
from app.core.operations.protection import PrintedKit, Protection, Way, Ways, ways_of
from app.core.operations.recovery import Recovery, SharesOfOtherRecords, TwoPeopleNeeded, recover
from app.core.operations.recovery_kit import (
    KeepersNeeded,
    KitInHand,
    RecoveryKits,
    WordsNotAsPrinted,
)
from app.core.operations.site_folder import OpenSite, SiteFolder, this_pc

__all__ = [
    "DERIVED",
    "Check",
    "CodeRefused",
    "CopyNotSound",
    "Derivations",
    "DerivedTables",
    "Escrow",
    "FolderTaken",
    "Founding",
    "Health",
    "HeldByHq",
    "Join",
    "KeepersNeeded",
    "KeptView",
    "KeptViews",
    "KeyAsked",
    "KitInHand",
    "LockedRecords",
    "MarkerMissing",
    "NoDataKey",
    "NoEscrow",
    "NoHeadquarters",
    "NoSite",
    "NotPermitted",
    "OpenSite",
    "PrintedKit",
    "Protection",
    "Rebuilt",
    "RecordsInUse",
    "RecordsMissing",
    "Recovery",
    "RecoveryKits",
    "RequestSeen",
    "SharesOfOtherRecords",
    "SiteFolder",
    "TwoPeopleNeeded",
    "Way",
    "Ways",
    "WordsNotAsPrinted",
    "check_health",
    "recover",
    "this_pc",
    "ways_of",
]
