"""Lists of any length: searched, sorted, filtered, counted and paged by whoever owns the rows."""

from app.ui.kit.tables.columns import (
    Cell,
    Column,
    chip_column,
    number_column,
    progress_column,
    text_column,
)
from app.ui.kit.tables.model import PagedModel
from app.ui.kit.tables.selection import Selection
from app.ui.kit.tables.table import DataTable, RowAction, View

__all__ = [
    "Cell",
    "Column",
    "DataTable",
    "PagedModel",
    "RowAction",
    "Selection",
    "View",
    "chip_column",
    "number_column",
    "progress_column",
    "text_column",
]
