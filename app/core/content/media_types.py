"""What a file holds, by the ending of its name: the types the product stores and shows."""

from pathlib import PurePath

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp"})
PAGE_TYPE = "text/html"
PDF_TYPE = "application/pdf"
VTT_TYPE = "text/vtt"
SRT_TYPE = "application/x-subrip"
_UNKNOWN = "application/octet-stream"
_TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".pdf": PDF_TYPE,
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".vtt": VTT_TYPE,
    ".srt": SRT_TYPE,
    ".html": PAGE_TYPE,
}


def media_type_of(name: str) -> str:
    """Return the media type that a file name promises (RFC 2046); the general one when unknown."""
    return _TYPES.get(PurePath(name).suffix.casefold(), _UNKNOWN)
