"""HR files as Keka, Darwinbox, greytHR and Zoho People write them: read, looked at, applied, undone."""

import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from app.core.journal import Site
from app.core.people import (
    AccountClosed,
    AccountId,
    Destination,
    GatePass,
    NewPerson,
    People,
    PersonId,
    PersonKind,
    SignIn,
)
from app.core.people.imports import (
    Coverage,
    DayOrder,
    DaysUnclear,
    Field,
    FileUnreadable,
    Fix,
    HrMapping,
    ImportWish,
    PeoplePlan,
    ThresholdPassed,
)
from app.core.spreadsheets import GivenFile
from tests.core.people.conftest import SYSTEM, Plant
from tests.support.clock import TurnedClock

FILES = Path(__file__).parent / "files"

KEKA = (
    "Employee Number,Display Name,Date Joined,Job Title,Department,Location,Reporting Manager,Worker Type,"
    "Shift Type,Attendance Number,PAN Number,Aadhaar Number,Bank Account Number,Gross Salary,Mobile Number\n"
    "K-1,Meena Rao,21-Apr-2019,Manager,Press shop,Baddi,,Permanent,General,901,ABCPE1234F,234123412346,501001,90000,9876543210\n"
    "K-2,Ravi Iyer,05-Jan-2021,Operator,Press shop,Baddi,Meena Rao,Contract,Night,902,ABCPE1234G,345623412348,501002,20000,9876543211\n"
)
DARWINBOX = (
    "employee_id,full_name,department_name,designation_name,office_location,direct_manager_employee_id,"
    "date_of_joining,employee_type,company_email_id,personal_mobile_no,marital_status,date_of_birth\n"
    "D-1,Meena Rao,Press shop,Manager,Baddi,,2019-04-21,Full Time,meena@example.com,9876543210,Married,1980-01-01\n"
    "D-2,Ravi Iyer,Press shop,Operator,Baddi,D-1,2021-01-05,Intern,ravi@example.com,9876543211,Single,1990-01-01\n"
)
ZOHO = (
    "EmployeeID,FirstName,LastName,Department,Designation,LocationName,Reporting_To,Dateofjoining,Employeestatus,"
    "Employee_type,EmailID,UAN\n"
    "Z-1,Meena,Rao,Press shop,Manager,Baddi,,21-04-2019,Active,Permanent,meena@example.com,100123456789\n"
    "Z-2,Ravi,Iyer,Press shop,Operator,Baddi,Meena Rao Z-1,05-01-2021,Active,Contract,ravi@example.com,100123456790\n"
)


def look(people: People, *texts: str | bytes, wish: ImportWish | None = None) -> PeoplePlan:
    files = [
        GivenFile(name=f"{at}.csv", content=text.encode() if isinstance(text, str) else text)
        for at, text in enumerate(texts, 1)
    ]
    return people.imports.look(SYSTEM, people.imports.read(SYSTEM, files), wish or ImportWish())


def take(people: People, *texts: str | bytes, wish: ImportWish | None = None) -> PeoplePlan:
    made = look(people, *texts, wish=wish)
    people.imports.apply(SYSTEM, made)
    return made


def reasons(made: PeoplePlan) -> list[tuple[int, str]]:
    return [(error.line, error.reason) for error in made.errors]


def book(*sheets: tuple[str, Sequence[Sequence[object]]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        for name, rows in sheets:
            sheet = made.add_worksheet(name)
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return target.getvalue()


@pytest.mark.parametrize(
    ("text", "first"),
    [(KEKA, "K"), (DARWINBOX, "D"), (ZOHO, "Z")],
    ids=["keka", "darwinbox", "zoho"],
)
def test_the_exports_of_the_hr_systems_are_understood(
    people: People, plant: Plant, text: str, first: str
) -> None:
    made = take(people, text)

    assert made.errors == ()
    ravi = people.find(SYSTEM, f"{first}-2")
    place = ravi.placement
    assert place is not None
    assert (ravi.name, ravi.location, ravi.joined_on) == ("Ravi Iyer", "Baddi", date(2021, 1, 5))
    assert (place.org_unit, place.job_role, place.manager) == (
        "Press shop",
        "Operator",
        "Meena Rao",
    )
    assert ravi.kind in {PersonKind.CONTRACTOR, PersonKind.APPRENTICE}


def test_gate_passes_come_with_the_file(people: People, plant: Plant) -> None:
    head = "Employee Number,Name,Worker Type,Gate Pass No.,Gate Pass Valid Till\n"
    take(people, head + "C-1,Ravi Iyer,Contract,GP/77,31-12-2026\n")
    ravi = people.find(SYSTEM, "C-1")
    assert ravi.gate_pass == GatePass(number="GP/77", until=date(2026, 12, 31))

    made = take(people, head + "C-1,Ravi Iyer,Contract,GP/78,30-06-2027\n")
    (changed,) = made.changed
    assert {one.field for one in changed.changes} == {"gate_pass", "gate_pass_until"}
    assert people.find(SYSTEM, "C-1").gate_pass.until == date(2027, 6, 30)
    rows = "".join(f"C-{at},Name {at},Contract,20260000123{at},30-06-2027\n" for at in range(2, 6))
    take(people, head + rows)  # long numbers are no bank accounts here
    assert people.find(SYSTEM, "C-2").gate_pass.number == "202600001232"


def test_dp_12_pay_and_identity_columns_are_dropped_and_named(
    people: People, plant: Plant, site: Site, tmp_path: Path
) -> None:
    made = take(people, KEKA)

    assert made.private_columns == (
        "PAN Number", "Aadhaar Number", "Bank Account Number", "Gross Salary", "Mobile Number",
    )  # fmt: skip
    (past,) = people.imports.past(SYSTEM)
    assert past.run is not None
    assert past.run.private == made.private_columns
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for value in (b"234123412346", b"345623412348", b"ABCPE1234F", b"9876543210"):
        assert value not in kept
    assert "234123412346" not in repr(made)


def test_private_columns_are_told_by_what_is_in_them(people: People) -> None:
    rows = "".join(
        f"E-{n},Name {n},ABCPE{n}F,98765432{n % 100:02},SBIN000{n}\n" for n in range(1001, 1006)
    )
    made = look(people, "Emp No,Name,Field 7,Field 8,Location\n" + rows)

    assert made.private_columns == ("Field 7", "Field 8", "Location")
    assert {one.heading: one.samples for one in made.columns}["Field 7"] == ()


def test_nobody_is_known_by_an_identity_number(people: People) -> None:
    rows = "".join(f"ABCPE{n}F,Name\n" for n in range(1001, 1006))

    with pytest.raises(Exception, match="employee number"):
        look(people, "Employee Code,Name\n" + rows)


def test_a_renamed_or_misspelt_heading_is_taken_for_what_it_nearly_is(people: People) -> None:
    made = look(people, "Employee Nos,Full Name,Desigantion,Departments\nE-1,Meena,Fitter,Stores\n")

    assert [(one.number, one.job_role, one.org_unit) for one in made.new] == [
        ("E-1", "Fitter", "Stores")
    ]


def test_a_day_that_can_be_read_in_two_ways_is_asked_about(people: People) -> None:
    text = "Emp No,Name,DOJ\nE-1,Meena,03/04/2026\nE-2,Ravi,05/06/2026\n"
    made = look(people, text)

    assert made.open_day in {"03/04/2026", "05/06/2026"}
    with pytest.raises(DaysUnclear):
        people.imports.apply(SYSTEM, made)
    told = ImportWish(mapping=replace(made.mapping, order=DayOrder.MONTH_FIRST))
    assert [one.joined_on for one in take(people, text, wish=told).new] == [
        date(2026, 3, 4),
        date(2026, 5, 6),
    ]


def test_one_day_tells_how_the_others_are_read(people: People) -> None:
    made = look(people, "Emp No,Name,DOJ\nE-1,Meena,03/04/2026\nE-2,Ravi,12/31/2025\n")

    assert made.open_day == ""
    assert [one.joined_on for one in made.new] == [date(2026, 3, 4), date(2025, 12, 31)]


def test_words_of_the_hr_system_are_given_their_meaning(people: People) -> None:
    text = "Emp No,Name,Employee Type\nE-1,Meena,On-roll\nE-2,Ravi,Off roll\n"
    made = look(people, text)

    assert [(one.field, one.word) for one in made.unknown_words] == [
        (Field.KIND, "off roll"),
        (Field.KIND, "on-roll"),
    ]
    words = ((Field.KIND, "on-roll", "employee"), (Field.KIND, "off roll", "contractor"))
    told = look(people, text, wish=ImportWish(mapping=replace(made.mapping, words=words)))
    assert [one.kind for one in told.new] == [PersonKind.EMPLOYEE, PersonKind.CONTRACTOR]


def test_a_saved_mapping_is_found_again_by_the_headings(people: People) -> None:
    text = "Token,Person,Gang,Since\nE-1,Meena,Press,2021-01-05\n"
    mapping = HrMapping(
        name="Wages office",
        columns=(("token", Field.NUMBER), ("person", Field.NAME), ("gang", Field.ORG_UNIT), ("since", Field.JOINED)),
        coverage=Coverage.SITE,
        headings=("token", "person", "gang", "since"),
    )  # fmt: skip
    people.imports.mappings.keep(SYSTEM, mapping)

    with pytest.raises(Exception, match="employee number"):
        people.imports.plan(SYSTEM, b"Other,Thing\n1,2\n")
    made = look(people, text)
    assert made.mapping.name == "Wages office"
    assert [(one.number, one.org_unit) for one in made.new] == [("E-1", "Press")]
    assert look(people, "Staff of the plant,,,\n" + text).mapping == made.mapping
    people.imports.mappings.forget(SYSTEM, "wages OFFICE")
    assert people.imports.mappings.all(SYSTEM) == ()


def test_an_old_spreadsheet_with_two_sheets_is_one_list(people: People) -> None:
    made = look(people, (FILES / "greythr.xls").read_bytes())

    assert made.encoding == "xls"
    found = {one.number: one for one in made.new}
    assert found["G-101"].org_unit == found["G-102"].org_unit == "Press shop"
    assert found["G-102"].left_on == date(2026, 11, 2)
    assert found["103"].joined_on == date(2019, 12, 31)
    assert made.private_columns == ("Bank Account No",)
    assert reasons(made) == [(7, "The employee number is missing.")]


def test_damaged_old_spreadsheets_are_refused_in_one_sentence(people: People) -> None:
    whole = (FILES / "greythr.xls").read_bytes()

    for cut in range(100, len(whole), 333):
        damaged = whole[:cut] + bytes(reversed(whole[cut : cut + 200])) + whole[cut + 200 :]
        with suppress(FileUnreadable):
            people.imports.read(SYSTEM, [GivenFile(name="x.xls", content=damaged)])


def test_a_formula_without_a_value_is_an_error_of_its_row(people: People) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Staff")
        sheet.write_row(0, 0, ["Emp No", "Name", "Department"])
        sheet.write_row(1, 0, ["E-1", "Meena"])
        sheet.write_formula(1, 2, "=VLOOKUP(A2,X!A:B,2)", None, "Press")
        sheet.write_row(2, 0, ["E-2", "Ravi"])
        sheet.write_formula(2, 2, "=B9", None, "")
        sheet.write_row(3, 0, ["E-3", "Bob"])
        sheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")
    looked = look(people, target.getvalue())

    why = "The formula in this cell has no value, or ends in an error: look at it in Excel, and save the file."
    assert reasons(looked) == [(3, why), (4, why)]
    assert {error.field for error in looked.errors} == {"org_unit"}
    assert [one.org_unit for one in looked.new] == ["Press"]


def test_what_stands_in_a_merged_cell_is_said_of_each_row(people: People) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Staff")
        sheet.merge_range(0, 0, 0, 2, "Staff of the press shop")
        sheet.write_row(1, 0, ["Department", "Emp No", "Name"])
        sheet.merge_range(2, 0, 3, 0, "Press")
        sheet.write_row(2, 1, ["E-1", "Meena"])
        sheet.write_row(3, 1, ["E-2", "Ravi"])
    looked = look(people, target.getvalue())

    assert [(one.number, one.org_unit) for one in looked.new] == [
        ("E-1", "Press"),
        ("E-2", "Press"),
    ]


def test_several_files_of_one_set_are_joined_by_number(people: People) -> None:
    made = look(
        people,
        "Employee No,Name,Date of join\nG-1,Meena Rao,21-04-2019\nG-2,Ravi Iyer,05-01-2021\n",
        "employeeNo,categoryDesc,valueDesc,effectiveFrom,effectiveTo\n"
        "G-1,Department,Press shop,2019-04-21,\nG-1,Designation,Trainee,2019-04-21,2020-01-01\n"
        "G-1,Designation,Manager,2020-01-01,\nG-2,Location,Baddi,2021-01-05,\nG-2,Cost Centers,7,2021-01-05,\n",
        "Employee No,Leaving Date\nG-2,30-10-2026\nG-9,01-01-2020\n",
    )

    assert made.errors == ()
    assert [(one.number, one.org_unit, one.job_role, one.location, one.left_on) for one in made.new] == [
        ("G-1", "Press shop", "Manager", None, None),
        ("G-2", None, None, "Baddi", date(2026, 10, 31)),
    ]  # fmt: skip
    assert made.passed_over == 1


def test_two_lists_that_contradict_each_other_are_told(people: People) -> None:
    made = look(
        people,
        "Emp No,Name,Department\nE-1,Meena,Press\nE-2,Ravi,Press\n",
        "Emp No,Name,Department\nE-1,MEENA,Press\nE-2,Bob,Stores\n",
    )

    assert [(error.part, *reason) for error, reason in zip(made.errors, reasons(made), strict=True)] == [
        (1, 3, "1.csv, line 3, says something else of this number.")
    ]  # fmt: skip
    assert [one.number for one in made.new] == ["E-1", "E-2"]


def test_managers_are_found_by_number_email_name_and_number_or_name(
    people: People, plant: Plant
) -> None:
    made = look(
        people,
        "Emp No,Name,Email,Department,Manager\n"
        "E-1,Meena Rao,meena@example.com,PRESS,\nE-2,Ravi,,PRESS,E-1\nE-3,Bob,,PRESS,Meena@Example.com\n"
        "E-4,Uma,,PRESS,Meena Rao (E-1)\nE-5,Anu,,PRESS,E-1 - Meena Rao\nE-6,Isha,,PRESS,meena rao\n",
    )

    assert made.errors == ()
    assert [one.manager for one in made.new] == [None, *["E-1"] * 5]


def test_a_manager_whose_name_several_have_is_asked_about_and_fixed_in_place(
    people: People, plant: Plant
) -> None:
    text = "Emp No,Name,Department,Manager\nE-1,Ravi Iyer,PRESS,\nE-2,Ravi Iyer,PRESS,\nE-3,Bob,PRESS,Ravi Iyer\n"
    made = look(people, text)

    (error,) = made.errors
    assert (error.field, error.choices) == ("manager", ("E-1", "E-2"))
    fixed = ImportWish().fixed(Fix(part=0, line=4, field=Field.MANAGER, text="E-2"))
    again = take(people, text, wish=fixed)
    assert again.errors == ()
    assert again.new[2].manager == "E-2"
    run = people.imports.past(SYSTEM)[0].run
    assert run is not None
    assert run.fixes == 1


def test_managers_in_a_circle_are_named(people: People, plant: Plant) -> None:
    made = look(
        people,
        "Emp No,Name,Department,Manager\nE-1,A,PRESS,E-2\nE-2,B,PRESS,E-3\nE-3,C,PRESS,E-1\nE-4,D,PRESS,\n",
    )

    assert [line for line, _why in reasons(made)] == [2, 3, 4]
    assert "E-1 → E-2 → E-3 → E-1" in made.errors[0].reason
    assert [one.number for one in made.new] == ["E-4"]


def test_letters_from_before_unicode_are_refused(people: People) -> None:
    iscii = b"Emp No,Name\n" + b"".join(
        b"E-%d,\xb3\xdd\xcc\xda\xcf \xcf\xda\xd4\n" % n for n in range(5)
    )
    font = "Emp No,Name,Name in own script\n" + "".join(
        f"E-{n},Name,{word}\n" for n, word in enumerate(["jkes'k dqekj", "vfuy flag", "lquhy ;kno"])
    )
    for content in (iscii, font):
        with pytest.raises(FileUnreadable, match="before Unicode"):
            look(people, content)


def test_who_is_missing_stays_unless_somebody_says_that_they_left(
    people: People, plant: Plant, sign_in: SignIn, ashas_account: AccountId, clock: TurnedClock
) -> None:
    text = "Emp No,Name,Department\nE-1,Meena,PRESS\n"
    take(people, text)
    assert look(people, text).gone == ()

    made = look(people, text, wish=ImportWish(coverage=Coverage.SITE, leavers={}))
    assert [(one.number, one.leaves_on) for one in made.gone] == [("E-1042", None)]
    assert made.does_nothing
    today = made.terms.today
    made = look(people, text, wish=ImportWish(coverage=Coverage.SITE))
    assert [(one.number, one.leaves_on) for one in made.leaving] == [("E-1042", today)]


def test_is_03_a_leavers_account_is_disabled_at_import_and_listed(
    people: People,
    sign_in: SignIn,
    asha: PersonId,
    ashas_account: AccountId,
    clock: TurnedClock,
) -> None:
    clock.turn(timedelta(days=3))
    made = take(people, "Emp No,Name,Date of exit\nE-1042,Asha Kulkarni,25-11-2026\n")

    assert [one.number for one in made.closing] == ["E-1042"]
    assert sign_in.accounts.account(SYSTEM, ashas_account).disabled_at is not None
    assert people.person(SYSTEM, asha).left_on == date(2026, 11, 26)
    with pytest.raises(AccountClosed):
        sign_in.sign_in("E-1042", "7392")
    past = people.imports.past(SYSTEM)[0]
    people.imports.take_back(SYSTEM, people.imports.plan_take_back(SYSTEM, past.deed.id))
    assert people.person(SYSTEM, asha).active
    assert sign_in.sign_in("E-1042", "7392").actor.name == "Asha Kulkarni"


@pytest.mark.parametrize(
    ("heading", "gone_from"),
    [
        ("Last Working Day", date(2026, 12, 1)),
        ("Relieving Date", date(2026, 12, 1)),
        ("Exit Date", date(2026, 12, 1)),
        ("Dateofexit", date(2026, 12, 1)),
        ("leavingDate", date(2026, 12, 1)),
        ("date_of_exit", date(2026, 12, 1)),
        ("Left on", date(2026, 11, 30)),
        ("First day without them", date(2026, 11, 30)),
    ],
)
def test_whoever_works_until_a_day_is_gone_from_the_next(
    people: People, asha: PersonId, heading: str, gone_from: date
) -> None:
    made = take(people, f"Emp No,Name,{heading}\nE-1042,Asha Kulkarni,30-Nov-2026\n")

    assert [one.person.left_on for one in made.changed] == [gone_from]
    assert people.person(SYSTEM, asha).left_on == gone_from
    assert look(people, f"Emp No,Name,{heading}\nE-1042,Asha Kulkarni,30-Nov-2026\n").does_nothing


def test_two_days_of_leaving_that_do_not_fit_are_told(people: People, asha: PersonId) -> None:
    text = "Emp No,Name,Last working day,Left on\nE-1042,Asha Kulkarni,30-11-2026,{}\n"

    assert look(people, text.format("01-Dec-2026")).changed[0].person.left_on == date(2026, 12, 1)
    ((_line, why),) = reasons(look(people, text.format("30-11-2026")))
    assert why.startswith("The last day of work, 30 Nov 2026, is the day before the first")


def test_a_last_day_before_joining_is_mended_where_it_stands(people: People) -> None:
    text = "Emp No,Name,DOJ,Last working day\nE-5,Uma,10-11-2026,09-11-2026\n"
    (error,) = look(people, text).errors

    assert (error.field, error.text) == ("last_day", "2026-11-09")
    fix = Fix(part=0, line=2, field=Field(error.field), text="10-11-2026")
    (uma,) = look(people, text, wish=ImportWish(fixes=(fix,))).new
    assert uma.left_on == date(2026, 11, 11)


def test_a_mapping_from_before_keeps_its_day_and_says_so(people: People, asha: PersonId) -> None:
    text = "Emp No,Name,Exit date\nE-1042,Asha Kulkarni,30-Nov-2026\n"
    columns = (("emp no", Field.NUMBER), ("name", Field.NAME), ("exit date", Field.LEFT))
    headings = ("emp no", "exit date", "name")
    old = HrMapping(name="Old", columns=columns, headings=headings, is_from_before=True)
    people.imports.mappings.keep(SYSTEM, old)

    made = look(people, text)
    assert made.changed[0].person.left_on == date(2026, 11, 30)
    assert made.doubtful_columns == ("Exit date",)
    people.imports.mappings.keep(SYSTEM, replace(made.mapping, is_from_before=False))
    assert look(people, text).doubtful_columns == ()


STAFF = "Emp No,Name,Last Working Day,Employee Status\nE-1042,Asha Kulkarni,{}\nE-7,Uma,,\n"


def test_a_withdrawn_resignation_comes_with_the_file(people: People, asha: PersonId) -> None:
    take(people, STAFF.format("15-12-2026,Notice period"))
    assert people.person(SYSTEM, asha).left_on == date(2026, 12, 16)

    made = look(people, "Emp No,Name\nE-1042,Asha Kulkarni\n")
    assert made.does_nothing
    made = look(people, "Emp No,Last Working Day\nE-1042,\n")
    assert made.does_nothing
    for still_going in (",Notice period", ",On notice", ",Resigned"):
        made = look(people, STAFF.format(still_going))
        assert not made.staying, still_going
    made = take(people, STAFF.format(",Active"))
    assert [one.person.number for one in made.staying] == ["E-1042"]
    assert people.person(SYSTEM, asha).left_on is None
    past = people.imports.past(SYSTEM)[0]
    people.imports.take_back(SYSTEM, people.imports.plan_take_back(SYSTEM, past.deed.id))
    assert people.person(SYSTEM, asha).left_on == date(2026, 12, 16)


def test_an_emptied_day_says_nothing_where_the_file_has_no_say(
    people: People, asha: PersonId
) -> None:
    take(people, STAFF.format("15-12-2026,"))
    hands_off = HrMapping(name="Ours", owns=False)
    assert look(people, STAFF.format(","), wish=ImportWish(mapping=hands_off)).does_nothing


def test_only_departments_in_the_file_miss_anybody(
    people: People, plant: Plant, asha: PersonId
) -> None:
    place = Destination(org_unit_id=plant.paint)
    people.add(SYSTEM, NewPerson(number="E-7", name="Uma", place=place))
    text = "Emp No,Name,Department\nE-1,Meena,PAINT\n"

    made = look(people, text, wish=ImportWish(coverage=Coverage.DEPARTMENTS))
    assert [one.number for one in made.gone] == ["E-7"]
    made = look(people, text, wish=ImportWish(coverage=Coverage.CONTRACTORS))
    assert made.gone == ()


def test_many_that_are_missing_leave_only_when_their_number_is_typed(people: People) -> None:
    rows = [f"E-{n},Name {n}\n" for n in range(500)]
    take(people, "Emp No,Name\n" + "".join(rows))
    short = "Emp No,Name\n" + "".join(rows[:88])

    made = look(people, short, wish=ImportWish(coverage=Coverage.SITE))
    assert (len(made.gone), made.leaving, made.does_nothing) == (412, (), True)
    leavers = {one.number: made.terms.today for one in made.gone}
    made = look(people, short, wish=ImportWish(coverage=Coverage.SITE, leavers=leavers))
    with pytest.raises(ThresholdPassed, match="412 of 500"):
        people.imports.apply(SYSTEM, made)
    with pytest.raises(ThresholdPassed):
        people.imports.apply(SYSTEM, made, typed=411)
    people.imports.apply(SYSTEM, made, typed=412)
    assert people.find(SYSTEM, "E-499").active is False
    assert people.find(SYSTEM, "E-1").active


def test_who_came_back_is_proposed_and_placed_anew(
    people: People, plant: Plant, asha: PersonId, clock: TurnedClock
) -> None:
    clock.turn(timedelta(days=10))
    people.leave(SYSTEM, asha)
    clock.turn(timedelta(days=30))
    text = "Emp No,Name,Department,DOJ\nE-1042,Asha Kulkarni,PAINT,\n"
    made = look(people, text)

    assert made.does_nothing
    (one,) = made.returning
    assert one.back_on is None
    made = take(people, text, wish=ImportWish(returning=frozenset({"E-1042"})))
    assert [back.person.number for back in made.back] == ["E-1042"]
    person = people.person(SYSTEM, asha)
    new, old = person.placements
    assert person.active
    assert (old.org_unit, new.org_unit) == ("Line 1", "Paint shop")
    assert (old.to_on or new.from_on) < new.from_on
    past = people.imports.past(SYSTEM)[0]
    people.imports.take_back(SYSTEM, people.imports.plan_take_back(SYSTEM, past.deed.id))
    assert people.person(SYSTEM, asha).active is False


def test_moves_are_told_apart_from_other_changes(
    people: People, plant: Plant, asha: PersonId
) -> None:
    made = look(people, "Emp No,Name,Department,Location\nE-1042,Asha Kulkarni,PAINT,Baddi\n")

    assert [one.person.number for one in made.moved] == ["E-1042"]
    made = look(people, "Emp No,Name,Location\nE-1042,Asha Kulkarni,Baddi\n")
    assert (made.moved, len(made.changed)) == ((), 1)


MOVE = "Emp No,Name,Department,Job title,{}\nE-1042,Asha Kulkarni,PAINT,FIT,{}\n"


@pytest.mark.parametrize("heading", ["W.E.F.", "Effective Date", "Transfer date"])
def test_a_move_is_dated_by_the_file(
    people: People, plant: Plant, asha: PersonId, clock: TurnedClock, heading: str
) -> None:
    clock.turn(timedelta(days=30))
    made = take(people, MOVE.format(heading, "01-Dec-2026"))

    assert list(made.role_moves.values()) == [(plant.fitter,)]
    new, old = people.person(SYSTEM, asha).placements
    assert (new.org_unit, new.from_on, old.to_on) == (
        "Paint shop",
        date(2026, 12, 1),
        date(2026, 12, 1),
    )
    assert look(people, MOVE.format(heading, "01-Dec-2026")).does_nothing


def test_a_move_to_come_waits_for_its_day_and_one_before_the_last_is_told(
    people: People, plant: Plant, asha: PersonId, clock: TurnedClock
) -> None:
    made = look(people, MOVE.format("W.E.F.", "01-Dec-2026"))
    assert (made.does_nothing, [one.number for one in made.moving_later]) == (True, ["E-1042"])
    (error,) = look(people, MOVE.format("W.E.F.", "01-Nov-2026")).errors
    assert (error.field, error.text) == ("moved_on", "2026-11-01")
    assert "since 23 Nov 2026" in error.reason

    clock.turn(timedelta(days=8))
    take(people, MOVE.format("W.E.F.", "01-Dec-2026"))
    assert people.person(SYSTEM, asha).placements[0].from_on == date(2026, 12, 1)


def test_a_status_that_says_left_dates_the_leaver_today(
    people: People, plant: Plant, asha: PersonId
) -> None:
    made = look(
        people,
        "Emp No,Name,Employee Status\nE-1042,Asha Kulkarni,Relieved\nE-9,Old Hand,Exited\nE-5,Ravi,Active\n",
    )

    assert [(one.person.left_on) for one in made.changed] == [made.terms.today]
    resigned = look(people, "Emp No,Name,Employee Status\nE-1042,Asha Kulkarni,Resigned\n")
    assert resigned.does_nothing
    assert (made.passed_over, [one.number for one in made.new]) == (1, ["E-5"])


def test_new_departments_may_be_refused(people: People, plant: Plant) -> None:
    text = "Emp No,Name,Department\nE-1,Meena,Pres shop\n"

    made = look(people, text, wish=ImportWish(new_places=False))
    assert made.errors[0].field == "org_unit"
    fixed = ImportWish(new_places=False).fixed(
        Fix(part=0, line=2, field=Field.ORG_UNIT, text="Press shop")
    )
    assert take(people, text, wish=fixed).new[0].org_unit == "Press shop"


def test_everybody_new_may_get_an_account_without_a_secret(people: People, sign_in: SignIn) -> None:
    take(people, "Emp No,Name\nE-1,Meena\n", wish=ImportWish(accounts=True))

    account_id = people.find(SYSTEM, "E-1").account_id
    assert account_id is not None
    account = sign_in.accounts.account(SYSTEM, account_id)
    assert (account.login, account.proofs) == ("e-1", frozenset())


def test_what_the_hr_file_brings_is_owned_by_its_mapping(people: People) -> None:
    text = "Emp No,Name,Location\nE-1,Meena,Baddi\n"
    made = look(people, text)
    assert people.imports.owned_fields(SYSTEM) == {}
    people.imports.mappings.keep(
        SYSTEM, replace(made.mapping, name="Keka", headings=("emp no", "name", "location"))
    )

    take(people, text)
    assert people.imports.owned_fields(SYSTEM) == {
        "number": "Keka",
        "name": "Keka",
        "location": "Keka",
    }


def test_a_workbook_with_other_sheets_names_what_was_not_read(people: People) -> None:
    made = look(
        people,
        book(("Notes", [["Made by", "HR"]]), ("Plant A", [["Emp No", "Name"], ["A-1", "Meena"]]),
             ("Plant B", [["Emp No", "Name"], ["B-1", "Ravi"]])),
    )  # fmt: skip

    assert made.unread_parts == ("Notes",)
    assert [(one.number, made.parts[one.part]) for one in made.new] == [
        ("A-1", "Plant A"),
        ("B-1", "Plant B"),
    ]
