"""The jobs that write what was asked for; they go on when somebody leaves the screen."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.sync import (
    Distributed,
    Exported,
    ExportOrder,
    PaperExport,
    Peer,
    Stick,
    leftovers,
    readers_of,
)
from app.services import Services
from app.ui.kit.jobs import Job, Lane
from app.ui.kit.screen import Screen
from app.ui.sync.write_form import Wanted

T = TypeVar("T")


class WriteJobs:
    """One file, files for several readers, or sheets of codes: each has its own end."""

    def __init__(
        self,
        host: Screen[Services],
        *,
        written: Callable[[Exported], None],
        delivered: Callable[[Distributed], None],
        printed: Callable[[PaperExport], None],
        refused: Callable[[UserFacingError], None],
    ) -> None:
        self._host = host
        self._written, self._delivered, self._printed = written, delivered, printed
        self._refused = refused

    def write(self, wanted: Wanted, orders: Sequence[ExportOrder]) -> Job:
        """Begin what is wanted, by the orders that a second person signed, if there are any."""
        if wanted.place is None:
            return self._on_paper(wanted, orders)
        if len(readers_of(wanted.peers)) > 1:
            return self._several(wanted, wanted.place, orders)
        return self._one(wanted, wanted.place, orders)

    def _one(self, wanted: Wanted, place: Path, orders: Sequence[ExportOrder]) -> Job:
        sync, actor = self._host.desk.services.sync, self._host.desk.actor

        def work(progress: Progress) -> Exported:
            leftovers(Stick(place))  # raises where it is gone: its folder's name is no file's
            if orders:
                return sync.export_order(actor, orders[0], place, progress)
            return sync.export(actor, wanted.peers, place, progress, wanted.courses)

        title = _("Writing a sync file for {names}").format(names=_names(wanted.peers))
        return self._run(work, self._written, title)

    def _several(self, wanted: Wanted, place: Path, orders: Sequence[ExportOrder]) -> Job:
        several, actor = self._host.desk.services.sync.several, self._host.desk.actor

        def work(progress: Progress) -> Distributed:
            return several.write(actor, wanted.peers, place, progress, wanted.courses, orders)

        title = _("Writing sync files for {names}").format(names=_names(wanted.peers))
        return self._run(work, self._delivered, title)

    def _on_paper(self, wanted: Wanted, orders: Sequence[ExportOrder]) -> Job:
        sheets, actor = self._host.desk.services.sync.sheets, self._host.desk.actor

        def work(progress: Progress) -> PaperExport:
            return sheets.export(actor, wanted.peers, progress, next(iter(orders), None))

        title = _("Making sheets for {names}").format(names=_names(wanted.peers))
        return self._run(work, self._printed, title)

    def _run(self, work: Callable[[Progress], T], done: Callable[[T], None], title: str) -> Job:
        return self._host.desk.jobs.run(
            work,
            done=done,
            failed=self._refused,
            owner=self._host,
            lane=Lane.EXCHANGE,
            title=title,
        )


def _names(peers: Sequence[Peer]) -> str:
    return ", ".join(peer.label for peer in peers)
