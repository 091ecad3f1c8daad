"""Courier slips as people use them: printed beside what was written, compared where it arrives."""

from pathlib import Path
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.progress import NoProgress, Progress
from app.core.egress import Document, FileKind, Leaving
from app.core.journal import Site
from app.core.keys import KnownKeys
from app.core.sync.relations import Relations
from app.core.sync.slip_checking import SlipsRead, StickComparison, compare_with_slips
from app.core.sync.slip_paper import slip_document, title_of
from app.core.sync.slips import Slip, slip_of


class CourierSlips:
    """Makes slips from the register of what left, so that one can be printed again."""

    def __init__(self, site: Site, keys: KnownKeys) -> None:
        self._site = site
        self._keys = keys

    def of(self, actor: Actor, bundle_id: UUID) -> Slip:
        """Return what a sync file and its volumes are, as they left. Raises NoSuchSentFile."""
        actor.require(Capability.MANAGE_SITE)
        name = self._keys.register.identity().name
        with self._site.read() as session:
            return slip_of(session, Relations.now(self._keys), bundle_id, name)

    def document(self, actor: Actor, *bundle_ids: UUID) -> Document:
        """Return the slips of sync files as one PDF. Raises NoSuchSentFile."""
        slips = [self.of(actor, one) for one in bundle_ids]
        leaving = Leaving(
            kind=FileKind.COURIER_SLIP,
            title=title_of(slips),
            records=sum(len(slip.files) for slip in slips),
        )
        return Document(content=slip_document(slips), leaving=leaving)

    def compare(
        self, actor: Actor, slips: SlipsRead, place: Path, progress: Progress | None = None
    ) -> StickComparison:
        """Tell whether the files in a folder are those of all slips of a paper; nothing is taken in."""
        actor.require(Capability.MANAGE_SITE)
        return compare_with_slips(slips, place, progress or NoProgress())
