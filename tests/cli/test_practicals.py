"""`training practical`: the services as somebody types them, and the files that leave."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.cli import practicals
from app.core.base.errors import NotFound
from app.core.egress import Egress
from app.core.people import People
from app.core.training import RequirementType, Terms, Validity
from app.core.training.practicals import AssessmentVerdict, FormUnreadable, Hand
from app.core.training.requirements import NewRequirement
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.in_touch import first_pc
from tests.support.pdfs import text_of
from tests.support.practicals import SYSTEM, TODAY, Floor, furnish
from tests.support.signers import door_of, found_administrator
from tests.support.teaching import a_school

CSV = "section,step,critical,step_hi\nBefore,Tells everybody,,सबको बताता है\nLocks,Puts on the lock,yes,\n"


@pytest.fixture
def floor(tmp_path: Path, clock: TurnedClock) -> Floor:
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    return furnish(door_of(pc), a_school(pc.opened.site).training)


@pytest.fixture
def line(floor: Floor) -> CommandLine:
    opened: Any = floor.door.pc.opened
    return CommandLine(
        "practical",
        practicals.commands,
        people=People(opened.site),
        training=floor.training,
        signatures=floor.door.signatures,
        egress=Egress(opened.site),
        open_site=SimpleNamespace(site=opened.site, name="Pune", waits=False),
    )


def test_a_form_is_imported_published_and_printed(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "loto.csv"
    file.write_text(CSV, encoding="utf-8-sig")
    imported = line.answer("forms", "import", "LOTO-P", file)
    assert (imported["draft"], imported["problems"]) == (True, [])
    assert [one["title"] for one in imported["form"]["sections"]] == ["Before", "Locks"]
    assert imported["form"]["sections"][0]["steps"][0]["texts"] == {"hi": "सबको बताता है"}
    keys = [step["key"] for one in imported["form"]["sections"] for step in one["steps"]]
    assert line.answer("forms", "publish", "LOTO-P", "--note", "Shorter")["version"] == 2
    again = line.answer("forms", "import", "LOTO-P", file)
    assert [step["key"] for one in again["form"]["sections"] for step in one["steps"]] == keys
    form = tmp_path / "form.json"
    form.write_text(json.dumps(line.answer("forms", "show", "LOTO-P")["form"]))
    assert line.answer("forms", "import", "LOTO-P", form)["form"] == again["form"]
    assert line.answer("forms", "list")["forms"][0]["assessors"] == 1
    out = tmp_path / "form.pdf"
    line.answer("forms", "paper", "LOTO-P", "--out", out)
    assert "Puts on the lock" in text_of(out)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"place,what\n1,2\n", "no column is called step"),
        (b'{"title": 7}', "title"),
        (b'{"title": ', "read"),
        (b"x" * 1_100_000, "far too long"),
    ],
)
def test_a_file_that_is_no_form_is_told_in_a_sentence(
    line: CommandLine, tmp_path: Path, content: bytes, why: str
) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    with pytest.raises(FormUnreadable, match=why):
        line.answer("forms", "import", "LOTO-P", file)
    with pytest.raises(NotFound):
        line.answer("forms", "import", "LOTO-P", tmp_path / "none.csv")


def test_assessors_are_appointed_listed_and_ended(line: CommandLine) -> None:
    made = line.answer(
        "assessors", "appoint", "E-7", "LOTO-P", "--reason", "Fitter", "--until", "2027-01-10"
    )
    assert (made["state"], made["until"]) == ("qualified", "2027-01-10")
    assert line.answer("assessors", "list", "--expiring")["total"] == 1
    back = line.answer(
        "assessors", "appoint", "E-7", "LOTO-P", "--reason", "Old", "--from", "2026-01-10"
    )
    newest = back["appointments"][0]
    assert (newest["from"], newest["counts_from"]) == ("2026-01-10", "2026-11-23")
    assert line.answer("assessors", "end", "E-7", "LOTO-P", "--reason", "Left")["state"] == "lapsed"
    assert line.answer("assessors", "list", "--state", "qualified")["total"] == 1


def test_trainers_are_on_the_same_register(line: CommandLine, floor: Floor) -> None:
    terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD)
    new = NewRequirement(code="FIRE", title="Fire", type=RequirementType.SESSION, terms=terms)
    floor.training.catalogue.add(SYSTEM, new)
    made = line.answer("assessors", "appoint", "E-9", "FIRE", "--reason", "Fire officer")
    assert (made["kind"], made["state"], made["requirement"]) == ("trainer", "qualified", "FIRE")
    (listed,) = line.answer("assessors", "list", "--kind", "trainer")["assessors"]
    assert listed["number"] == "E-9"
    assert line.answer("assessors", "end", "E-9", "FIRE", "--reason", "Left")["state"] == "lapsed"
    assert line.answer("assessors", "list", "--kind", "assessor")["total"] == 1


def test_p11_13_screen_pdf_and_csv_say_name_time_with_zone_and_meaning(
    line: CommandLine, floor: Floor, tmp_path: Path
) -> None:
    (waiting,) = line.answer("status")["practicals"]
    assert (waiting["number"], waiting["stage"], waiting["needed"]) == ("E-7", "observed", 1)
    floor.practise()
    result = floor.assess(AssessmentVerdict.COMPETENT)
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)

    told = line.told("record", "E-7", "LOTO-P")
    pdf, csv = tmp_path / "loto.pdf", tmp_path / "loto.csv"
    found = line.answer("record", "E-7", "LOTO-P", "--out", pdf)
    line.answer("record", "E-7", "LOTO-P", "--out", csv)
    zone = f"UTC{found['signatures'][0]['signed_at'][-6:]}"
    for text in (told, text_of(pdf), csv.read_text(encoding="utf-8-sig")):
        for word in ("Asha Kulkarni", "Ravi Das", "Assessed competent", "Performed", zone):
            assert word in text
    assert json.dumps(found)
    assert found["form"]["version"] == found["results"][0]["version"] == 1
    assert not any(one["revised_since"] for one in (*found["rounds"], *found["results"]))
    assert (found["state"], found["results"][0]["hands"]) == ("competent", ["assessor", "learner"])


def test_a_record_tells_that_its_form_was_revised_since(line: CommandLine, floor: Floor) -> None:
    floor.round()
    content = floor.practicals.forms.detail(SYSTEM, floor.loto).draft
    floor.practicals.forms.save_draft(SYSTEM, floor.loto, replace(content, observed=2))
    line.answer("forms", "publish", "LOTO-P")

    found = line.answer("record", "E-7", "LOTO-P")
    assert found["form"]["version"] == 2
    (seen,) = found["rounds"]
    assert (seen["version"], seen["revised_since"]) == (1, True)
    assert "Marked by version 1 of the form" in line.told("record", "E-7", "LOTO-P")
