"""Which recordings a package holds, and what is served in the place of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.content.assets import AssetStore, StoredAsset
from app.core.content.conversion.films import film_from, films_of, has_lists
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
    """What it is converted and kept under; of a film in pieces that cannot be converted empty."""
    plays: bool
    can_be_converted: bool
    why: str = ""
    """Why it does not play, as a sentence."""


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


def films_within(session: Session, assets: AssetStore, index: PackageIndex) -> dict[str, str]:
    """Return, by the places of their lists, what the conversions of a package's films in pieces are kept under."""
    if not has_lists(index):
        return {}
    found = films_of(assets, index, assets.stored(session, index.assets))
    films = ((one.name, film_from(index, one)) for one in found)
    return {name: film.sha256 for name, film in films if film is not None}


def substitutes_in(
    session: Session, assets: AssetStore, index: PackageIndex
) -> dict[str, PackageFile]:
    """Return, by its place in a package, what is served instead of a recording or a film's list."""
    originals = {file.name: file.sha256 for file in index.files if may_be_recording(file)}
    originals |= films_within(session, assets, index)
    instead = played_instead(session, assets, originals.values())
    return {
        name: PackageFile(
            name=name,
            sha256=instead[original].sha256,
            size=instead[original].size,
            media_type=instead[original].media_type,
        )
        for name, original in originals.items()
        if original in instead
    }
