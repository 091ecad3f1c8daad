"""Training from before this program: read, told apart, brought in, signed once, counted."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed
from app.core.people import Audience
from app.core.signatures import Meaning, SignatureState, WordsMissing
from app.core.spreadsheets import FileUnreadable, GivenFile, MissingColumns
from app.core.training import EvidenceRule, ReasonNeeded
from app.core.training.errors import TrainingRefused
from app.core.training.legacy import (
    BatchAnswered,
    BatchChanged,
    BatchOfOwn,
    BatchState,
    LegacyDaysUnclear,
    LegacyField,
    LegacyMapping,
    LegacyOutdated,
    LegacyPlan,
    NoScan,
    NothingToBringIn,
    waits_in_words,
)
from app.core.training.requirements import RequirementChange
from tests.core.training.conftest import SYSTEM, somebody, verified
from tests.core.training.paper.conftest import LIST, PDF, Shop, shop_of
from tests.support.clock import TurnedClock
from tests.support.in_touch import another_pc


def look(shop: Shop, text: str | bytes, mapping: LegacyMapping | None = None) -> LegacyPlan:
    content = text if isinstance(text, bytes) else text.encode()
    return shop.legacy.look(shop.ravi, GivenFile(name="old.csv", content=content), mapping)


def reasons(plan: LegacyPlan) -> dict[int, str]:
    return {one.line: one.reason for one in plan.troubles}


def test_a11_04_a_row_whose_name_is_not_that_of_its_number_is_told(shop: Shop) -> None:
    head = "Emp No,Name,Training,Date,Result\n"
    called = {one: shop.people.find(SYSTEM, one).name for one in ("E-2", "E-3")}
    turned = " ".join(reversed(called["E-2"].upper().split()))
    plan = look(
        shop,
        f"{head}E-2,{turned},FORK,12-03-2024,82%\nE-3,{called['E-2']},FORK,12-03-2024,82%\n"
        f"E-2,Nobody At All,FORK,13-03-2024,\nE-2,{called['E-2']},FORK,14-03-2024,400%\n"
        f"E-2,{called['E-2']},FORK,15-03-2024,-5\n",
    )
    assert [one.number for one in plan.rows] == ["E-2"]
    assert reasons(plan) == {
        3: f"E-3 is not {called['E-2']} here: look at the number, or at the name.",
        4: "E-2 is not Nobody At All here: look at the number, or at the name.",
        5: "400% is no result that anybody can have.",
        6: "-5 is no result that anybody can have.",
    }


def test_a_list_is_looked_at_without_changing_anything(shop: Shop) -> None:
    plan = look(shop, LIST)

    assert [(one.line, one.number, one.code) for one in plan.rows] == [
        (2, "E-2", "FORK"),
        (3, "E-3", "FORK"),
        (4, "E-2", "FIRST-AID"),
    ]
    assert plan.rows[0].trained_on == date(2024, 3, 12)
    assert (plan.rows[0].score, plan.rows[0].trainer) == ("82%", "R. Patil")
    assert plan.rows[1].valid_until == date(2027, 2, 28)
    assert plan.troubles == ()
    assert shop.legacy.batches(shop.ravi) == ()


def test_what_was_brought_in_counts_only_once_somebody_else_signed_it(shop: Shop) -> None:
    batch_id = shop.bring()
    assert shop.held("E-2", "FIRST-AID") is None
    (waiting,) = shop.legacy.batches(shop.meera)
    assert (waiting.state, waiting.rows_taken, waiting.is_mine) == (BatchState.WAITING, 3, False)

    assert shop.sign(batch_id) == 3

    assert shop.held("E-2", "FIRST-AID") == date(2029, 6, 1)
    assert shop.held("E-2", "FORK") == date(2025, 3, 12)
    assert shop.held("E-3", "FORK") == date(2025, 2, 28)  # a year of the terms, less than it says
    (signed,) = shop.legacy.batches(shop.meera)
    assert (signed.state, signed.credits, signed.answered_by) == (
        BatchState.SIGNED,
        3,
        "Meera Joshi",
    )
    (line,) = shop.door.signatures.under(batch_id)
    assert (line.meaning, line.record_kind) == (Meaning.CONFIRMED, "legacy_batch")
    detail = shop.door.signatures.signature(shop.meera, line.id)
    assert detail.state is SignatureState.VALID
    assert signed.rows_sha256 in detail.record
    assert "SHA-256" in detail.shown
    assert verified(shop.pc.opened.site)


def test_an_open_assignment_is_closed_by_what_is_still_valid_and_by_nothing_older(
    shop: Shop,
) -> None:
    training = shop.school.training
    everybody = Audience()
    for code in ("FORK", "FIRST-AID"):
        training.assign(SYSTEM, code, everybody, due_on=None, origin="Everybody")

    shop.sign(shop.bring())

    states = {
        one.code: one.stands.state.value
        for one in training.assignments.of_person(SYSTEM, shop.ids["E-2"])
    }
    assert states == {"FORK": "assigned", "FIRST-AID": "completed"}


def test_a11_04_of_a_thousand_rows_seven_are_bad_and_the_totals_reconcile(shop: Shop) -> None:
    for at in range(100):
        shop.add_person(f"P-{at}")
    rows = [
        f"P-{at % 100},FORK,{date(2020, 1, 1) + timedelta(days=at)},,{at % 100},T,Reg {at}"
        for at in range(1000)
    ]
    bad = {
        11: "NOBODY,FORK,2020-01-01,,,,",
        120: "P-1,WELDING,2020-01-01,,,,",
        333: "P-1,FORK,29-02-2023,,,,",
        400: f"P-1,FORK,{date(2027, 1, 1)},,,,",
        555: rows[554],
        700: "P-1,FORK,2020-02-01,2019-01-01,,,",
        999: "P-1,FORK,,,,,",
    }
    for at, row in bad.items():
        rows[at] = row
    plan = look(shop, "Emp No,Code,Date,Valid Until,Score,Trainer,Ref\n" + "\n".join(rows) + "\n")

    assert (plan.rows_read, len(plan.rows), len(plan.troubles)) == (1000, 993, 7)
    assert sorted(reasons(plan)) == sorted(at + 2 for at in bad)
    assert reasons(plan)[335] == "29-02-2023 is not a day: write it like 31-12-2026."
    assert reasons(plan)[557] == "Line 556 says the same training already."
    batch_id = shop.legacy.bring_in(shop.ravi, plan).batch_id
    kept = shop.legacy.batch(shop.ravi, batch_id)
    assert (kept.summary.rows_read, kept.summary.rows_taken, kept.summary.rows_rejected) == (
        1000,
        993,
        7,
    )
    assert [one.line for one in kept.rejected] == sorted(at + 2 for at in bad)
    assert shop.sign(batch_id) == 993


def test_the_rejected_rows_become_a_list_to_mend(shop: Shop) -> None:
    text = LIST + "E-99,FORK,01-01-2024,,,,\n=1+1,FORK,01-01-2024,,,,\n"
    plan = look(shop, text)

    document = shop.legacy.rejected(shop.ravi, plan)

    table = list(csv.reader(io.StringIO(document.content.decode("utf-8-sig"))))
    assert table[0][:3] == ["Emp No", "Training", "Date"]
    assert table[1][0] == "E-99"
    assert table[1][-2:] == ["5", "Nobody has the number E-99."]
    assert table[2][0] == "'=1+1"
    mended = document.content.replace(b"E-99", b"E-3").replace(b"'=1+1", b"E-2")
    assert [one.line for one in look(shop, mended).rows] == [2, 3]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("E-77,FORK,01-01-2024,,,,", "Nobody has the number E-77."),
        ("E-2,CRANE,01-01-2024,,,,", "No requirement has the code or title CRANE."),
        ("E-2,FORK,31-12-2026,,,,", "2026-12-31 lies ahead."),
        ("E-2,FORK,29-02-2023,,,,", "29-02-2023 is not a day: write it like 31-12-2026."),
        (
            "E-2,FORK,01-01-2024,01-01-2023,,,",
            "It would have ended before the day of the training.",
        ),
        (",FORK,01-01-2024,,,,", "Employee number is missing."),
        ("E-2,,01-01-2024,,,,", "Code or title of the training is missing."),
        ("E-2,FORK,,,,,", "Trained on is missing."),
        ("E-2,FORK,01-01-2024,,Failed,,", "The result says “Failed”: that meets nothing."),
        ("E-2,FORK,=TODAY(),,,,", "Trained on is a formula, not a value."),
        ("E-2,FORK,12-03-2024,,,,", "Line 2 says the same training already."),
        ("E-2,FORK,01-01-2024,,,,,surplus", "The row has more columns than there are headings."),
        (f"E-2,FORK,01-01-2024,,{'x' * 201},,", "Score or result has more than 200 characters."),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_its_reason(shop: Shop, row: str, reason: str) -> None:
    assert reasons(look(shop, LIST + row + "\n")) == {5: reason}


def test_what_paper_does_not_meet_is_not_brought_in_as_paper(shop: Shop) -> None:
    shop.add_requirement("LOTO", "Lock-out", rule=EvidenceRule.NOT_BY_HAND)

    plan = look(shop, "Emp No,Code,Date\nE-2,LOTO,2024-01-01\n")

    assert reasons(plan) == {2: "Lock-out is not met by what is entered by hand."}
    with pytest.raises(NothingToBringIn):
        shop.legacy.bring_in(shop.ravi, plan)


def test_who_has_left_keeps_their_old_training(shop: Shop) -> None:
    shop.people.leave(SYSTEM, shop.ids["E-3"], date(2026, 11, 23))

    assert len(look(shop, LIST).rows) == 3


def test_a_list_that_was_brought_in_before_is_not_taken_twice(shop: Shop) -> None:
    batch_id = shop.bring()

    again = look(shop, LIST)

    assert again.before == "old training"
    assert (len(again.rows), len(again.troubles)) == (0, 3)
    assert reasons(again)[2] == "This was brought in already: old training."
    shop.legacy.take_back(shop.ravi, batch_id, "The wrong list")
    assert len(look(shop, LIST).rows) == 3
    assert shop.legacy.batches(shop.ravi)[0].state is BatchState.TAKEN_BACK
    with pytest.raises(BatchAnswered):
        shop.sign(batch_id)


def test_a_signed_batch_is_not_taken_back(shop: Shop) -> None:
    batch_id = shop.bring()
    shop.sign(batch_id)

    with pytest.raises(BatchAnswered):
        shop.legacy.take_back(shop.ravi, batch_id, "Too late")
    with pytest.raises(BatchAnswered):
        shop.sign(batch_id)


def test_taking_back_asks_for_a_reason(shop: Shop) -> None:
    with pytest.raises(ReasonNeeded):
        shop.legacy.take_back(shop.ravi, shop.bring(), " ")


def test_who_brings_a_list_in_does_not_sign_it(shop: Shop) -> None:
    plan = shop.legacy.look(shop.meera, GivenFile(name="a.csv", content=LIST.encode()))
    batch_id = shop.legacy.bring_in(shop.meera, plan).batch_id

    with pytest.raises(BatchOfOwn):
        shop.sign(batch_id)
    assert shop.held("E-2", "FORK") is None
    assert shop.door.signatures.under(batch_id) == ()


def test_who_stands_in_a_list_does_not_sign_it(shop: Shop) -> None:
    batch_id = shop.bring("Emp No,Code,Date\nE-1,FORK,2024-01-01\n")

    with pytest.raises(BatchOfOwn):
        shop.sign(batch_id)


def test_only_who_may_assign_for_the_whole_site_brings_in(shop: Shop) -> None:
    for actor in (somebody("Nobody"), somebody("Viewer", Capability.VIEW_RECORDS)):
        with pytest.raises(NotAllowed):
            shop.legacy.look(actor, GivenFile(name="a.csv", content=LIST.encode()))
        with pytest.raises(NotAllowed):
            shop.legacy.batches(actor)


def test_columns_that_nobody_knows_are_named_once_and_found_again(shop: Shop) -> None:
    text = "Worker,What,When it was\nE-2,FORK,2024-01-01\n"
    with pytest.raises(MissingColumns, match="Employee number"):
        look(shop, text)
    columns = shop.legacy.columns(shop.ravi, GivenFile(name="a.csv", content=text.encode()))
    assert [(one.normal, one.samples) for one in columns] == [
        ("worker", ("E-2",)),
        ("what", ("FORK",)),
        ("when it was", ("2024-01-01",)),
    ]
    told = LegacyMapping(
        columns=(
            ("worker", LegacyField.NUMBER),
            ("what", LegacyField.REQUIREMENT),
            ("when it was", LegacyField.TRAINED_ON),
        )
    )
    shop.legacy.bring_in(shop.ravi, look(shop, text, told))

    again = look(shop, text.replace("2024", "2025"))

    assert [one.trained_on for one in again.rows] == [date(2025, 1, 1)]


def test_days_that_can_be_read_in_two_ways_are_asked_about(shop: Shop) -> None:
    plan = look(shop, "Emp No,Code,Date\nE-2,FORK,03/04/2024\n")

    assert plan.open_day == "03/04/2024"
    with pytest.raises(LegacyDaysUnclear):
        shop.legacy.bring_in(shop.ravi, plan)


def test_a_workbook_with_merged_cells_and_two_sheets_is_read(shop: Shop) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name in ("2023", "2024"):
        sheet = book.add_worksheet(name)
        sheet.merge_range(0, 0, 0, 2, "Training register")
        sheet.write_row(1, 0, ["Emp No", "Topic", "Date"])
        sheet.merge_range(2, 1, 3, 1, "FORK")
        sheet.write_row(2, 0, ["E-2"])
        sheet.write_row(3, 0, ["E-3"])
        sheet.write(2, 2, f"{name}-05-06")
        sheet.write(3, 2, f"{name}-05-06")
    book.add_worksheet("notes").write(0, 0, "Nothing of use")
    book.close()

    plan = look(shop, out.getvalue())

    assert [(one.sheet, one.line, one.number) for one in plan.rows] == [
        ("2023", 3, "E-2"),
        ("2023", 4, "E-3"),
        ("2024", 3, "E-2"),
        ("2024", 4, "E-3"),
    ]
    assert plan.unread_sheets == ("notes",)
    shop.sign(shop.legacy.bring_in(shop.ravi, plan).batch_id)


def test_a_file_that_is_no_list_is_refused_plainly(shop: Shop) -> None:
    for content in (b"", b"\x00\x01\x02\x00", b"PK\x03\x04 no workbook"):
        with pytest.raises((FileUnreadable, MissingColumns)):
            look(shop, content)


def test_letters_from_a_windows_pc_are_read(shop: Shop) -> None:
    plan = look(shop, "Emp No,Code,Date,Trainer\nE-2,FORK,2024-01-01,José\n".encode("cp1252"))

    assert plan.rows[0].trainer == "José"


def test_scans_are_matched_by_name_and_kept_with_their_row_or_the_batch(shop: Shop) -> None:
    plan = look(shop, LIST)
    scans = [
        GivenFile(name="E-2 FORK.pdf", content=PDF),
        GivenFile(name="register 4 P. 13.PDF", content=PDF + b" "),
        GivenFile(name="cover.jpg", content=b"\xff\xd8\xff\xe0 a photo"),
    ]

    brought = shop.legacy.bring_in(shop.ravi, plan, scans=scans)

    assert (brought.matched, brought.of_batch) == (2, ("cover.jpg",))
    found = shop.legacy.batch(shop.ravi, brought.batch_id).scans
    assert [(one.name, one.number) for one in found] == [
        ("E-2 FORK.pdf", "E-2"),
        ("register 4 P. 13.PDF", "E-3"),
        ("cover.jpg", ""),
    ]
    assert shop.legacy.scan(shop.ravi, found[0].id)[1] == PDF
    records = shop.legacy.of_person(shop.ravi, shop.ids["E-2"])
    assert [(one.code, one.scans) for one in records] == [("FORK", 1), ("FIRST-AID", 0)]


def test_a_file_that_only_calls_itself_a_scan_is_refused_and_nothing_is_brought_in(
    shop: Shop,
) -> None:
    plan = look(shop, LIST)

    with pytest.raises(NoScan):
        shop.legacy.bring_in(
            shop.ravi, plan, scans=[GivenFile(name="E-2.pdf", content=b"MZ program")]
        )
    assert shop.legacy.batches(shop.ravi) == ()


def test_what_changed_since_the_look_is_looked_at_again(shop: Shop) -> None:
    plan = look(shop, LIST)
    shop.bring()

    with pytest.raises(LegacyOutdated):
        shop.legacy.bring_in(shop.ravi, plan)
    assert len(shop.legacy.batches(shop.ravi)) == 1


def test_a_title_of_a_list_is_its_name_unless_told(shop: Shop) -> None:
    plan = look(shop, LIST)
    with pytest.raises(TrainingRefused):
        shop.legacy.bring_in(shop.ravi, plan, title="x" * 201)

    shop.legacy.bring_in(shop.ravi, plan, title="Register 4", note="From the safety office")

    (batch,) = shop.legacy.batches(shop.ravi)
    assert (batch.title, batch.note) == ("Register 4", "From the safety office")


def test_two_pcs_bring_in_the_same_list_and_its_rows_count_once(
    shop: Shop, tmp_path: Path, clock: TurnedClock
) -> None:
    second = another_pc(shop.pc, tmp_path / "two", clock)
    stick = tmp_path / "stick"
    stick.mkdir()
    second.take(shop.pc.send(stick, second))
    other = shop_of(second)
    other.ids, other.requirements = shop.ids, shop.requirements
    mine, theirs = shop.bring(), other.bring()
    shop.sign(mine)
    second.take(shop.pc.send(stick, second))

    assert other.sign(theirs) == 0

    shop.pc.take(second.send(stick, shop.pc))
    for each in (shop, other):
        assert {one.state for one in each.legacy.batches(each.meera)} == {BatchState.SIGNED}
        assert each.held("E-2", "FIRST-AID") == date(2029, 6, 1)
        assert verified(each.pc.opened.site)


def test_a_batch_taken_back_on_one_pc_and_signed_on_another_stands_signed(
    shop: Shop, tmp_path: Path, clock: TurnedClock
) -> None:
    batch_id = shop.bring()
    second = another_pc(shop.pc, tmp_path / "two", clock)
    stick = tmp_path / "stick"
    stick.mkdir()
    second.take(shop.pc.send(stick, second))
    other = shop_of(second)
    shop.legacy.take_back(shop.ravi, batch_id, "The wrong list")
    other.sign(batch_id)

    shop.pc.take(second.send(stick, shop.pc))
    second.take(shop.pc.send(stick, second))

    for each in (shop, other):
        assert each.legacy.batches(each.meera)[0].state is BatchState.SIGNED


def test_where_signing_fails_at_its_end_nothing_counts_and_the_batch_still_waits(
    shop: Shop,
) -> None:
    batch_id = shop.bring()
    signed = shop.signed(shop.legacy.batch(shop.meera, batch_id).text)

    with pytest.raises(WordsMissing):  # a reason far longer than a signature keeps
        shop.legacy.sign(shop.meera, batch_id, signed, "so " * 2_000)

    assert shop.held("E-2", "FIRST-AID") is None
    assert shop.legacy.batches(shop.meera)[0].state is BatchState.WAITING
    assert shop.sign(batch_id) == 3
    assert verified(shop.pc.opened.site)


def test_a_row_that_was_changed_behind_the_program_is_not_signed(shop: Shop) -> None:
    batch_id = shop.bring()
    with shop.pc.opened.site.database.write() as connection:
        connection.exec_driver_sql("INSERT INTO projection_turn DEFAULT VALUES")
        connection.exec_driver_sql("UPDATE legacy_record SET score = '99%' WHERE line = 2")
        connection.exec_driver_sql("DELETE FROM projection_turn")

    with pytest.raises(BatchChanged):
        shop.sign(batch_id)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cells=st.lists(
        st.tuples(
            st.sampled_from(["E-2", "e-3", "E-99", "", "=A1", "E-2 "]),
            st.sampled_from(["FORK", "first aid", "WELD", "", "Forklift  licence"]),
            st.sampled_from(["2024-01-01", "29-02-2023", "31/12/2025", "soon", "2031-01-01", ""]),
            st.text(alphabet="09%passfailed-,\"' ", max_size=8),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_every_row_that_was_read_is_taken_or_rejected_and_none_is_both(
    shop: Shop, cells: list[tuple[str, str, str, str]]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("Emp No", "Code", "Date", "Score"), *cells])

    plan = look(shop, out.getvalue())

    lines = [one.line for one in plan.rows] + [one.line for one in plan.troubles]
    filled = [at for at, row in enumerate(cells, 2) if any(cell.strip() for cell in row)]
    assert sorted(lines) == filled
    assert plan.rows_read == len(filled)
    keys = [(one.person_id, one.requirement_id, one.trained_on) for one in plan.rows]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "row",
    [
        "13-03-2024,,Not competent",
        "13-03-2024,,F",
        "13-03-2024,,NYC.",
        "13-03-2024,,Did not pass",
        "13-03-2024,,अनुत्तीर्ण",
        "31-12-1899,,82%",
    ],
)
def test_what_says_that_nothing_was_met_meets_nothing(shop: Shop, row: str) -> None:
    heads = "Emp No,Training,Date,Valid Until,Result\n"
    text = f"{heads}E-2,FORK,{row}\nE-3,FORK,13-03-2024,,Pass\n"
    plan = shop.legacy.look(shop.ravi, GivenFile(name="old.csv", content=text.encode()))

    assert [one.number for one in plan.rows] == ["E-3"]
    assert [one.number for one in plan.troubles] == ["E-2"]


def test_old_training_counts_once_what_comes_first_is_held(shop: Shop) -> None:
    """It is kept, signed and told; what is over already, and what comes first in the same list, count."""
    catalogue, training = shop.school.training.catalogue, shop.school.training
    fork, aid = (catalogue.coded(SYSTEM, code).summary.id for code in ("FORK", "FIRST-AID"))
    catalogue.change(SYSTEM, aid, RequirementChange(prerequisites=(fork,)))
    training.on_new_day.append(shop.legacy.begin_day)
    rows = ("E-2,FORK,2026-05-01", "E-2,FIRST-AID,2026-06-01", "E-3,FIRST-AID,2026-06-01",
            "E-3,FIRST-AID,2015-06-01")  # fmt: skip
    plan = look(shop, "Emp No,Code,Date\n" + "\n".join(rows) + "\n")
    batch_id = shop.legacy.bring_in(shop.ravi, plan).batch_id
    (waits,) = shop.legacy.batch(shop.meera, batch_id).waits
    assert waits.rows == 2

    assert shop.sign(batch_id) == 3
    assert shop.held("E-2", "FIRST-AID") is not None
    assert (shop.held("E-3", "FIRST-AID") or date.max) < date(2026, 1, 1)
    (waits,) = shop.legacy.batch(shop.meera, batch_id).waits
    assert waits_in_words(waits).startswith("1 row waits for")
    training.begin_day(SYSTEM)
    assert (shop.held("E-3", "FIRST-AID") or date.max) < date(2026, 1, 1)

    catalogue.change(SYSTEM, aid, RequirementChange(prerequisites=()))
    training.begin_day(SYSTEM)
    assert shop.held("E-3", "FIRST-AID") == shop.held("E-2", "FIRST-AID")
    assert not shop.legacy.batch(shop.meera, batch_id).waits
    assert verified(shop.pc.opened.site)
