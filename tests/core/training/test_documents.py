"""Documents: revisions by their days, what is asked again, reading all of it, and signing it."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from PIL import Image
from pypdfium2 import PdfDocument

from app.core.approvals import NotThatState, OwnWork
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotAllowed, NotFound, UserFacingError
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.base.reasons import ReasonMissing
from app.core.journal.models import EntryRow
from app.core.people import Audience, People, PersonChange, PersonId, ProvedPresent, Reads
from app.core.reports import Reports
from app.core.signatures import SignatureDetail, SignatureState
from app.core.training import TrainingRefused
from app.core.training.assignments import State
from app.core.training.controlled import (
    Ask,
    DocumentChange,
    ImpactSubject,
    NewDocument,
    NewRevision,
    NotReadable,
    NotReadYet,
    Reach,
    ReadingTerms,
    RevisionState,
)
from app.core.training.controlled.errors import (
    FileRefused,
    NumberTaken,
    PlacesOpen,
    RevisionThere,
    SignatureAsked,
    WitnessAsked,
    WitnessRefused,
)
from tests.core.training.conftest import verified
from tests.support.clock import TurnedClock
from tests.support.documents import (
    AUTHOR,
    Office,
    a_pdf,
    learner,
    people_adder,
    pinned_of,
)

DAY = timedelta(days=1)


@pytest.fixture
def asha(office: Office) -> Actor:
    return learner(people_adder(office.site)("E-2"))


def test_it_is_in_progress_from_the_opening_until_it_is_acknowledged(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    requirement = office.requirement(sop, signed=False)
    office.assign()
    assert asha.person_id is not None
    assignments, person_id = office.training.assignments, asha.person_id

    def state() -> State:
        (mine,) = assignments.of_person(AUTHOR, person_id)
        in_progress = PageRequest(filters=(("state", State.IN_PROGRESS.value),))
        listed = assignments.page(AUTHOR, in_progress).total
        assert bool(listed) is (mine.stands.state is State.IN_PROGRESS)
        return mine.stands.state

    assert state() is State.ASSIGNED
    opened_on = office.today
    for _time in range(2):
        office.documents.readings.open(asha, requirement)
    assert state() is State.IN_PROGRESS
    clock.turn(DAY)
    office.acknowledge(asha, requirement)
    assert state() is State.COMPLETED
    (then,) = assignments.of_person(AUTHOR, person_id, opened_on)
    assert then.stands.state is State.IN_PROGRESS
    office.documents.readings.open(asha, requirement)  # to look it up
    assert state() is State.COMPLETED
    with office.site.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM document_opening")) == 1
    assert verified(office.site)


def test_who_needs_somebody_to_read_along_acknowledges_with_who_read_it_to_them(
    office: Office, sop: UUID, asha: Actor
) -> None:
    people, add = People(office.site), people_adder(office.site)
    requirement = office.requirement(sop, signed=False)
    office.assign()
    assert asha.person_id is not None
    people.edit(AUTHOR, PersonId(asha.person_id), PersonChange(reads=Reads.ALONG))
    other = add("E-3", "PRESS", "FITTER")
    readings = office.documents.readings
    reading = readings.open(asha, requirement)
    assert reading.needs_witness
    pinned = office.read(asha, reading)
    with pytest.raises(WitnessAsked):
        readings.acknowledge(asha, pinned)
    with pytest.raises(WitnessRefused):
        readings.acknowledge(asha, pinned, witness=ProvedPresent(asha.person_id))
    readings.acknowledge(asha, pinned, witness=ProvedPresent(other))
    (one,) = Reports(office.site).dossiers.of(AUTHOR, asha.person_id).evidence
    assert (one.kind, one.second) == ("acknowledged", "Person E-3")
    assert verified(office.site)


def test_who_had_opened_the_revision_before_has_not_begun_the_new_one(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    requirement = office.requirement(sop, signed=False)
    office.assign()
    assert asha.person_id is not None
    office.documents.readings.open(asha, requirement)
    clock.turn(DAY)
    office.decide(office.issue(sop, "5"))
    clock.turn(timedelta(minutes=1))

    def states(day: date | None = None) -> list[State]:
        found = office.training.assignments.of_person(AUTHOR, asha.person_id, day)  # type: ignore[arg-type]  # asserted above
        return [one.stands.state for one in sorted(found, key=lambda one: one.cycle)]

    assert states()[-1] is State.ASSIGNED
    assert states(office.today) == states()
    office.documents.readings.open(asha, requirement)
    assert states()[-1] is State.IN_PROGRESS
    assert states(office.today) == states()


def state_of(office: Office, document_id: UUID) -> dict[str, RevisionState]:
    found = office.documents.detail(AUTHOR, document_id).revisions
    return {one.label: one.state for one in found}


def cycles(office: Office, person_id: UUID) -> list[tuple[int, State, str]]:
    found = office.training.assignments.of_person(AUTHOR, person_id)
    return sorted((one.cycle, one.stands.state, one.origin) for one in found)


def signed(office: Office, fact: UUID) -> SignatureDetail:
    (line,) = office.door.signatures.under(fact)
    return office.door.signatures.signature(office.meera, line.id)


# The register


def test_a_revision_goes_from_draft_to_in_force_by_two_people_and_a_signature(
    office: Office,
) -> None:
    sop = office.document()
    four = office.revision(sop, "4")
    assert state_of(office, sop) == {"4": RevisionState.DRAFT}
    office.documents.steps.submit(AUTHOR, four)
    assert state_of(office, sop) == {"4": RevisionState.IN_REVIEW}
    with pytest.raises(OwnWork):
        office.documents.steps.approve(AUTHOR, four, office.approving(four))
    office.documents.steps.approve(office.meera, four, office.approving(four))

    (revision,) = office.documents.detail(AUTHOR, sop).revisions
    assert (revision.state, revision.approved_by) == (RevisionState.EFFECTIVE, "Meera Joshi")
    newest = office.door.signatures.page(office.meera, PageRequest()).rows[0]
    assert newest.meaning == "approved"
    assert verified(office.site)
    with pytest.raises(NotThatState):
        office.documents.steps.submit(AUTHOR, four)


def test_places_left_open_are_asked_about_before_a_draft_is_submitted(
    office: Office, tmp_path: Path
) -> None:
    page = tmp_path / "check.md"
    page.write_text("# Check\n\nCall **[number]**, at **[place]**.", "utf-8")
    new = NewRevision(
        label="1", effective_from=office.today, files={"en": page, "hi": a_pdf(tmp_path / "hi.pdf")}
    )
    document = office.document("SOP-9")
    made = office.documents.add_revision(AUTHOR, document, new)
    steps = office.documents.steps
    assert steps.places_left(AUTHOR, made) == ("number", "place")
    for confirmed in ((), ("number",)):
        with pytest.raises(PlacesOpen, match="Still to be filled in: number, place"):
            steps.submit(AUTHOR, made, confirmed=confirmed)
    steps.submit(AUTHOR, made, "As asked.", ("number", "place"))
    assert state_of(office, document) == {"1": RevisionState.IN_REVIEW}
    with office.site.read() as session:
        told = sa.select(EntryRow.reason).where(EntryRow.action == "document.submit")
        (reason,) = session.scalars(told)
    assert reason == "As asked. Confirmed: still to be filled in: number, place."


def test_a_number_and_a_label_are_given_once(office: Office, sop: UUID) -> None:
    with pytest.raises(NumberTaken):
        office.document()
    with pytest.raises(RevisionThere):
        office.revision(sop, "4")


def test_a_later_revision_takes_its_place_at_midnight_of_its_day(
    office: Office, sop: UUID, clock: TurnedClock
) -> None:
    office.issue(sop, "5", office.today + DAY)
    assert state_of(office, sop) == {"4": RevisionState.EFFECTIVE, "5": RevisionState.APPROVED}
    now = clock.now().astimezone()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    clock.turn(midnight - now - timedelta(seconds=1))
    assert state_of(office, sop)["4"] is RevisionState.EFFECTIVE
    clock.turn(timedelta(seconds=1))
    assert state_of(office, sop) == {"4": RevisionState.SUPERSEDED, "5": RevisionState.EFFECTIVE}


def test_no_two_revisions_are_in_force_on_a_day_and_nothing_is_dated_back(
    office: Office, sop: UUID
) -> None:
    with pytest.raises(TrainingRefused, match="becomes effective on that day, or later"):
        office.revision(sop, "5", office.today)
    free_from = office.documents.detail(AUTHOR, sop).free_from
    assert free_from == office.today + DAY
    office.issue(sop, "5", free_from + DAY)
    assert office.documents.detail(AUTHOR, sop).free_from == free_from + 2 * DAY
    old = office.document("SOP-9")
    assert office.documents.detail(AUTHOR, old).free_from == office.today
    office.issue(old, "1", date(2020, 3, 1))
    (first,) = office.documents.detail(AUTHOR, old).revisions
    assert first.effective_from == office.today


def test_a_withdrawn_revision_never_takes_effect(
    office: Office, sop: UUID, clock: TurnedClock
) -> None:
    five = office.issue(sop, "5", office.today + DAY)
    office.withdraw(five)
    clock.turn(2 * DAY)
    assert state_of(office, sop) == {"4": RevisionState.EFFECTIVE, "5": RevisionState.RETIRED}


@pytest.mark.parametrize("damage", ["truncated", "no pdf", "empty", "missing"])
def test_a_damaged_or_hostile_file_is_refused_in_one_sentence(
    office: Office, sop: UUID, damage: str
) -> None:
    path = a_pdf(office.folder / "SOP-123 rev 5.pdf")
    content = path.read_bytes()
    damaged = {
        "truncated": content[: len(content) // 2],
        "no pdf": b"MZ" + bytes(5_000),
        "empty": b"",
        "missing": b"",
    }
    path.write_bytes(damaged[damage])
    if damage == "missing":
        path.unlink()
    new = NewRevision(label="5", effective_from=office.today + DAY, files={"en": path})
    with pytest.raises(FileRefused) as refused:
        office.documents.add_revision(AUTHOR, sop, new)
    assert "SOP-123 rev 5.pdf" in refused.value.sentence
    assert state_of(office, sop) == {"4": RevisionState.EFFECTIVE}


def test_a_picture_is_kept_as_it_is_and_read_as_one_page(office: Office, asha: Actor) -> None:
    path = office.folder / "line 3.png"
    Image.new("RGBA", (600, 200), (20, 90, 160, 128)).save(path)
    sop = office.document("WI-3")
    new = NewRevision(label="1", effective_from=office.today, files={"en": path})
    office.release(office.documents.add_revision(AUTHOR, sop, new))
    (kept,) = office.documents.detail(AUTHOR, sop).revisions[0].files
    assert (kept.pages, kept.sha256) == (1, hashlib.sha256(path.read_bytes()).hexdigest())
    read = office.requirement(sop, signed=False)
    office.assign()
    reading = office.documents.readings.open(asha, read)
    shown = office.documents.readings.content(asha, reading.file, reading.revision.id)
    with PdfDocument(shown) as pages:
        width, height = pages[0].get_size()
        assert (len(pages), round(width), round(height)) == (1, 842, 281)
    office.acknowledge(asha, read)
    assert office.documents.readings.mine(asha)[0].is_done


def test_a_page_is_cleaned_set_on_sheets_and_read_by_them_in_each_language(
    office: Office, sop: UUID, asha: Actor
) -> None:
    """What is approved, read and signed are the sheets: nothing sets them again later."""
    Image.new("RGB", (300, 200), (20, 90, 160)).save(office.folder / "valve.png")
    english, hindi = office.folder / "SOP-123.md", office.folder / "SOP-123.hi.html"
    steps = "\n".join(f"{step}. Look at part **{step}**" for step in range(1, 90))
    english.write_text(f"# Line clearance\n\n![Valve](valve.png)\n\n{steps}\n", "utf-8")
    hindi.write_text(
        "<h1>लाइन की सफ़ाई</h1><script>alert(1)</script><p>H<sub>2</sub>O</p>"
        "<table><tr><th>क</th><td rowspan=2>ख</td></tr><tr><td></td></tr></table>",
        "utf-8",
    )
    new = NewRevision(
        label="5", effective_from=office.today + DAY, files={"en": english, "hi": hindi}
    )
    made = office.documents.add_revision(AUTHOR, sop, new)
    (revision,) = (r for r in office.documents.detail(AUTHOR, sop).revisions if r.label == "5")
    files = {one.language: one for one in revision.files}
    assert (files["en"].name, files["en"].pages, files["hi"].pages) == ("SOP-123.pdf", 3, 1)

    told = {}
    for language, file in files.items():
        with PdfDocument(office.documents.readings.content(AUTHOR, file, made)) as pages:
            told[language] = "".join(page.get_textpage().get_text_range() for page in pages)
            assert len(pages) == file.pages
    assert "Look at part 89" in told["en"]
    assert "alert" not in told["hi"]
    assert all(word in told["hi"] for word in ("लाइन की सफ़ाई", "H2O", "ख"))
    with pytest.raises(NotReadable):
        office.documents.readings.content(asha, files["en"], made)


@pytest.mark.parametrize(("text", "what"), [("![Valve](gone.png)", "gone.png"), ("  ", "empty")])
def test_a_page_of_which_something_would_be_lost_is_refused(
    office: Office, sop: UUID, text: str, what: str
) -> None:
    path = office.folder / "SOP-123.md"
    path.write_text(text, "utf-8")
    new = NewRevision(label="5", effective_from=office.today + DAY, files={"en": path})
    with pytest.raises(FileRefused, match=what):
        office.documents.add_revision(AUTHOR, sop, new)


def test_what_can_still_be_written_in_is_refused_and_says_what_to_do(
    office: Office, sop: UUID
) -> None:
    path = office.folder / "SOP-123.docx"
    path.write_bytes(b"PK")
    new = NewRevision(label="5", effective_from=office.today + DAY, files={"en": path})
    with pytest.raises(FileRefused, match="save it as PDF"):
        office.documents.add_revision(AUTHOR, sop, new)


def test_who_neither_assigns_nor_looks_sees_nothing_and_changes_nothing(
    office: Office, sop: UUID, asha: Actor
) -> None:
    for act in (
        lambda: office.documents.all(asha),
        lambda: office.documents.detail(asha, sop),
        lambda: office.documents.add(asha, NewDocument(number="X", title="X", owner="X")),
        lambda: office.documents.retiring.retirement_text(asha, sop, office.today, "no"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_what_is_due_for_review_is_listed(office: Office, clock: TurnedClock) -> None:
    sop = office.document("SOP-7")
    office.release(office.revision(sop, "1", review_due=office.today + 30 * DAY))
    (one,) = office.documents.all(AUTHOR, "sop-7")
    assert not one.is_review_due
    clock.turn(30 * DAY)
    (one,) = office.documents.all(AUTHOR, "sop-7 quality")
    assert one.is_review_due


# Reading


def test_p11_06_nobody_signs_before_all_of_it_was_open(office: Office, sop: UUID) -> None:
    read = office.requirement(sop)
    office.assign()
    readings, meera = office.documents.readings, office.meera
    reading = readings.open(meera, read)
    pinned = pinned_of(reading)
    with pytest.raises(NotReadYet, match="3 pages were not read"):
        readings.acknowledge(meera, pinned, office.acknowledging(pinned))
    readings.trace(meera, pinned, {1: 5, 2: 5, 3: 1, 9: 100})
    with pytest.raises(NotReadYet, match="1 page was not read"):
        readings.acknowledge(meera, pinned, office.acknowledging(pinned))
    assert readings.mine(meera)[0].is_done is False
    readings.trace(meera, pinned, {3: 1})
    with pytest.raises(SignatureAsked):
        readings.acknowledge(meera, pinned)
    readings.acknowledge(meera, pinned, office.acknowledging(pinned))
    assert readings.mine(meera)[0].is_done
    with pytest.raises(UserFacingError):
        readings.acknowledge(meera, pinned, office.acknowledging(pinned))


def test_the_whole_has_to_be_read_for_as_long_as_the_document_says(office: Office) -> None:
    sop = office.document("SOP-8", ReadingTerms(page_seconds=1, least_seconds=60))
    office.issue(sop, "1")
    read = office.requirement(sop, signed=False)
    office.assign()
    reading = office.documents.readings.open(office.meera, read)
    pinned = office.read(office.meera, reading, seconds=10)
    with pytest.raises(NotReadYet, match="30 more seconds"):
        office.documents.readings.acknowledge(office.meera, pinned)
    office.documents.readings.trace(office.meera, pinned, {2: 30})
    office.documents.readings.acknowledge(office.meera, pinned)


def test_e7_what_is_signed_names_the_file_and_the_revision_and_proves_sound(
    office: Office, sop: UUID
) -> None:
    read = office.requirement(sop)
    office.assign()
    fact = office.acknowledge(office.meera, read, signed=True)

    detail = signed(office, fact)
    assert (detail.state, detail.line.meaning) == (SignatureState.VALID, "acknowledged")
    (revision,) = office.documents.detail(AUTHOR, sop).revisions
    assert revision.files[0].sha256 in detail.shown
    assert revision.files[0].sha256 in detail.record
    assert "revision 4" in detail.shown
    assert cycles(office, office.meera.person_id or new_id()) == [
        (1, State.COMPLETED, "Works there")
    ]
    assert verified(office.site)


def test_where_terms_ask_for_no_signature_the_session_is_enough(
    office: Office, sop: UUID, asha: Actor
) -> None:
    read = office.requirement(sop, signed=False)
    office.assign()
    office.acknowledge(asha, read)
    assert office.documents.readings.mine(asha)[0].read_label == "4"


def test_who_reads_while_another_becomes_effective_signs_the_one_they_read(
    office: Office, sop: UUID, clock: TurnedClock
) -> None:
    read = office.requirement(sop)
    office.assign()
    five = office.issue(sop, "5", office.today + DAY)
    reading = office.documents.readings.open(office.meera, read)
    pinned = office.read(office.meera, reading)
    clock.turn(DAY)
    assert office.decide(five) == 1

    fact = office.documents.readings.acknowledge(office.meera, pinned, office.acknowledging(pinned))
    assert "revision 4" in signed(office, fact).shown
    (mine,) = office.documents.readings.mine(office.meera)
    assert (mine.is_done, mine.label, mine.read_label) == (False, "5", "4")


def test_somebody_elses_requirement_is_not_opened(office: Office, sop: UUID, asha: Actor) -> None:
    read = office.requirement(sop)
    with pytest.raises(NotFound):
        office.documents.readings.open(asha, read)


def test_sm_04_a_superseded_revision_is_not_opened_by_learners_but_by_auditors(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    read = office.requirement(sop, signed=False)
    office.assign()
    four = office.documents.detail(AUTHOR, sop).revisions[0]
    office.issue(sop, "5", office.today + DAY)
    clock.turn(DAY)
    with pytest.raises(NotReadable, match="superseded by revision 5"):
        office.documents.readings.open(asha, read, revision_id=four.id)
    with pytest.raises(NotReadable):
        office.documents.readings.content(asha, four.files[0], four.id)
    looks = Grant(capability=Capability.VIEW_RECORDS)
    auditor = Actor(account_id=new_id(), person_id=None, name="Auditor", grants=frozenset({looks}))
    assert office.documents.readings.content(auditor, four.files[0], four.id).startswith(b"%PDF")
    assert office.documents.detail(auditor, sop).revisions[1].superseded_by == "5"


def test_sm_04_a_retired_document_is_neither_assigned_nor_opened(
    office: Office, sop: UUID, asha: Actor
) -> None:
    read = office.requirement(sop, signed=False)
    office.assign()
    office.retire(sop, office.today)
    with pytest.raises(TrainingRefused, match="assigned no more"):
        office.assign()
    with pytest.raises(UserFacingError):
        office.documents.readings.open(asha, read)
    assert asha.person_id is not None
    assert cycles(office, asha.person_id) == [(1, State.CANCELLED, "Works there")]
    assert office.documents.readings.mine(asha) == ()


def test_a_document_that_retires_later_ends_on_its_day(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    office.requirement(sop, signed=False)
    office.assign()
    office.retire(sop, office.today + DAY)
    assert asha.person_id is not None
    assert cycles(office, asha.person_id)[0][1] is State.ASSIGNED
    clock.turn(DAY)
    office.training.begin_day(AUTHOR)
    assert cycles(office, asha.person_id)[0][1] is State.CANCELLED


# What a revision asks of people


def test_fa_05_a_revised_data_sheet_is_briefed_again_and_what_was_read_stays(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    read = office.requirement(sop, signed=False)
    office.assign()
    office.acknowledge(asha, read)
    clock.turn(DAY)
    five = office.issue(sop, "5", office.today + 10 * DAY)
    asked = office.decide(five, due_on=office.today + 10 * DAY)

    assert asked == 2
    assert asha.person_id is not None
    assert cycles(office, asha.person_id) == [
        (1, State.COMPLETED, "Works there"),
        (2, State.ASSIGNED, "revision 5 of SOP-123"),
    ]
    assert office.meera.person_id is not None
    assert cycles(office, office.meera.person_id)[0][1] is State.SUPERSEDED
    (mine,) = office.documents.readings.mine(asha)
    assert (mine.label, mine.read_label, mine.is_done) == ("5", "4", False)
    assert mine.due_on == office.today + 10 * DAY
    office.acknowledge(asha, read)
    assert [
        one.state for one in [office.documents.statuses.of_revision(AUTHOR, five).revision]
    ] == [RevisionState.APPROVED]
    assert cycles(office, asha.person_id)[1][1] is State.COMPLETED
    assert verified(office.site)


def test_an_open_cycle_of_before_says_why_it_was_superseded(office: Office, sop: UUID) -> None:
    office.requirement(sop)
    office.assign()
    five = office.issue(sop, "5", office.today + DAY)
    office.decide(five)
    assert office.meera.person_id is not None
    of_meera = office.training.assignments.of_person(AUTHOR, office.meera.person_id)
    first = next(one for one in of_meera if one.cycle == 1)
    acts = office.training.assignments.detail(AUTHOR, first.id).acts
    assert [one.reason for one in acts] == ["revision 5 of SOP-123"]


def test_nobody_is_asked_for_a_minor_change_and_the_decision_stays_with_its_reason(
    office: Office, sop: UUID, asha: Actor
) -> None:
    read = office.requirement(sop, signed=False)
    office.assign()
    office.acknowledge(asha, read)
    five = office.issue(sop, "5", office.today + DAY)
    assert office.decide(five, Reach(ask=Ask.NONE)) == 0
    (kept,) = office.documents.detail(AUTHOR, sop).impacts
    assert (kept.ask, kept.asked, kept.reason) == (Ask.NONE, 0, "Step 4 is another one")
    assert office.documents.readings.mine(asha)[0].is_done


def test_what_the_numbers_say_is_what_happens_to_84_people_in_three_roles(
    office: Office, sop: UUID
) -> None:
    add = people_adder(office.site)
    roles = ("OPR", "LEAD", "QA")
    for number in range(84):
        add(f"P-{number:03}", unit=("L1", "L2")[number % 2], role=roles[number % 3])
    office.requirement(sop)
    office.assign(audience=Audience(role_codes=roles))
    five = office.issue(sop, "5", office.today + DAY)
    impact = office.documents.impacts.assess(office.meera, ImpactSubject.REVISION, five)
    assert (impact.people, impact.held, impact.open) == (84, 0, 84)
    assert {one.name: one.people for one in impact.job_roles} == {
        "Role OPR": 28,
        "Role LEAD": 28,
        "Role QA": 28,
    }
    chosen = next(one.id for one in impact.job_roles if one.name == "Role LEAD")
    unit = next(one.id for one in impact.org_units if one.name == "Department L1")
    assert chosen is not None
    assert unit is not None
    reach = Reach(ask=Ask.SOME, job_role_ids=frozenset({chosen}), org_unit_ids=frozenset({unit}))
    dry = office.documents.impacts.count(office.meera, ImpactSubject.REVISION, five, reach)
    live = office.decide(five, reach)
    assert dry == live == 42 + 14
    assert office.decide(five, Reach(ask=Ask.ALL)) == 84 - live
    assert office.decide(five, Reach(ask=Ask.ALL)) == 0
    status = office.documents.statuses.of_revision(AUTHOR, five)
    assert (status.trained.required, status.trained.trained) == (84, 0)
    assert len(status.missing) == 84
    assert verified(office.site)


def test_trained_before_effective_is_told_apart_from_after(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    read = office.requirement(sop, signed=False)
    office.assign()
    five = office.issue(sop, "5", office.today + DAY)
    office.decide(five)
    status = office.documents.statuses.of_revision(AUTHOR, five)
    assert (status.days_to_effective, status.trained.required) == (1, 2)
    office.acknowledge(asha, read)
    clock.turn(2 * DAY)
    office.acknowledge(office.meera, read, signed=True)
    trained = office.documents.statuses.of_revision(AUTHOR, five).trained
    assert (trained.trained, trained.before_effective, trained.hundredths) == (2, 1, 100)
    (listed,) = office.documents.all(AUTHOR)
    assert listed.trained is not None
    assert listed.trained.hundredths == 100


def test_a_draft_is_not_decided_about(office: Office, sop: UUID) -> None:
    office.requirement(sop)
    draft = office.revision(sop, "5", office.today + DAY)
    with pytest.raises(TrainingRefused, match="not approved"):
        office.decide(draft)


def test_who_has_read_it_already_is_not_asked_again(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    read = office.requirement(sop, signed=False)
    five = office.issue(sop, "5", office.today + DAY)
    clock.turn(DAY)
    office.assign()
    office.acknowledge(asha, read)
    assert office.decide(five) == 1  # Meera


def test_who_read_the_one_before_while_the_next_was_coming_is_asked_on_its_day(
    office: Office, sop: UUID, asha: Actor, clock: TurnedClock
) -> None:
    read = office.requirement(sop, signed=False)
    office.assign(audience=Audience(numbers=("E-1",)))
    five = office.issue(sop, "5", office.today + 2 * DAY)
    assert office.decide(five, due_on=office.today + 2 * DAY) == 1
    office.assign(audience=Audience(numbers=("E-2",)))
    office.acknowledge(asha, read)  # revision 4, which is in force
    clock.turn(DAY)
    office.training.begin_day(AUTHOR)
    assert asha.person_id is not None
    assert [state for _n, state, _o in cycles(office, asha.person_id)] == [State.COMPLETED]
    clock.turn(DAY)
    office.training.begin_day(AUTHOR)
    office.training.begin_day(AUTHOR)
    assert cycles(office, asha.person_id) == [
        (1, State.COMPLETED, "Works there"),
        (2, State.ASSIGNED, "revision 5 of SOP-123"),
    ]
    office.acknowledge(asha, read)
    clock.turn(DAY)
    office.training.begin_day(AUTHOR)
    assert len(cycles(office, asha.person_id)) == 2
    assert verified(office.site)


def test_an_auditor_gets_the_register_and_who_read_what_as_reports(
    office: Office, sop: UUID, asha: Actor
) -> None:
    read = office.requirement(sop, signed=False)
    office.assign()
    office.acknowledge(asha, read)
    reports = Reports(office.site, office.pc.opened.keys)
    (line,) = reports.page(AUTHOR, "documents", PageRequest()).rows
    assert line[:2] == ("SOP-123", "Lock and tag")
    assert line[-1] == 1
    (row,) = reports.page(AUTHOR, "acknowledgements", PageRequest()).rows
    assert "4" in row
    assert "no" in row


def test_what_is_called_otherwise_than_it_was_approved_is_so_for_a_reason(
    office: Office, sop: UUID
) -> None:
    renamed = DocumentChange(title="Cleaning of the canteen")
    with pytest.raises(ReasonMissing):
        office.documents.change(AUTHOR, sop, renamed)
    with pytest.raises(ReasonMissing):
        office.documents.change(AUTHOR, sop, DocumentChange(terms=ReadingTerms(may_print=True)))
    office.documents.change(AUTHOR, sop, DocumentChange(owner="Quality assurance"))
    office.documents.change(AUTHOR, sop, renamed, "Moved to the canteen")
    assert office.documents.detail(AUTHOR, sop).summary.title == "Cleaning of the canteen"


def test_a_requirement_under_which_people_read_one_document_never_wants_another_read(
    office: Office, sop: UUID, asha: Actor
) -> None:
    read = office.requirement(sop, signed=False)
    other = office.documents.add(
        AUTHOR, NewDocument(number="SOP-999", title="Other", owner="Quality")
    )
    office.point(other, read)
    office.documents.change(AUTHOR, sop, DocumentChange(requirements=(read,)))  # nobody read other
    office.assign()
    office.acknowledge(asha, read)

    with pytest.raises(TrainingRefused, match="SOP-123"):
        office.documents.change(AUTHOR, other, DocumentChange(requirements=(read,)))
    packing = People(office.site).organisation.add_org_unit(AUTHOR, "PKG", "Packing")
    grant = Grant(capability=Capability.ASSIGN, org_units=frozenset({packing}))
    keeper = replace(AUTHOR, grants=frozenset({grant}))
    mine = office.documents.add(
        keeper, NewDocument(number="ZZ-1", title="Mine", owner="Packing", org_unit_id=packing)
    )
    with pytest.raises(NotAllowed):
        office.documents.change(keeper, mine, DocumentChange(requirements=(read,)))
    assert [one.id for one in office.documents.detail(AUTHOR, sop).requirements] == [read]
