"""The words in stored files, for search: what a page says, captions speak, a PDF prints."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.core.base.progress import Progress
from app.core.content.asset_folder import AssetMissing
from app.core.content.assets import AssetStore
from app.core.content.captions import CaptionsUnreadable, read_captions
from app.core.content.markup import plain_text
from app.core.content.media_types import PAGE_TYPE, PDF_TYPE, SRT_TYPE, VTT_TYPE
from app.core.content.packages import PackageIndex, read_package_index

MAX_CHARACTERS = 400_000
"""Of one file: about 150 printed pages of text."""
MAX_PAGES = 600
_STRETCH_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchableText:
    """A piece of a file's words. `place` is the page of a PDF, the second of a recording, else 0."""

    place: int
    text: str


def searchable_text(path: Path, media_type: str) -> tuple[SearchableText, ...]:
    """Return the words of a stored file; none for types without words, and for damaged files."""
    reader = _READERS.get(media_type)
    return () if reader is None else _bounded(reader(path))


def searchable_package(assets: AssetStore, sha256: str) -> tuple[SearchableText, ...]:
    """Return the words of a stored package: titles of its activities, its pages, H5P's texts.

    Raises AssetMissing and PackageUnreadable for the package; a page that is missing has no words.
    """
    return _bounded(_package(assets, read_package_index(assets, sha256)))


def _bounded(found: Iterable[SearchableText]) -> tuple[SearchableText, ...]:
    pieces, left = [], MAX_CHARACTERS
    for piece in found:
        text = " ".join(piece.text[:left].split())
        if text:
            pieces.append(SearchableText(place=piece.place, text=text))
        left -= len(piece.text)
        if left <= 0:
            break
    return tuple(pieces)


def _page(path: Path) -> Iterator[SearchableText]:
    with path.open(encoding="utf-8", errors="replace") as file:
        yield SearchableText(place=0, text=plain_text(file.read(4 * MAX_CHARACTERS)))


def _captions(path: Path) -> Iterator[SearchableText]:
    try:
        track = read_captions(path, "")
    except CaptionsUnreadable:
        return
    stretches: dict[int, list[str]] = {}
    for cue in track.cues:
        stretches.setdefault(cue.start_ms // _STRETCH_MS, []).append(cue.text)
    for stretch, words in stretches.items():
        yield SearchableText(place=stretch * _STRETCH_MS // 1000, text=" ".join(words))


def page_texts(pdf: bytes, progress: Progress) -> tuple[str, ...]:
    """Return the words of each page of a PDF with single spaces; "" for a page that has none, as a picture.

    A file that is damaged has none from there on.
    """
    texts = []
    for piece in _pdf_pages(pdf):
        texts.append(" ".join(piece.text.split()))
        progress.step(len(texts), 0)
    return tuple(texts)


def _pdf(path: Path) -> Iterator[SearchableText]:
    return islice(_pdf_pages(path), MAX_PAGES)


def _pdf_pages(source: Path | bytes) -> Iterator[SearchableText]:
    # imported here: loads PDFium
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(source)
    except PdfiumError:
        return
    try:
        for index in range(len(document)):
            page = document[index]
            words = page.get_textpage()
            yield SearchableText(place=index + 1, text=str(words.get_text_bounded()))
            words.close()
            page.close()
    except PdfiumError:
        return
    finally:
        document.close()


def _package(assets: AssetStore, index: PackageIndex) -> Iterator[SearchableText]:
    titles = dict.fromkeys(activity.title for activity in index.manifest.root.walk())
    yield SearchableText(place=0, text=" · ".join(titles))
    for file in index.files:
        reader = _PACKED_READERS.get(file.media_type)
        if reader is None or (reader is _strings and file.name != _H5P_CONTENT):
            continue
        try:
            path = assets.path(file.sha256)
        except AssetMissing:
            continue
        yield from reader(path)


def _strings(path: Path) -> Iterator[SearchableText]:
    """Yield the texts of an H5P content: every string that holds more than one word."""
    try:
        waiting: list[object] = [json.loads(path.read_bytes()[: 4 * MAX_CHARACTERS])]
    except (ValueError, RecursionError):
        return
    words: list[str] = []
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, str) and " " in value:
            words.append(plain_text(value))
    yield SearchableText(place=0, text="\n".join(words))


_H5P_CONTENT = "content/content.json"
_READERS: dict[str, Callable[[Path], Iterator[SearchableText]]] = {
    PAGE_TYPE: _page,
    VTT_TYPE: _captions,
    SRT_TYPE: _captions,
    PDF_TYPE: _pdf,
}
_PACKED_READERS = {PAGE_TYPE: _page, VTT_TYPE: _captions, "application/json": _strings}
