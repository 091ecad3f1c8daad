"""Keys: the data key in its slots, this station's identity, the site's signing authority."""

from app.core.keys.anchor import (
    Anchor,
    AnchorDamaged,
    AnchorFile,
    Head,
    Heads,
    NewLogsReason,
    Parent,
)
from app.core.keys.authority import SiteAuthority, TrustedSite
from app.core.keys.folder import KeyFolder, StationKey
from app.core.keys.records import SiteIdentity, SiteRegister
from app.core.keys.slots import (
    DEFAULT_COST,
    KeySlots,
    SiteFileDamaged,
    SlotCost,
    WrongPassword,
)
from app.core.keys.tries import KeptTries, Tries

__all__ = [
    "DEFAULT_COST",
    "Anchor",
    "AnchorDamaged",
    "AnchorFile",
    "Head",
    "Heads",
    "KeptTries",
    "KeyFolder",
    "KeySlots",
    "NewLogsReason",
    "Parent",
    "SiteAuthority",
    "SiteFileDamaged",
    "SiteIdentity",
    "SiteRegister",
    "SlotCost",
    "StationKey",
    "Tries",
    "TrustedSite",
    "WrongPassword",
]
