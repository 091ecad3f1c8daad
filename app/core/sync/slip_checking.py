"""Comparing what lies on a stick with the courier slip that came with it, before anything is taken in."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.documents import codes_in_pdf, codes_in_picture, pages_in_pdf
from app.core.keys import fingerprint
from app.core.storage.faults import told_plainly
from app.core.sync.envelope import BUNDLE, VOLUME, Envelope, Kind, read_prologue
from app.core.sync.exports import BUNDLE_ENDING
from app.core.sync.finding import ending_of, is_of_a_mac
from app.core.sync.loading import VOLUME_ENDING
from app.core.sync.refusals import BundleRefused, FileUnreachable
from app.core.sync.slips import SlipCode, hash_of_all, read_slips

_KINDS = {BUNDLE_ENDING: BUNDLE, VOLUME_ENDING: VOLUME}
_MOST_FILES = 10_000
_LARGEST_PICTURE = 20_000_000
_MOST_PAGES = 200


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
    altered: tuple[str, ...] = ()
    """Files that say that they are one that lies here as the slip has it, and are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipsRead:
    """The courier slips that were found on a paper, or scanned one after another."""

    codes: tuple[SlipCode, ...]
    pages_unread: int = 0
    """Pages of a long paper that were not looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StickComparison:
    """All slips of a paper beside what lies on the stick."""

    slips: tuple[SlipComparison, ...]
    others: tuple[str, ...]
    """Sync files that lie there and stand on none of the slips: nobody compared them."""
    pages_unread: int
    """Pages of the paper that were not looked at: there may be slips on them."""

    @property
    def verdict(self) -> SlipVerdict:
        """Return the worst that came of any slip."""
        return max((one.verdict for one in self.slips), key=_BY_WEIGHT.index)

    @property
    def altered(self) -> tuple[str, ...]:
        """Return the files beside right ones that say that they are these, and are not."""
        return tuple(name for one in self.slips for name in one.altered)

    @property
    def worst_first(self) -> tuple[SlipComparison, ...]:
        """Return the slips as they are shown: what is wrong is not looked for."""
        return tuple(sorted(self.slips, key=lambda one: -_BY_WEIGHT.index(one.verdict)))

    @property
    def is_same(self) -> bool:
        """Tell whether everything that the paper speaks of was looked at, and is right."""
        is_whole = self.verdict is SlipVerdict.SAME and not self.pages_unread
        return is_whole and not self.altered


_BY_WEIGHT = (
    SlipVerdict.SAME,
    SlipVerdict.LACKING,
    SlipVerdict.NOT_HERE,
    SlipVerdict.OTHER,
    SlipVerdict.DAMAGED,
)
_OF_SEVERAL = {
    SlipVerdict.SAME: mark("Every file of all {count} slips is here, as it was written."),
    SlipVerdict.LACKING: mark("What is here is right, but files of some slips are missing."),
    SlipVerdict.NOT_HERE: mark(
        "Of some slips no file lies here: is this the stick they went with?"
    ),
    SlipVerdict.OTHER: mark("Some files are not those that the slips speak of."),
    SlipVerdict.DAMAGED: mark("A file was cut short or altered on its way."),
}
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


def stick_in_words(found: StickComparison) -> str:
    """Return what came of comparing all slips of a paper, in a sentence."""
    if len(found.slips) == 1:
        return verdict_in_words(found.verdict)
    return _(_OF_SEVERAL[found.verdict]).format(count=len(found.slips))


def uncompared_in_words(found: StickComparison) -> tuple[str, ...]:
    """Return what was not looked at, and what else lies there, one sentence each."""
    told: list[str] = []
    if found.altered:
        words = plural(
            "{count} altered copy of a file of the slip lies beside it; leave it out:",
            "{count} altered copies of files of the slip lie beside them; leave them out:",
            len(found.altered),
        )
        told.append(f"{words} {', '.join(found.altered)}")
    if found.pages_unread:
        told.append(
            plural(
                "{count} page of the paper was not looked at: compare its slips by themselves.",
                "{count} pages of the paper were not looked at: compare their slips by themselves.",
                found.pages_unread,
            )
        )
    if found.others:
        told.append(
            plural(
                "{count} sync file here stands on none of these slips; it was not compared.",
                "{count} sync files here stand on none of these slips; they were not compared.",
                len(found.others),
            )
        )
    return tuple(told)


def slips_in_file(path: Path) -> SlipsRead:
    """Return the codes on a photograph, a scan or a PDF of slips. Raises NoSlip, FileTrouble."""
    with told_plainly(), path.open("rb") as file:
        untrusted = file.read(_LARGEST_PICTURE)
    if not untrusted.startswith(b"%PDF-"):
        return SlipsRead(codes=read_slips(codes_in_picture(untrusted)))
    return SlipsRead(
        codes=read_slips(codes_in_pdf(untrusted, _MOST_PAGES)),
        pages_unread=max(0, pages_in_pdf(untrusted) - _MOST_PAGES),
    )


def compare_with_slips(slips: SlipsRead, place: Path, progress: Progress) -> StickComparison:
    """Read the slips' files in a folder, or one beside another, and tell whether they are right."""
    folder = place if place.is_dir() else place.parent
    looked = _Looking(slips.codes, progress)
    looked.at(folder)
    return StickComparison(
        slips=tuple(_compared(code, looked.files[code]) for code in slips.codes),
        others=tuple(looked.others),
        pages_unread=slips.pages_unread,
    )


def _compared(code: SlipCode, found: Iterable[ComparedFile]) -> SlipComparison:
    copies = sorted(found, key=lambda file: (file.part, not _may_be_right(code, file)))
    files = tuple(next(of_one) for _part, of_one in groupby(copies, lambda file: file.part))
    kept = {file.part: file.sha256 for file in files}
    missing = tuple(part for part in range(code.files) if part not in kept)
    return SlipComparison(
        code=code,
        verdict=_verdict(code, files, missing),
        files=files,
        missing=missing,
        altered=tuple(
            file.name for file in copies if file not in files and file.sha256 != kept[file.part]
        ),
    )


def _may_be_right(code: SlipCode, file: ComparedFile) -> bool:
    """Tell whether a file may be the one that the slip speaks of; of volumes it has one hash of all."""
    return not file.trouble and (file.part != 0 or file.sha256 == code.records)


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


class _Looking:
    """Reads the files in a folder, each once, for all slips."""

    def __init__(self, codes: Sequence[SlipCode], progress: Progress) -> None:
        self._codes = {code.bundle_id.bytes: code for code in codes}
        self._progress = progress
        self._total, self._done = sum(code.size for code in codes), 0
        self.files: dict[SlipCode, list[ComparedFile]] = {code: [] for code in codes}
        self.others: list[str] = []

    def at(self, folder: Path) -> None:
        """Look at what lies in the folder. Raises FileUnreachable."""
        with told_plainly():
            found = (path for path in folder.iterdir() if ending_of(path) in _KINDS)
            names = sorted(path for path in found if not is_of_a_mac(path))
            names = names[:_MOST_FILES]
        for path in names:
            try:
                with path.open("rb") as file:
                    self._look(path, file)
            except OSError as refusal:
                raise FileUnreachable(refusal) from refusal

    def _look(self, path: Path, file: BinaryIO) -> None:
        kind = _KINDS[ending_of(path)]
        try:
            prologue = read_prologue(file, kind)
        except BundleRefused:
            # whose it was cannot be told: where it was a slip's, that one is missing
            self.others.append(path.name)
            return
        code = self._codes.get(prologue.bundle_id)
        if code is None:
            self.others.append(path.name)
            return
        size = file.seek(0, os.SEEK_END)
        sha256, trouble = _looked_at(file, kind, code.key)
        self.files[code].append(
            ComparedFile(
                name=path.name, part=prologue.part, size=size, sha256=sha256, trouble=trouble
            )
        )
        self._done += size
        self._progress.step(min(self._done, self._total), self._total, _("Comparing with the slip"))


def _looked_at(file: BinaryIO, kind: Kind, key: str) -> tuple[str, str]:
    """Return the hash of a file, and what is the matter with it."""
    try:
        envelope = Envelope(file, kind)
    except BundleRefused as refusal:
        return "", refusal.happened
    is_from = fingerprint(envelope.prologue.sender).hex().startswith(key)
    return envelope.written.sha256.hex(), "" if is_from else _("It was signed by another key.")
