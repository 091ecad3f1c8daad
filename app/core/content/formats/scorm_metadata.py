"""What a manifest's learning object metadata (LOM) says: inline, or in the file it names."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.core.content.formats.addresses import resolve
from app.core.content.formats.base import ManifestFault
from app.core.content.formats.xml import child, read_xml, text_of
from app.core.content.packages import Archive, ArchiveRefused

MAX_SECONDS = 100 * 3600
_RECORDS = ("lom", "record")
_ISO = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:\.\d+)?S)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,4}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is used of the metadata."""

    title: str = ""
    description: str = ""
    language: str = ""
    seconds: int = 0
    """The typical learning time; 0 when it is not stated."""


def described_by(archive: Archive, folder: str, manifest: Element) -> Described:
    """Return what the metadata of a package say; nothing when there are none that can be read."""
    metadata = child(manifest, "metadata")
    record = next((one for name in _RECORDS if (one := child(metadata, name)) is not None), None)
    located = text_of(child(metadata, "location"))
    if record is None and located:
        name = resolve(archive, folder, located).name
        try:
            record = read_xml(archive, name) if name else None
        except (ManifestFault, ArchiveRefused):
            record = None
    general, educational = child(record, "general"), child(record, "educational")
    time = _first(educational, "typicalLearningTime", "typicallearningtime")
    return Described(
        title=_said(child(general, "title")),
        description=_said(child(general, "description")),
        language=_language(text_of(child(general, "language"))),
        seconds=_seconds(text_of(_first(time, "duration", "datetime"))),
    )


def _first(element: Element | None, *names: str) -> Element | None:
    """Return the first child under one of several names."""
    return next((one for name in names if (one := child(element, name)) is not None), None)


def _seconds(untrusted_text: str) -> int:
    """Return a duration (ISO 8601, or hours:minutes:seconds) in seconds; 0 for anything else."""
    match = _ISO.fullmatch(untrusted_text) or _CLOCK.fullmatch(untrusted_text)
    if match is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return min(hours * 3600 + minutes * 60 + seconds, MAX_SECONDS)


def _said(element: Element | None) -> str:
    """Return the first of several languages; without them, the element's own text."""
    if element is None:
        return ""
    return text_of(next(iter(element), element))


def _language(untrusted_code: str) -> str:
    code = untrusted_code.replace("_", "-").casefold()
    return code if code and code.replace("-", "").isalpha() and code != "none" else ""
