"""Sync: records that travel between sites as files, signed and sealed. No network, and no server."""

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
from app.core.sync.envelope import BUNDLE, VOLUME, Envelope, Prologue, Written, read_prologue
from app.core.sync.receipts import Receipt, Waiting, decode_receipt, encode_receipt
from app.core.sync.refusals import BundleRefused
from app.core.sync.sticks import (
    Stick,
    StickTrouble,
    delete_leftovers,
    leftovers,
    stick_name,
    write_to_stick,
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
    "NO_BUNDLE",
    "VOLUME",
    "Acknowledged",
    "BundleFull",
    "BundleReader",
    "BundleRefused",
    "BundleWriter",
    "Envelope",
    "LogRef",
    "Manifest",
    "MaterialDamaged",
    "Piece",
    "Position",
    "Prologue",
    "Receipt",
    "Receiver",
    "Recipient",
    "Row",
    "SegmentNote",
    "Stick",
    "StickTrouble",
    "TakeSegment",
    "TravellingAsset",
    "Trust",
    "VolumeNote",
    "VolumeReader",
    "VolumeWriter",
    "Waiting",
    "Written",
    "cut_into_segments",
    "decode_receipt",
    "delete_leftovers",
    "encode_receipt",
    "leftovers",
    "missing_volumes",
    "note_volume",
    "plan_volumes",
    "read_prologue",
    "stick_name",
    "write_to_stick",
]
