"""Reading a shared folder: which files are new there, what came of them, and what each brings."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.journal import Site
from app.core.keys import KnownKeys
from app.core.sync.imported import Errand, Imported
from app.core.sync.importing import Importing
from app.core.sync.listing import Listing, part_of
from app.core.sync.loading import completed_by
from app.core.sync.lying import forget_gone, note_lying
from app.core.sync.models import FileState, IncomingFileRow, LyingFileRow
from app.core.sync.refusals import BundleRefused


class Reading:
    """Takes in what others laid."""

    def __init__(self, site: Site, keys: KnownKeys, importing: Importing) -> None:
        self._site = site
        self._keys = keys
        self._importing = importing
        self._tried: dict[str, tuple[int, int]] = {}
        """How files looked that were refused: size and time of the last change."""

    def take_in(self, actor: Actor, listing: Listing, progress: Progress) -> Imported:
        """Take in receipts, then records, then the next volume.

        Whoever keeps a tally is given no receipt: they hear ours.
        """
        known, _refused = self._known({one.name for one in (*listing.bundles, *listing.volumes)})
        revoked = self._revoked(listing)

        def errands(files: Iterable[Path]) -> Iterator[Errand]:
            for file in files:
                if self._is_new(file, known) and listing.writer(file) not in revoked:
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
        taken, refused = self._known({file.name for file in files})
        revoked = self._revoked(listing)
        left = Counter(listing.writer(file) for file in files if file.name not in taken)
        return (
            *(_left_in_words(left[part], revoked[part], part) for part in revoked if left[part]),
            *(
                f"{file.name}: {refused[file.name]}"
                for file in files
                if file.name in refused and listing.writer(file) not in revoked
            ),
        )

    def _revoked(self, listing: Listing) -> dict[Path, str]:
        """Return the parts of PCs whose key was revoked, and what each is called: nothing there is read."""
        ring = self._keys.ring()
        return {
            part: paper.label
            for paper, lists in ring.certificates()
            if lists
            and (part := part_of(listing.folder, paper.fingerprint)) in listing.parts
            and not ring.is_believed(paper.fingerprint)
        }

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


def _left_in_words(count: int, label: str, part: Path) -> str:
    """Return the sentence about what a revoked PC laid there, and what to do."""
    return _(
        "{name} laid {files} there that nobody takes, for its key was revoked; what it wrote before "
        "stays. Delete its folder {part} there."
    ).format(name=label, files=plural("{count} file", "{count} files", count), part=part.name)


def _look_of(file: Path) -> tuple[int, int]:
    """Return what tells a file from the one that had its name before; one that went is as good as empty."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
