"""What sessions tell, and what is said to plan one."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from app.core.assessments import TriedQuiz
from app.core.courses import LessonPlan
from app.core.people.shifts import AtTime, known_hours
from app.core.training.sessions.kinds import (
    GroupQuiz,
    Method,
    Place,
    QuizTurn,
    SessionEvent,
    SessionKind,
    SessionState,
)
from app.core.training.sessions.presence import Interval
from app.core.training.sessions.two_rooms import OtherRoom, RoomDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """What is planned. `trainers` are numbers or logins of people here, or names from outside."""

    title: str
    starts_at: datetime
    ends_at: datetime
    kind: SessionKind = SessionKind.CLASS
    venue: str = ""
    requirements: tuple[str, ...] = ()
    """Codes of what it proves."""
    trainers: tuple[str, ...] = ()
    course: str | None = None
    """The code of what is shown."""
    seats: int | None = None
    threshold: int = 80
    """Per cent of the time that somebody must be there."""
    quiz: GroupQuiz = GroupQuiz.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """One session as the list shows it."""

    id: UUID
    kind: SessionKind
    title: str
    venue: str
    starts_at: datetime
    ends_at: datetime
    state: SessionState
    seats: int | None
    seated: int
    waiting: int
    came: int
    """Who is or was on the roll."""

    @property
    def beyond_seats(self) -> int:
        """Return how many more came than there are seats; they were let in knowingly."""
        return 0 if self.seats is None else max(0, self.came - self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainer:
    """Who leads a session."""

    name: str
    person_id: UUID | None = None
    account_id: UUID | None = None
    typed: str = ""
    """How they are meant when a plan is typed: by number, by login, or as they are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proves:
    """A requirement that a session proves."""

    id: UUID
    code: str
    title: str
    needs_second: bool
    """Whether attendance that was entered by hand waits for somebody else."""
    lacks_trainer: bool = False
    """Whether it asks for a trainer of the register, and nobody who leads the session was one on its day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollLine:
    """One line of the roll, as it was noted; `stands` tells whether a correction took its place."""

    id: UUID
    words: str
    at: datetime
    method: Method
    by_name: str
    reason: str
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRoll:
    """Somebody who is on the list or came."""

    person_id: UUID
    number: str
    name: str
    place: Place
    is_there: bool
    """Came, and has not gone."""
    intervals: tuple[Interval, ...]
    seconds: int
    is_enough: bool
    """Whether they were there long enough, as far as is known now."""
    methods: tuple[Method, ...]
    confirmed: bool
    """By their own PIN."""
    left_on: date | None
    lines: tuple[RollLine, ...] = ()
    reads_along: bool = False
    """Whether they need somebody to read along; told to who holds the class alone."""
    is_withdrawn: bool = False
    """Whether a correction took away what the session gave them."""
    is_refused: bool = False
    """Whether a second person said that their attendance does not count."""
    hours: AtTime | None = None
    """How their shift lies to the time that is planned; None once the session is over."""
    elsewhere: tuple[OtherRoom, ...] = ()
    """On which other rolls they were at the same time."""
    decision: RoomDecision | None = None
    """What who leads it said of that; None: nothing yet."""
    is_counted: bool = False
    """Whether this session is signed for them and counts; told of who was elsewhere alone."""

    @property
    def is_undecided(self) -> bool:
        """Tell whether it counts in another room, and nobody has said whether it counts here too."""
        return self._counts_there and self.is_enough and not self.is_counted

    @property
    def counts_twice(self) -> bool:
        """Tell whether it counts here and in another room, and nobody said so: two PCs signed apart."""
        return self._counts_there and self.is_counted

    @property
    def _counts_there(self) -> bool:
        return self.decision is None and any(one.counts for one in self.elsewhere)

    @property
    def came(self) -> bool:
        """Tell whether they were there at all."""
        return bool(self.methods)


class Outcome(StrEnum):
    """What became of somebody when the session was signed."""

    CREDITED = "credited"
    WAITS = "waits"
    """Entered by hand: counts once somebody else has confirmed it."""
    QUIZ = "quiz"
    """Was there; counts once they pass the quiz of the class."""
    TOO_SHORT = "too_short"
    REFUSED = "refused"
    """Entered by hand, and somebody else said that it does not count."""
    WITHDRAWN = "withdrawn"
    """Counted, until a correction took it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedAttendee:
    """Somebody in a signed session."""

    person_id: UUID
    seconds: int
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedSession:
    """What signing did."""

    signing_id: UUID
    credited: tuple[UUID, ...]
    waiting: tuple[UUID, ...]
    to_pass: tuple[UUID, ...]
    """For whom it counts once they pass the quiz."""
    too_short: tuple[UUID, ...]
    undecided: tuple[UUID, ...]
    """Who was in another room at the same time: not signed for, until it is said whether it counts."""
    absent: tuple[UUID, ...]
    """Who was on the list, seated, and did not come."""
    not_counted: tuple[str, ...]
    """Codes of what it proves for nobody, for want of a trainer of the register."""
    completed: tuple[UUID, ...]
    """Who completed the course that was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEvent:
    """Something that happened to a session as a whole."""

    event: SessionEvent
    at: datetime
    by_name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRevised:
    """The course of a session has a newer version than what was shown, or asked, of it."""

    held_by: tuple[int, ...]
    """Numbers of the versions that were shown or asked: the attendance stays on them."""
    now: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A lesson that was shown to all who were there."""

    lesson_id: UUID
    version: int
    """Of the course."""
    title: str
    from_at: datetime
    to_at: datetime
    by_name: str
    """Who noted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlan:
    """A lesson of the course that a session shows."""

    lesson_id: UUID
    title: str
    plan: LessonPlan
    can_be_shown: bool
    """Whether it is watched or read; the rest is each one's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many knew the answer to a question, by show of hands."""

    question: str
    knew: int
    missed: int

    @property
    def share(self) -> Fraction:
        """Return how many knew it, 0 to 1."""
        asked = self.knew + self.missed
        return Fraction(self.knew, asked) if asked else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPage:
    """A scanned sheet that is kept."""

    page: int | None
    sha256: str
    name: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InQuizQueue:
    """Somebody who was at a class, and how its quiz stands with them."""

    person_id: UUID
    number: str
    name: str
    turn: QuizTurn
    tries: tuple[TriedQuiz, ...]
    """Their attempts since the class began, the first one first."""

    @property
    def score_hundredths(self) -> int | None:
        """Return the best score in hundredths of a percent; None before the first was handed in."""
        scores = (one.score_hundredths for one in self.tries)
        return max((one for one in scores if one is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyClassQuiz:
    """A quiz after a class that waits for a learner."""

    session_id: UUID
    title: str
    """Of the class."""
    held_at: datetime
    turn: QuizTurn
    must_pass: bool
    """Whether the class counts only once it is passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizAtHand:
    """A quiz that somebody takes next: a lesson of a course that is begun."""

    course_id: UUID
    lesson_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDetail:
    """A session with everybody who is on it."""

    summary: SessionSummary
    threshold: int
    quiz: GroupQuiz
    course_id: UUID | None
    course: str
    requirements: tuple[Proves, ...]
    trainers: tuple[Trainer, ...]
    roll: tuple[OnRoll, ...]
    began_at: datetime
    ended_at: datetime | None
    """When it really was; the end only where it is over."""
    events: tuple[PastEvent, ...]
    signed: tuple[SignedAttendee, ...]
    signed_on: tuple[date, ...] = ()
    """The days on which it was signed: certificates of a course that was shown are of these."""
    signings: tuple[UUID, ...] = ()
    """The signed facts: what proves what was credited."""
    shown: tuple[Shown, ...] = ()
    tallies: tuple[Tally, ...] = ()
    quiz_queue: tuple[InQuizQueue, ...] = ()
    """How the quiz of each stands; empty before the session is over, or without one."""
    papers: tuple[ScannedPage, ...] = field(default=())
    revised: CourseRevised | None = None
    """None: what was shown or asked is of the version in force."""

    @property
    def man_hours(self) -> Fraction:
        """Return attendees times hours, from the seconds that each was there."""
        return Fraction(sum(one.seconds for one in self.roll), 3600)

    @property
    def hours(self) -> tuple[AtTime, ...]:
        """Return how the shifts of those on the list lie to the time that is planned.

        Empty once it is over, and where no hours of anybody are known.
        """
        off = {Place.WALK_IN, Place.LEFT}
        listed = (one.hours for one in self.roll if one.place not in off)
        return known_hours(one for one in listed if one is not None)

    @property
    def absent(self) -> tuple[OnRoll, ...]:
        """Return who has a seat and did not come."""
        return tuple(one for one in self.roll if one.place is Place.SEATED and not one.came)


class TapResult(StrEnum):
    """What became of a tap."""

    CAME = "came"
    WALK_IN = "walk_in"
    ALREADY = "already"
    WENT = "went"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped:
    """Who tapped, and what it did."""

    person_id: UUID
    number: str
    name: str
    result: TapResult
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingAttendance:
    """Attendance that was entered by hand and waits for somebody else."""

    signing_id: UUID
    session_id: UUID
    title: str
    held_at: datetime
    person_id: UUID
    number: str
    name: str
    requirement_id: UUID
    requirement: str
    by_name: str
