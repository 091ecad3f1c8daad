"""File formats of tables, one module each. A new one is its module and a line in FORMATS."""

from app.core.reports.formats.base import TableFormat
from app.core.reports.formats.csv_file import CsvFile
from app.core.reports.formats.json_file import JsonFile
from app.core.reports.formats.pdf_file import PdfFile
from app.core.reports.formats.xlsx_file import XlsxFile

FORMATS: tuple[TableFormat, ...] = (CsvFile(), XlsxFile(), PdfFile(), JsonFile())

__all__ = ["FORMATS", "TableFormat"]
