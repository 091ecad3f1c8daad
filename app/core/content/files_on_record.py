"""Which files are on record, which of them do not lie here, and which are not to."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.content.assets import AssetStore, StoredAsset
from app.core.content.models import AssetDestroyedRow, AssetRow


def stored_files(session: Session) -> Iterator[StoredAsset]:
    """Yield every file that is on record, whether or not it lies here; not what is destroyed."""
    destroyed = frozenset(session.scalars(sa.select(AssetDestroyedRow.sha256)))
    for row in session.execute(
        sa.select(
            AssetRow.id, AssetRow.sha256, AssetRow.size, AssetRow.media_type, AssetRow.name
        ).order_by(AssetRow.id)
    ):
        if row.sha256 in destroyed:
            continue
        yield StoredAsset(
            id=row.id, sha256=row.sha256, size=row.size, media_type=row.media_type, name=row.name
        )


def destroyed_files(session: Session, assets: AssetStore) -> frozenset[str]:
    """Return the hashes of what was destroyed, and has not come again since."""
    destroyed = session.scalars(sa.select(AssetDestroyedRow.sha256))
    return frozenset(one for one in destroyed if not assets.place_for(one).exists())


def absent_files(session: Session, assets: AssetStore) -> dict[str, StoredAsset]:
    """Return the files on record that do not lie here in full length, by hash."""
    return {
        file.sha256: file
        for file in stored_files(session)
        if not assets.holds(file.sha256, file.size)
    }
