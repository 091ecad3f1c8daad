"""What a media file, a PDF or a picture really is, and why it would not work in a lesson.

Nothing here raises for a bad file: what is wrong comes back as `problems`, sentences for the author.
The libraries are imported on first use: they load native code that most starts never need.
"""

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.base.figures import number, size
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.content.svg import SvgFault, check_svg
from app.core.documents import places_noted

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PDF_PAGES = 5_000
MAX_PICTURE_BYTES = 30_000_000
MAX_PICTURE_PIXELS = 50_000_000
_PDF_TAIL = 4_096
_PDF_WRONG_PASSWORD = 4
_PICTURE_FORMATS = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "BMP": (".bmp",),
}
_CONTAINERS = {
    "MPEG-4": (".mp4", ".m4v", ".m4a", ".mov", ".3gp"),
    "QuickTime": (".mov", ".mp4", ".m4v"),
    "WebM": (".webm", ".mkv"),
    "Matroska": (".mkv", ".mka", ".webm"),
    "MPEG Audio": (".mp3", ".mp2"),
    "ADTS": (".aac",),
    "Ogg": (".ogg", ".oga", ".ogv", ".opus"),
    "Wave": (".wav",),
    "FLAC": (".flac",),
    "AVI": (".avi",),
    "Windows Media": (".wmv", ".wma", ".asf"),
    "MPEG-TS": (".ts", ".m2ts", ".mts"),
    "MPEG-PS": (".mpg", ".mpeg"),
}


class MediaKind(StrEnum):
    """What a recording offers: moving pictures, or only sound."""

    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFacts:
    """What is in a recording. Not playable when `problems` is not empty; `kind` is None when unknown."""

    duration_ms: int = 0
    kind: MediaKind | None = None
    container: str = ""
    video_codec: str = ""
    audio_codec: str = ""
    width: int = 0
    height: int = 0
    video_bits: int = 0
    """Bits a second of the picture; 0 when the file does not say."""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """What is in a PDF. `is_encrypted` alone is no problem: many open without a password."""

    pages: int = 0
    title: str = ""
    is_encrypted: bool = False
    places: tuple[str, ...] = ()
    """What only the plant can fill in and still stands in brackets, as far as the PDF tells."""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFacts:
    """What a picture is; the size is in pixels (for SVG: user units, 0 when it states none)."""

    format: str = ""
    width: int = 0
    height: int = 0
    problems: tuple[str, ...] = ()


def probe_media(path: Path) -> MediaFacts:
    """Read what a recording contains, and whether it is whole. Reads headers, not every frame."""
    if fault := _file_fault(path):
        return MediaFacts(problems=(fault,))
    # imported here: loads libmediainfo
    from pymediainfo import MediaInfo

    try:
        parsed = MediaInfo.parse(path, encoding_errors="replace")
    except (OSError, RuntimeError, SyntaxError):  # SyntaxError: ElementTree.ParseError
        return MediaFacts(problems=(_not_media(path),))
    tracks = {track.track_type: track.to_data() for track in reversed(parsed.tracks)}
    general = tracks.get("General", {})
    video, audio = tracks.get("Video", {}), tracks.get("Audio", {})
    container = _text(general, "format")
    facts = MediaFacts(
        duration_ms=_whole(general, "duration"),
        kind=MediaKind.VIDEO if video else MediaKind.AUDIO if audio else None,
        container=container,
        video_codec=_text(video, "format"),
        audio_codec=_text(audio, "format"),
        width=_whole(video, "width"),
        height=_whole(video, "height"),
        video_bits=_whole(video, "bit_rate"),
    )
    is_truncated = _text(general, "istruncated") == "Yes"
    problems = tuple(_media_problems(path, facts, is_truncated=is_truncated))
    return replace(facts, problems=problems)


def probe_pdf(path: Path) -> PdfFacts:
    """Count the pages of a PDF and try its first page."""
    if fault := _file_fault(path):
        return PdfFacts(problems=(fault,))
    if not _starts_with_pdf(path):
        problem = _("{name} is not a PDF. Save or print it again as PDF.")
        return PdfFacts(problems=(problem.format(name=path.name),))
    # imported here: loads PDFium
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path)
    except PdfiumError as refusal:
        return _refused_pdf(path, getattr(refusal, "err_code", None))
    try:
        return _pdf_facts(path, document)
    finally:
        document.close()


def probe_image(path: Path) -> ImageFacts:
    """Read the size of a picture and decode it once; SVG is checked for scripts and outside links."""
    if fault := _file_fault(path):
        return ImageFacts(problems=(fault,))
    if path.stat().st_size > MAX_PICTURE_BYTES:
        return ImageFacts(problems=(_too_big_file(path, MAX_PICTURE_BYTES),))
    if path.suffix.casefold() == ".svg":
        return _probe_svg(path)
    # imported here: most starts show no foreign picture
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            picture = Image.open(path, formats=list(_PICTURE_FORMATS))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        problem = _("{name} is not a picture that can be shown. Save it as PNG or JPEG.")
        return ImageFacts(problems=(problem.format(name=path.name),))
    with picture:
        facts = ImageFacts(format=picture.format or "", width=picture.width, height=picture.height)
        return replace(facts, problems=tuple(_picture_problems(path, facts, picture.load)))


def _media_problems(path: Path, facts: MediaFacts, *, is_truncated: bool) -> Iterator[str]:
    if is_truncated:
        yield _(
            "{name} is cut short: the copy or the recording did not finish. Copy it again."
        ).format(name=path.name)
    elif facts.kind is None or facts.container not in _CONTAINERS:
        yield _not_media(path)
    elif not facts.duration_ms:
        yield _("{name} does not say how long it is. Convert it to MP4 or WebM.").format(
            name=path.name
        )
    elif path.suffix.casefold() not in (suffixes := _CONTAINERS[facts.container]):
        yield _("{name} is really {format}. Rename it to end in {suffix}.").format(
            name=path.name, format=facts.container, suffix=suffixes[0]
        )


def _refused_pdf(path: Path, error_code: int | None) -> PdfFacts:
    if error_code == _PDF_WRONG_PASSWORD:
        problem = _("{name} asks for a password. Save it without one.")
        return PdfFacts(is_encrypted=True, problems=(problem.format(name=path.name),))
    return PdfFacts(problems=(_damaged(path),))


def _pdf_facts(path: Path, document: "PdfDocument") -> PdfFacts:
    from pypdfium2 import PdfiumError
    from pypdfium2.raw import FPDF_GetSecurityHandlerRevision

    facts = PdfFacts(
        pages=len(document),
        title=_one_line(document.get_metadata_value("Title")),
        is_encrypted=FPDF_GetSecurityHandlerRevision(document) >= 0,
        places=places_noted(document.get_metadata_value("Keywords")),
    )
    problems = []
    try:
        if facts.pages:
            document[0].close()
    except PdfiumError:
        problems.append(_damaged(path))
    if not problems and (not facts.pages or not _has_pdf_end(path)):
        problems.append(_damaged(path))
    if facts.pages > MAX_PDF_PAGES:
        problem = _("{name} has more than {limit} pages. Split it.")
        problems.append(problem.format(name=path.name, limit=number(MAX_PDF_PAGES)))
    return replace(facts, problems=tuple(problems))


def _picture_problems(path: Path, facts: ImageFacts, decode: Callable[[], object]) -> Iterator[str]:
    if facts.width * facts.height > MAX_PICTURE_PIXELS:
        yield _("{name} has {width} × {height} points, which is too many. Save it smaller.").format(
            name=path.name, width=number(facts.width), height=number(facts.height)
        )
        return
    if path.suffix.casefold() not in (suffixes := _PICTURE_FORMATS.get(facts.format, ())):
        yield _("{name} is really {format}. Rename it to end in {suffix}.").format(
            name=path.name, format=facts.format, suffix="".join(suffixes[:1])
        )
    try:
        with warnings.catch_warnings(action="ignore"):
            decode()
    except (OSError, SyntaxError, ValueError, EOFError):  # what Pillow's decoders raise for damage
        yield _damaged(path)


def _probe_svg(path: Path) -> ImageFacts:
    try:
        width, height = check_svg(path.read_bytes())
    except SvgFault as fault:
        problem = _("{name} cannot be used as a picture: {reason}")
        return ImageFacts(problems=(problem.format(name=path.name, reason=fault.reason),))
    return ImageFacts(format="SVG", width=width, height=height)


def _file_fault(path: Path) -> str:
    """Return why nothing can be read at all, or an empty string."""
    try:
        if not path.is_file():
            return _("{name} is not there any more.").format(name=path.name)
        with path.open("rb") as file:
            is_empty = not file.read(1)
    except OSError as refusal:
        return _("{name} could not be read. {reason}").format(
            name=path.name, reason=why_refused(refusal)
        )
    return _("{name} is empty. Copy it again.").format(name=path.name) if is_empty else ""


def _starts_with_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1_024)


def _has_pdf_end(path: Path) -> bool:
    """Tell whether the end mark is there: PDFium mends a PDF that was cut short and says nothing."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _PDF_TAIL, 0))
        return b"%%EOF" in file.read()


def _not_media(path: Path) -> str:
    return _(
        "{name} is not a recording that can be played. Convert it to MP4, WebM or MP3."
    ).format(name=path.name)


def _damaged(path: Path) -> str:
    return _("{name} is damaged or cut short. Copy it again from its source.").format(
        name=path.name
    )


def _too_big_file(path: Path, limit: int) -> str:
    return _("{name} is larger than {limit}. Save it smaller.").format(
        name=path.name, limit=size(limit)
    )


def _text(track: dict[str, object], name: str) -> str:
    value = track.get(name)
    return _one_line(value) if isinstance(value, str) else ""


def _whole(track: dict[str, object], name: str) -> int:
    try:
        return max(round(float(str(track.get(name) or 0))), 0)
    except (ValueError, OverflowError):
        return 0


def _one_line(untrusted_text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", untrusted_text).strip()[:200]
