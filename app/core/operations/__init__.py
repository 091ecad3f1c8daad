"""Running a site: founding and opening it, its health."""

from app.core.operations.health import Check, Health, check_health
from app.core.operations.incarnations import Incarnations, NewLogs
from app.core.operations.kept_views import KeptView, KeptViews
from app.core.operations.site_folder import (
    BeingRestored,
    FolderTaken,
    Founding,
    MarkerMissing,
    NoSite,
    NotPermitted,
    OpenSite,
    PasswordNeeded,
    RecordsMissing,
    SiteFolder,
)

__all__ = [
    "BeingRestored",
    "Check",
    "FolderTaken",
    "Founding",
    "Health",
    "Incarnations",
    "KeptView",
    "KeptViews",
    "MarkerMissing",
    "NewLogs",
    "NoSite",
    "NotPermitted",
    "OpenSite",
    "PasswordNeeded",
    "RecordsMissing",
    "SiteFolder",
    "check_health",
]
