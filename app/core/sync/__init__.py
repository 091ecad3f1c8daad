"""Sync: records that travel between PCs and sites as files, encrypted, signed and acknowledged."""

from app.core.sync.aside_looking import (
    Aside,
    AsideEntry,
    LyingAside,
    MoreCameMeanwhile,
    SignatureOverAside,
    aside_in_words,
    leaving_in_words,
)
from app.core.sync.board import BadgeLoss, Board, IncomingFile, PeerState, Twin, twins_of
from app.core.sync.bundle.manifest import (
    NO_BUNDLE,
    Acknowledged,
    LogRef,
    Manifest,
    Piece,
    Position,
    SegmentNote,
    VolumeNote,
)
from app.core.sync.bundle.reader import BundleReader, Receiver, TakeSegment, Trust
from app.core.sync.bundle.segments import Row, cut_into_segments
from app.core.sync.bundle.writer import BundleFull, BundleWriter, Recipient
from app.core.sync.choices import Choice
from app.core.sync.claims import RefusedClaims, claims_in_words, claims_of
from app.core.sync.conflicts import (
    AlreadyDecided,
    Conflict,
    ConflictValue,
    SignatureNeeded,
)
from app.core.sync.departure import OF_SYNC_ITSELF
from app.core.sync.distributing import (
    Delivery,
    Distributed,
    Distribution,
    FolderNeeded,
    label_of,
    readers_of,
)
from app.core.sync.drafts import RECORDS
from app.core.sync.elsewhere import held_elsewhere
from app.core.sync.envelope import BUNDLE, VOLUME, Envelope, Prologue, Written, read_prologue
from app.core.sync.export_terms import ONE_WRITES, TWO_PERSONS, ExportRule, ExportTerms
from app.core.sync.exports import BUNDLE_ENDING, Exported, ExportPlan
from app.core.sync.finding import NothingToTakeIn
from app.core.sync.folder_exchange import FolderUnreachable, Round
from app.core.sync.imported import Imported, for_others_in_words
from app.core.sync.inspecting import (
    Content,
    Inspected,
    changes_in_words,
    files_in_words,
    inspect_outside,
    seals_in_words,
)
from app.core.sync.inspections import Stated
from app.core.sync.laid import LaidFile
from app.core.sync.loading import Loaded, stayed_in_words, sticks_needed, went_in_words
from app.core.sync.lost import lost_lines, sent_lines
from app.core.sync.materials import Lacking, Material
from app.core.sync.models import FileState
from app.core.sync.newer import newer_in_words, newer_inside_in_words
from app.core.sync.one_way import OneWay
from app.core.sync.peers import NoSuchPeer, Peer, SeveralPeers
from app.core.sync.policy import SitesApart
from app.core.sync.receipts import Receipt, Waiting, decode_receipt, encode_receipt
from app.core.sync.refusals import BundleRefused
from app.core.sync.releasing import (
    ExportOrder,
    NobodyToConfirm,
    NotTheSecond,
    SecondSignatureNeeded,
    second_in_words,
)
from app.core.sync.resending import NoSuchEntry, again_in_words
from app.core.sync.scanning import NotScanned, Scan, ScanResult, require_scanned, scan
from app.core.sync.scopes import scope_in_words
from app.core.sync.sent_ends import rebuild_ends, refresh_ends
from app.core.sync.sent_files import SentFile
from app.core.sync.service import Sync
from app.core.sync.shared_folder import LastRound, SharedFolder
from app.core.sync.sheets.codes import MOST_SHEETS, SheetKind
from app.core.sync.sheets.keeping import WaitingSheets
from app.core.sync.sheets.refusals import NoSuchFileThatCame, TooManySheets
from app.core.sync.sheets.scanning import PICTURE_ENDINGS
from app.core.sync.sheets.service import PaperExport, PaperReceipt, SheetsTaken
from app.core.sync.sheets.telling import missing_in_words, waiting_in_words
from app.core.sync.slip_checking import (
    ComparedFile,
    SlipComparison,
    SlipsRead,
    SlipVerdict,
    StickComparison,
    slips_in_file,
    stick_in_words,
    uncompared_in_words,
    verdict_in_words,
)
from app.core.sync.slips import NoSlip, NoSuchSentFile, Slip, SlipCode, SlipFile, read_slips
from app.core.sync.sources import STALE, Source, sources_in_words, sources_of
from app.core.sync.stamps import Inspection, StampRefused, put_stamp
from app.core.sync.standing import (
    Alarm,
    PeerStanding,
    Standing,
    alarm_after,
    standing_of,
    twins_in_words,
    unaware_in_words,
    wrong_clock_in_words,
)
from app.core.sync.sticks import (
    Stick,
    StickTrouble,
    delete_leftovers,
    leftovers,
    stick_name,
    write_to_stick,
)
from app.core.sync.versions import (
    CourseVersions,
    OnItsWay,
    SiteVersion,
    have_in_words,
    stands_in_words,
)
from app.core.sync.volumes import (
    MaterialDamaged,
    TravellingAsset,
    VolumeReader,
    VolumeWriter,
    missing_volumes,
    note_volume,
    plan_volumes,
)

__all__ = [
    "BUNDLE",
    "BUNDLE_ENDING",
    "MOST_SHEETS",
    "NO_BUNDLE",
    "OF_SYNC_ITSELF",
    "ONE_WRITES",
    "PICTURE_ENDINGS",
    "RECORDS",
    "STALE",
    "TWO_PERSONS",
    "VOLUME",
    "Acknowledged",
    "Alarm",
    "AlreadyDecided",
    "Aside",
    "AsideEntry",
    "BadgeLoss",
    "Board",
    "BundleFull",
    "BundleReader",
    "BundleRefused",
    "BundleWriter",
    "Choice",
    "ComparedFile",
    "Conflict",
    "ConflictValue",
    "Content",
    "CourseVersions",
    "Delivery",
    "Distributed",
    "Distribution",
    "Envelope",
    "ExportOrder",
    "ExportPlan",
    "ExportRule",
    "ExportTerms",
    "Exported",
    "FileState",
    "FolderNeeded",
    "FolderUnreachable",
    "Imported",
    "IncomingFile",
    "Inspected",
    "Inspection",
    "Lacking",
    "LaidFile",
    "LastRound",
    "Loaded",
    "LogRef",
    "LyingAside",
    "Manifest",
    "Material",
    "MaterialDamaged",
    "MoreCameMeanwhile",
    "NoSlip",
    "NoSuchEntry",
    "NoSuchFileThatCame",
    "NoSuchPeer",
    "NoSuchSentFile",
    "NobodyToConfirm",
    "NotScanned",
    "NotTheSecond",
    "NothingToTakeIn",
    "OnItsWay",
    "OneWay",
    "PaperExport",
    "PaperReceipt",
    "Peer",
    "PeerStanding",
    "PeerState",
    "Piece",
    "Position",
    "Prologue",
    "Receipt",
    "Receiver",
    "Recipient",
    "RefusedClaims",
    "Round",
    "Row",
    "Scan",
    "ScanResult",
    "SecondSignatureNeeded",
    "SegmentNote",
    "SentFile",
    "SeveralPeers",
    "SharedFolder",
    "SheetKind",
    "SheetsTaken",
    "SignatureNeeded",
    "SignatureOverAside",
    "SiteVersion",
    "SitesApart",
    "Slip",
    "SlipCode",
    "SlipComparison",
    "SlipFile",
    "SlipVerdict",
    "SlipsRead",
    "Source",
    "StampRefused",
    "Standing",
    "Stated",
    "Stick",
    "StickComparison",
    "StickTrouble",
    "Sync",
    "TakeSegment",
    "TooManySheets",
    "TravellingAsset",
    "Trust",
    "Twin",
    "VolumeNote",
    "VolumeReader",
    "VolumeWriter",
    "Waiting",
    "WaitingSheets",
    "Written",
    "again_in_words",
    "alarm_after",
    "aside_in_words",
    "changes_in_words",
    "claims_in_words",
    "claims_of",
    "cut_into_segments",
    "decode_receipt",
    "delete_leftovers",
    "encode_receipt",
    "files_in_words",
    "for_others_in_words",
    "have_in_words",
    "held_elsewhere",
    "inspect_outside",
    "label_of",
    "leaving_in_words",
    "leftovers",
    "lost_lines",
    "missing_in_words",
    "missing_volumes",
    "newer_in_words",
    "newer_inside_in_words",
    "note_volume",
    "plan_volumes",
    "put_stamp",
    "read_prologue",
    "read_slips",
    "readers_of",
    "rebuild_ends",
    "refresh_ends",
    "require_scanned",
    "scan",
    "scope_in_words",
    "seals_in_words",
    "second_in_words",
    "sent_lines",
    "slips_in_file",
    "sources_in_words",
    "sources_of",
    "standing_of",
    "stands_in_words",
    "stayed_in_words",
    "stick_in_words",
    "stick_name",
    "sticks_needed",
    "twins_in_words",
    "twins_of",
    "unaware_in_words",
    "uncompared_in_words",
    "verdict_in_words",
    "waiting_in_words",
    "went_in_words",
    "write_to_stick",
    "wrong_clock_in_words",
]
