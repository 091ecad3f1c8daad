"""Which part of an XLSX file holds which sheet."""

import posixpath
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.core.base.words import _
from app.core.spreadsheets.errors import FileUnreadable

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MOST_BYTES = 2_000_000


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet, by the sheet's name. Raises FileUnreadable."""
    links = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("xl", link.get("Target", "")))
        for link in _root(archive, _LINKS).findall(".//{*}Relationship")
    }
    found: dict[str, str] = {}
    for sheet in _root(archive, _BOOK).findall(".//{*}sheet"):
        keys = [value for name, value in sheet.attrib.items() if name.endswith("}id")]
        if keys and keys[0] in links:
            found[sheet.get("name", "")] = links[keys[0]].removeprefix("/")
    return found


def _root(archive: zipfile.ZipFile, name: str) -> Element:
    try:
        if archive.getinfo(name).file_size > _MOST_BYTES:
            raise FileUnreadable(_("This spreadsheet unfolds to more than is taken."))
        root: Element = fromstring(archive.read(name))
    except (KeyError, ParseError, DefusedXmlException) as error:
        raise FileUnreadable(_("This spreadsheet cannot be read.")) from error
    return root
