"""Versions that somebody else approves: frozen, compared, signed, in force on their day, on two PCs."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest

from app.core.approvals import (
    Approval,
    ApprovalAsked,
    ApprovalKind,
    Approvals,
    ChangedSince,
    Fate,
    OwnWork,
    Subject,
    SubjectState,
    approval_text,
    comparison_lines,
    steps_of,
)
from app.core.assessments import QUIZ_KIND, QuestionBanks, Quizzes, body_of, quiz_of
from app.core.base.actor import Actor, system_actor
from app.core.base.clock import local_day
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.courses import (
    RETIREMENT,
    VERSION,
    CourseInReview,
    CourseRetired,
    CourseState,
    LessonPlan,
    NewCourse,
    NothingToPublish,
    Outline,
    OwnRetirement,
    Releases,
    Submitted,
    acknowledgement,
    change,
    insert,
    move,
    remove,
    rename,
)
from app.core.journal import Journal
from app.core.signatures import NotSigned, Proof, ReadOtherwise, SignatureState, Undersigned
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc
from tests.support.signers import LOGIN, PASSWORD, Door, door_of, founded_pc

ASHA = replace(system_actor("Asha"), account_id=new_id())
READ = acknowledgement({"en": "I have read it."}, language="en", title="Read")
RULES = acknowledgement({"en": "Lock before you reach in."}, language="en", title="Rules")


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> Pc:
    return founded_pc(tmp_path / "one", clock)


@pytest.fixture
def door(pc: Pc) -> Door:
    return door_of(pc)


@pytest.fixture
def meera(door: Door) -> Actor:
    """The administrator, who approves."""
    return door.enter_to_sign()


@pytest.fixture
def second(pc: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    return another_pc(pc, tmp_path / "two", clock)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def ask(pc: Pc, *, is_asked: bool = True) -> None:
    """Let the site ask for approvals of courses."""
    approvals = Approvals(pc.opened.site)
    for kind in pc.courses.approval_kinds:
        approvals.register(kind)
    approvals.ask(ACTOR, VERSION, is_asked=is_asked, reason="QA wants it")


def drafted(pc: Pc, *lessons: LessonPlan, actor: Actor = ASHA) -> UUID:
    """Let somebody begin a course with some lessons."""
    course_id = pc.courses.create(actor, NewCourse(title="Lockout", code="LOTO"))
    outline = pc.courses.draft_of(actor, course_id)
    for lesson in lessons or (RULES, READ):
        outline = insert(outline, lesson)
    pc.courses.save_draft(actor, course_id, outline)
    return course_id


def changed(pc: Pc, course_id: UUID, outline: Outline, actor: Actor = ASHA) -> None:
    pc.courses.save_draft(actor, course_id, outline)


def approve(
    door: Door, actor: Actor, version: UUID, *, days: int = 0, kind: str = VERSION
) -> Subject:
    """Let somebody approve what was submitted, for a day from today."""
    courses, subject = door.pc.courses, Subject(kind, version)
    review = courses.reviews.review(actor, subject)
    day = local_day(door.pc.opened.site.clock) + timedelta(days=days)
    pen = door.signatures.pen(actor, Proof(name=LOGIN, password=PASSWORD))
    signed = Undersigned(pen, approval_text(review, day))
    approval = Approval(sha256=review.sha256, effective_on=day, signed=signed)
    courses.approving.approve(actor, subject, approval)
    return subject


def in_force(pc: Pc, course_id: UUID) -> int | None:
    """Return the number of the version that new learners begin."""
    detail = pc.courses.detail(ACTOR, course_id)
    key = detail.current_version_id
    return next((one.number for one in detail.versions if one.id == key), None)


def state(pc: Pc, course_id: UUID) -> CourseState:
    (row,) = pc.courses.list(ACTOR, PageRequest()).rows
    assert row.state is pc.courses.detail(ACTOR, course_id).state
    return row.state


def submitted(pc: Pc, course_id: UUID, note: str = "") -> Submitted:
    return pc.courses.approving.submit(ASHA, course_id, note)


def test_whoever_wrote_its_questions_does_not_approve_a_course(
    pc: Pc, door: Door, meera: Actor
) -> None:
    ask(pc)
    banks = QuestionBanks(pc.opened.site, pc.assets)
    pc.courses.also_written_by.append(banks.approving.question_writers)
    bank = banks.create(meera, "Lockout")
    banks.add(meera, bank, replace(banks.blank("true_false", "en"), name="Q1"))
    course_id = drafted(pc, RULES, banks.pools.lesson(ASHA, bank))
    with pytest.raises(OwnWork):
        approve(door, meera, submitted(pc, course_id).version_id)


def test_where_the_site_does_not_ask_one_person_publishes_as_ever(pc: Pc) -> None:
    course_id = drafted(pc)

    pc.courses.publish(ASHA, course_id)

    assert in_force(pc, course_id) == 1
    (version,) = pc.courses.detail(ACTOR, course_id).versions
    assert version.state is None
    pc.courses.retire(ASHA, course_id)
    assert state(pc, course_id) is CourseState.RETIRED


def test_where_it_asks_nothing_is_published_or_retired_without(pc: Pc) -> None:
    course_id = drafted(pc)
    ask(pc)

    with pytest.raises(ApprovalAsked):
        pc.courses.publish(ASHA, course_id)

    assert in_force(pc, course_id) is None
    with pytest.raises(ApprovalAsked):
        pc.courses.retire(ASHA, course_id)


def test_a_submitted_draft_is_frozen_and_begun_by_nobody_before_it_is_approved(
    pc: Pc, door: Door, meera: Actor
) -> None:
    ask(pc)
    course_id = drafted(pc)
    sent = submitted(pc, course_id, "first")

    assert state(pc, course_id) is CourseState.IN_REVIEW
    assert in_force(pc, course_id) is None
    assert pc.courses.detail(ACTOR, course_id).versions == ()
    outline = pc.courses.preview(ACTOR, course_id)
    with pytest.raises(CourseInReview):
        pc.courses.save_draft(ASHA, course_id, remove(outline, READ.key))
    with pytest.raises(CourseInReview):
        submitted(pc, course_id)

    subject = approve(door, meera, sent.version_id)

    assert in_force(pc, course_id) == 1
    assert state(pc, course_id) is CourseState.PUBLISHED
    (version,) = pc.courses.detail(ACTOR, course_id).versions
    assert (version.state, version.note) == (SubjectState.EFFECTIVE, "first")
    assert version.sha256 == sent.sha256
    assert version.approval_step is not None
    (line,) = door.signatures.under(version.approval_step)
    detail = door.signatures.signature(ACTOR, line.id)
    assert (detail.state, line.meaning) == (SignatureState.VALID, "approved")
    assert sent.sha256 in detail.shown.replace(" ", "")
    assert pc.courses.reviews.review(meera, subject).standing.waiting == ()


def test_whoever_edited_the_draft_cannot_approve_it_though_another_submitted(
    pc: Pc, door: Door, meera: Actor
) -> None:
    ask(pc)
    course_id = drafted(pc)
    changed(pc, course_id, rename(pc.courses.draft_of(ASHA, course_id), READ.key, "Read"), meera)
    outline = pc.courses.draft_of(ASHA, course_id)
    changed(pc, course_id, rename(outline, READ.key, "Read it"), meera)
    changed(pc, course_id, rename(outline, READ.key, "Read all"), ASHA)
    sent = submitted(pc, course_id)

    assert pc.courses.reviews.review(meera, Subject(VERSION, sent.version_id)).is_own
    with pytest.raises(OwnWork):
        approve(door, meera, sent.version_id)

    assert in_force(pc, course_id) is None


def test_who_published_a_version_may_approve_the_next_that_another_wrote(
    pc: Pc, door: Door, meera: Actor
) -> None:
    course_id = drafted(pc, actor=meera)
    pc.courses.publish(meera, course_id)
    ask(pc)
    changed(pc, course_id, rename(pc.courses.draft_of(ASHA, course_id), READ.key, "Read all"))

    approve(door, meera, submitted(pc, course_id).version_id)

    assert in_force(pc, course_id) == 2


def test_a_rejected_version_goes_back_to_its_author_who_mends_and_submits_again(
    pc: Pc, door: Door, meera: Actor
) -> None:
    ask(pc)
    course_id = drafted(pc)
    first = submitted(pc, course_id)
    pc.courses.approving.reject(meera, Subject(VERSION, first.version_id), "step 3 is wrong")

    assert state(pc, course_id) is CourseState.DRAFT
    (told,) = pc.courses.detail(ACTOR, course_id).submitted
    assert (told.number, told.state) == (1, SubjectState.DRAFT)
    changed(pc, course_id, rename(pc.courses.draft_of(ASHA, course_id), READ.key, "Read all"))
    approve(door, meera, submitted(pc, course_id).version_id)

    assert in_force(pc, course_id) == 2


def test_a_submission_that_was_taken_back_is_edited_again(pc: Pc) -> None:
    ask(pc)
    course_id = drafted(pc)
    sent = submitted(pc, course_id)

    pc.courses.approving.withdraw(ASHA, Subject(VERSION, sent.version_id), "forgot a lesson")

    changed(pc, course_id, remove(pc.courses.draft_of(ASHA, course_id), READ.key))
    assert state(pc, course_id) is CourseState.DRAFT


def test_an_approved_version_comes_in_force_on_its_day_and_learners_in_the_middle_stay(
    pc: Pc, door: Door, meera: Actor, clock: TurnedClock
) -> None:
    course_id = drafted(pc)
    pinned = pc.courses.publish(ASHA, course_id).version_id
    ask(pc)
    changed(pc, course_id, rename(pc.courses.draft_of(ASHA, course_id), READ.key, "Read all"))
    sent = submitted(pc, course_id)
    approve(door, meera, sent.version_id, days=2)

    assert in_force(pc, course_id) == 1
    (ahead,) = pc.courses.detail(ACTOR, course_id).submitted
    assert (ahead.state, ahead.effective_on) == (
        SubjectState.APPROVED,
        local_day(clock) + timedelta(days=2),
    )
    with pytest.raises(NothingToPublish):
        submitted(pc, course_id)
    clock.turn(timedelta(days=1))
    assert pc.courses.approving.take_effect() == 0
    clock.turn(timedelta(days=1))

    assert pc.courses.approving.take_effect_if_due() == 1
    assert pc.courses.approving.take_effect() == 0
    assert in_force(pc, course_id) == 2
    assert pc.courses.detail(ACTOR, course_id).draft is None
    with pc.opened.site.read() as session:
        assert Releases().current(session, course_id).version_id == sent.version_id
        assert Releases().version(session, pinned).number == 1


def test_an_older_version_that_waited_does_not_replace_one_that_was_decided_later(
    pc: Pc, door: Door, meera: Actor, clock: TurnedClock
) -> None:
    ask(pc)
    course_id = drafted(pc)
    approve(door, meera, submitted(pc, course_id).version_id, days=3)
    changed(pc, course_id, rename(pc.courses.draft_of(ASHA, course_id), READ.key, "Read all"))
    approve(door, meera, submitted(pc, course_id).version_id)
    clock.turn(timedelta(days=4))

    pc.courses.approving.take_effect()

    assert in_force(pc, course_id) == 2


def test_only_the_version_that_was_reviewed_is_approved(pc: Pc, door: Door, meera: Actor) -> None:
    ask(pc)
    course_id = drafted(pc)
    sent = submitted(pc, course_id)
    subject = Subject(VERSION, sent.version_id)
    signed = Undersigned(door.signatures.pen(meera, Proof(password=PASSWORD)), "x")
    other = Approval(sha256="0" * 64, effective_on=pc.courses.approving.today, signed=signed)

    with pytest.raises(ChangedSince):
        pc.courses.approving.approve(meera, subject, other)

    assert state(pc, course_id) is CourseState.IN_REVIEW


def test_a_retirement_is_proposed_and_approved_and_ends_when_the_course_is_brought_back(
    pc: Pc, door: Door, meera: Actor
) -> None:
    course_id = drafted(pc)
    pc.courses.publish(ASHA, course_id)
    ask(pc)
    proposal = pc.courses.approving.propose_retirement(ASHA, course_id, "the line is gone")
    assert state(pc, course_id) is CourseState.PUBLISHED

    approve(door, meera, proposal, kind=RETIREMENT)

    assert state(pc, course_id) is CourseState.RETIRED
    with pytest.raises(CourseRetired):
        changed(pc, course_id, pc.courses.draft_of(ASHA, course_id))
    with pytest.raises(OwnRetirement, match="Whoever proposed to retire Lockout"):
        pc.courses.approving.return_text(ASHA, course_id, "the line is back")
    with pytest.raises(NotSigned):
        pc.courses.bring_back(meera, course_id, "the line is back")
    words = pc.courses.approving.return_text(meera, course_id, "the line is back")
    assert words.splitlines() == [
        "LOTO",
        "Lockout",
        "Version 1 is begun again.",
        "It was retired because: the line is gone",
        "the line is back",
    ]
    signed = Undersigned(door.signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD)), words)
    for who, expected in ((ASHA, OwnRetirement), (meera, ReadOtherwise)):
        with pytest.raises(expected):
            pc.courses.bring_back(who, course_id, "another reason", signed)
    assert state(pc, course_id) is CourseState.RETIRED
    pc.courses.bring_back(meera, course_id, "the line is back", signed)
    assert pc.courses.approving.take_effect() == 0
    assert state(pc, course_id) is CourseState.PUBLISHED


def test_a_course_that_one_person_retired_comes_back_signed_once_the_site_asks(
    pc: Pc, door: Door, meera: Actor
) -> None:
    course_id = drafted(pc)
    pc.courses.publish(ASHA, course_id)
    pc.courses.retire(ASHA, course_id)
    pc.courses.bring_back(ASHA, course_id)  # the site does not ask
    pc.courses.retire(ASHA, course_id)
    ask(pc)
    with pytest.raises(NotSigned):
        pc.courses.bring_back(ASHA, course_id, "the line is back")
    words = pc.courses.approving.return_text(meera, course_id, "the line is back")
    pen = door.signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD))
    pc.courses.bring_back(meera, course_id, "the line is back", Undersigned(pen, words))
    assert state(pc, course_id) is CourseState.PUBLISHED
    with pc.opened.site.read() as session:
        (step,) = steps_of(session, Subject("course", course_id))
    changed(pc, course_id, rename(pc.courses.draft_of(ASHA, course_id), READ.key, "Read all"))
    (line,) = door.signatures.under(step.id)
    assert door.signatures.signature(meera, line.id).state is SignatureState.VALID


def test_nobody_turns_approvals_off_alone_to_publish_or_bring_back_what_takes_two(
    pc: Pc, door: Door, meera: Actor
) -> None:
    ask(pc)
    course_id = drafted(pc)
    approve(door, meera, submitted(pc, course_id).version_id)
    proposal = pc.courses.approving.propose_retirement(ASHA, course_id, "the line is gone")
    approve(door, meera, proposal, kind=RETIREMENT)

    ask(pc, is_asked=False)

    assert pc.courses.approving.is_asked()
    with pytest.raises(NotSigned):
        pc.courses.bring_back(ASHA, course_id, "the line is back")
    other = pc.courses.create(ASHA, NewCourse(title="Valves", code="VALVES"))
    pc.courses.save_draft(ASHA, other, insert(pc.courses.draft_of(ASHA, other), RULES))
    with pytest.raises(ApprovalAsked):
        pc.courses.publish(ASHA, other)
    with pytest.raises(ApprovalAsked):
        pc.courses.retire(ASHA, other)


def test_two_pcs_that_approve_and_reject_at_once_agree_that_it_is_not_in_force(
    pc: Pc, second: Pc, door: Door, meera: Actor, stick: Path
) -> None:
    ask(pc)
    course_id = drafted(pc)
    approve(door, meera, submitted(pc, course_id).version_id)
    changed(pc, course_id, rename(pc.courses.draft_of(ASHA, course_id), READ.key, "Read all"))
    sent = submitted(pc, course_id)
    second.take(pc.send(stick, second))
    second.courses.approving.take_effect()
    approve(door, meera, sent.version_id)
    second.courses.approving.reject(ACTOR, Subject(VERSION, sent.version_id), "wrong valve")
    assert in_force(pc, course_id) == 2

    second.take(pc.send(stick, second))
    pc.take(second.send(stick, pc))
    for one in (pc, second):
        one.courses.approving.take_effect()

    assert in_force(pc, course_id) == in_force(second, course_id) == 1
    second.take(pc.send(stick, second))
    assert second.sync.conflicts(ACTOR) == ()


def test_each_pc_puts_a_version_in_force_on_its_day_without_the_others(
    pc: Pc, second: Pc, door: Door, meera: Actor, stick: Path, clock: TurnedClock
) -> None:
    ask(pc)
    course_id = drafted(pc)
    approve(door, meera, submitted(pc, course_id).version_id, days=1)
    second.take(pc.send(stick, second))
    clock.turn(timedelta(days=1))

    for one in (pc, second):
        assert one.courses.approving.take_effect() == 1

    assert in_force(pc, course_id) == in_force(second, course_id) == 1
    pc.take(second.send(stick, pc))
    second.take(pc.send(stick, second))
    assert pc.sync.conflicts(ACTOR) == second.sync.conflicts(ACTOR) == ()


def test_lessons_that_came_went_moved_or_changed_are_told_apart(pc: Pc) -> None:
    third = acknowledgement({"en": "Tag it."}, language="en", title="Tag")
    course_id = drafted(pc, RULES, READ, third)
    pc.courses.publish(ASHA, course_id)
    outline = pc.courses.draft_of(ASHA, course_id)
    added = acknowledgement({"en": "Try it."}, language="en", title="Try")
    outline = insert(remove(outline, READ.key), added)
    outline = rename(move(outline, third.key, 0), RULES.key, "Rules of the line")
    changed(pc, course_id, replace(outline, valid_months=12))

    found = pc.courses.reviews.compare(ACTOR, course_id)

    fates = {one.title: one.fate for one in found.parts}
    assert fates["Try"] is Fate.ADDED
    assert fates["Read"] is Fate.REMOVED
    assert fates["Rules of the line"] is Fate.CHANGED
    assert [one.after for one in found.whole] == ["12"]
    assert sum(one.is_moved for one in found.parts) == 1
    lines = "\n".join(comparison_lines(found))
    assert "Title: Rules → Rules of the line" in lines


def test_of_a_long_text_only_what_differs_is_shown_with_a_line_around(pc: Pc) -> None:
    text = [f"Line {number}" for number in range(40)]
    lesson = acknowledgement({"en": "\n".join(text)}, language="en", title="Read")
    course_id = drafted(pc, lesson)
    pc.courses.publish(ASHA, course_id)
    text[20] = "Line twenty"
    other = replace(lesson, body={**lesson.body, "statements": {"en": "\n".join(text)}})
    changed(pc, course_id, change(pc.courses.draft_of(ASHA, course_id), other))

    ((lesson_change),) = pc.courses.reviews.compare(ACTOR, course_id).parts

    (line,) = lesson_change.differences
    assert line.before == "Line 19\nLine 20\nLine 21"
    assert line.after == "Line 19\nLine twenty\nLine 21"


def test_p11_05_a_changed_pass_mark_is_shown_before_it_is_approved_and_stands_in_the_trail(
    pc: Pc, door: Door, meera: Actor
) -> None:
    ask(pc)
    quizzes = Quizzes(pc.opened.site, Releases())
    pc.courses.reviews.bodies[QUIZ_KIND] = quizzes.described
    banks = QuestionBanks(pc.opened.site, pc.assets)
    bank = banks.create(ASHA, "Lockout")
    banks.add(ASHA, bank, replace(banks.blank("true_false", "en"), name="Q1"))
    quiz = banks.pools.lesson(ASHA, bank)
    course_id = drafted(pc, RULES, with_pass_mark(quiz, 70))
    approve(door, meera, submitted(pc, course_id).version_id)
    draft = change(pc.courses.draft_of(ASHA, course_id), with_pass_mark(quiz, 80))
    changed(pc, course_id, draft)
    sent = submitted(pc, course_id, "HQ standard is 80")

    review = pc.courses.reviews.review(meera, Subject(VERSION, sent.version_id))
    assert review.comparison is not None
    (lesson,) = review.comparison.parts
    (line,) = lesson.differences
    assert (line.before, line.after) == ("70%", "80%")
    subject = approve(door, meera, sent.version_id)

    (signed,) = door.signatures.under(
        next(one.id for one in Approvals(pc.opened.site).steps(subject) if one.effective_on)
    )
    assert "70% → 80%" in door.signatures.signature(ACTOR, signed.id).shown
    journal = Journal(pc.opened.site, pc.opened.station)
    told = journal.entries(ACTOR)
    assert any(one.action == "course.submit" and "80" in one.reason for one in told)


def with_pass_mark(lesson: LessonPlan, percent: int) -> LessonPlan:
    quiz = quiz_of(lesson)
    settings = replace(quiz.settings, pass_mark=Fraction(percent, 100))
    return replace(lesson, body=body_of(replace(quiz, settings=settings)))


def test_the_rule_for_courses_holds_for_their_retirement_and_is_told_once(pc: Pc) -> None:
    ask(pc)
    approvals = Approvals(pc.opened.site)
    kinds: tuple[ApprovalKind, ...] = pc.courses.approval_kinds
    for kind in kinds:
        approvals.register(kind)

    told = [(one.kind, one.is_asked) for one in approvals.rules(ACTOR)]
    assert told == [(VERSION, True), ("approval_easing", True)]
