"""Reading a shared folder: which files are new there, what came of them, and what each brings."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.journal import Site
from app.core.sync.imported import Errand, Imported
from app.core.sync.importing import Importing
from app.core.sync.listing import Listing
from app.core.sync.loading import completed_by
from app.core.sync.lying import forget_gone, note_lying
from app.core.sync.models import FileState, IncomingFileRow, LyingFileRow
from app.core.sync.refusals import BundleRefused


class Reading:
    """Takes in what others laid."""

    def __init__(self, site: Site, importing: Importing) -> None:
        self._site = site
        self._importing = importing
        self._tried: dict[str, tuple[int, int]] = {}
        """How files looked that were refused: size and time of the last change."""

    def take_in(self, actor: Actor, listing: Listing, progress: Progress) -> Imported:
        """Take in receipts, then records, then the next volume.

        Whoever keeps a tally is given no receipt: they hear ours.
        """
        known, _refused = self._known({one.name for one in (*listing.bundles, *listing.volumes)})

        def errands(files: Iterable[Path]) -> Iterator[Errand]:
            for file in files:
                if self._is_new(file, known):
                    yield Errand(file, listing.tells(file))

        first = [*(Errand(file, None) for file in listing.receipts), *errands(listing.bundles)]
        total = self._importing.take_each(actor, first, progress, self._note_refused)
        for receipt in listing.receipts:
            receipt.unlink(missing_ok=True)
        for errand in errands(listing.volumes):
            if total.volumes_read:
                break
            total.add(self._importing.take_each(actor, [errand], progress, self._note_refused))
        self._keep(total, listing.names)
        return total

    def standing(self, listing: Listing) -> tuple[str, ...]:
        """Return what is wrong with files that lie in the folder and are of no use: one sentence each."""
        files = [*listing.bundles, *listing.volumes]
        _taken, refused = self._known({file.name for file in files})
        return tuple(f"{file.name}: {refused[file.name]}" for file in files if file.name in refused)

    def _known(self, names: Collection[str]) -> tuple[set[str], dict[str, str]]:
        """Return which of some files need not be read again, and why others were refused."""
        if not names:
            return set(), {}
        with self._site.read() as session:
            rows = session.execute(
                sa.select(IncomingFileRow.name, IncomingFileRow.state, IncomingFileRow.said).where(
                    IncomingFileRow.name.in_(sorted(names))
                )
            ).all()
        refused = {row.name: row.said for row in rows if row.state is FileState.REFUSED}
        taken = {row.name for row in rows if row.state is not FileState.REFUSED}
        return taken, {name: said for name, said in refused.items() if name not in taken}

    def _is_new(self, file: Path, known: set[str]) -> bool:
        """Tell whether a file is to be read: one that was refused is, as soon as it is another one.

        Somebody's copying may have been under way when it was looked at first.
        """
        return file.name not in known and self._tried.get(file.name) != _look_of(file)

    def _note_refused(self, file: Path, refusal: UserFacingError) -> None:
        if isinstance(refusal, BundleRefused):  # and not, say, a full disk of this PC
            self._tried[file.name] = _look_of(file)

    def _keep(self, imported: Imported, names: frozenset[str]) -> None:
        """Keep what the files that were read bring; forget those that lie there no longer."""
        with self._site.read() as session:
            known = set(session.scalars(sa.select(LyingFileRow.name)))
        if not imported.seen and known <= names:
            return
        now = self._site.clock.now()
        with self._site.database.write() as connection, Session(connection) as session:
            for seen in imported.seen:
                if seen.name in names:
                    whole = completed_by(seen.manifest, seen.volume) if seen.volume else ()
                    note_lying(session, seen.name, seen.manifest, now, b"".join(whole))
            forget_gone(session, names)


def _look_of(file: Path) -> tuple[int, int]:
    """Return what tells a file from the one that had its name before; one that went is as good as empty."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
