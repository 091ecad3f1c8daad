"""Sync: records that travel between PCs and sites as files, encrypted, signed and acknowledged."""

from app.core.sync.board import Board, IncomingFile, PeerState, SentFile, Twin
from app.core.sync.exporting import BUNDLE_ENDING, Exported, ExportPlan
from app.core.sync.folder_exchange import FolderUnreachable, Round
from app.core.sync.importing import Imported, NothingToTakeIn
from app.core.sync.inspecting import Inspected
from app.core.sync.models import FileState
from app.core.sync.peers import NoSuchPeer, Peer, SeveralPeers
from app.core.sync.policy import SitesApart
from app.core.sync.refusals import BundleRefused
from app.core.sync.service import Sync

__all__ = [
    "BUNDLE_ENDING",
    "Board",
    "BundleRefused",
    "ExportPlan",
    "Exported",
    "FileState",
    "FolderUnreachable",
    "Imported",
    "IncomingFile",
    "Inspected",
    "NoSuchPeer",
    "NothingToTakeIn",
    "Peer",
    "PeerState",
    "Round",
    "SentFile",
    "SeveralPeers",
    "SitesApart",
    "Sync",
    "Twin",
]
