"""Records and receipts on sheets of codes: made here, and taken in where the paper arrives."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _, plural
from app.core.egress import Document, FileKind, Leaving
from app.core.journal import ChainBroken, Site
from app.core.keys import KnownKeys, fingerprint
from app.core.storage.faults import told_plainly
from app.core.sync.acknowledging import RECEIPT_ENDING
from app.core.sync.envelope import BUNDLE, read_prologue
from app.core.sync.exporting import Exporting
from app.core.sync.exports import BUNDLE_ENDING, Exported, ToPaper, Wish
from app.core.sync.imported import Errand, Imported
from app.core.sync.importing import Importing
from app.core.sync.models import FileState, IncomingFileRow
from app.core.sync.peers import Peer
from app.core.sync.refusals import BundleRefused, NotForUs
from app.core.sync.relations import Relations
from app.core.sync.releasing import ExportOrder
from app.core.sync.sheets.codes import (
    MOST_CODES,
    MOST_SHEETS,
    PIECE_BYTES,
    CodesRead,
    OnPaper,
    SheetCode,
    SheetKind,
    cut_into_codes,
    joined,
    read_codes_of_sheets,
    sheets_for,
)
from app.core.sync.sheets.keeping import Kept, KeptCodes, WaitingSheets
from app.core.sync.sheets.printing import SheetsOnPaper, sheets_document
from app.core.sync.sheets.refusals import (
    CodeNotWhole,
    NoSheets,
    NoSuchFileThatCame,
    ReceiptTooLong,
    SheetsTooNew,
    TooManySheets,
)
from app.core.sync.sheets.scanning import codes_in_files

_NAMED = 6
"""Of whom sheets are for; the slip has all."""
_FOLDER, _LEAVING, _WHOLE = "sheets", "leaving", "whole"
_ENDINGS = {SheetKind.RECORDS: BUNDLE_ENDING, SheetKind.RECEIPT: RECEIPT_ENDING}
_MOST_BYTES = 2 * MOST_CODES * PIECE_BYTES
"""Longer than any bundle that fits: of one that is longer, the codes are counted and not made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReceipt:
    """A receipt, to be printed or shown."""

    document: Document
    codes: tuple[str, ...]
    """What the codes hold, in their order."""
    number: int
    """Of the file that it is for."""
    to: str
    """Whose file it is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperExport:
    """Records on sheets of codes, to be saved or printed."""

    document: Document
    exported: Exported
    sheets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsTaken:
    """What came of reading sheets."""

    imported: Imported
    """What came of the files that became whole."""
    whole: int
    """How many did."""
    codes: int
    """How many codes were read."""
    waiting: tuple[WaitingSheets, ...]
    """What is not whole yet, of these sheets and of earlier ones."""


@dataclass(slots=True)
class _Cut:
    """The codes of a bundle that is about to leave."""

    codes: tuple[SheetCode, ...] = ()

    def count(self, path: Path) -> int:
        """Cut a bundle into codes; return how many sheets they take. Raises TooManySheets."""
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise TooManySheets(sheets_for(ceil(size / PIECE_BYTES)), MOST_SHEETS)
        with path.open("rb") as file:
            bundle_id = UUID(bytes=read_prologue(file, BUNDLE).bundle_id)
        self.codes = cut_into_codes(SheetKind.RECORDS, bundle_id, path.read_bytes())
        sheets = sheets_for(len(self.codes))
        if sheets > MOST_SHEETS:
            raise TooManySheets(sheets, MOST_SHEETS)
        return sheets


class Sheets:
    """Makes sheets of codes, and takes in what is read of them by the way that every file takes."""

    def __init__(
        self, site: Site, keys: KnownKeys, staging: Path, exporting: Exporting, importing: Importing
    ) -> None:
        self._site = site
        self._keys = keys
        self._folder = staging / _FOLDER
        self._exporting = exporting
        self._importing = importing
        self._kept = KeptCodes(self._folder, site.clock)

    @told_plainly()
    def export(
        self,
        actor: Actor,
        peers: Sequence[Peer],
        progress: Progress | None = None,
        order: ExportOrder | None = None,
    ) -> PaperExport:
        """Make sheets of what `peers` lack, or of an order, records alone, and note that they left.

        They are noted before anybody prints them: a line too many in the register is no harm. Raises
        SitesApart, TooManySheets, SecondSignatureNeeded.
        """
        actor.require(Capability.MANAGE_SITE)
        cut = _Cut()
        paper = ToPaper(count=cut.count, called=_("Sheets of codes"))
        unsealed = order.unsealed if order else self._exporting.departure.seal()
        with self._room(_LEAVING) as folder:
            wish = Wish(
                paper=paper,
                stretches=order.lacked if order else None,
                bundle_id=order.bundle_id if order else None,
            )
            written = self._exporting.write(actor, peers, folder, progress or NoProgress(), wish)
        exported = replace(written, unsealed=unsealed)
        sheets = self._sheets_of(exported, cut.codes)
        leaving = Leaving(kind=FileKind.SYNC_SHEETS, title=sheets.title, records=exported.entries)
        document = Document(content=sheets_document(sheets), leaving=leaving)
        return PaperExport(document=document, exported=exported, sheets=sheets.sheets)

    def receipt(self, actor: Actor, bundle_id: UUID) -> PaperReceipt:
        """Return the receipt for a file that was taken in here.

        Raises NoSuchFileThatCame, ReceiptTooLong.
        """
        actor.require(Capability.MANAGE_SITE)
        row = self._taken_in(bundle_id)
        number, sender = row.number or 0, row.sender or b""
        content = self._importing.receipt_again(row)
        codes = cut_into_codes(SheetKind.RECEIPT, bundle_id, content)
        if (sheets := sheets_for(len(codes))) > MOST_SHEETS:
            raise ReceiptTooLong(sheets, MOST_SHEETS)
        to = self._called(fingerprint(sender))
        paper = self._receipt_paper(number, to, codes)
        leaving = Leaving(kind=FileKind.SYNC_RECEIPT, title=paper.title)
        return PaperReceipt(
            document=Document(content=sheets_document(paper), leaving=leaving),
            codes=tuple(code.text for code in codes),
            number=number,
            to=to,
        )

    def take_files(
        self, actor: Actor, files: Sequence[Path], progress: Progress | None = None
    ) -> SheetsTaken:
        """Read scans and photographs of sheets; take in what is whole. Raises BundleRefused."""
        actor.require(Capability.MANAGE_SITE)
        progress = progress or NoProgress()
        return self._take(actor, codes_in_files(files, progress), progress)

    def take_typed(
        self, actor: Actor, untrusted_text: str, progress: Progress | None = None
    ) -> SheetsTaken:
        """Take what a reader of codes typed, as `take_files` does."""
        actor.require(Capability.MANAGE_SITE)
        read = read_codes_of_sheets([untrusted_text])
        return self._take(actor, read, progress or NoProgress())

    def waiting(self, actor: Actor) -> tuple[WaitingSheets, ...]:
        """Return the files on paper of which not all was read yet, the oldest first."""
        actor.require(Capability.MANAGE_SITE)
        return self._kept.waiting()

    def put_away(self, actor: Actor, waiting: WaitingSheets) -> None:
        """Let go of what was read of a file: its paper is lost, say, or another was printed."""
        actor.require(Capability.MANAGE_SITE)
        self._kept.put_away(waiting.of)

    @told_plainly()
    def _take(self, actor: Actor, read: CodesRead, progress: Progress) -> SheetsTaken:
        if not read.codes:
            raise SheetsTooNew if read.newer else CodeNotWhole if read.damaged else NoSheets
        kept = self._kept.add(read.codes)
        whole = sorted((one for one in kept if one.is_whole), key=lambda one: -one.kind)
        imported = self._take_whole(actor, whole, progress) if whole else Imported()
        return SheetsTaken(
            imported=imported,
            whole=len(whole),
            codes=len(read.codes),
            waiting=self._kept.waiting(),
        )

    def _take_whole(self, actor: Actor, whole: Sequence[Kept], progress: Progress) -> Imported:
        """Take in files all of whose codes are here; what this PC has no room for stays kept."""
        files: dict[Path, OnPaper] = {}
        troubles: list[str] = []

        def refused(file: Path, refusal: UserFacingError) -> None:
            if isinstance(refusal, NotForUs):  # somebody scanned these: they are to know
                troubles.append(f"{file.name}: {refusal.sentence}")
            if not isinstance(refusal, BundleRefused | ChainBroken):
                del files[file]  # it is this PC's trouble, not the file's

        with self._room(_WHOLE) as place:
            for number, one in enumerate(whole, start=1):
                file = place / f"sheets-{number}{_ENDINGS[one.kind]}"
                try:
                    file.write_bytes(joined(one.of, one.pieces))
                except BundleRefused as refusal:
                    troubles.append(f"{file.stem}: {refusal.sentence}")
                    self._kept.put_away(one.of)
                else:
                    files[file] = one.of
            errands = [Errand(file, None) for file in files]
            imported = self._importing.take_each(actor, errands, progress, refused)
        for of in files.values():
            self._kept.put_away(of)
        imported.troubles[:0] = troubles
        imported.for_others = 0
        return imported

    def _sheets_of(self, exported: Exported, codes: tuple[SheetCode, ...]) -> SheetsOnPaper:
        names = ", ".join(exported.recipients[:_NAMED])
        more = len(exported.recipients) - _NAMED
        if more > 0:
            names += " " + plural("and {count} more", "and {count} more", more)
        return SheetsOnPaper(
            title=_("Sync file {number} on paper").format(number=exported.number),
            facts=(
                (_("From whom"), self._own_name()),
                (_("For whom"), _("{names}: nobody else can read it").format(names=names)),
                (_("Holds"), plural("{count} entry", "{count} entries", exported.entries)),
            ),
            to_do=_(
                "There: Sync, Take in, and scan all sheets, in any order. A receipt is printed "
                "then: bring it back and take it in here."
            ),
            bundle_id=exported.bundle_id,
            site=self._keys.register.identity().name,
            made_at=exported.made_at,
            codes=codes,
        )

    def _receipt_paper(self, number: int, to: str, codes: tuple[SheetCode, ...]) -> SheetsOnPaper:
        return SheetsOnPaper(
            title=_("Receipt for sync file {number}").format(number=number),
            facts=((_("From whom"), self._own_name()), (_("For whom"), to)),
            to_do=_(
                "Bring it to where the file was written. There: Sync, Take in, and scan it. Until "
                "then the file counts as on its way."
            ),
            bundle_id=codes[0].of.bundle_id,
            site=self._keys.register.identity().name,
            made_at=self._site.clock.now(),
            codes=codes,
        )

    @contextmanager
    def _room(self, name: str) -> Iterator[Path]:
        """Give a folder that is empty, and gone afterwards; what a power cut left in it goes first."""
        place = self._folder / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def _taken_in(self, bundle_id: UUID) -> IncomingFileRow:
        with self._site.read() as session:
            row = session.scalar(
                sa.select(IncomingFileRow)
                .where(
                    IncomingFileRow.bundle_id == bundle_id,
                    IncomingFileRow.sender.is_not(None),
                    IncomingFileRow.state == FileState.TAKEN,
                )
                .limit(1)
            )
        if row is None:
            raise NoSuchFileThatCame
        return row

    def _own_name(self) -> str:
        return f"{self._keys.register.identity().name} · {self._keys.shown_pc}"

    def _called(self, station: bytes) -> str:
        relations = Relations.now(self._keys)
        site = relations.sites.get(station, relations.own_site)
        own = self._keys.register.identity().name
        name = own if site == relations.own_site else relations.site_labels.get(site, "")
        return " · ".join(filter(None, (name, relations.labels.get(station, ""))))
