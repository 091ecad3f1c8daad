"""Codes of sheets out of scans and photographs."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.documents import located_codes, scanned_pages
from app.core.sync.refusals import BundleOverLimits, FileUnreachable
from app.core.sync.sheets.codes import CodesRead, read_codes_of_sheets

PICTURE_ENDINGS = (".pdf", ".png", ".jpg", ".jpeg")
_MOST_FILE_BYTES = 256 << 20


def codes_in_files(files: Sequence[Path], progress: Progress) -> CodesRead:
    """Return the codes on the pages of scans (PDF, PNG, JPEG). Raises BundleRefused."""
    return read_codes_of_sheets(_texts(files, progress))


def _texts(files: Iterable[Path], progress: Progress) -> Iterator[str]:
    pages = 0
    for file in files:
        for page in scanned_pages(_content(file)):
            yield from (code.text for code in located_codes(page))
            pages += 1
            progress.step(pages, 0, _("Reading codes"))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_FILE_BYTES + 1)
    except OSError as refusal:
        raise FileUnreachable(refusal) from refusal
    if len(content) > _MOST_FILE_BYTES:
        raise BundleOverLimits
    return content
