"""Comparing what lies on a stick with the courier slip that came with it, before anything is taken in."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.documents import codes_in_pdf, codes_in_picture
from app.core.keys import fingerprint
from app.core.storage.faults import told_plainly
from app.core.sync.envelope import BUNDLE, VOLUME, Envelope, Kind, read_prologue
from app.core.sync.exporting import BUNDLE_ENDING
from app.core.sync.loading import VOLUME_ENDING
from app.core.sync.refusals import BundleRefused, FileUnreachable
from app.core.sync.slips import SlipCode, hash_of_all, read_slip

_KINDS = {BUNDLE_ENDING: BUNDLE, VOLUME_ENDING: VOLUME}
_MOST_FILES = 10_000
_LARGEST_PICTURE = 20_000_000


class SlipVerdict(StrEnum):
    """What came of the comparison."""

    SAME = "same"
    """Every file that the slip names is here, as it was written."""
    LACKING = "lacking"
    """What is here is right, and files are missing."""
    DAMAGED = "damaged"
    """A file was cut short or altered on its way."""
    OTHER = "other"
    """The files are sound, and not those that the slip speaks of."""
    NOT_HERE = "not-here"
    """No file of the slip lies here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFile:
    """A file of the slip's bundle, as it lies here."""

    name: str
    part: int
    """0 holds the records; volumes count from 1."""
    size: int
    sha256: str
    trouble: str
    """Why it is not sound, in one sentence; empty where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipComparison:
    """A slip beside what lies on the stick."""

    code: SlipCode
    verdict: SlipVerdict
    files: tuple[ComparedFile, ...]
    missing: tuple[int, ...]
    """Parts that lie not here: 0 is the records."""


_WORDS = {
    SlipVerdict.SAME: mark("Every file of the slip is here, as it was written."),
    SlipVerdict.LACKING: mark("What is here is right, but files of the slip are missing."),
    SlipVerdict.DAMAGED: mark("A file was cut short or altered on its way."),
    SlipVerdict.OTHER: mark("These are not the files that the slip speaks of."),
    SlipVerdict.NOT_HERE: mark("No file of this slip lies here."),
}


def verdict_in_words(verdict: SlipVerdict) -> str:
    """Return what came of a comparison, in a sentence."""
    return _(_WORDS[verdict])


def slip_in_file(path: Path) -> SlipCode:
    """Return the code on a photograph, a scan or a PDF of a slip. Raises NoSlip, FileTrouble."""
    with told_plainly(), path.open("rb") as file:
        untrusted = file.read(_LARGEST_PICTURE)
    is_pdf = untrusted.startswith(b"%PDF-")
    return read_slip(codes_in_pdf(untrusted) if is_pdf else codes_in_picture(untrusted))


def compare_with_slip(code: SlipCode, place: Path, progress: Progress) -> SlipComparison:
    """Read the slip's files in a folder, or one beside another, and tell whether they are right."""
    folder = place if place.is_dir() else place.parent
    files = tuple(sorted(_files_of(code, folder, progress), key=lambda file: file.part))
    parts = {file.part for file in files}
    missing = tuple(part for part in range(code.files) if part not in parts)
    return SlipComparison(
        code=code, verdict=_verdict(code, files, missing), files=files, missing=missing
    )


def _verdict(
    code: SlipCode, files: tuple[ComparedFile, ...], missing: tuple[int, ...]
) -> SlipVerdict:
    if not files:
        return SlipVerdict.NOT_HERE
    if any(file.trouble for file in files):
        return SlipVerdict.DAMAGED
    if any(file.part == 0 and file.sha256 != code.records for file in files):
        return SlipVerdict.OTHER
    if missing:
        return SlipVerdict.LACKING
    sizes = sum(file.size for file in files)
    same = hash_of_all(file.sha256 for file in files) == code.all_files and sizes == code.size
    return SlipVerdict.SAME if same else SlipVerdict.OTHER


def _files_of(code: SlipCode, folder: Path, progress: Progress) -> Iterator[ComparedFile]:
    with told_plainly():
        names = sorted(path for path in folder.iterdir() if path.suffix in _KINDS)[:_MOST_FILES]
    done, seen = 0, set[int]()
    for path in names:
        compared = _compared(code, path)
        if compared is not None and compared.part not in seen:
            seen.add(compared.part)
            done += compared.size
            progress.step(min(done, code.size), code.size, _("Comparing with the slip"))
            yield compared


def _compared(code: SlipCode, path: Path) -> ComparedFile | None:
    """Return what is to be said of a file; None for one that the slip does not speak of."""
    kind = _KINDS[path.suffix]
    try:
        with path.open("rb") as file:
            try:
                prologue = read_prologue(file, kind)
            except BundleRefused:
                return None  # whose it was cannot be told: where it was the slip's, that one is missing
            if prologue.bundle_id != code.bundle_id.bytes:
                return None
            size = file.seek(0, os.SEEK_END)
            sha256, trouble = _looked_at(file, kind, code.key)
    except OSError as refusal:
        raise FileUnreachable(refusal) from refusal
    return ComparedFile(
        name=path.name, part=prologue.part, size=size, sha256=sha256, trouble=trouble
    )


def _looked_at(file: BinaryIO, kind: Kind, key: str) -> tuple[str, str]:
    """Return the hash of a file, and what is the matter with it."""
    try:
        envelope = Envelope(file, kind)
    except BundleRefused as refusal:
        return "", refusal.happened
    is_from = fingerprint(envelope.prologue.sender).hex().startswith(key)
    return envelope.written.sha256.hex(), "" if is_from else _("It was signed by another key.")
