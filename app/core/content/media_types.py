"""What a file holds, by the ending of its name: the types the product stores and shows."""

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp"})
PAGE_TYPE = "text/html"
PDF_TYPE = "application/pdf"
VTT_TYPE = "text/vtt"
SRT_TYPE = "application/x-subrip"
JAVASCRIPT_TYPE = "text/javascript"
CSS_TYPE = "text/css"
FLASH_TYPE = "application/vnd.adobe.flash.movie"
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
    ".htm": PAGE_TYPE,
    ".xhtml": "application/xhtml+xml",
    ".js": JAVASCRIPT_TYPE,
    ".mjs": JAVASCRIPT_TYPE,
    ".css": CSS_TYPE,
    ".json": "application/json",
    ".map": "application/json",
    ".xml": "text/xml",
    ".xsd": "text/xml",
    ".dtd": "application/xml-dtd",
    ".xsl": "text/xml",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".csv": "text/csv",
    ".bmp": "image/bmp",
    ".ico": "image/vnd.microsoft.icon",
    ".cur": "image/vnd.microsoft.icon",
    ".avif": "image/avif",
    ".apng": "image/apng",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".eot": "application/vnd.ms-fontobject",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".weba": "audio/webm",
    ".mid": "audio/midi",
    ".ogv": "video/ogg",
    ".flv": "video/x-flv",
    ".f4v": "video/mp4",
    ".wmv": "video/x-ms-wmv",
    ".avi": "video/x-msvideo",
    ".mpg": "video/mpeg",
    ".mpeg": "video/mpeg",
    ".3gp": "video/3gpp",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".swf": FLASH_TYPE,
    ".wasm": "application/wasm",
    ".glb": "model/gltf-binary",
    ".gltf": "model/gltf+json",
    ".zip": "application/zip",
    ".webmanifest": "application/manifest+json",
}


def suffix_of(media_type: str, came: str) -> str:
    """Return how a file of a type is called: `came` where that says the type, else the usual ending."""
    if media_type_of(f"file{came}") == media_type:
        return came
    return next((one for one, known in _TYPES.items() if known == media_type), came)


def media_type_of(name: str) -> str:
    """Return the media type that a file name promises (RFC 2046); the general one when unknown."""
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return _TYPES.get(f"{dot}{ending.casefold()}", _UNKNOWN) if stem else _UNKNOWN
