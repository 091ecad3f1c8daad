"""What people do at a PC, each by the service that the window calls: records, facts, merging and erasing."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.assessments import best_response
from app.core.base.actor import Actor, Capability, Grant
from app.core.courses.models import CourseRow
from app.core.learning.models import CourseCompletionRow
from app.core.people import Audience, Destination, NewPerson, PersonChange, PersonId
from app.core.people.models import OrgUnitRow, PersonRow
from app.core.signatures import Undersigned
from app.core.sync import Conflict
from app.core.training import RequirementType, Terms, Validity
from app.core.training.assignments import EnteredEvidence
from app.core.training.corrections import RecordKind, ToCorrect
from app.core.training.models import RequirementCreditRow, RequirementRow
from app.core.training.requirements import NewRequirement, RequirementChange
from app.core.training.sessions import SessionPlan
from app.core.training.sessions.kinds import SessionEvent
from app.core.training.sessions.models import SessionEventRow
from tests.support.organisation.places import ACTOR, CLASS, COURSE, HQ, Place

_ONE, _OTHER = (
    replace(ACTOR, account_id=UUID(int=number), name=f"Keeper {number}") for number in (1, 2)
)
_BORN, _LEFT = date(1990, 1, 1), date(2000, 1, 1)
_LEARNS = frozenset({Grant(capability=Capability.LEARN)})


@dataclass
class Memory:
    """What was called how, so that it can be looked for."""

    called: dict[PersonId, list[str]] = field(default_factory=dict)
    """People, with every name that they ever had."""
    erased_by: dict[PersonId, bytes] = field(default_factory=dict)
    """Who is erased, and by which station first."""
    words: int = 0
    pass_by: Callable[[int], None] = lambda _minutes: None
    """Lets minutes go by, at every PC."""

    def word(self, of: str) -> str:
        """Return a word that nobody has used, and that says whose it is."""
        self.words += 1
        return f"w{self.words}x of-{of}"


def people_at(place: Place) -> list[tuple[PersonId, str]]:
    """Return who is shown at a PC, with their numbers, in an order that is the same in each run."""
    with place.services.open_site.site.read() as session:
        rows = session.execute(sa.select(PersonRow.id, PersonRow.number))
        return sorted(((PersonId(key), number) for key, number in rows), key=lambda one: one[1])


def _pick(place: Place, model: type, number: int) -> UUID | None:
    with place.services.open_site.site.read() as session:
        rows = sorted(session.execute(sa.select(model.code, model.id)).all())
        return rows[number % len(rows)][1] if rows else None


def _person(place: Place, number: int) -> PersonId:
    people = people_at(place)
    return people[number % len(people)][0]


def hire(place: Place, memory: Memory, number: int) -> None:
    """Let somebody come to a department: headquarters enter people for plants too."""
    unit = _pick(place, OrgUnitRow, number)
    assert unit is not None
    with place.services.open_site.site.read() as session:
        of = session.get_one(OrgUnitRow, unit).code.split("-")[0]
    name = memory.word(of)
    to = Destination(org_unit_id=unit) if number % 3 else None
    of = of if to else place.code
    new = NewPerson(number=f"{of}-{memory.words:03}", name=name, joined_on=_BORN, place=to)
    memory.called[place.services.people.add(ACTOR, new)] = [name]


def rename(place: Place, memory: Memory, number: int) -> None:
    """Call somebody otherwise."""
    people = people_at(place)
    who, known = people[number % len(people)]
    name = memory.word(known.split("-")[0])
    place.services.people.edit(ACTOR, who, PersonChange(name=name), "ID card")
    memory.called.setdefault(who, []).append(name)


def edit(place: Place, memory: Memory, number: int) -> None:
    """Write another shift and another address of mail, so that two columns change."""
    change = PersonChange(shift="ABC"[number % 3], email=f"m{number}@plant.example")
    place.services.people.edit(ACTOR, _person(place, number), change)


def move(place: Place, memory: Memory, number: int) -> None:
    """Let somebody go to another department."""
    unit = _pick(place, OrgUnitRow, number // 7)
    assert unit is not None
    place.services.people.move(ACTOR, _person(place, number), Destination(org_unit_id=unit))


def leave(place: Place, memory: Memory, number: int) -> None:
    """Note that somebody left long ago; or that they came back."""
    who = _person(place, number)
    if number % 4:
        place.services.people.leave(ACTOR, who, _LEFT, "Resigned")
    else:
        place.services.people.rejoin(ACTOR, who, reason="Came back")


def department(place: Place, memory: Memory, number: int) -> None:
    """Add a department: two PCs may give one code."""
    code = f"{place.code}-D{number % 3}"
    place.services.people.organisation.add_org_unit(ACTOR, code, memory.word(place.code))


def rename_department(place: Place, memory: Memory, number: int) -> None:
    """Call a department otherwise."""
    unit = _pick(place, OrgUnitRow, number)
    assert unit is not None
    with place.services.open_site.site.read() as session:
        of = session.get_one(OrgUnitRow, unit).code.split("-")[0]
    place.services.people.organisation.rename_org_unit(ACTOR, unit, memory.word(of))


def require(place: Place, memory: Memory, number: int) -> None:
    """Add what has to be proved."""
    terms = Terms(from_on=_today(place), validity=Validity.MONTHS, valid_count=6)
    code = f"{place.code}-R{number % 3}"
    new = NewRequirement(
        code=code, title=memory.word(place.code), type=RequirementType.EXTERNAL, terms=terms
    )
    place.services.training.catalogue.add(ACTOR, new)


def change_requirement(place: Place, memory: Memory, number: int) -> None:
    """Say other terms of a requirement and call it otherwise."""
    which = _pick(place, RequirementRow, number)
    if which is None:
        return
    with place.services.open_site.site.read() as session:
        row = session.get_one(RequirementRow, which)
        of = row.code.split("-")[0] if "-" in row.code else HQ
        is_course = row.course_id is not None
    title = None if is_course else memory.word(of)
    terms = Terms(from_on=_today(place), validity=Validity.MONTHS, valid_count=1 + number % 24)
    change = RequirementChange(title=title, terms=None if is_course else terms)
    place.services.training.catalogue.change(ACTOR, which, change, "New law")


def assign(place: Place, memory: Memory, number: int) -> None:
    """Assign a requirement to everybody, due on some day: a regulated column."""
    which = _pick(place, RequirementRow, number)
    if which is None:
        return
    with place.services.open_site.site.read() as session:
        code = session.get_one(RequirementRow, which).code
    due_on = _today(place) + timedelta(days=number % 60)
    place.services.training.assign(ACTOR, code, Audience(), due_on=due_on, origin="Drill")


def new_day(place: Place, memory: Memory, number: int) -> None:
    """Begin a day: renewals open, leavers' assignments end."""
    place.services.training.begin_day(ACTOR)


def learn(place: Place, memory: Memory, number: int) -> None:
    """Let somebody take the course: read, answer, pass; or only begin, or fail."""
    people = people_at(place)
    who, known = people[number % len(people)]
    learner = Actor(account_id=None, person_id=who, name=known, number=known, grants=_LEARNS)
    with place.services.open_site.site.read() as session:
        course = session.scalar(sa.select(CourseRow.id).where(CourseRow.code == COURSE))
    assert course is not None
    learning, quizzes = place.services.learning, place.services.quizzes
    hand = learning.begin(learner, course)
    if hand.completed_at is not None:
        hand = learning.begin_again(learner, course)
    page, quiz = (one.lesson_id for one in hand.lessons)
    if not hand.lesson(page).is_done:
        learning.tick(learner, hand.start_id, page, {"reached": 1000}, 64)
    attempt = quizzes.start(learner, quiz)
    for asked in attempt.questions if number % 5 else ():
        response = best_response(asked.question)
        assert response is not None
        quizzes.answer(learner, attempt.attempt_id, asked.question_id, response)
    if number % 7:  # else somebody is called away, and the attempt stays open
        quizzes.submit(learner, attempt.attempt_id)


def hold_class(place: Place, memory: Memory, number: int) -> None:
    """Hold a class: plan, roll, end; the trainer signs the attendance, and credits follow."""
    sessions, meera = place.services.sessions, place.meera()
    now = place.clock.now()
    with place.services.open_site.site.read() as session:
        staff = sa.select(PersonRow.id).where(
            PersonRow.left_on.is_(None), PersonRow.id != meera.person_id
        )
        who = sorted(session.scalars(staff.where(PersonRow.joined_on <= now.date())))
    plan = SessionPlan(
        title="Extinguishers",
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        requirements=(CLASS,),
    )
    session_id = sessions.planning.plan(meera, plan)
    sessions.rolling.open(meera, session_id)
    for at in range(min(len(who), 1 + number % 3)):
        sessions.rolling.tick(meera, session_id, who[(number + at) % len(who)])
    memory.pass_by(60)
    sessions.rolling.end(meera, session_id)
    if number % 5:  # else it is signed at another PC, or never
        sign_class(place, memory, number)


def sign_class(place: Place, memory: Memory, number: int) -> None:
    """Sign the attendance of a class that has ended and that nobody signed as far as is known here."""
    signing, meera = place.services.sessions.signing, place.meera()
    with place.services.open_site.site.read() as session:
        over = sa.select(SessionEventRow.session_id).where(
            SessionEventRow.event.in_([SessionEvent.CLOSED, SessionEvent.CANCELLED])
        )
        ended = sa.select(SessionEventRow.session_id).where(
            SessionEventRow.event == SessionEvent.HELD, SessionEventRow.session_id.not_in(over)
        )
        found = sorted(set(session.scalars(ended)))
    if found:
        which = found[number % len(found)]
        signing.sign(meera, which, Undersigned(place.pen(meera), signing.text(meera, which)))


def prove(place: Place, memory: Memory, number: int) -> None:
    """Enter evidence from outside for somebody."""
    which = _pick(place, RequirementRow, number)
    assert which is not None
    proof = EnteredEvidence(issuer=f"Office {number}", obtained_on=_today(place))
    person = _person(place, number // 3)
    place.services.training.assignments.evidence.enter(ACTOR, person, which, proof)


def correct(place: Place, memory: Memory, number: int) -> None:
    """Say that a score is another; or that what a class gave somebody does not count: another person agrees."""
    is_credit = number % 2
    model = RequirementCreditRow if is_credit else CourseCompletionRow
    with place.services.open_site.site.read() as session:
        found = sorted(session.scalars(sa.select(model.id)))
    if not found:
        return
    wanted = ToCorrect(
        kind=RecordKind.CREDIT if is_credit else RecordKind.COMPLETION,
        record_id=found[number % len(found)],
        field="counts" if is_credit else "score",
        new="void" if is_credit else f"{80 + number % 20}",
        reason="Somebody else sat there",
    )
    corrections = place.services.training.corrections
    made = corrections.correct(_ONE, wanted)
    if is_credit:
        corrections.approve(_OTHER, made)


def merge(place: Place, memory: Memory, number: int) -> None:
    """Let two people be one."""
    stays, goes = _person(place, number), _person(place, number // 11)
    place.services.people.merging.merge(ACTOR, stays, goes, "Entered twice")


def unmerge(place: Place, memory: Memory, number: int) -> None:
    """Let somebody who was merged be a person again."""
    merging = place.services.people.merging
    merged = sorted(merging.merged(ACTOR), key=lambda one: one.id)
    if merged:
        merging.undo(ACTOR, merged[number % len(merged)].id, "They are two")


def erase(place: Place, memory: Memory, number: int) -> None:
    """Let two people erase somebody who left long ago."""
    known = [one for one, _number in people_at(place) if one in memory.called]
    if not known:
        return
    who = known[number % len(known)]
    people = place.services.people
    if people.person(ACTOR, who).left_on is None:
        people.leave(ACTOR, who, _LEFT)
    people.erasures.confirm(_OTHER, people.erasures.request(_ONE, who, "Asked for it"))
    memory.erased_by.setdefault(who, place.station)


def decide(place: Place, memory: Memory, number: int) -> None:
    """Let one of the values hold of which edits disagree; signed where that is asked for."""
    conflicts = place.services.sync.conflicts(ACTOR)
    if conflicts:
        settle(place, sorted(conflicts, key=lambda one: one.name)[number % len(conflicts)], number)


def settle(place: Place, conflict: Conflict, number: int) -> None:
    """Decide one of what waits."""
    sync = place.services.sync
    value = sorted(conflict.values, key=lambda one: one.version)[number % len(conflict.values)]
    if not conflict.needs_signature:
        sync.decide(ACTOR, conflict, value, "Asked them")
        return
    meera = place.meera()
    signed = Undersigned(place.pen(meera), sync.decision_text(meera, conflict, value))
    sync.decide(meera, conflict, value, "Asked them", signed)


def _today(place: Place) -> date:
    return place.clock.now().astimezone().date()


Deed = Callable[[Place, Memory, int], None]
DEEDS: dict[str, Deed] = {
    deed.__name__: deed
    for deed in (
        hire,
        rename,
        edit,
        move,
        leave,
        department,
        rename_department,
        require,
        change_requirement,
        assign,
        new_day,
        learn,
        hold_class,
        sign_class,
        prove,
        correct,
        merge,
        unmerge,
        erase,
        decide,
    )
}
