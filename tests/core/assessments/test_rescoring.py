"""A question is left out of every result: asked for, signed by somebody else, and told to other sites."""

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.bootstrap.assembly import assemble
from app.core.approvals import Approval, OwnWork, Subject, SubjectState, approval_text
from app.core.assessments import (
    FALSE,
    TRUE,
    AttemptOutcome,
    Chosen,
    CountsAtOnce,
    LeftOutAlready,
    Question,
    Quiz,
    QuizSettings,
    Section,
    StartReason,
    TrueFalseBody,
    body_of,
    plain,
)
from app.core.assessments.models import AttemptAnewRow, AttemptResultRow, ResponseRow
from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.ids import new_id
from app.core.certificates.models import CertificateRow
from app.core.courses import NewCourse, Outline
from app.core.learning.models import CourseCompletionRow, LessonCompletionRow
from app.core.people import NewPerson
from app.core.signatures import Proof, Undersigned
from app.services import Services
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc, know_each_other
from tests.support.signers import LOGIN, PASSWORD, Door, door_of, found_administrator
from tests.support.teaching import a_lesson

SYSTEM = system_actor()
AUTHOR = replace(SYSTEM, account_id=new_id(), name="Asha")


@dataclass
class Place:
    """One PC with all its services."""

    pc: Pc
    services: Services

    def send(self, stick: Path, other: "Place") -> Path:
        mine, theirs = self.pc.opened.site_id, other.pc.opened.site_id
        key = other.pc.key if mine == theirs else str(theirs)
        peer = self.services.sync.peer(SYSTEM, key)
        return self.services.sync.export(SYSTEM, [peer], stick).path

    def take(self, path: Path) -> None:
        assert self.services.sync.take(SYSTEM, path).troubles == []

    def completions(self) -> list[CourseCompletionRow]:
        with self.pc.opened.site.read() as session:
            row = CourseCompletionRow
            return list(session.scalars(sa.select(row).order_by(row.at)))

    def count(self, model: type) -> int:
        with self.pc.opened.site.read() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def place(pc: Pc) -> Place:
    return Place(pc, assemble(pc.opened))


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Place:
    pc = first_pc(tmp_path / "office", clock, code="HQ")
    found_administrator(pc)
    return place(pc)


@pytest.fixture
def door(office: Place) -> Door:
    door = door_of(office.pc)
    door.accept(door.enter())
    return door


@pytest.fixture
def asked(office: Place) -> tuple[UUID, UUID]:
    """A course with a quiz of two statements; the key of the second is wrong. Its id, and the question's."""
    banks, courses = office.services.banks, office.services.courses
    bank = banks.create(SYSTEM, "Bank")
    ids = [
        banks.add(SYSTEM, bank, a_statement(words))
        for words in ("Lock before you reach in", "A tag is enough")
    ]
    pool = tuple(banks.question(SYSTEM, one).version_id for one in ids)
    quiz = Quiz(sections=(Section(pool=pool),), settings=QuizSettings(pass_mark=Fraction(1)))
    lessons = (a_lesson("quiz", body=body_of(quiz)),)
    course = courses.create(SYSTEM, NewCourse(title="Lockout", code="LOTO"))
    courses.save_draft(
        SYSTEM, course, Outline(title="Lockout", lessons=lessons, certificate="classic")
    )
    courses.publish(SYSTEM, course)
    return course, ids[1]


def a_statement(text: str) -> Question:
    return Question(type="true_false", stem=plain(text), body=TrueFalseBody(answer=True))


def learner(at: Place, number: str) -> Actor:
    person = at.services.people.add(SYSTEM, NewPerson(number=number, name=f"Person {number}"))
    return Actor(
        account_id=None,
        person_id=person,
        name=number,
        grants=frozenset({Grant(capability=Capability.LEARN)}),
    )


def answer(at: Place, who: Actor, course: UUID, lock: str, tag: str) -> AttemptOutcome:
    quizzes, hand = at.services.quizzes, at.services.learning.begin(who, course)
    attempt = quizzes.start(who, hand.lessons[0].lesson_id)
    for one in attempt.questions:
        said = tag if "tag" in one.question.stem.source else lock
        quizzes.answer(who, attempt.attempt_id, one.question_id, Chosen(keys=(said,)))
    return quizzes.submit(who, attempt.attempt_id)


def approve(at: Place, door: Door, subject: Subject, days: int = 0) -> None:
    rescoring, actor = at.services.quizzes.rescoring, door.enter()
    review = rescoring.review(actor, subject)
    day = at.services.approvals.today + timedelta(days=days)
    rescoring.approve(
        actor,
        subject,
        Approval(
            sha256=review.sha256,
            effective_on=day,
            signed=Undersigned(
                door.signatures.pen(actor, Proof(name=LOGIN, password=PASSWORD)),
                approval_text(review, day),
            ),
        ),
    )


def test_whom_a_wrong_key_failed_has_passed_on_the_day_they_answered(
    office: Place, door: Door, asked: tuple[UUID, UUID], clock: TurnedClock
) -> None:
    course, question = asked
    quizzes = office.services.quizzes
    asha, ravi, uma = (learner(office, number) for number in ("E-11", "E-12", "E-13"))
    outcome = answer(office, asha, course, TRUE, FALSE)  # right, and failed by the key
    wrong = answer(office, ravi, course, FALSE, TRUE)
    passed = answer(office, uma, course, TRUE, TRUE)
    answered = clock.now()
    clock.set_wall(answered + timedelta(days=9))
    kept = office.count(AttemptResultRow), office.count(ResponseRow)

    subject = quizzes.rescoring.propose(AUTHOR, question, " The key is  wrong ")
    assert len(office.completions()) == 1  # nothing before somebody else agrees
    review = quizzes.rescoring.review(door.enter(), subject)
    assert review.against == "As known here 1 person passes by it."
    with pytest.raises(LeftOutAlready):
        quizzes.rescoring.propose(AUTHOR, question, "Again")
    with pytest.raises(CountsAtOnce):
        approve(office, door, subject, days=1)
    approve(office, door, subject)

    assert [one.person_id for one in office.completions()] == [uma.person_id, asha.person_id]
    assert {one.at.date() for one in office.completions()} == {answered.date()}
    assert office.count(CertificateRow) == 2
    assert (office.count(AttemptResultRow), office.count(ResponseRow)) == kept
    now = quizzes.outcome(asha, outcome.attempt_id)
    assert now.score == outcome.score
    assert not now.score.passed
    assert now.anew is not None
    assert now.counts.passed
    assert (now.counts.share, now.anew.reasons) == (Fraction(1), ("The key is wrong",))
    assert not quizzes.outcome(ravi, wrong.attempt_id).counts.passed
    assert quizzes.outcome(uma, passed.attempt_id).counts.passed
    again = quizzes.may_start(asha, outcome.lesson_id)
    assert again.reason is StartReason.ALREADY_PASSED
    later = quizzes.start(ravi, outcome.lesson_id)
    assert [one.question.stem.source for one in later.questions] == ["Lock before you reach in"]
    quizzes.answer(ravi, later.attempt_id, later.questions[0].question_id, Chosen(keys=(TRUE,)))
    assert quizzes.submit(ravi, later.attempt_id).score.passed
    look = office.services.question_looks.look(SYSTEM, question)
    assert look.left_out is SubjectState.EFFECTIVE
    (line,) = [one for one in office.services.derivations.rebuild(SYSTEM) if one.key == "scores"]
    assert line.was_right
    assert line.rows == 3  # and not of the attempt that did not ask it


def test_who_passed_by_the_question_alone_keeps_it(
    office: Place, door: Door, clock: TurnedClock
) -> None:
    course, question = _lenient(office)
    asha = learner(office, "E-11")
    outcome = answer(office, asha, course, FALSE, TRUE)
    assert outcome.score.passed
    approve(office, door, office.services.quizzes.rescoring.propose(AUTHOR, question, "Unclear"))

    assert office.services.quizzes.outcome(asha, outcome.attempt_id).counts == outcome.score
    assert office.count(AttemptAnewRow) == 0


def _lenient(office: Place) -> tuple[UUID, UUID]:
    banks, courses = office.services.banks, office.services.courses
    bank = banks.create(SYSTEM, "Other")
    ids = [banks.add(SYSTEM, bank, a_statement(words)) for words in ("Lock", "A tag")]
    pool = tuple(banks.question(SYSTEM, one).version_id for one in ids)
    quiz = Quiz(sections=(Section(pool=pool),), settings=QuizSettings(pass_mark=Fraction(1, 2)))
    course = courses.create(SYSTEM, NewCourse(title="Tags", code="TAG"))
    lessons = (a_lesson("quiz", body=body_of(quiz)),)
    courses.save_draft(SYSTEM, course, Outline(title="Tags", lessons=lessons))
    courses.publish(SYSTEM, course)
    return course, ids[1]


def test_nobody_approves_what_they_asked_for(
    office: Place, door: Door, asked: tuple[UUID, UUID]
) -> None:
    subject = office.services.quizzes.rescoring.propose(door.enter(), asked[1], "Wrong key")
    with pytest.raises(OwnWork):
        approve(office, door, subject)


@pytest.mark.parametrize("decided_first", [False, True])
def test_a_plant_scores_its_own_people_anew_once(
    office: Place,
    door: Door,
    asked: tuple[UUID, UUID],
    clock: TurnedClock,
    tmp_path: Path,
    decided_first: bool,
) -> None:
    course, question = asked
    plant = place(first_pc(tmp_path / "plant", clock, code="BDI"))
    know_each_other(office.pc, plant.pc)
    second = place(another_pc(plant.pc, tmp_path / "second", clock))
    stick = tmp_path / "stick"
    stick.mkdir()
    plant.take(office.send(stick, plant))
    second.take(plant.send(stick, second))
    asha = learner(plant, "E-11")
    answer(plant, asha, course, TRUE, FALSE)
    answered = clock.now()
    told = plant.send(stick, second)
    clock.set_wall(answered + timedelta(days=9))
    office.take(plant.send(stick, office))
    approve(office, door, office.services.quizzes.rescoring.propose(AUTHOR, question, "Wrong key"))
    assert office.completions() == []  # her own site sees to her
    assert office.count(AttemptAnewRow) == 1

    decision = office.send(stick, plant)
    plant.take(decision)
    first = [(one.id, one.at) for one in plant.completions()]
    assert [at.date() for _key, at in first] == [answered.date()]
    plant.take(decision)
    plant.services.quizzes.rescoring.take_over({"question_rescore": set()})
    assert [(one.id, one.at) for one in plant.completions()] == first
    both = plant.send(stick, second)
    for path in (both, told) if decided_first else (told, both):
        second.take(path)
    office.take(plant.send(stick, office))
    for one in (plant, second, office):
        assert [(done.id, done.at) for done in one.completions()] == first
        assert (one.count(LessonCompletionRow), one.count(CertificateRow)) == (1, 1)
        assert one.count(AttemptAnewRow) == 1
