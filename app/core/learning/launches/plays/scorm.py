"""SCORM 1.2 and 2004: the package's own rules say what may be opened; its pages talk to the run-time."""

import json
from fractions import Fraction
from typing import Any

from app.core.content import Standard
from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.plays.scorm_report import report_of
from app.core.learning.launches.plays.scorm_tree import tree_of
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.types import (
    Answer,
    ContentsLine,
    EntryState,
    Opening,
    Report,
    Situation,
    Standing,
    Way,
    Wish,
)
from app.core.learning.scorm import (
    ScormCourse,
    ScormLearner,
    ScormRun,
    scorm_from_json,
    scorm_to_json,
)
from app.core.learning.sequencing import (
    SCHEMA,
    ContentsEntry,
    EntryStatus,
    Navigation,
    NavigationRequest,
    Outcome,
    OutcomeKind,
    shared_from_json,
    state_to_json,
)

_STATES = {
    EntryStatus.NOT_ATTEMPTED: EntryState.NOT_BEGUN,
    EntryStatus.INCOMPLETE: EntryState.BEGUN,
    EntryStatus.COMPLETED: EntryState.DONE,
    EntryStatus.PASSED: EntryState.PASSED,
    EntryStatus.FAILED: EntryState.FAILED,
}
_GOOD = frozenset({EntryStatus.COMPLETED, EntryStatus.PASSED})
_FAILED = Answer(value="false", error="101")
_MOST = Fraction(1)
_NOTHING_SHARED = {"schema": SCHEMA}
"""Of the shared state as JSON: what is no value of any package's."""


class ScormPlay:
    """One learner in one SCORM package."""

    def __init__(self, seat: Seat) -> None:
        tree = tree_of(seat)
        self._addresses = {one.id: one.launch for one in seat.index.manifest.root.walk()}
        self._activities = {one.activity_id: one for one in tree.root.walk()}
        stored, shared = seat.state.get("course"), seat.shared.get("scorm")
        self._course = ScormCourse(
            tree,
            ScormLearner(learner_id=seat.learner_id, name=seat.learner_name),
            None if stored is None else scorm_from_json(_bytes(stored)),
            seed=seat.seed,
            shared=shared_from_json(_bytes({**_NOTHING_SHARED, **(shared or {})})),
        )
        self.api = self._course.dialect.object_name
        self._methods = {
            method.value: name for name, method in self._course.dialect.methods.items()
        }
        self._newest: tuple[str, ScormRun] | None = None

    def state(self) -> dict[str, Any]:
        """Return everything that a later play needs."""
        self._course.take_over()
        return {"course": json.loads(scorm_to_json(self._course.state))}

    def shared(self) -> dict[str, Any]:
        """Return global objectives and shared data."""
        shared = self._course.shared
        if not shared.objectives and not shared.data:
            return {}
        told = json.loads(state_to_json(shared))
        return {"scorm": {name: told[name] for name in told if name not in _NOTHING_SHARED}}

    def begin(self) -> Situation:
        """Go on where the learner was: also where the PC went out under them."""
        return self._after(self._course.open(), is_beginning=True)

    def objection(self, wish: Wish) -> str:
        """Return why a wish makes no sense where the learner is."""
        outcome = self._course.objection(_request_of(wish))
        return "" if outcome is None else outcome.sentence

    def go(self, wish: Wish) -> Situation:
        """Carry out a wish. What content wished while it was made to go does not count any more."""
        return self._after(self._request(_request_of(wish)))

    def call(self, method: str, untrusted_values: tuple[str, ...]) -> Answer:
        """Answer a call of the API, by its name in SCORM 2004."""
        name = self._methods.get(method)
        if name is None or self._course.run is None:
            return _FAILED
        answer = self._course.call(name, *untrusted_values)
        own = self._course.wish if answer.ends else None
        wish = None if own is None else Wish(Way(own.kind.value), own.target)
        return Answer(
            value=answer.value,
            error=answer.error,
            must_keep=answer.saves,
            wish=wish,
            room=answer.room,
        )

    def situation(self) -> Situation:
        """Return where it is."""
        return self._situation()

    def standing(self) -> Standing:
        """Return how the package stands: done when it is completed or passed, and nothing says otherwise."""
        return self._standing(self._course.contents())

    def _standing(self, contents: tuple[ContentsEntry, ...]) -> Standing:
        whole = self._course.standing()
        parts = [entry.status for entry in contents if entry.is_leaf]
        by_parts = (
            Fraction(sum(one in _GOOD for one in parts), len(parts)) if parts else Fraction(0)
        )
        is_completed = whole.completed is True
        is_passed = whole.satisfied is True and whole.completed is not False
        return Standing(
            share=min(max(by_parts, whole.progress or Fraction(0)), _MOST),
            is_done=whole.satisfied is not False and (is_completed or is_passed),
            is_passed=whole.satisfied,
            score=None if whole.score is None else min(max(whole.score, Fraction(0)), _MOST),
        )

    def report(self) -> Report | None:
        """Return what the activity that is open, or was last, has said."""
        run, activity = self._course.run, self._course.activity
        if run is not None and activity is not None:
            self._newest = (activity.activity_id, run)
        if self._newest is None:
            return None
        name, newest = self._newest
        if not newest.has_begun:
            return None
        tracked = self._course.state.sequencing.activities.get(name)
        return report_of(
            activity=name,
            attempt=tracked.attempts if tracked is not None else 0,
            run=newest.reported(),
            values=newest.model.values,
            session_seconds=newest.claimed_time.at_least_seconds,
        )

    def _request(self, request: NavigationRequest) -> Outcome:
        return self._course.request(request)

    def _after(self, outcome: Outcome, *, is_beginning: bool = False) -> Situation:
        opening = None
        if outcome.kind is OutcomeKind.DELIVERED:
            opening = self._opening(outcome.activity)
        elif outcome.kind is OutcomeKind.REFUSED and not is_beginning:
            opening = self._reopening()
        refusal = outcome.sentence if outcome.kind is OutcomeKind.REFUSED else ""
        return self._situation(opening, "" if is_beginning else refusal)

    def _reopening(self) -> Opening | None:
        """Show the activity again that a refused wish has left: its page is gone."""
        if self._course.activity is not None:
            return self._opening(self._course.activity.activity_id)
        left = (one for one in self._course.contents() if one.is_current and one.is_enabled)
        again = next(left, None)
        if again is None:
            return None
        outcome = self._request(NavigationRequest(Navigation.CHOICE, again.activity))
        return self._opening(outcome.activity) if outcome.activity else None

    def _opening(self, name: str) -> Opening:
        activity = self._activities[name]
        address = self._addresses.get(name, "")
        if not address:
            raise PackageNotPlayable(activity.title)
        return Opening(activity=name, title=activity.title, address=address)

    def _situation(self, opening: Opening | None = None, refusal: str = "") -> Situation:
        course = self._course
        activity, contents = course.activity, course.contents()
        hidden = (
            {Way(one) for one in activity.hidden_controls if one in _WAYS} if activity else set()
        )
        return Situation(
            opening=opening,
            current=activity.activity_id if activity is not None else "",
            contents=tuple(_line(entry) for entry in contents),
            ways=frozenset(
                Way(one.value) for one in course.valid_requests().simple if one.value in _WAYS
            ),
            hidden=frozenset(hidden),
            standing=self._standing(contents),
            is_over=not course.is_open,
            refusal=refusal,
        )


class ScormPlayMaker:
    """Plays SCORM packages."""

    standards = frozenset({Standard.SCORM12, Standard.SCORM2004})

    def make(self, seat: Seat) -> ScormPlay:
        """Return a play. Raises PackageNotPlayable, AssetMissing."""
        return ScormPlay(seat)


_WAYS = frozenset(way.value for way in Way)


def _request_of(wish: Wish) -> NavigationRequest:
    return NavigationRequest(Navigation(wish.way.value), wish.target)


def _line(entry: ContentsEntry) -> ContentsLine:
    return ContentsLine(
        activity=entry.activity,
        title=entry.title,
        depth=entry.depth,
        opens=entry.is_leaf,
        is_current=entry.is_current,
        is_enabled=entry.is_enabled,
        state=_STATES[entry.status],
    )


def _bytes(document: Any) -> bytes:
    return json.dumps(document).encode()
