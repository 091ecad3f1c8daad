"""Running a site: founding and opening it, its health."""

from app.core.operations.derived import DERIVED, Derivations, DerivedTables, Rebuilt
from app.core.operations.health import Check, Health, check_health
from app.core.operations.kept_views import KeptView, KeptViews
from app.core.operations.site_folder import (
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
    "DERIVED",
    "Check",
    "Derivations",
    "DerivedTables",
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
    "Rebuilt",
    "RecordsMissing",
    "SiteFolder",
    "check_health",
]
