"""cmi5 packages: units in blocks, each launch of one a session that tells what happens in statements."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.core.base.ids import new_id
from app.core.base.words import _, mark
from app.core.content import LaunchMethod, Standard
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
    course_of,
    is_reviewed,
    is_satisfied,
    launch_data,
    newly_satisfied,
    open_units,
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
from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.plays.cmi5_reach import SessionReach
from app.core.learning.launches.plays.cmi5_view import contents_of, standing_of
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.types import (
    Answer,
    Opening,
    Report,
    Situation,
    Standing,
    Way,
    Wish,
)
from app.core.learning.launches.wire import OpenDoor, Paper
from app.core.learning.statements import DocumentKind, DocumentPlace, to_text
from app.core.learning.statements.agents import AgentKey, key_of
from app.core.learning.statements.exact_json import Json

_LEAVING = frozenset({Way.EXIT_ALL, Way.SUSPEND_ALL, Way.ABANDON_ALL})
_NOT_OPEN = mark("This part opens when the ones before it are done.")


class Cmi5Play:
    """One learner in one cmi5 course. Where they stand is what the statements say."""

    api = ""
    remembered_by = CMI5_CATEGORY

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._course = course_of(seat.index, seat.required_score)
        self._units = {unit.activity: unit for unit in self._course.units()}
        if not self._units:
            raise PackageNotPlayable(seat.index.manifest.title)
        self._voice = Voice(
            learner=dict(seat.agent), registration=seat.registration, course=self._course
        )
        self._known = CourseStanding()
        self._progress: dict[str, Fraction] = {}
        self._terms: dict[str, SessionTerms] = {}
        self._now_open: SessionTerms | None = None
        self._last = str(seat.state.get("unit", ""))
        self._is_over = True

    # What every play does

    def state(self) -> dict[str, Any]:
        """Return which unit was open last; the rest is in the statements."""
        return {"unit": self._last}

    def shared(self) -> dict[str, Any]:
        """Return nothing."""
        return {}

    def begin(self) -> Situation:
        """Open the unit that was open last, or the first that is still to be done."""
        self._is_over = False
        return self._situation(self._open(self._first()))

    def objection(self, wish: Wish) -> str:
        """Return that a unit is not open yet."""
        if wish.way in _LEAVING or wish.way is Way.EXIT or self._target(wish) in self._openable():
            return ""
        return _(_NOT_OPEN)

    def go(self, wish: Wish) -> Situation:
        """Carry out a wish. The unit's page is gone by now: what was not ended is abandoned."""
        self._now_open = None
        if wish.way in _LEAVING or (wish.way is Way.EXIT and len(self._units) == 1):
            self._is_over = True
            return self._situation()
        if wish.way is Way.EXIT:
            return self._situation()
        refusal = self.objection(wish)
        target = self._target(wish)
        return self._situation(
            self._open(self._last if refusal or target is None else target), refusal
        )

    def call(self, method: str, untrusted_values: tuple[str, ...]) -> Answer:  # noqa: ARG002  it has no API
        """Answer nothing: units speak over the wire."""
        return Answer(value="", error="101")

    def situation(self) -> Situation:
        """Return where it is."""
        return self._situation()

    def standing(self) -> Standing:
        """Return how the course stands: done when it is satisfied."""
        return standing_of(self._course, self._known, self._progress)

    def report(self) -> Report | None:
        """Return what the unit that is open, or was last, has said."""
        unit = self._units.get(self._last)
        known = self._known.unit(self._last)
        if unit is None or not known.sessions:
            return None
        return Report(
            activity=unit.publisher_id,
            attempt=known.sessions,
            completion="completed" if known.is_completed else "unknown",
            success="passed" if known.is_passed else "failed" if known.is_failed else "unknown",
            score=known.score,
            progress=self._progress.get(self._last),
            session_seconds=known.seconds,
            data={"waived": True} if known.is_waived else {},
        )

    # What a wired play does

    @property
    def session(self) -> str:
        """Return the id of the session that is open."""
        return "" if self._now_open is None else self._now_open.id

    def reach(self, person_id: UUID) -> SessionReach:
        """Return the reach of the session that is open."""
        terms = self._required_terms()
        return SessionReach(
            person_id=person_id,
            agent=self._agent,
            registration=self._seat.registration,
            activities=frozenset(self._units),
            terms=terms,
            is_over=lambda: self._is_ended(terms.id),
        )

    def recall(self, known: Iterable[Json]) -> None:
        """Work out where the learner stands."""
        self._known = standing_after(known)

    def hear(self, fresh: Sequence[Json]) -> None:
        """Take what units say, in order. Raises Cmi5Refused."""
        for statement in fresh:
            if (
                verb_of(statement) in PLAYER_VERBS
            ):  # pages cannot say them: somebody was waived a unit
                self._known = self._known.after(statement)
                continue
            terms = self._terms.get(session_of(statement))
            if terms is None:
                raise Cmi5Refused("9.6.3.1", _("there is no such session"))
            check_order(statement, terms, self._known)
            self._known = self._known.after(statement)
            self._note_progress(statement, terms)

    def words(self, now: datetime) -> tuple[Json, ...]:
        """Return that sessions were abandoned, that holders are satisfied, that a unit is launched."""
        open_now = self.session
        left = (one for one in self._known.open_sessions if one.id != open_now)
        abandoned = [said for one in left if (said := self._voice.abandoned(one, now)) is not None]
        cause = open_now if open_now in self._known.sessions else str(new_id())
        satisfied = [
            self._voice.satisfied(holder, cause, now)
            for holder in newly_satisfied(self._course, self._known)
        ]
        return (*abandoned, *satisfied, *self._launched(now))

    def note(self, said: Iterable[Json]) -> None:
        """Learn that the player's own words are recorded."""
        for statement in said:
            self._known = self._known.after(statement)

    def papers(self) -> tuple[Paper, ...]:
        """Return the launch data of the session that is open, and preferences for who has none."""
        terms = self._required_terms()
        unit = self._units[terms.activity]
        back = page_address(self._seat.registration, RETURN_PAGE)
        data = launch_data(self._voice, unit, terms, back)
        return (
            Paper(
                place=DocumentPlace(
                    kind=DocumentKind.STATE,
                    activity=terms.activity,
                    agent=self._agent,
                    registration=self._seat.registration,
                    name=LAUNCH_DATA,
                ),
                content=to_text(data).encode(),
                replaces=True,
            ),
            Paper(
                place=DocumentPlace(
                    kind=DocumentKind.AGENT_PROFILE, agent=self._agent, name=LEARNER_PREFERENCES
                ),
                content=preferences(self._seat.language),
                replaces=False,
            ),
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

    # Inside

    @property
    def _agent(self) -> AgentKey:
        key = key_of(dict(self._seat.agent))
        if key is None:
            raise ValueError("a learner has one identifier")
        return key

    def _required_terms(self) -> SessionTerms:
        if self._now_open is None:
            raise ValueError("no unit is open")
        return self._now_open

    def _is_ended(self, session: str) -> bool:
        known = self._known.sessions.get(session)
        return known is None or known.is_over

    def _note_progress(self, statement: Json, terms: SessionTerms) -> None:
        told = statement.get("result", {}).get("extensions", {}).get(PROGRESS)
        if statement["object"].get("id") == terms.activity and isinstance(told, int):
            self._progress[terms.activity] = Fraction(min(max(told, 0), 100), 100)

    def _launched(self, now: datetime) -> tuple[Json, ...]:
        terms = self._now_open
        if terms is None or terms.id in self._known.sessions:
            return ()
        unit = self._units[terms.activity]
        place = "" if unit.terms is None else unit.terms.address
        address = place if "://" in place else page_address(self._seat.registration, place)
        return (self._voice.launched(unit, terms, address, now),)

    def _openable(self) -> frozenset[str]:
        return open_units(self._course, self._known, in_order=self._seat.in_order)

    def _first(self) -> str:
        openable = self._openable()
        last = self._units.get(self._last)
        if last is not None and self._last in openable and not is_satisfied(last, self._known):
            return self._last
        left = (name for name in self._units if not is_satisfied(self._units[name], self._known))
        wanted = next(left, self._last or next(iter(self._units)))
        return wanted if wanted in openable else next(iter(self._units))

    def _target(self, wish: Wish) -> str | None:
        if wish.way in {Way.CHOICE, Way.JUMP}:
            return wish.target if wish.target in self._units else None
        names = list(self._units)
        step = {Way.CONTINUE: 1, Way.PREVIOUS: -1}.get(wish.way, 0)
        place = names.index(self._last) + step if self._last in names else 0
        return names[place] if 0 <= place < len(names) else None

    def _open(self, name: str) -> Opening:
        unit = self._units[name]
        if unit.terms is None:
            raise PackageNotPlayable(unit.title)
        terms = SessionTerms(
            id=str(new_id()),
            activity=name,
            publisher_id=unit.publisher_id,
            registration=self._seat.registration,
            mode=self._mode(unit),
            mastery_score=unit.terms.mastery_score,
        )
        self._now_open = self._terms[terms.id] = terms
        self._last = name
        return Opening(
            activity=name,
            title=unit.title,
            address=unit.terms.address,
            in_own_window=self._seat.grants_window(
                asks=unit.terms.launch_method is LaunchMethod.OWN_WINDOW
            ),
        )

    def _mode(self, unit: Node) -> LaunchMode:
        if self._seat.is_preview:
            return LaunchMode.BROWSE
        return LaunchMode.REVIEW if is_reviewed(unit, self._known) else LaunchMode.NORMAL

    def _situation(self, opening: Opening | None = None, refusal: str = "") -> Situation:
        current = "" if self._now_open is None else self._now_open.activity
        openable = self._openable()
        around = {
            way
            for way in (Way.PREVIOUS, Way.CONTINUE)
            if (target := self._target(Wish(way))) is not None and target in openable
        }
        return Situation(
            opening=opening,
            current=current,
            contents=contents_of(self._course, self._known, current, openable, self._seat.language),
            ways=frozenset({Way.EXIT_ALL, Way.SUSPEND_ALL, *around}),
            hidden=frozenset(),
            standing=self.standing(),
            is_over=self._is_over,
            refusal=refusal,
        )


class Cmi5PlayMaker:
    """Plays cmi5 packages."""

    standards = frozenset({Standard.CMI5})

    def make(self, seat: Seat) -> Cmi5Play:
        """Return a play. Raises PackageNotPlayable."""
        return Cmi5Play(seat)
