"""Files from outside become rows, or one clear sentence about why not."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.people import DetailRefused, PersonKind
from app.core.people.imports import FileUnreadable, MissingColumns
from app.core.people.imports.fields import AUTO, PRESETS, Field
from app.core.people.imports.headings import find_headings
from app.core.people.imports.rows import PersonInFile, RowError, read_people
from app.core.people.imports.values import parse_day, parse_kind, parse_language
from app.core.spreadsheets import MAX_BYTES, MAX_ROWS, TextRow, normal_heading, read_table

HEAD = "Emp No,Name\n"


def people_in(text: str) -> list[PersonInFile | RowError]:
    _encoding, rows = read_table(text.encode())
    return list(read_people(rows, find_headings(rows, AUTO)))


def reason(text: str) -> str:
    (only,) = people_in(text)
    assert isinstance(only, RowError)
    return only.reason


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_letters_of_every_script_arrive(encoding: str, found: str) -> None:
    text = HEAD + "E-1,आशा कुलकर्णी\nE-2,Ravi\nE-3,Meena\n"

    encoding_found, rows = read_table(text.encode(encoding))
    assert encoding_found == found
    assert rows[1].cells == ["E-1", "आशा कुलकर्णी"]


def test_what_excel_saves_without_unicode_is_read() -> None:
    _encoding, rows = read_table((HEAD + "E-1,José Peña\n").encode("cp1252"))

    assert rows[1].cells == ["E-1", "José Peña"]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(sign: str) -> None:
    text = f'Emp No{sign}Name{sign}Department\nE-1{sign}"Rao{sign} Meena"{sign}Press\n'

    _encoding, rows = read_table(text.encode())
    assert rows[1].cells == ["E-1", f"Rao{sign} Meena", "Press"]


def test_excels_own_hint_is_followed() -> None:
    _encoding, rows = read_table(b"sep=;\nEmp No;Name, full\nE-1;Rao\n")

    assert [(row.line, row.cells) for row in rows] == [
        (2, ["Emp No", "Name, full"]),
        (3, ["E-1", "Rao"]),
    ]


def test_lines_are_counted_as_an_editor_does() -> None:
    _encoding, rows = read_table(b'\n\nEmp No,Name\n\nE-1,"Rao\nMeena"\n , \nE-2,Ravi\n')

    assert [row.line for row in rows] == [3, 5, 8]


@pytest.mark.parametrize(
    ("untrusted", "why"),
    [
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0rest", "spreadsheet"),
        (b"Emp No,Name\nE-1,\x00\x00", "not a text file"),
        (b"E\x00m\x00\x00\x00\n\x00", "not a text file"),
        (bytes(range(256)) * 20, "not a text file"),  # noise, which has no letters at all
        (b"Emp No,Name\nE-1,\x81\n", "letters"),
        (b"\xff\xfeE", "letters"),
        (b"x" * (MAX_BYTES + 1), "larger than"),
        (b"Emp No,Name\n" + b"E-1,A\n" * (MAX_ROWS + 1), "more than 2,00,000 rows"),
        (b"a," * 300 + b"\n", "too many columns"),
        (b'Emp No,Name\nE-1,"' + b"x" * 200_000, "Line 2"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(untrusted: bytes, why: str) -> None:
    with pytest.raises(FileUnreadable, match=why):
        read_table(untrusted)


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_refusal(untrusted: bytes) -> None:
    try:
        _encoding, rows = read_table(untrusted)
        people = list(read_people(rows, find_headings(rows, AUTO)))
    except (FileUnreadable, MissingColumns):
        return
    assert len(people) < len(rows)


@given(st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=8), max_size=8))
def test_any_cells_are_people_or_errors(cells: list[list[str]]) -> None:
    rows = [TextRow(1, ["Emp No", "Name", "DOJ", "Kind", "Language", "Manager", "Email", "Badge"])]
    rows += [TextRow(line, row) for line, row in enumerate(cells, 2)]

    found = list(read_people(rows, find_headings(rows, AUTO)))

    assert [one.line for one in found] == [row.line for row in rows[1:]]
    assert all(one.number and one.name for one in found if isinstance(one, PersonInFile))


@pytest.mark.parametrize(
    "heading",
    [
        "employee_no",
        "Emp No",
        "Employee Code",
        "EMPLOYEE NO.",
        "EmployeeID",
        "employeeNo",
        "Emp-Id",
    ],
)
def test_the_number_is_found_under_its_many_names(heading: str) -> None:
    headings = find_headings([TextRow(1, ["x", heading, "Full Name"])], AUTO)

    assert headings.columns == {Field.NUMBER: 1, Field.NAME: 2}


def test_headings_may_stand_below_titles() -> None:
    people = people_in("Employee list as on 1 Nov\n\nEmp No,Name\nE-1,Rao\n")

    assert people == [PersonInFile(4, "E-1", "Rao")]


def test_missing_columns_are_named_together() -> None:
    with pytest.raises(MissingColumns) as missing:
        people_in("Cost Center,Pay Band\n1,2\n")

    assert missing.value.missing == ("employee number", "name")
    assert "Cost Center, Pay Band" in missing.value.sentence
    with pytest.raises(MissingColumns):
        read_people_of_nothing()


def read_people_of_nothing() -> None:
    find_headings([], AUTO)


def test_what_is_private_is_named_and_what_is_unknown_too() -> None:
    row = TextRow(1, ["Emp No", "Name", "Aadhaar No", "PAN", "Bank A/c", "Shoe size", "Pantry", ""])
    headings = find_headings([row], AUTO)

    assert headings.private == ("Aadhaar No", "PAN", "Bank A/c")
    assert headings.ignored == ("Shoe size", "Pantry")


@pytest.mark.parametrize(
    ("preset", "cells", "found"),
    [
        (
            "keka",
            ["Employee No", "Display Name", "Job Title", "Department", "Date Joined"],
            {Field.NUMBER: 0, Field.NAME: 1, Field.JOB_ROLE: 2, Field.ORG_UNIT: 3, Field.JOINED: 4},
        ),
        (
            "darwinbox",
            ["employee_id", "full_name", "designation_name", "direct_manager_employee_id"],
            {Field.NUMBER: 0, Field.NAME: 1, Field.JOB_ROLE: 2, Field.MANAGER: 3},
        ),
        (
            "greythr",
            ["employeeId", "employeeNo", "name", "dateOfJoin", "leavingDate"],
            {Field.NUMBER: 1, Field.NAME: 2, Field.JOINED: 3, Field.LAST_DAY: 4},
        ),
        (
            "zoho",
            ["EmployeeID", "FirstName", "LastName", "Reporting_To", "Dateofjoining"],
            {
                Field.NUMBER: 0,
                Field.FIRST_NAME: 1,
                Field.LAST_NAME: 2,
                Field.MANAGER: 3,
                Field.JOINED: 4,
            },
        ),
    ],
)
def test_each_system_names_its_columns(
    preset: str, cells: list[str], found: dict[Field, int]
) -> None:
    chosen = next(one for one in PRESETS if one.name == preset)

    assert find_headings([TextRow(1, cells)], chosen).columns == found


def test_headings_are_compared_without_case_and_punctuation() -> None:
    assert normal_heading("  Full name (FULL_NAME)") == "full name"
    assert normal_heading("dateOfJoin") == "date of join"


def test_a_row_is_read_whole() -> None:
    text = (
        "employee_no,name,name_local,department,job_role,joined,language,kind,manager,badge,email\n"
        "e-1,Asha  Kulkarni,आशा,Press shop,Operator,5/1/2026,Marathi,Contract,E-2,77,a@b.in\n"
    )
    (person,) = people_in(text)

    assert isinstance(person, PersonInFile)
    assert person._replace(badge="") == PersonInFile(
        line=2,
        number="E-1",
        name="Asha Kulkarni",
        name_local="आशा",
        org_unit="Press shop",
        job_role="Operator",
        joined_on=date(2026, 1, 5),
        language="mr",
        kind=PersonKind.CONTRACTOR,
        manager="E-2",
        badge="",
        email="a@b.in",
    )


def test_a_name_in_parts_is_put_together() -> None:
    assert people_in("Emp No,First Name,Middle Name,Last Name\nE-1,Asha,,Rao\n") == [
        PersonInFile(2, "E-1", "Asha Rao")
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Rao,,,", "number is missing"),
        ("E-1,,,,", "name is missing"),
        ("E-1,Rao,31/02/26,,", "31/02/26 is not a day"),
        ("E-1,Rao,,martian,", "martian is not one of"),
        ("E-1,Rao,,,klingon", "klingon is not one of"),
        ("E-1,Rao,,,,surplus", "more columns"),
        ("1.00232E+11,Rao,,,", "1.00232E+11 was shortened by a spreadsheet"),
        ("E-1," + "x" * 301 + ",,,", "more than 300"),
        ("E-1," + "x" * 201 + ",,,", "at most 200"),
    ],
)
def test_an_error_says_what_is_wrong(row: str, why: str) -> None:
    assert why in reason(f"Emp No,Name,Joined,Kind,Language\n{row}\n")


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_a_day_is_read_in_each_way_it_is_written(day: date) -> None:
    ways = (
        "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%b-%Y", "%d %B %Y",
        "%d-%b-%y", "%Y-%m-%d 00:00:00", "%Y-%m-%dT00:00:00", "%Y/%m/%d",
    )  # fmt: skip
    assert {parse_day(day.strftime(way)) for way in ways} == {day}
    assert parse_day(f"{day.day}/{day.month}/{day.year}") == day


@given(st.text(max_size=20))
def test_anything_else_is_refused(text: str) -> None:
    with suppress(DetailRefused):
        assert 1900 <= parse_day(text).year <= 2100


@pytest.mark.parametrize(
    "text",
    ["31/02/2026", "2026-13-01", "12/31/2026", "0/1/2026", "45292", "soon", "1-Foo-2026", ""],
)
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(DetailRefused):
        parse_day(text)


def test_kinds_and_languages_go_by_many_names() -> None:
    assert parse_kind("Contract-Labour") is PersonKind.CONTRACTOR
    assert parse_kind("FULL TIME") is PersonKind.EMPLOYEE
    assert [parse_language(text) for text in ("hi", "Hindi", "हिन्दी", "TAMIL")] == [
        "hi",
        "hi",
        "hi",
        "ta",
    ]
