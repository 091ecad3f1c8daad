"""Packages: what is in an imported archive, how it is read safely and how it is kept."""

from app.core.content.packages.archive import Archive, ArchiveLimits, ArchiveRefused, Entry
from app.core.content.packages.index import (
    PACKAGE_TYPE,
    PackageUnreadable,
    files_within,
    index_bytes,
    read_package_index,
)
from app.core.content.packages.pieces import (
    MAX_PLAYLIST_BYTES,
    PLAYLIST,
    FilmInPieces,
    films_in_pieces,
)
from app.core.content.packages.storing import add_package, take_lone_manifest, take_package
from app.core.content.packages.values import (
    Activity,
    PackageFile,
    PackageIndex,
    PackageManifest,
    Standard,
    as_data,
    is_network_address,
    path_of,
)

__all__ = [
    "MAX_PLAYLIST_BYTES",
    "PACKAGE_TYPE",
    "PLAYLIST",
    "Activity",
    "Archive",
    "ArchiveLimits",
    "ArchiveRefused",
    "Entry",
    "FilmInPieces",
    "PackageFile",
    "PackageIndex",
    "PackageManifest",
    "PackageUnreadable",
    "Standard",
    "add_package",
    "as_data",
    "files_within",
    "films_in_pieces",
    "index_bytes",
    "is_network_address",
    "path_of",
    "read_package_index",
    "take_lone_manifest",
    "take_package",
]
