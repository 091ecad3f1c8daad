"""Paper: PDF pages, tables and codes, with text in every script. The only importer of ReportLab."""

from app.core.documents.code_files import codes_in_pdf, codes_in_picture, pages_in_pdf
from app.core.documents.codes import read_codes
from app.core.documents.flowing import set_in_type
from app.core.documents.fonts import Script, Weight, unusable_typefaces
from app.core.documents.foreign import PaperFault, media_type_of, page_count, paper_fault
from app.core.documents.grids import GridDocument, GridHead, GridLine, GridMark, render_grid
from app.core.documents.insets import Inset, set_in
from app.core.documents.joining import joined_pdf
from app.core.documents.numbering import numbered
from app.core.documents.pages import KAPPA, Align, Pages, Paper, Path
from app.core.documents.picture_pages import page_of_picture
from app.core.documents.places import places_in, places_noted
from app.core.documents.scans import (
    Ground,
    LocatedCode,
    ink_in,
    located_codes,
    piece_of,
    scanned_pages,
)
from app.core.documents.shaping import Fitted, Line, cleaned, fit, set_line, wrap
from app.core.documents.signature_block import SignatureBlock, draw_signature
from app.core.documents.tables import Column, TableDocument, render_table, rows_digest

__all__ = [
    "KAPPA",
    "Align",
    "Column",
    "Fitted",
    "GridDocument",
    "GridHead",
    "GridLine",
    "GridMark",
    "Ground",
    "Inset",
    "Line",
    "LocatedCode",
    "Pages",
    "Paper",
    "PaperFault",
    "Path",
    "Script",
    "SignatureBlock",
    "TableDocument",
    "Weight",
    "cleaned",
    "codes_in_pdf",
    "codes_in_picture",
    "draw_signature",
    "fit",
    "ink_in",
    "joined_pdf",
    "located_codes",
    "media_type_of",
    "numbered",
    "page_count",
    "page_of_picture",
    "pages_in_pdf",
    "paper_fault",
    "piece_of",
    "places_in",
    "places_noted",
    "read_codes",
    "render_grid",
    "render_table",
    "rows_digest",
    "scanned_pages",
    "set_in",
    "set_in_type",
    "set_line",
    "unusable_typefaces",
    "wrap",
]
