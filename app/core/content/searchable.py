"""The words in stored files, for search: what a page says, captions speak, a PDF prints."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.content.captions import CaptionsUnreadable, read_captions
from app.core.content.markup import plain_text
from app.core.content.media_types import PAGE_TYPE, PDF_TYPE, SRT_TYPE, VTT_TYPE

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
    if reader is None:
        return ()
    pieces, left = [], MAX_CHARACTERS
    for piece in reader(path):
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


def _pdf(path: Path) -> Iterator[SearchableText]:
    # imported here: loads PDFium
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path)
    except PdfiumError:
        return
    try:
        for index in range(min(len(document), MAX_PAGES)):
            page = document[index]
            words = page.get_textpage()
            yield SearchableText(place=index + 1, text=str(words.get_text_bounded()))
            words.close()
            page.close()
    except PdfiumError:
        return
    finally:
        document.close()


_READERS: dict[str, Callable[[Path], Iterator[SearchableText]]] = {
    PAGE_TYPE: _page,
    VTT_TYPE: _captions,
    SRT_TYPE: _captions,
    PDF_TYPE: _pdf,
}
