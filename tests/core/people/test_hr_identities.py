"""Whom the rows of an HR file mean: numbers given again, renumbered people, twins, lines that are nobody."""

from datetime import date

import pytest

from app.core.people import NewPerson, People, PersonChange
from app.core.people.imports import (
    Coverage,
    Field,
    FileUnreadable,
    Fix,
    ImportWish,
    PeoplePlan,
    ThresholdPassed,
)
from tests.core.people.conftest import SYSTEM
from tests.core.people.test_hr_files import book, look, reasons, take

HEAD = "Employee Number,Name,Department,Job Title,Date of Joining,Last Working Day\n"
ASHA = "E-1,Asha Kulkarni,Press,Operator,2019-04-21,\n"
EXITS = "Employee Number,Name,Last Working Day\nE-1,Asha Kulkarni,2026-12-20\n"


def changes(made: PeoplePlan) -> list[tuple[str, str]]:
    return [(one.person.number, change.field) for one in made.changed for change in one.changes]


@pytest.mark.parametrize("files", [(HEAD + ASHA, EXITS), (EXITS, HEAD + ASHA)])
def test_a_list_of_leavers_beside_the_list_of_people_says_the_same_each_night(
    people: People, files: tuple[str, str]
) -> None:
    take(people, HEAD + ASHA)
    assert changes(take(people, *files)) == [("E-1", "left_on")]
    for _night in range(2):
        again = take(people, *files)
        assert (again.unchanged, again.changed) == (1, ())
    assert people.find(SYSTEM, "E-1").left_on == date(2026, 12, 21)


def test_a_leavers_number_under_another_name_brings_nobody_back_by_itself(people: People) -> None:
    take(people, HEAD + ASHA.replace("21,\n", "21,2025-01-31\n"))
    vijay = HEAD + "E-1,Vijay Singh,Finance,Clerk,2026-11-20,\n"

    made = take(people, vijay)
    (away,) = made.returning
    assert (away.back_on, away.known_as, made.changed) == (None, "Asha Kulkarni", ())
    assert "give Asha Kulkarni another number" in away.doubt
    assert people.find(SYSTEM, "E-1").name == "Asha Kulkarni"

    same = look(people, vijay.replace("Vijay Singh", "KULKARNI Asha"))
    assert [one.back_on for one in same.returning] == [date(2026, 11, 20)]


def test_a_number_of_before_under_another_name_changes_nobody(people: People) -> None:
    take(people, HEAD + ASHA)
    people.edit(SYSTEM, people.find(SYSTEM, "E-1").id, PersonChange(number="E-900"))
    vijay = "E-1,Vijay Singh,Finance,Clerk,2026-11-20,\n"

    made = look(people, HEAD + vijay + ASHA.replace("E-1", "E-900"))
    assert reasons(made) == [
        (
            2,
            (
                "E-1 was the number of Asha Kulkarni, who has E-900 now. If the row means them, give that number;"
                " somebody else needs a number that was nobody’s."
            ),
        )
    ]
    assert (made.errors[0].choices, made.unchanged, made.changed) == (("E-900",), 1, ())
    assert look(people, HEAD + ASHA).unchanged == 1


@pytest.mark.parametrize("typed", ["123", "E 101", "e/101"])
def test_a_number_that_differs_by_zeros_or_signs_from_ones_own_is_mended_in_place(
    people: People, typed: str
) -> None:
    kept = "00123" if typed == "123" else "E-101"
    people.add(SYSTEM, NewPerson(number=kept, name="Asha Rao"))

    made = look(people, f"Emp No,Name\n{typed},ASHA RAO\n")
    (error,) = made.errors
    assert (error.reason, error.choices) == (
        f"ASHA RAO is here as {kept}: write the number as it is there.",
        (kept,),
    )
    fix = Fix(part=error.part, line=error.line, field=Field.NUMBER, text=kept)
    mended = look(people, f"Emp No,Name\n{typed},ASHA RAO\n", wish=ImportWish(fixes=(fix,)))
    assert (mended.errors, mended.new) == ((), ())
    assert look(people, f"Emp No,Name\n{typed},Vijay Singh\n").errors == ()


@pytest.mark.parametrize("typed", ["'E-101", "E\u2013101", "E\u2011101", "\uff25-101"])
def test_a_number_means_the_same_in_the_characters_of_other_programs(
    people: People, typed: str
) -> None:
    people.add(SYSTEM, NewPerson(number="E-101", name="Asha Rao"))
    assert look(people, f"Emp No,Name\n{typed},Asha Rao\n").unchanged == 1


def test_people_who_are_numbered_anew_are_not_doubled_without_a_question(people: People) -> None:
    def listed(before: str) -> str:
        lines = (
            f"{before}{at},Person {chr(97 + at % 26) * 3} {chr(97 + at // 26) * 4},Press,,2020-01-01,"
            for at in range(40)
        )
        return HEAD + "\n".join(lines) + "\n"

    take(people, listed("A-1"))
    made = look(people, listed("B-7"))
    assert (len(made.new), len(made.twins)) == (40, 40)
    assert made.twins[0].number == "A-10"
    assert made.guard is not None
    assert made.guard.count == 40
    with pytest.raises(ThresholdPassed):
        people.imports.apply(SYSTEM, made)


def test_so_many_missing_are_asked_about_though_fewer_than_a_tenth(people: People) -> None:
    def listed(count: int) -> str:
        return HEAD + "".join(f"M-{at},Person {at},Press,,2020-01-01,\n" for at in range(count))

    take(people, listed(500))
    site = ImportWish(coverage=Coverage.SITE)
    made = look(people, listed(459), wish=site)
    assert (len(made.gone), len(made.leaving)) == (41, 0)
    told = {one.number: made.terms.today for one in made.gone}
    ticked = look(people, listed(459), wish=ImportWish(coverage=Coverage.SITE, leavers=told))
    assert ticked.guard is not None
    assert ticked.guard.count == 41
    assert len(look(people, listed(497), wish=site).leaving) == 3


def test_of_a_category_the_line_that_began_last_counts(people: People) -> None:
    listed = "employeeNo,name,dateOfJoin\nG-1,Asha,2019-04-21\n"
    head = "employeeNo,categoryDesc,valueDesc,effectiveFrom,effectiveTo\n"
    old, new = "G-1,Department,Press,2019-04-21,\n", "G-1,Department,Packing,2025-06-01,\n"
    for lines in (old + new, new + old):
        (asha,) = look(people, listed, head + lines).new
        assert asha.org_unit == "Packing"
    both = look(people, listed, head + new + new.replace("Packing", "Stores"))
    assert "says something else of this number" in both.errors[0].reason


def test_a_quotation_mark_that_nobody_closes_takes_no_line_with_it(people: People) -> None:
    with pytest.raises(FileUnreadable, match="Line 3 is not CSV: a quotation mark"):
        look(people, 'Emp No,Name,Dept\nE-0,Uma,Press\nE-1,"Asha,Press\nE-2,Ravi,Press\n')
    with pytest.raises(FileUnreadable, match="Line 2 is not CSV"):
        look(people, 'Emp No,Name,Dept\nE-1,"Asha,Press\nE-2,"Ravi",Press\n')
    (uma,) = look(people, 'Emp No,Name,Dept\nE-1,"Rao, ""Uma""",Press\n').new
    assert uma.name == 'Rao, "Uma"'


@pytest.mark.parametrize(
    ("joined", "why"),
    [
        ("05-01-68", "5 Jan 2068 lies more than a year ahead: write the year with four figures."),
        ("1900-01-01", "1 Jan 1900 lies more than 80 years back."),
    ],
)
def test_a_day_of_joining_out_of_any_working_life_is_an_error(
    people: People, joined: str, why: str
) -> None:
    assert reasons(look(people, HEAD + f"E-1,Asha,Press,,{joined},\n")) == [(2, why)]


def test_a_line_of_totals_is_nobody(people: People) -> None:
    made = look(people, "Emp No,Name\nE-1,Asha\nTotal,1\n")
    assert [one.number for one in made.new] == ["E-1"]
    assert reasons(made) == [(3, "This line adds up the others: it is nobody.")]


def test_lists_laid_one_below_the_other_are_one_list_if_their_columns_are_the_same(
    people: People,
) -> None:
    head = "Employee Number,Name,Department\n"
    made = look(people, f"{head}E-1,Asha,Press\n{head}E-2,Ravi,Packing\n")
    assert ([one.number for one in made.new], made.errors) == (["E-1", "E-2"], ())
    with pytest.raises(FileUnreadable, match="Line 3 begins another list"):
        look(people, f"{head}E-1,Asha,Press\nName,Department,Employee Number\nRavi,Packing,E-2\n")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<html><table><tr><td>Employee Number</td></tr></table></html>", "a web page"),
        ("%PDF-1.7 and more", "a PDF"),
        ('[{"employeeNumber": "E-1"}]', "JSON"),
    ],
)
def test_what_is_no_list_is_told_for_what_it_is(people: People, content: str, what: str) -> None:
    with pytest.raises(FileUnreadable, match=f"This is {what}"):
        look(people, content)


def test_an_error_of_excel_is_no_department(people: People) -> None:
    made = look(people, book(("Sheet", [["Emp No", "Name", "Dept"], ["E-1", "Asha", "#N/A"]])))
    assert "ends in an error" in made.errors[0].reason


def test_a_file_cut_off_in_a_letter_is_told_so(people: People) -> None:
    whole = "Emp No,Name\nE-1,आशा\nE-2,रवि".encode()
    with pytest.raises(FileUnreadable, match="was not copied whole"):
        look(people, whole[:-1])


def test_taking_an_import_back_takes_those_back_who_are_to_leave(people: People) -> None:
    take(people, HEAD + ASHA.replace("21,\n", "21,2027-03-31\n") + ASHA.replace("E-1", "E-2"))
    (past,) = people.imports.past(SYSTEM)
    back = people.imports.plan_take_back(SYSTEM, past.deed.id)
    assert [one.number for one in back.leaving] == ["E-1", "E-2"]
    people.imports.take_back(SYSTEM, back)
    assert not people.find(SYSTEM, "E-1").active


def test_who_reports_to_somebody_whose_row_is_refused_is_told_which_row_to_mend(
    people: People,
) -> None:
    made = look(
        people,
        "Emp No,Name,Dept,Reporting Manager\nE-1,A,Press,E-2\nE-2,B,Press,E-1\nE-3,C,Press,E-1\n"
        "E-4,Asha Rao,Press,Asha Rao\n",
    )
    told = dict(reasons(made))
    assert told[4] == "The row of their manager, E-1, is not taken: mend that one."
    assert told[5] == "Nobody is their own manager."
