"""Running a site: founding and opening it, its health."""

from app.core.operations.health import Check, Health, check_health
from app.core.operations.kept_views import KeptView, KeptViews
from app.core.operations.site_folder import (
    CodeRefused,
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
    "Check",
    "CodeRefused",
    "FolderTaken",
    "Founding",
    "Health",
    "KeptView",
    "KeptViews",
    "MarkerMissing",
    "NoSite",
    "NotPermitted",
    "OpenSite",
    "PasswordNeeded",
    "RecordsMissing",
    "SiteFolder",
    "check_health",
]
