"""Scans of papers: told by what they hold, matched to rows by their names, kept as stored files."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from app.core.base.actor import Actor
from app.core.content import AssetStore
from app.core.journal import Unit
from app.core.spreadsheets import GivenFile
from app.core.training.legacy.errors import NoScan
from app.core.training.legacy.models import EvidenceScanRow
from app.core.training.legacy.types import OldTraining

_KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
LARGEST_SCAN = 25_000_000


def media_type_of(scan: GivenFile) -> str:
    """Return what a scan is, told by its first bytes, not its name. Raises NoScan."""
    if len(scan.content) <= LARGEST_SCAN:
        for begins, kind in _KINDS:
            if scan.content.startswith(begins):
                return kind
    raise NoScan(scan.name)


def matched(
    rows: Sequence[OldTraining], scans: Iterable[GivenFile]
) -> list[tuple[GivenFile, tuple[int, ...]]]:
    """Return each scan with the places of the rows that it belongs to: none is of the whole batch.

    A row names its scan in a column of its own, or by where the paper is; else the scan bears number
    and code ("E-7 GST.pdf", "E-7_GST-2.jpg"), or the number alone where the person has one row only.
    """
    named: dict[str, list[int]] = defaultdict(list)
    of_number: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for word in filter(None, (row.scan, row.source)):
            named[_folded(word)].append(at)
            named[_folded(PurePath(word).stem)].append(at)
        named[_folded(f"{row.number}{row.code}")].append(at)
        of_number[_folded(row.number)].append(at)
    alone = {number: places for number, places in of_number.items() if len(places) == 1}
    found = []
    for scan in scans:
        stem = PurePath(scan.name).stem
        tries = (scan.name, stem, stem.rsplit("-", 1)[0], stem.rsplit("_", 1)[0])
        words = [_folded(word) for word in tries]
        places = next((named[word] for word in words if word in named), None)
        if places is None:
            places = alone.get(words[1], [])
        found.append((scan, tuple(dict.fromkeys(places))))
    return found


def keep_scan(
    unit: Unit,
    assets: AssetStore,
    actor: Actor,
    scan: GivenFile,
    at: datetime,
    *,
    batch_id: UUID | None = None,
    record_id: UUID | None = None,
    evidence_id: UUID | None = None,
) -> None:
    """Store a scan and say what it is of. Raises NoScan, DiskFull."""
    kind = media_type_of(scan)
    stored = assets.add_bytes(unit, scan.content, kind, scan.name)
    unit.add(
        EvidenceScanRow(
            batch_id=batch_id,
            record_id=record_id,
            evidence_id=evidence_id,
            sha256=stored.sha256,
            name=scan.name,
            media_type=kind,
            size=stored.size,
            at=at,
            by=actor.account_id,
            by_name=actor.name,
        )
    )


def _folded(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalnum())
