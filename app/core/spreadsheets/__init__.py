"""Spreadsheets and CSV files from outside as rows of text: measured, decoded, their columns and days told."""

from app.core.spreadsheets.dates import (
    DAY_ORDERS,
    DayOrder,
    Evidence,
    NoDay,
    day_in,
    evidence_of,
)
from app.core.spreadsheets.errors import FileGone, FileUnreadable, MissingColumns
from app.core.spreadsheets.given import GivenFile, given_file
from app.core.spreadsheets.headings import (
    LINES_ABOVE,
    KnownHeadings,
    fullest_line,
    nearest_line,
    normal_heading,
    places_of,
    take_chosen,
)
from app.core.spreadsheets.old_letters import refuse_old_fonts, refuse_old_letters
from app.core.spreadsheets.sheets import Sheet, TextRow
from app.core.spreadsheets.table import MAX_BYTES, MAX_ROWS, Table, read_sheets, read_table
from app.core.spreadsheets.texts import clean, harmless

__all__ = [
    "DAY_ORDERS",
    "LINES_ABOVE",
    "MAX_BYTES",
    "MAX_ROWS",
    "DayOrder",
    "Evidence",
    "FileGone",
    "FileUnreadable",
    "GivenFile",
    "KnownHeadings",
    "MissingColumns",
    "NoDay",
    "Sheet",
    "Table",
    "TextRow",
    "clean",
    "day_in",
    "evidence_of",
    "fullest_line",
    "given_file",
    "harmless",
    "nearest_line",
    "normal_heading",
    "places_of",
    "read_sheets",
    "read_table",
    "refuse_old_fonts",
    "refuse_old_letters",
    "take_chosen",
]
