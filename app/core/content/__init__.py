"""Stored files and what is known of them: the asset store, probes, captions, pages."""

from app.core.content.assets import AssetMissing, AssetStore, FileUnreadable, Staging, StoredAsset
from app.core.content.captions import (
    CAPTION_SUFFIXES,
    CaptionsUnreadable,
    CaptionTrack,
    Cue,
    language_of,
    read_captions,
)
from app.core.content.conversion import (
    ConversionReport,
    Conversions,
    ConverterMissing,
    NotConverted,
    plays_in_pages,
)
from app.core.content.decoding import DecodedText, decode_text
from app.core.content.markup import PAGE_SUFFIXES, Page, PageAsset, plain_text, read_page
from app.core.content.media_types import PAGE_TYPE, PICTURE_SUFFIXES, media_type_of
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
    "PAGE_SUFFIXES",
    "PAGE_TYPE",
    "PICTURE_SUFFIXES",
    "AssetMissing",
    "AssetStore",
    "CaptionTrack",
    "CaptionsUnreadable",
    "ConversionReport",
    "Conversions",
    "ConverterMissing",
    "Cue",
    "DecodedText",
    "FileUnreadable",
    "ImageFacts",
    "MediaFacts",
    "MediaKind",
    "NotConverted",
    "Page",
    "PageAsset",
    "PdfFacts",
    "SearchableText",
    "Staging",
    "StoredAsset",
    "decode_text",
    "language_of",
    "media_type_of",
    "plain_text",
    "plays_in_pages",
    "probe_image",
    "probe_media",
    "probe_pdf",
    "read_captions",
    "read_page",
    "searchable_text",
]
