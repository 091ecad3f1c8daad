"""Folder exchange: the PCs of a room keep together through one shared folder, with no server (ADR 48).

    <folder>/<station>/tally.dkst           how far a PC is
    <folder>/<station>/…dksb                what it wrote for all the others
    <folder>/<station>/for-<reader>/…dksb   what it wrote for one that had been away
    <folder>/<station>/…dksr                receipts of those that keep no tally

Files are those of a stick. A PC takes in what the others wrote, and writes what they lack and nobody
has laid there; a file that all who are there hold is taken away.
"""

import os
from dataclasses import dataclass
from errno import ENOENT
from pathlib import Path

from app.core.base.actor import Actor, Capability
from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress, Progress
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.journal import Site
from app.core.keys import KnownKeys
from app.core.sync.exporting import Exporting
from app.core.sync.exports import Exported
from app.core.sync.folder_laying import Laying
from app.core.sync.folder_reading import Reading
from app.core.sync.folder_tidying import Tidying
from app.core.sync.imported import Imported
from app.core.sync.importing import Importing
from app.core.sync.laid import LaidList
from app.core.sync.listing import Listing, part_of
from app.core.sync.outbox import Outbox
from app.core.sync.relations import Relations
from app.core.sync.room import Room, look_round
from app.core.sync.sticks import StickTrouble
from app.core.sync.tallies import Hearing, Tallies


class FolderUnreachable(UserFacingError):
    """The shared folder does not answer."""

    def __init__(self, folder: Path, refusal: OSError) -> None:
        super().__init__(
            _("The shared folder {folder} cannot be reached. {reason}").format(
                folder=folder, reason=why_refused(refusal)
            ),
            safe=_("Everything on this PC is safe; work goes on, and it is tried again."),
            remedy=_("See to the network, or choose another folder."),
        )


def require_folder(folder: Path) -> None:
    """Raise FolderUnreachable where there is no such folder: a drive that is away must not be made on this PC."""
    if not folder.is_dir():
        raise FolderUnreachable(folder, OSError(ENOENT, os.strerror(ENOENT)))


class FolderRefuses(UserFacingError):
    """Nothing can be laid into the shared folder: it is full, or may not be written to."""

    def __init__(self, folder: Path, refusal: StickTrouble) -> None:
        super().__init__(
            _("The shared folder {folder} takes no file. {reason}").format(
                folder=folder, reason=refusal.reason
            ),
            safe=_("Everything on this PC is safe; work goes on, and it is tried again."),
            remedy=_("Make room there, or let this PC write to it."),
        )


def _newer_in_words(label: str) -> str:
    """Return the sentence about a PC whose program is newer than this one."""
    return _(
        "{name} runs a newer version of Daksha, and what it says of itself is not understood here. "
        "Everything goes to it all the same; update Daksha on this PC."
    ).format(name=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did."""

    imported: Imported
    heard: bool
    """Whether a tally said something new."""
    exported: tuple[Exported, ...]
    """Files that were laid there: for all, and for those that had been away."""
    volume: Path | None
    """Files of courses that were written: one volume in a round, so that records stay quick."""
    taken_away: int
    """Files of ours that everybody there has."""
    useless: tuple[str, ...] = ()
    """What is wrong with files that lie there, as long as they do: one sentence each."""


class FolderExchange:
    """Exchanges through one folder."""

    def __init__(
        self,
        site: Site,
        keys: KnownKeys,
        assets: AssetStore,
        exporting: Exporting,
        importing: Importing,
        outbox: Outbox,
    ) -> None:
        self._site = site
        self._keys = keys
        self._tallies = Tallies(site, keys, assets)
        self._reading = Reading(site, keys, importing)
        self._tidying = Tidying(site, keys, outbox)
        self._laying = Laying(site, keys, assets, exporting, outbox)
        self._laid = LaidList(site, lambda: keys.station.fingerprint)

    def go_round(self, actor: Actor, folder: Path, progress: Progress | None = None) -> Round:
        """Take in what the others wrote, write what they lack, tidy up. Raises FolderUnreachable, FolderRefuses."""
        actor.require(Capability.MANAGE_SITE)
        try:
            return self._go_round(actor, folder, progress or NoProgress())
        except StickTrouble as refusal:
            raise FolderRefuses(folder, refusal) from refusal
        except OSError as refusal:
            raise FolderUnreachable(folder, refusal) from refusal

    def _go_round(self, actor: Actor, folder: Path, progress: Progress) -> Round:
        station = self._keys.station.fingerprint
        part_of(folder, station).mkdir(parents=True, exist_ok=True)
        listing = Listing(folder, station)
        hearing = self._tallies.hear(listing.tallies)
        imported = self._reading.take_in(actor, listing, progress)
        room = self._look_round(listing, hearing)
        taken_away = self._tidying.tidy(listing, room)
        self._laid.follow(listing.own, {*listing.own_bundles} - {*taken_away})
        exported = self._laying.lay(actor, listing, room, progress)
        volume = self._laying.lay_volume(actor, listing.own, imported)
        self._tallies.tell(listing.own)
        return Round(
            imported=imported,
            heard=hearing.has_news,
            exported=exported,
            volume=volume,
            taken_away=len(taken_away),
            useless=(*map(_newer_in_words, hearing.newer), *self._reading.standing(listing)),
        )

    def _look_round(self, listing: Listing, hearing: Hearing) -> Room:
        peers = [peer for peer in Relations.now(self._keys).peers if peer.is_own_site]
        with self._site.read() as session:
            return look_round(session, peers, listing, hearing, self._site.clock.now())
