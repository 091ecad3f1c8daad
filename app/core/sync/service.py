"""Sync as people and scripts use it: who the peers are, write a file, take one in, how it stands."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.journal import Site, index_mentions
from app.core.keys import KnownKeys
from app.core.signatures import Undersigned
from app.core.sync.applying import Settle
from app.core.sync.aside_looking import LyingAside
from app.core.sync.board import Board, look, note_twins_seen
from app.core.sync.claims import note_claims_seen
from app.core.sync.conflicts import Conflict, Conflicts, ConflictValue, DecisionWords
from app.core.sync.courier import CourierSlips
from app.core.sync.distributing import Distributing
from app.core.sync.export_terms import ExportRule
from app.core.sync.exporting import Exporting
from app.core.sync.exports import Exported, ExportPlan, Wish
from app.core.sync.folder_exchange import FolderExchange, Round, require_folder
from app.core.sync.imported import Imported
from app.core.sync.importing import Importing, TwinFound
from app.core.sync.inspecting import Inspected, inspect
from app.core.sync.one_way import OneWays
from app.core.sync.outbox import Outbox
from app.core.sync.peers import Peer, peer_named
from app.core.sync.relations import Relations
from app.core.sync.releasing import ExportOrder
from app.core.sync.resending import Resending
from app.core.sync.scanning import Scan
from app.core.sync.shared_folder import SharedFolder
from app.core.sync.sheets.service import Sheets
from app.core.sync.staging import Staging
from app.core.sync.stamps import Inspection, Stamped, put_noted_stamp
from app.core.sync.versions import CourseVersions, versions_elsewhere

STAGING = "incoming"


class AlreadyHere(UserFacingError):
    """This PC has its records: who takes files in signs in."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This PC has its first sync file already."),
            safe=_("Nothing was changed."),
            remedy=_("Sign in as an administrator to take in another one."),
        )


class Sync:
    """Carries records between the PCs of a site, and between sites."""

    def __init__(
        self,
        site: Site,
        keys: KnownKeys,
        folder: Path,
        assets: AssetStore,
        *,
        settle: Settle,
        twin_found: TwinFound,
        decision_words: DecisionWords,
    ) -> None:
        """Take the open site, its keys, its data folder, its files, who is told of what files brought, and words."""
        self._site = site
        self._keys = keys
        self._assets = assets
        staging = folder / STAGING
        self._exporting = Exporting(site, keys, staging, assets)
        self.several = Distributing(site, keys, assets, self._exporting)
        self.importing = Importing(
            site, keys, Staging(staging), assets, settle=settle, twin_found=twin_found
        )
        self._conflicts = Conflicts(site, keys, settle, decision_words)
        self._folders = FolderExchange(
            site, keys, assets, self._exporting, self.importing, Outbox(staging)
        )
        self.slips = CourierSlips(site, keys)
        self.one_way = OneWays(site)
        self.aside = LyingAside(site, keys)
        self.resending = Resending(site, keys)
        self.sheets = Sheets(site, keys, staging, self._exporting, self.importing)
        self.rule = ExportRule(site, keys)
        self.releasing = self._exporting.releasing
        self.departure = self._exporting.departure
        self.shared = SharedFolder(self._folders, site.clock, folder)

    def peers(self, actor: Actor) -> tuple[Peer, ...]:
        """Return whom files are exchanged with: PCs of this site first."""
        actor.require(Capability.MANAGE_SITE)
        return Relations.now(self._keys).peers

    def writable_peers(self, actor: Actor) -> tuple[Peer, ...]:
        """Return those of the peers that anything goes to from here."""
        actor.require(Capability.MANAGE_SITE)
        relations = Relations.now(self._keys)
        return tuple(one for one in relations.peers if relations.policy.may_send_to(one.site_id))

    def peer(self, actor: Actor, name: str) -> Peer:
        """Return the peer of a label or key. Raises NoSuchPeer, SeveralPeers."""
        return peer_named(self.peers(actor), name)

    def board(self, actor: Actor) -> Board:
        """Return how it stands with every peer."""
        actor.require(Capability.MANAGE_SITE)
        index_mentions(self._site)
        with self._site.read() as session:
            return look(session, Relations.now(self._keys), self._site.clock.now())

    def versions(self, actor: Actor) -> tuple[CourseVersions, ...]:
        """Return who has which version of every course in use."""
        actor.require(Capability.MANAGE_SITE)
        index_mentions(self._site)
        today = local_day(self._site.clock)
        with self._site.read() as session:
            return versions_elsewhere(session, Relations.now(self._keys), self._assets, today)

    def note_twins_seen(self, actor: Actor) -> None:
        """Keep that an administrator knows of the twins: the board tells of them no longer."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.database.write() as connection:
            note_twins_seen(connection, self._site.clock.now())

    def note_claims_seen(self, actor: Actor) -> None:
        """Keep that an administrator knows what other sites said that is not theirs to say."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.database.write() as connection:
            note_claims_seen(connection, self._site.clock.now())

    def plan(self, actor: Actor, *peers: Peer) -> ExportPlan:
        """Return what a file for PCs of this site, or for another site, would carry. Raises SitesApart."""
        return self._exporting.plan(actor, peers)

    def export(
        self,
        actor: Actor,
        peers: Sequence[Peer],
        place: Path,
        progress: Progress | None = None,
        courses: Collection[UUID] | None = (),
        *,
        overwrite: bool = False,
    ) -> Exported:
        """Write a sync file to a stick: a file, or a folder to put it in. It is read back before this returns.

        The journal is sealed first, and the seal goes along.
        `peers` are PCs of this site, or one other site. The files of `courses` go beside it (None: of
        all, but for those that are on their way); `loaded` tells what did not fit and goes with the
        next export. Raises FileTaken, SitesApart, StickTrouble for the records, SecondSignatureNeeded
        where the site asks for one.
        """
        wish = Wish(courses=courses, overwrite=overwrite)
        return self._exporting.seal_and_write(actor, peers, place, progress or NoProgress(), wish)

    def export_order(
        self,
        actor: Actor,
        order: ExportOrder,
        place: Path,
        progress: Progress | None = None,
        *,
        overwrite: bool = False,
    ) -> Exported:
        """Write what was prepared, and confirmed where the site asks for that. Raises as `export` does."""
        wish = Wish(
            courses=order.courses,
            stretches=order.lacked,
            bundle_id=order.bundle_id,
            overwrite=overwrite,
        )
        progress = progress or NoProgress()
        written = self._exporting.write(actor, order.peers, place, progress, wish)
        return replace(written, unsealed=order.unsealed)

    def take(self, actor: Actor, path: Path, progress: Progress | None = None) -> Imported:
        """Take in a file, or all of ours in a folder. Raises BundleRefused and what copying raises."""
        return self.importing.take(actor, path, progress or NoProgress())

    def take_first(self, path: Path, progress: Progress | None = None) -> Imported:
        """Take in the first file on a PC that has joined and has no records, so that nobody can sign in.

        What the file holds was sealed for this PC by its site. Raises AlreadyHere, and as `take` does.
        """
        self._only_waiting()
        return self.importing.take(system_actor(), path, progress or NoProgress())

    def introduce(self, place: Path, progress: Progress | None = None) -> Exported:
        """Write a file that makes this PC known to the others of its site, before anybody can sign in here.

        Whoever joined by a site file is known to nobody else. Raises AlreadyHere, and as `export` does.
        """
        self._only_waiting()
        actor = system_actor()
        own = [one for one in self.peers(actor) if one.is_own_site]
        return self.export(actor, own, place, progress)

    def share_first(self, folder: Path) -> None:
        """Exchange through a folder from now on, where nobody can sign in yet to say so.

        Raises AlreadyHere, FolderUnreachable.
        """
        self._only_waiting()
        self.shared.choose(system_actor(), folder)

    def go_round(self, actor: Actor, folder: Path) -> Round:
        """Exchange with the other PCs of the site through a shared folder, once. Raises FolderUnreachable."""
        require_folder(folder)
        return self._folders.go_round(actor, folder)

    def conflicts_open(self, actor: Actor) -> int:
        """Return how much waits for a decision."""
        return self._conflicts.count(actor)

    def conflicts(self, actor: Actor) -> tuple[Conflict, ...]:
        """Return what edits disagree about, with every value that stands."""
        return self._conflicts.waiting(actor)

    def decision_text(self, actor: Actor, conflict: Conflict, value: ConflictValue) -> str:
        """Return the words that are signed when one of the values is let stand. Raises AlreadyDecided."""
        return self._conflicts.text(actor, conflict, value)

    def decide(
        self,
        actor: Actor,
        conflict: Conflict,
        value: ConflictValue,
        reason: str,
        signed: Undersigned | None = None,
    ) -> UUID:
        """Let one of the values stand for good; return the decision's id.

        Raises ReasonMissing, AlreadyDecided, SignatureNeeded, ReadOtherwise, and what signing does.
        """
        return self._conflicts.decide(actor, conflict, value, reason, signed)

    def inspect(self, actor: Actor, path: Path) -> Inspected:
        """Look into a file without taking it in. Raises BundleRefused."""
        actor.require(Capability.MANAGE_SITE)
        return inspect(self._site, self._keys, path)

    def stamp(self, actor: Actor, path: Path, file: Stamped, by: str, seen: Scan) -> Inspection:
        """Put a stamp beside a file, and note that in the register of what left. Raises StampRefused."""
        return put_noted_stamp(self._site, actor, path, file, by, seen)

    def _only_waiting(self) -> None:
        """Let go on what is done without a sign-in only where none is possible. Raises AlreadyHere."""
        if self._keys.register.is_known:
            raise AlreadyHere
