"""What is signed, corrections and the record by command, on two sites in a folder."""

from pathlib import Path

import pypdfium2
import pytest

from tests.cli.test_sync import Call, call, founded

__all__ = ["call", "founded"]  # the fixtures


@pytest.fixture
def plant(founded: Call, tmp_path: Path) -> Call:
    people = tmp_path / "people.csv"
    people.write_text("number,name\nE-1,Asha\n")
    for arguments in (
        ("people", "import", people),
        ("requirements", "add", "FORK", "Forklift", "--type", "external", "--evidence", "entered"),
        ("assign", "--to", "person:E-1", "--requirement", "FORK"),
        ("signatures", "accept", "--agree"),
    ):
        code, _told, err = founded("first", *arguments)
        assert code == 0, err
    return founded


def test_d11_a_waiver_is_signed_by_command_where_the_site_asks_for_it(
    plant: Call, tmp_path: Path
) -> None:
    code, told, err = plant(
        "first", "signing", "say", "--waivers", "signed", "--reason", "The customer asks"
    )
    assert (code, told["terms"]["waivers"]) == (0, "signed"), err
    code, told, err = plant("first", "assignments", "waive", "E-1", "FORK", "--reason", "Office")
    assert (code, told["state"]) == (0, "waived"), err

    out = tmp_path / "record.pdf"
    code, told, err = plant("first", "report", "record", "E-1", "--out", out)
    assert code == 0, err
    (signed,) = told["signatures"]
    assert (signed["record"], signed["meaning"]) == ("assignment_event", "waived")
    assert signed["signed_at"].endswith("+05:30")
    assert out.read_bytes().startswith(b"%PDF")
    table = tmp_path / "signatures.csv"
    code, _told, err = plant(
        "first",
        "report",
        "record",
        "E-1",
        "--table",
        "signatures",
        "--format",
        "csv",
        "--out",
        table,
    )
    assert code == 0, err
    assert "UTC+05:30" in table.read_text("utf-8-sig")
    assert [one["waivers"] for one in plant("first", "signing", "show")[1]["terms"]] == ["signed"]


def test_i22_a_record_is_corrected_by_command(plant: Call, tmp_path: Path) -> None:
    scan = tmp_path / "rto.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")
    code, _told, err = plant(
        "first", "assignments", "evidence", "E-1", "FORK", "--issuer", "RTO", "--obtained",
        "2024-01-05", "--number", "F-1", "--scan", scan,
    )  # fmt: skip
    assert code == 0, err
    plant("first", "people", "add", "E-2", "Ravi Das")
    code, told, err = plant(
        "first", "assignments", "evidence", "E-2", "FORK", "--issuer", "rto", "--obtained",
        "2024-01-05", "--number", "f1",
    )  # fmt: skip
    assert (code, [one["person"] for one in told["same_number"]]) == (0, ["Asha (E-1)"]), err
    assert "f1 is on record for Asha (E-1) too" in err
    (record,) = plant("first", "corrections", "records", "E-1")[1]["records"]
    made = ("corrections", "make", "evidence", record["id"])

    code, told, err = plant("first", *made, "number", "F-2", "--reason", "Misread")
    assert (code, told["waits"]) == (0, False), err
    code, told, err = plant("first", *made, "obtained_on", "2024-01-06", "--reason", "Misread")
    assert (code, told["waits"]) == (0, True), err
    code, _told, err = plant("first", "corrections", "approve", told["correction"])
    assert code == 3
    assert "does not approve it" in err
    (waiting,) = plant("first", "corrections", "list")[1]["corrections"]
    assert (waiting["old"], waiting["new"]) == ("2024-01-05", "2024-01-06")
    assert len(plant("first", "corrections", "list", "E-1")[1]["corrections"]) == 2


def test_p11_10_the_statement_is_saved_by_command(plant: Call, tmp_path: Path) -> None:
    out = tmp_path / "statement.pdf"

    code, told, err = plant("first", "signatures", "statement", "--out", out)

    assert (code, told["status"]) == (0, "valid"), err
    assert out.read_bytes().startswith(b"%PDF")


def test_two_people_are_needed_where_the_site_says_so(plant: Call) -> None:
    plant("first", "signing", "say", "--waivers", "two_persons", "--reason", "Rules")
    code, _told, err = plant("first", "assignments", "waive", "E-1", "FORK", "--reason", "Office")
    assert code == 3
    assert "one person asks" in err
    assert plant("first", "assignments", "ask-waiver", "E-1", "FORK", "--reason", "Office")[0] == 0
    assert plant("first", "assignments", "waiting")[1]["waivers"][0]["reason"] == "Office"
    code, _told, err = plant("first", "assignments", "approve-waiver", "E-1", "FORK")
    assert code == 3


def test_p11_18_the_letter_to_the_agency_names_company_site_and_signatory(
    plant: Call, tmp_path: Path
) -> None:
    out = tmp_path / "letter.pdf"
    letter = ("signatures", "letter", "--out", out, "--signatory", "Meera Joshi")

    code, _told, err = plant("first", *letter, "--company", "Sahyadri Pharma Ltd")

    assert code == 0, err
    document = pypdfium2.PdfDocument(out.read_bytes())
    text = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    for words in ("Sahyadri Pharma Ltd intends", "Pune plant", "Meera Joshi", "Section 11.100"):
        assert words in text
    code, _told, err = plant("first", *letter, "--company", " ")
    assert code == 2
    assert "The company is missing" in err
