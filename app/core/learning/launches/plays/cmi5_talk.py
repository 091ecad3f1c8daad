"""What is said in a cmi5 course: by its units, session by session, and by the player to it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from app.core.base.ids import new_id
from app.core.learning.cmi5 import (
    CMI5_CATEGORY,
    LAUNCH_DATA,
    LEARNER_PREFERENCES,
    PLAYER_VERBS,
    PROGRESS,
    Cmi5Refused,
    CourseStanding,
    LaunchMode,
    Node,
    SessionTerms,
    Voice,
    check_order,
    is_reviewed,
    launch_data,
    newly_satisfied,
    preferences,
    session_of,
    standing_after,
    verb_of,
)
from app.core.learning.launches.addresses import (
    RETURN_PAGE,
    page_address,
    seen_by_pages,
    with_parameters,
)
from app.core.learning.launches.plays.cmi5_reach import SessionReach
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.types import Opening
from app.core.learning.launches.wire import OpenDoor, Paper
from app.core.learning.statements import DocumentKind, DocumentPlace, to_text
from app.core.learning.statements.exact_json import Json

_PERCENT = 100


class Cmi5Talk:
    """Where the learner stands is what the statements say; this is told them, and says the player's."""

    remembered_by = CMI5_CATEGORY

    def __init__(self, seat: Seat, course: Node) -> None:
        self._seat = seat
        self._course = course
        self._units = {unit.activity: unit for unit in course.units()}
        self._voice = Voice(learner=dict(seat.agent), registration=seat.registration, course=course)
        self._terms: dict[str, SessionTerms] = {}
        self._now_open: SessionTerms | None = None
        self.known = CourseStanding()
        """How the learner stands, as far as statements have been told."""
        self.progress: dict[str, Fraction] = {}
        """By unit: how much of it is done, as it says itself."""

    @property
    def session(self) -> str:
        """Return the id of the session that is open."""
        return "" if self._now_open is None else self._now_open.id

    @property
    def current(self) -> str:
        """Return the unit that is open."""
        return "" if self._now_open is None else self._now_open.activity

    def open(self, unit: Node) -> None:
        """Begin a session of a unit; one that was open is over."""
        terms = SessionTerms(
            id=str(new_id()),
            activity=unit.activity,
            publisher_id=unit.publisher_id,
            registration=self._seat.registration,
            mode=self._mode(unit),
            mastery_score=None if unit.terms is None else unit.terms.mastery_score,
        )
        self._now_open = self._terms[terms.id] = terms

    def leave(self) -> None:
        """End the session: if its unit has not said so itself, it was abandoned."""
        self._now_open = None

    def reach(self, person_id: UUID) -> SessionReach:
        """Return the reach of the session that is open."""
        terms = self._required_terms()
        return SessionReach(
            person_id=person_id,
            agent=self._seat.agent_key,
            registration=self._seat.registration,
            activities=frozenset(self._units),
            terms=terms,
            is_over=lambda: self._is_ended(terms.id),
        )

    def recall(self, known: Iterable[Json]) -> None:
        """Work out where the learner stands."""
        self.known = standing_after(known)

    def hear(self, fresh: Sequence[Json]) -> None:
        """Take what units say, in order. Raises Cmi5Refused."""
        for statement in fresh:
            if verb_of(statement) not in PLAYER_VERBS:  # those no unit can say: one was waived
                terms = self._terms.get(session_of(statement))
                if terms is None:
                    raise Cmi5Refused("9.6.3.1", "there is no such session")
                check_order(statement, terms, self.known)
                self._note_progress(statement, terms)
            self.known = self.known.after(statement)

    def words(self, now: datetime) -> tuple[Json, ...]:
        """Return that sessions were abandoned, that holders are satisfied, that a unit is launched."""
        left = (one for one in self.known.open_sessions if one.id != self.session)
        abandoned = [said for one in left if (said := self._voice.abandoned(one, now)) is not None]
        cause = self.session if self.session in self.known.sessions else str(new_id())
        satisfied = [
            self._voice.satisfied(holder, cause, now)
            for holder in newly_satisfied(self._course, self.known)
        ]
        return (*abandoned, *satisfied, *self._launched(now))

    def note(self, said: Iterable[Json]) -> None:
        """Learn that the player's own words are recorded."""
        for statement in said:
            self.known = self.known.after(statement)

    def papers(self) -> tuple[Paper, ...]:
        """Return the launch data of the session that is open, and preferences for who has none."""
        terms = self._required_terms()
        back = page_address(self._seat.registration, RETURN_PAGE)
        data = launch_data(self._voice, self._units[terms.activity], terms, back)
        state = DocumentPlace(
            kind=DocumentKind.STATE,
            activity=terms.activity,
            agent=self._seat.agent_key,
            registration=self._seat.registration,
            name=LAUNCH_DATA,
        )
        profile = DocumentPlace(
            kind=DocumentKind.AGENT_PROFILE, agent=self._seat.agent_key, name=LEARNER_PREFERENCES
        )
        liked = preferences(self._seat.language)
        return (
            Paper(place=state, content=to_text(data).encode(), replaces=True),
            Paper(place=profile, content=liked, replaces=False),
        )

    def addressed(self, opening: Opening, door: OpenDoor) -> Opening:
        """Return an opening with the five parameters of a launch (8.1)."""
        parameters = {
            "endpoint": seen_by_pages(door.endpoint),
            "fetch": seen_by_pages(door.fetch),
            "actor": to_text(self._seat.agent),
            "registration": str(self._seat.registration),
            "activityId": opening.activity,
        }
        return replace(opening, address=with_parameters(opening.address, parameters))

    def _required_terms(self) -> SessionTerms:
        if self._now_open is None:
            raise ValueError("no unit is open")
        return self._now_open

    def _mode(self, unit: Node) -> LaunchMode:
        if self._seat.is_preview:
            return LaunchMode.BROWSE
        return LaunchMode.REVIEW if is_reviewed(unit, self.known) else LaunchMode.NORMAL

    def _is_ended(self, session: str) -> bool:
        known = self.known.sessions.get(session)
        return known is None or known.is_over

    def _note_progress(self, statement: Json, terms: SessionTerms) -> None:
        told = statement.get("result", {}).get("extensions", {}).get(PROGRESS)
        is_own = statement["object"].get("id") == terms.activity
        if is_own and isinstance(told, int):
            self.progress[terms.activity] = Fraction(min(max(told, 0), _PERCENT), _PERCENT)

    def _launched(self, now: datetime) -> tuple[Json, ...]:
        terms = self._now_open
        if terms is None or terms.id in self.known.sessions:
            return ()
        unit = self._units[terms.activity]
        place = "" if unit.terms is None else unit.terms.address
        address = place if "://" in place else page_address(self._seat.registration, place)
        return (self._voice.launched(unit, terms, address, now),)
