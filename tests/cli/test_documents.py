"""`training document`: from adding to reading again, by the command line alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.cli import approvals, documents, requirements
from app.core.approvals import Approvals, steps_of
from app.core.base.errors import NotFound, UserFacingError
from app.core.training import TrainingRefused
from app.core.training.controlled import OwnRevision
from app.core.training.controlled.states import document_subject
from tests.support.clock import TurnedClock
from tests.support.command_line import CommandLine
from tests.support.documents import AUTHOR, Office, a_pdf, an_office, people_adder
from tests.support.in_touch import first_pc
from tests.support.signers import LOGIN, PASSWORD

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


@pytest.fixture
def line(office: Office) -> CommandLine:
    from app.core.people import People

    return CommandLine(
        "document",
        documents.commands,
        documents=office.documents,
        training=office.training,
        people=People(office.site),
        open_site=office.pc.opened,
        signatures=office.door.signatures,
    )


def test_a_document_is_added_revised_and_looked_at(
    office: Office, line: CommandLine, tmp_path: Path
) -> None:
    line.answer("add", "SOP-123", "Lock and tag", "--owner", "Quality", "--page-seconds", 3)
    pdf = a_pdf(tmp_path / "sop.pdf")
    hindi = a_pdf(tmp_path / "sop hi.pdf", words="hi")
    revised = line.answer("revise", "sop-123", "4", pdf, f"hi={hindi}", "--submit")

    (four,) = revised["revisions"]
    assert (four["state"], four["files"].keys()) == ("in_review", {"en", "hi"})
    revision = office.documents.numbered(office.meera, "SOP-123").revisions[0]
    office.documents.steps.approve(office.meera, revision.id, office.approving(revision.id))
    (listed,) = line.answer("list")["documents"]
    assert (listed["in_force"]["label"], listed["page_seconds"]) == ("4", 3)
    assert "SOP-123\t4\tLock and tag" in line.told("list")
    assert "In force" in line.told("show", "SOP-123")
    assert line.answer("list", "--review")["documents"] == []


def test_impact_is_looked_at_and_tried_before_it_is_signed(
    office: Office, line: CommandLine
) -> None:
    add = people_adder(office.site)
    for number in range(3):
        add(f"P-{number}", role=("OPR", "QA")[number % 2])
    sop = office.document()
    office.issue(sop, "4")
    office.requirement(sop)
    office.assign()
    office.issue(sop, "5", office.today + DAY)

    found = line.answer("impact", "SOP-123", "5")
    assert (found["people"], found["held"], found["job_roles"]["Role OPR"]) == (4, 0, 2)
    tried = line.answer(
        "impact", "SOP-123", "5", "--ask", "some", "--role", "OPR", "--reason", "New", "--dry-run"
    )
    assert (tried["asked"], tried["done"]) == (2, False)
    status = line.answer("status", "SOP-123", "5")
    assert (status["required"], status["days_to_effective"]) == (4, 1)
    assert len(status["missing"]) == 4
    with pytest.raises(NotFound):
        line.told("impact", "SOP-123", "9")


def test_a_document_is_retired_with_a_reason_and_a_signature(
    office: Office, line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    office.issue(office.document(), "4")
    retire = ("retire", "SOP-123", "--reason", "Line 3 is gone")
    with pytest.raises(OwnRevision):
        line.acting_as(AUTHOR, "asha").told(*retire)
    retired = line.acting_as(office.meera, LOGIN).answer(*retire)
    assert retired["revisions"][0]["state"] == "retired"
    with pytest.raises(TrainingRefused, match="retired"):
        line.told("revise", "SOP-123", "5", a_pdf(office.folder / "x.pdf"))
    back = line.answer("bring-back", "SOP-123", "--reason", "Line 3 is built again")
    assert (back["retired_on"], back["revisions"][0]["state"]) == (None, "effective")
    with office.site.read() as session:
        steps = steps_of(session, document_subject(office.documents.all(AUTHOR)[0].id))
    assert len(office.door.signatures.under(*(one.id for one in steps))) == 2


def test_what_is_in_force_is_withdrawn_with_a_signature_and_a_draft_without(
    office: Office, line: CommandLine, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    sop = office.document()
    office.issue(sop, "4")
    clock.turn(DAY)
    office.issue(sop, "5", office.today)
    office.revision(sop, "6", office.today + DAY)
    assert line.answer("withdraw", "SOP-123", "6", "--reason", "Not needed")
    withdraw = ("withdraw", "SOP-123", "5", "--reason", "A step is wrong")
    with pytest.raises(OwnRevision):
        line.acting_as(AUTHOR, "asha").told(*withdraw)
    left = line.acting_as(office.meera, LOGIN).answer(*withdraw)
    assert [one["state"] for one in left["revisions"]] == ["retired", "retired", "effective"]


def test_what_a_draft_will_ask_is_kept_with_it_and_signed_with_its_approval(
    office: Office, line: CommandLine, clock: TurnedClock
) -> None:
    add = people_adder(office.site)
    for number in range(3):
        add(f"P-{number}", role=("OPR", "QA")[number % 2])
    sop = office.document()
    office.issue(sop, "4")
    office.requirement(sop)
    office.assign()
    five = office.revision(sop, "5", office.today + DAY)
    asks = ("impact", "SOP-123", "5", "--ask", "some", "--role", "OPR", "--reason", "Step 4")

    assert line.answer(*asks, "--dry-run")["done"] is False
    assert _impact_of(line, "5") is None
    kept = line.answer(*asks, "--begins", "effective")
    assert (kept["asked"], kept["done"]) == (2, True)
    planned = _impact_of(line, "5")
    assert planned is not None
    assert (planned["ask"], planned["asked"], planned["reason"]) == ("some", 2, "Step 4")

    line.told("submit", "SOP-123", "5")
    with pytest.raises(UserFacingError):  # what waits is what its approvers read
        line.told(*asks)
    assert "Role OPR" in office.documents.steps.approval_text(office.meera, five)
    office.documents.steps.approve(office.meera, five, office.approving(five))
    clock.turn(DAY)
    with office.site.transaction(AUTHOR, "day.begin") as unit:
        office.documents.begin_day(unit, AUTHOR)
    (carried,) = office.documents.numbered(AUTHOR, "SOP-123").impacts
    assert (carried.ask.value, carried.asked) == ("some", 2)


def _impact_of(line: CommandLine, label: str) -> dict[str, object] | None:
    found = line.answer("show", "SOP-123")["revisions"]
    (impact,) = (one["impact"] for one in found if one["label"] == label)
    return impact  # type: ignore[no-any-return]  # JSON


def test_two_revisions_are_compared_word_by_word(office: Office, line: CommandLine) -> None:
    sop = office.document()
    office.revision(sop, "4")
    office.revision(sop, "5", office.today + DAY, pages=4)

    told = line.told("compare", "SOP-123", "4", "5")
    assert "Words between « and » are in one of them alone." in told
    assert "Changed: English, page 1" in told
    assert "Added: English, page 4" in told
    data = line.answer("compare", "SOP-123", "4", "5")
    assert data["number"] == "SOP-123"
    words = data["parts"][0]["differences"][0]
    assert (words["before"], words["after"]) == ("«4» 1", "«5» 1")
    with pytest.raises(NotFound):
        line.told("compare", "SOP-123", "4", "9")


def test_what_wants_it_read_is_pointed_elsewhere_and_retired_with_a_signature(
    office: Office, line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    sop, other = office.document(), office.document("SOP-200")
    office.issue(sop, "4")
    office.issue(other, "A")
    office.requirement(sop)
    require = ("require", "SOP-200", "READ", "--reason", "It is in there now")
    with pytest.raises(OwnRevision):
        line.acting_as(AUTHOR, "asha").told(*require)
    pointed = line.acting_as(office.meera, LOGIN).answer(*require)
    assert pointed["requirements"] == ["READ"]

    catalogue = CommandLine(
        "requirements",
        requirements.commands,
        training=office.training,
        open_site=office.pc.opened,
        signatures=office.door.signatures,
    )
    retire = ("retire", "READ", "--reason", "Nobody needs it")
    with pytest.raises(OwnRevision):
        catalogue.acting_as(AUTHOR, "asha").told(*retire)
    told = catalogue.acting_as(office.meera, LOGIN).answer(*retire)
    assert told["retired_on"] == office.today.isoformat()
    back = catalogue.answer("bring-back", "READ", "--reason", "They do")
    assert back["retired_on"] is None
    for one, count in ((sop, 1), (other, 2)):
        assert len(office.documents.detail(AUTHOR, one).decisions) == count


def test_approvers_are_counted_by_command(office: Office) -> None:
    asked = Approvals(office.site)
    asked.register(office.documents.approval_kind())
    line = CommandLine("approvals", approvals.commands, approvals=asked)

    def ruled() -> list[int]:
        return [one["approvers"] for one in line.answer("rules")["rules"]]

    assert ruled() == [1, 1]
    told = line.told("approvers", "document_revision", 2, "--reason", "QA and production")
    assert told.strip() == "2 people approve."
    assert ruled() == [2, 1]
    five = office.revision(office.document(), "5")
    office.documents.steps.submit(AUTHOR, five)
    office.documents.steps.approve(office.meera, five, office.approving(five))
    (waiting,) = line.answer("list")["waiting"]
    assert (waiting["approvers"], waiting["approved"]) == (2, 1)
    with pytest.raises(UserFacingError):
        line.told("approvers", "document_revision", 3, "--reason", "More")
    with pytest.raises(UserFacingError):
        line.told("approvers", "no_such_kind", 1, "--reason", "More")
    assert ruled() == [2, 1]
    less = line.answer("approvers", "document_revision", 1, "--reason", "QA alone")
    assert (less["approvers"], ruled()) == (2, [2, 1])  # somebody else approves it first
    assert less["proposal"] == line.answer("rules")["rules"][0]["proposal"]


def test_a_review_is_recorded_and_what_is_due_is_listed(
    office: Office, line: CommandLine, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    line.acting_as(office.meera, LOGIN)
    people_adder(office.site)("E-2")
    for number, days in (("SOP-123", 10), ("SOP-9", 5), ("SOP-7", 300)):
        office.issue(office.document(number), "1", review_due=office.today + days * DAY)
    kept = line.answer("keeper", "sop-123", "e-2")
    assert kept["keepers"] == [{"number": "E-2", "name": "Person E-2"}]
    assert line.answer("reviews")["documents"] == []
    clock.turn(5 * DAY)
    due = line.answer("reviews", "--within", 5)["documents"]
    assert [one["number"] for one in due] == ["SOP-9", "SOP-123"]
    assert [one["number"] for one in line.answer("reviews")["documents"]] == ["SOP-9"]

    with pytest.raises(TrainingRefused, match="within ten years"):
        line.answer("review", "SOP-9", "--reason", "Fine", "--next", "2046-01-01")
    done = line.answer("review", "SOP-9", "--reason", "Fine", "--next", "2027-11-28")
    assert (done["review_due"], done["last_review"]["outcome"]) == ("2027-11-28", "stays")
    told = line.told("review", "SOP-9", "--reason", "Step 2 is wrong", "--outcome", "revise")
    assert told.strip() == "2027-11-28\tSOP-9\t\tA new revision is needed\tLock and tag"
    shown = line.answer("show", "SOP-9")
    assert [(one["outcome"], one["next"], one["due"]) for one in shown["reviews"]] == [
        ("revise", None, "2027-11-28"),
        ("stays", "2027-11-28", "2026-11-28"),
    ]
    again = line.answer("review", "SOP-123", "--reason", "Fine")
    assert again["review_due"] == "2026-12-28"  # after ten days the least is offered, a month
    assert line.answer("keeper", "SOP-123")["keepers"] == []
    assert line.told("reviews").strip() == "No review is due."
