"""Running a site: founding and opening it, its health."""

from app.core.operations.derived import DERIVED, Derivations, DerivedTables, Rebuilt
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
from app.core.operations.health import Check, Health, check_health
from app.core.operations.kept_views import KeptView, KeptViews
from app.core.operations.site_folder import Founding, Join, OpenSite, SiteFolder, this_pc

__all__ = [
    "DERIVED",
    "Check",
    "CodeRefused",
    "Derivations",
    "DerivedTables",
    "FolderTaken",
    "Founding",
    "Health",
    "Join",
    "KeptView",
    "KeptViews",
    "MarkerMissing",
    "NoDataKey",
    "NoSite",
    "NotPermitted",
    "OpenSite",
    "Rebuilt",
    "RecordsInUse",
    "RecordsMissing",
    "SiteFolder",
    "check_health",
    "this_pc",
]
