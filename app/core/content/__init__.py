"""Stored files and what is known of them: the asset store, packages, probes, captions, pages."""

from app.core.content.assets import AssetMissing, AssetStore, FileUnreadable, Staging, StoredAsset
from app.core.content.captions import (
    CAPTION_SUFFIXES,
    CaptionsUnreadable,
    CaptionTrack,
    Cue,
    language_of,
    read_captions,
)
from app.core.content.decoding import DecodedText, decode_text
from app.core.content.markup import PAGE_SUFFIXES, Page, PageAsset, plain_text, read_page
from app.core.content.media_types import PAGE_TYPE, PICTURE_SUFFIXES, media_type_of
from app.core.content.packages import (
    PACKAGE_TYPE,
    Activity,
    Archive,
    ArchiveRefused,
    Entry,
    PackageFile,
    PackageIndex,
    PackageManifest,
    PackageUnreadable,
    Standard,
    add_package,
    read_package_index,
)
from app.core.content.probe import (
    ImageFacts,
    MediaFacts,
    MediaKind,
    PdfFacts,
    probe_image,
    probe_media,
    probe_pdf,
)
from app.core.content.searchable import SearchableText, searchable_text

__all__ = [
    "CAPTION_SUFFIXES",
    "PACKAGE_TYPE",
    "PAGE_SUFFIXES",
    "PAGE_TYPE",
    "PICTURE_SUFFIXES",
    "Activity",
    "Archive",
    "ArchiveRefused",
    "AssetMissing",
    "AssetStore",
    "CaptionTrack",
    "CaptionsUnreadable",
    "Cue",
    "DecodedText",
    "Entry",
    "FileUnreadable",
    "ImageFacts",
    "MediaFacts",
    "MediaKind",
    "PackageFile",
    "PackageIndex",
    "PackageManifest",
    "PackageUnreadable",
    "Page",
    "PageAsset",
    "PdfFacts",
    "SearchableText",
    "Staging",
    "Standard",
    "StoredAsset",
    "add_package",
    "decode_text",
    "language_of",
    "media_type_of",
    "plain_text",
    "probe_image",
    "probe_media",
    "probe_pdf",
    "read_captions",
    "read_package_index",
    "read_page",
    "searchable_text",
]
