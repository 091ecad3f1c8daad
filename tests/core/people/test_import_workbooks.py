"""HR files as spreadsheets: read like the same list as CSV, measured before they are unfolded."""

import io
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from app.core.people import People
from app.core.people.imports import FileUnreadable, MissingColumns
from app.core.spreadsheets import MAX_ROWS, read_table
from tests.core.people.conftest import SYSTEM

HEAD = ("Employee No", "Name", "Name in own script", "Department", "Date of joining")


def book(*sheets: Sequence[Sequence[object]]) -> bytes:
    """Return an XLSX file with those rows on its sheets."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        day = made.add_format({"num_format": "dd-mm-yyyy"})
        for rows in sheets:
            sheet = made.add_worksheet()
            for at, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, place, cell, day)
                    else:
                        sheet.write(at, place, cell)
    return target.getvalue()


def changed(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return a spreadsheet of which one part reads differently."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, change(text.decode()) if name == part else text)
    return target.getvalue()


def why(content: bytes) -> str:
    with pytest.raises(FileUnreadable) as told:
        read_table(content)
    return told.value.sentence


def test_people_arrive_from_a_spreadsheet(people: People) -> None:
    content = book(
        [
            HEAD,
            (101, "Asha Kulkarni", "आशा", "Press shop", date(2021, 1, 5)),
            ("P-2", "Ravi", "", "", ""),
        ]
    )
    made = people.imports.plan(SYSTEM, content)

    assert made.encoding == "xlsx"
    assert [(one.number, one.name, one.joined_on) for one in made.new] == [
        ("101", "Asha Kulkarni", date(2021, 1, 5)),
        ("P-2", "Ravi", None),
    ]
    people.imports.apply(SYSTEM, made)
    assert people.find(SYSTEM, "101").name_local == "आशा"


def test_a_title_above_and_empty_sheets_before_do_no_harm(people: People) -> None:
    made = people.imports.plan(
        SYSTEM, book([], [("Staff of Pune",), (), HEAD, ("P-1", "Asha", "", "", "31/02/26")])
    )

    assert [(error.line, error.reason) for error in made.errors] == [
        (4, "31/02/26 is not a day: write it like 31-12-2026.")
    ]


def test_a_spreadsheet_with_other_columns_names_what_it_found(people: People) -> None:
    with pytest.raises(MissingColumns, match="employee number") as told:
        people.imports.plan(SYSTEM, book([("Machine", "Tonnes"), ("P2", 40)]))

    assert "Machine, Tonnes" in told.value.sentence


def test_a_cell_far_below_is_refused_before_the_sheet_is_laid_out() -> None:
    far = changed(
        book([HEAD, ("P-1", "Asha")]),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace('r="A2"', 'r="A1048576"'),
    )

    assert why(far).startswith(
        f"The file has more than {MAX_ROWS:,} rows.".replace("200,000", "2,00,000")
    )


def test_a_cell_far_to_the_right_is_refused() -> None:
    far = changed(
        book([HEAD, ("P-1", "Asha")]),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace('r="B2"', 'r="XFD2"'),
    )

    assert why(far).startswith("Line 2 has too many columns.")


def test_a_large_rectangle_around_few_cells_is_refused() -> None:
    far = changed(
        book([HEAD, ("P-1", "Asha")]),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace('r="B2"', 'r="GA150000"'),
    )

    assert why(far).startswith("This spreadsheet unfolds to more than is taken.")


def test_other_archives_and_old_spreadsheets_are_told_apart() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert why(other.getvalue()).startswith("This is not a spreadsheet of the kind XLSX.")
    assert why(b"\xd0\xcf\x11\xe0" + bytes(600)).startswith(
        "This spreadsheet of the kind XLS cannot be read"
    )
    assert why(b"PK\x03\x04 and nothing else").startswith("This spreadsheet cannot be read.")
    assert "Save the list as XLSX or CSV (UTF-8)" in why(book([HEAD])[:400])


WHOLE = book([HEAD, ("P-1", "Asha", "", "Press", date(2021, 1, 5))])


@given(st.data())
def test_a_damaged_spreadsheet_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(FileUnreadable):
        read_table(bytes(content))
