"""A course that somebody did not do after all: two people withdraw its completion, and all follows."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from app.core.assessments import Chosen
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.certificates import CertificateState, CertificateSummary, VerificationStatus
from app.core.courses import LessonPlan, Outline, PublishedCourse
from app.core.learning import XapiVersion
from app.core.learning.statements.grammar import check_statement
from app.core.people import Audience, rebuild_listing
from app.core.reports import Reports
from app.core.reports.statements import StatementExport
from app.core.training import (
    RequirementType,
    Standing,
    Substitutes,
    Terms,
    TrainingRefused,
    Validity,
)
from app.core.training.assignments import AssignmentSummary
from app.core.training.corrections import COUNTS, VOID, RecordKind, ToCorrect
from app.core.training.held import held_until
from app.core.training.models import RequirementRow
from app.core.training.permits import TaskWords, Verdict
from app.core.training.requirements import NewRequirement, RequirementChange
from app.core.training.requirements.queries import by_code
from tests.core.certificates.test_credits_of_two_pcs import Two
from tests.core.training.conftest import SYSTEM, verified
from tests.support.classes import BOSS, Room, another_trainer
from tests.support.clock import TurnedClock
from tests.support.in_touch import first_pc
from tests.support.signers import found_administrator
from tests.support.teaching import a_lesson, a_quiz_lesson, published

ALL = PageRequest(limit=100)


@pytest.fixture
def room(tmp_path: Path, clock: TurnedClock) -> Room:
    """Asha was asked for a course of a year, and did it; Bina was asked and did not."""
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    made = Room(pc, clock).can_sign()
    for number, name in (("E-10", "Asha Kulkarni"), ("E-11", "Bina Rao")):
        made.somebody(number, name)
    publish(made, a_lesson("page"))
    made.school.training.assign(
        BOSS, "LOTO", Audience(numbers=("E-10", "E-11")), due_on=None, origin="Shed 2"
    )
    made.pass_by(1)
    complete(made, "E-10")
    made.pass_by(1)
    return made


def publish(room: Room, *lessons: LessonPlan, code: str = "LOTO") -> UUID:
    """Publish a course that holds for a year, and let it be assigned."""
    site = room.pc.opened.site
    outline = Outline(title=code, lessons=lessons, valid_months=12)
    course = published(site, outline, code)
    with site.transaction(BOSS, "course.publish") as unit:
        new = PublishedCourse(
            course_id=course, version_id=course, code=code, number=1, outline=outline
        )
        room.school.training.require_course(unit, new)
    return course


def learner(room: Room, number: str) -> Actor:
    grants = frozenset({Grant(capability=Capability.LEARN)})
    found = room.people.find(BOSS, number)
    return Actor(account_id=None, person_id=found.id, name=found.name, number=number, grants=grants)


def course_of(room: Room, code: str = "LOTO") -> UUID:
    found = room.school.training.requirement(BOSS, code).course_id
    assert found is not None
    return found


def complete(room: Room, number: str, code: str = "LOTO", *, again: bool = False) -> None:
    who, learning, course = learner(room, number), room.school.learning, course_of(room, code)
    hand = learning.begin_again(who, course) if again else learning.begin(who, course)
    learning.tick(who, hand.start_id, hand.lessons[0].lesson_id, {"reached": 1000}, 5)


def record(room: Room, number: str = "E-10", code: str = "LOTO") -> UUID:
    """Return the id of somebody's last completion that counts, else of the last."""
    found = room.school.training.corrections.records(room.meera, room.people.find(BOSS, number).id)
    of_kind = (one for one in found if one.kind is RecordKind.COMPLETION)
    mine = [one for one in of_kind if one.title == f"{code} ({code})"]
    return next((one.id for one in mine if one.values[COUNTS] != VOID), mine[0].id)


def wanted(record_id: UUID, field: str = COUNTS, new: str = VOID) -> ToCorrect:
    return ToCorrect(
        kind=RecordKind.COMPLETION, record_id=record_id, field=field, new=new, reason="Forged"
    )


def withdraw(room: Room, number: str = "E-10") -> None:
    """Let Meera withdraw a completion, and a second person agree."""
    corrections = room.school.training.corrections
    made = corrections.correct(room.meera, wanted(record(room, number)))
    corrections.approve(another_trainer(), made)


def until(room: Room, code: str = "LOTO", number: str = "E-10") -> date | None:
    """Return until when somebody holds something."""
    with room.pc.opened.site.read() as session:
        row: RequirementRow = by_code(session, code)
        return held_until(session, room.people.find(BOSS, number).id, row)


def assigned(room: Room, code: str = "LOTO", number: str = "E-10") -> list[AssignmentSummary]:
    found = room.school.training.assignments.of_person(BOSS, room.people.find(BOSS, number).id)
    return sorted((one for one in found if one.code == code), key=lambda one: one.cycle)


def certificates(room: Room) -> tuple[CertificateSummary, ...]:
    return room.certificates.register(BOSS, ALL).rows


def test_what_was_withdrawn_is_held_no_more_and_asked_for_again_with_the_reason(
    room: Room,
) -> None:
    training, corrections = room.school.training, room.school.training.corrections
    training.permits.tasks.add(BOSS, TaskWords(code="BAY", title="Bay", needs=("LOTO",)))
    (given,) = certificates(room)
    paper = room.certificates.document(BOSS, given.id)
    before = room.clock.now()
    room.pass_by(1)
    made = corrections.correct(room.meera, wanted(record(room)))
    assert until(room) is not None  # while it waits for a second person
    (waits,) = corrections.waiting(another_trainer())
    assert waits.title == "LOTO (LOTO), completed on 23 Nov 2026"

    corrections.approve(another_trainer(), made)

    assert until(room) is None
    first, again = assigned(room)
    assert (first.is_held, again.closed_at, again.origin) == (False, None, "Forged")
    (mine,) = training.my_courses(learner(room, "E-10"))
    assert (mine.standing, mine.completed_at, mine.origin) == (
        Standing.DUE_SOON,  # at once, as its terms say nothing
        None,
        "Forged",
    )
    permits = training.permits
    assert (mine.withdrawn, mine.share, mine.next_position) == ("Forged", 0, 0)
    assert permits.may(BOSS, "E-10", "BAY").answer.verdict is Verdict.NOT_ALLOWED
    known = permits.may(BOSS, "E-10", "BAY", on=room.today, known_at=before)
    assert known.answer.verdict is Verdict.ALLOWED  # as it was known then
    found = room.certificates.verify(paper)
    assert found.status is VerificationStatus.REVOKED
    assert "Forged" in found.why
    assert verified(room.pc.opened.site)
    with pytest.raises(TrainingRefused, match="not count"):
        corrections.text(room.meera, wanted(record(room)))

    complete(room, "E-10", again=True)

    assert until(room) is not None
    assert [one.is_held for one in assigned(room)][-1]
    assert [one.state for one in certificates(room)].count(CertificateState.VALID) == 1
    assert permits.may(BOSS, "E-10", "BAY").answer.verdict is Verdict.ALLOWED


def test_every_report_and_record_says_so(room: Room, tmp_path: Path) -> None:
    complete(room, "E-11")
    reports = Reports(room.pc.opened.site)
    site = room.pc.opened.site
    with site.transaction(SYSTEM, "derived.settle") as unit:
        rebuild_listing(unit)

    def rows(key: str) -> list[tuple[object, ...]]:
        return list(reports.page(BOSS, key, ALL).rows)

    before = {one: rows(one) for one in ("hr-completions", "holders", "untrained", "programmes")}
    assert [row[0] for row in before["hr-completions"]] == ["E-11", "E-10"]

    withdraw(room)

    assert [row[0] for row in rows("hr-completions")] == ["E-11"]
    assert {row[0]: row[7] for row in rows("holders")} == {"E-10": "ended", "E-11": "held"}
    assert "E-10" in {row[0] for row in rows("untrained")}
    assert rows("programmes")[0][-1] == 1
    StatementExport(site).write(SYSTEM, tmp_path / "out.jsonl")
    told = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    (voided,) = (one for one in told if one["verb"]["id"].endswith("voided"))
    check_statement(voided, XapiVersion.ONE)
    (asha, _bina) = (one for one in told if one["object"]["id"].endswith(str(course_of(room))))
    assert voided["object"] == {"objectType": "StatementRef", "id": asha["id"]}
    dossier = reports.dossiers.of(BOSS, room.people.find(BOSS, "E-10").id)
    (course,) = dossier.courses
    assert (course.state, course.marks, course.is_revoked) == ("void", "Δ1", True)
    (footnote,) = dossier.corrections
    assert (footnote.field, footnote.new, footnote.reason, footnote.second) == (
        "Counts",
        "no",
        "Forged",
        "Ravi Das",
    )


def test_what_stood_on_it_falls_and_an_older_completion_holds_again(room: Room) -> None:
    training = room.school.training
    terms = Terms(from_on=room.today, validity=Validity.FOR_GOOD)
    hot = NewRequirement(code="HOT", title="Hot work", type=RequirementType.EXTERNAL, terms=terms)
    both = NewRequirement(
        code="BOTH",
        title="Both",
        type=RequirementType.EXTERNAL,
        terms=replace(terms, substitutes=Substitutes.ALL),
    )
    publish(room, a_lesson("page"), code="GAS")
    ids = {one.code: training.catalogue.add(BOSS, one) for one in (hot, both)}
    loto, gas = (training.requirement(BOSS, one).id for one in ("LOTO", "GAS"))
    complete(room, "E-10", "GAS")
    training.assign(BOSS, "HOT", Audience(numbers=("E-10",)), due_on=None, origin="Welds")
    training.catalogue.change(BOSS, ids["HOT"], RequirementChange(substitutes=(loto,)))
    training.catalogue.change(BOSS, ids["BOTH"], RequirementChange(substitutes=(loto, gas)))
    first = until(room)
    assert (until(room, "HOT"), until(room, "BOTH")) == (first, first)
    room.pass_by(60 * 24 * 3)
    complete(room, "E-10", again=True)
    assert until(room) != first

    withdraw(room)

    assert (until(room), until(room, "HOT"), until(room, "BOTH")) == (first, first, first)
    assert assigned(room)[-1].is_held
    withdraw(room)
    assert (until(room), until(room, "HOT"), until(room, "BOTH")) == (None, None, None)
    assert [(one.closed_at, one.origin) for one in assigned(room, "HOT")[1:]] == [(None, "Forged")]
    assert verified(room.pc.opened.site)


def test_a_score_below_the_pass_mark_is_no_pass(room: Room) -> None:
    site = room.pc.opened.site
    publish(room, a_quiz_lesson(site, [True]), code="QUIZ")
    who, quizzes = learner(room, "E-11"), room.school.quizzes
    hand = room.school.learning.begin(who, course_of(room, "QUIZ"))
    begun = quizzes.start(who, hand.lessons[0].lesson_id)
    (asked,) = begun.questions
    quizzes.answer(who, begun.attempt_id, asked.question_id, Chosen(keys=("true",)))
    quizzes.submit(who, begun.attempt_id)
    corrections = room.school.training.corrections
    one = record(room, "E-11", "QUIZ")

    with pytest.raises(TrainingRefused, match=r"80%.*does not count"):
        corrections.text(room.meera, wanted(one, "score", "79.9"))

    corrections.correct(room.meera, wanted(one, "score", "80"))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_pcs_say_the_same_whichever_heard_first(
    room: Room, tmp_path: Path, clock: TurnedClock, order: tuple[int, int]
) -> None:
    two = Two(room, tmp_path, clock)
    rooms = (room, two.two)
    withdraw(two.two)
    corrections = room.school.training.corrections
    made = corrections.correct(room.meera, wanted(record(room), "score", "90"))
    corrections.approve(another_trainer(), made)
    for sender in (*order, order[0], order[1]):
        two.carry(rooms[sender], rooms[1 - sender])
    for one in rooms:
        one.school.training.begin_day(SYSTEM)
        one.certificates.issue_missing(NoProgress())
    for sender in (0, 1, 0):
        two.carry(rooms[sender], rooms[1 - sender])

    for one in rooms:
        assert until(one) is None
        open_ones = [(each.cycle, each.origin) for each in assigned(one) if not each.closed_at]
        assert open_ones == [(2, "Forged")]
        assert [each.state for each in certificates(one)] == [CertificateState.REVOKED]
        assert one.school.training.begin_day(SYSTEM).opened == 0
        assert verified(one.pc.opened.site)
