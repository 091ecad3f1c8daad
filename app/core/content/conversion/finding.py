"""Which recordings a package holds, and what is served in the place of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.content.assets import AssetStore, StoredAsset
from app.core.content.models import ConversionRow
from app.core.content.packages import PackageFile, PackageIndex

_KINDS = ("video/", "audio/")
_UNNAMED = frozenset({".m4b", ".mka", ".wma", ".asf", ".mts", ".m2ts", ".ts", ".m3u8"})
"""Recordings whose media type says nothing of it."""
_NOT_READ = frozenset({".mid"})
"""Notes, not sound: no page plays them, and nothing converts them."""
_FEW = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recording in a package, and whether pages play it, as it is or converted."""

    name: str
    """Its place in the package."""
    sha256: str
    plays: bool
    can_be_converted: bool
    why: str = ""
    """Why it does not play, as a sentence."""
    is_in_pieces: bool = False
    """Whether it is a film in pieces, under the name of its list."""


def may_be_recording(file: PackageFile) -> bool:
    """Tell by name and type whether a file of a package is worth a look."""
    ending = PurePath(file.name).suffix.casefold()
    is_named = file.media_type.startswith(_KINDS) or ending in _UNNAMED
    return is_named and ending not in _NOT_READ and file.size > 0


def played_instead(
    session: Session, assets: AssetStore, hashes: Iterable[str]
) -> dict[str, StoredAsset]:
    """Return, by the SHA-256 of an original, the newest file that is served in its place.

    Only what lies in the store whole is returned.
    """
    wanted = sorted(set(hashes))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _FEW):
        rows = session.execute(
            sa.select(ConversionRow.original, ConversionRow.converted)
            .where(ConversionRow.original.in_(wanted[start : start + _FEW]))
            .order_by(ConversionRow.at, ConversionRow.id)
        )
        found.update((original, converted) for original, converted in rows)
    stored = assets.stored(session, found.values())
    return {
        original: stored[converted] for original, converted in found.items() if converted in stored
    }


def converted_files(session: Session) -> dict[str, list[str]]:
    """Return by the SHA-256 of an original everything that was made to be served in its place."""
    instead: dict[str, list[str]] = {}
    for original, converted in session.execute(
        sa.select(ConversionRow.original, ConversionRow.converted)
    ):
        instead.setdefault(original, []).append(converted)
    return instead


def substitutes_in(
    session: Session, assets: AssetStore, index: PackageIndex
) -> dict[str, PackageFile]:
    """Return, by the SHA-256 of a package's recording, the converted file under the original's name."""
    recordings = {file.sha256: file for file in index.files if may_be_recording(file)}
    return {
        original: PackageFile(
            name=recordings[original].name,
            sha256=asset.sha256,
            size=asset.size,
            media_type=asset.media_type,
        )
        for original, asset in played_instead(session, assets, recordings).items()
    }
