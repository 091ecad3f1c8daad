"""A SCORM course as one learner runs it: the sequencer and the API of whatever it has delivered.

A player shows the delivered activity, hands the page's calls to `call`, and carries out `request`
when the learner presses a button or when `Answer.ends` came with a wish of the content. Keep `state`
and `shared` wherever an answer says that it saves, and after each request; in review and browse mode
keep neither. Between saves `take_over` brings `state` up to what content has said.
"""

from contextlib import suppress
from dataclasses import dataclass, field

import msgspec

from app.core.content import ActivityTree, SequencedActivity
from app.core.learning.scorm.dialects import SCORM_12, SCORM_2004, Dialect
from app.core.learning.scorm.launch import Launch, LessonMode
from app.core.learning.scorm.prerequisites import PrerequisiteUnreadable, Test, prerequisite
from app.core.learning.scorm.run import Answer, ScormRun
from app.core.learning.sequencing import (
    ContentsEntry,
    Navigation,
    NavigationRequest,
    Outcome,
    OutcomeKind,
    RunData,
    Sequencer,
    SequencingState,
    SharedState,
    Standing,
    ValidRequests,
)

SCHEMA = 1
_SILENT = RunData(reports=frozenset({"satisfied", "completed"}))
_GIVEN_UP = frozenset({Navigation.ABANDON, Navigation.ABANDON_ALL})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScormLearner:
    """Who runs the course, as content is told."""

    learner_id: str
    name: str
    """Last name, first name."""


@dataclass(slots=True)
class ScormState:
    """Where a learner is in a course, and what each activity left for its next launch."""

    sequencing: SequencingState
    kept: dict[str, dict[str, str]] = field(default_factory=dict)


def scorm_to_json(state: ScormState) -> bytes:
    """Return a state as JSON with its schema number."""
    return msgspec.json.encode({"schema": SCHEMA, **msgspec.to_builtins(state)})


def scorm_from_json(stored: bytes) -> ScormState:
    """Return the state that `scorm_to_json` wrote. Raises ValueError."""
    fields = msgspec.json.decode(stored, type=dict[str, object])
    if fields.pop("schema", None) != SCHEMA:
        raise ValueError("not a course state of this schema")
    return msgspec.convert(fields, ScormState)


class ScormCourse:
    """One learner in one course."""

    def __init__(
        self,
        tree: ActivityTree,
        learner: ScormLearner,
        state: ScormState | None = None,
        *,
        seed: int = 0,
        shared: SharedState | None = None,
        mode: LessonMode = LessonMode.NORMAL,
    ) -> None:
        """Go on from `state`, or begin with `seed` where there is none."""
        self.dialect: Dialect = SCORM_2004 if tree.edition.is_2004 else SCORM_12
        self._learner = learner
        self._mode = mode
        self._prerequisites = _prerequisites(tree)
        self._activities: dict[str, SequencedActivity] = {
            one.activity_id: one for one in tree.root.walk()
        }
        self._kept = {} if state is None else {name: dict(one) for name, one in state.kept.items()}
        self._sequencer = (
            Sequencer.begun(tree, seed=seed, shared=shared)
            if state is None
            else Sequencer(tree, state.sequencing, shared)
        )
        self.run: ScormRun | None = None
        """The API of the activity that is open."""

    @property
    def state(self) -> ScormState:
        """Return everything that must be stored to go on later."""
        kept = {name: dict(one) for name, one in self._kept.items()}
        return ScormState(self._sequencer.state, kept)

    @property
    def shared(self) -> SharedState:
        """Return what the learner's courses share."""
        return self._sequencer.shared

    @property
    def activity(self) -> SequencedActivity | None:
        """Return the activity that is open."""
        current = self._sequencer.current
        return self._activities[current] if current and self._sequencer.is_delivered else None

    @property
    def is_open(self) -> bool:
        """Tell whether the course was begun and not left."""
        return self._sequencer.current is not None

    def open(self) -> Outcome:
        """Go on where the course was put aside, or start it.

        A program that stopped in the middle of a lesson goes on in it. Where the author lets nothing
        start by itself and one lesson alone can be chosen, that is it.
        """
        if self.run is None and self._sequencer.is_delivered:
            self._sequencer.request(NavigationRequest(Navigation.SUSPEND_ALL))
        elif self.run is None and self.is_open:
            return Outcome(kind=OutcomeKind.IDLE)
        can_resume = Navigation.RESUME_ALL in self._sequencer.valid_requests().simple
        wish = Navigation.RESUME_ALL if can_resume else Navigation.START
        outcome = self.request(NavigationRequest(wish))
        if outcome.kind is OutcomeKind.REFUSED:
            return self._open_only_one() or outcome
        return outcome

    def _open_only_one(self) -> Outcome | None:
        """Open the one lesson that can be chosen; None where there are several, or none."""
        choices = [one for one in self.contents() if one.is_leaf and one.is_enabled]
        if len(choices) != 1:
            return None
        return self.request(NavigationRequest(Navigation.CHOICE, choices[0].activity))

    def request(self, wish: NavigationRequest) -> Outcome:
        """Carry out a wish; what content has reported up to now is taken over first.

        The page is to be gone by then, so that its last words have arrived. A wish that makes no sense
        where the learner is leaves everything as it was, the page's conversation too.
        """
        objection = self.objection(wish)
        if objection is not None:
            return objection
        if self.run is not None:
            self.run.leave()
        if wish.kind not in _GIVEN_UP:
            self._take_silence()
            self.take_over()
        self._lock()
        outcome = self._sequencer.request(wish)
        if not self._sequencer.is_delivered:
            self.run = None
        if outcome.kind is OutcomeKind.DELIVERED:
            self.run = self._launched(outcome.activity)
        return outcome

    def objection(self, wish: NavigationRequest) -> Outcome | None:
        """Return the outcome of a wish that makes no sense where the learner is, else None.

        Asked before a page is taken away, so that one is not lost for nothing.
        """
        code = self._sequencer.objection(wish)
        return Outcome(kind=OutcomeKind.REFUSED, code=code) if code else None

    def take_over(self) -> None:
        """Hand what content has reported to the sequencer and keep it for the next launch."""
        if self.run is None or self.activity is None or not self.run.has_begun:
            return
        run = self.run.reported()
        if run.navigation is not None and run.navigation.kind in _GIVEN_UP:
            return
        name = self.activity.activity_id
        self._sequencer.take_run(name, run)
        self._kept[name] = self.run.kept()

    def _take_silence(self) -> None:
        """A SCO that never spoke has proved nothing: unlike an asset it does not count as done.

        Known only when it is left: before that it may still speak, and looking changes nothing.
        """
        run, activity = self.run, self.activity
        if run is None or activity is None or run.has_begun:
            return
        if activity.launch.is_sco and not run.dialect.remembers:
            self._sequencer.take_run(activity.activity_id, _SILENT)

    def call(self, name: str, *untrusted: object) -> Answer:
        """Answer an API call of the page. Raises KeyError without one open, or for an unknown name."""
        if self.run is None:
            raise KeyError(name)
        answer = self.run.call(name, *untrusted)
        if answer.saves:
            self.take_over()
        return answer

    @property
    def wish(self) -> NavigationRequest | None:
        """Return what content wants to happen now that it has finished."""
        if self.run is None or not self.run.is_finished:
            return None
        return self.run.reported().navigation

    def valid_requests(self) -> ValidRequests:
        """Return what may be asked for now, with what content has reported up to now."""
        self.take_over()
        self._lock()
        return self._sequencer.valid_requests()

    def buttons(self) -> frozenset[Navigation]:
        """Return the buttons to offer: what may be asked for and the author did not hide."""
        hidden = self.activity.hidden_controls if self.activity else frozenset()
        return frozenset(one for one in self.valid_requests().simple if one.value not in hidden)

    def standing(self) -> Standing:
        """Return how the course stands, with what content has reported up to now."""
        self.take_over()
        return self._sequencer.standing()

    def contents(self) -> tuple[ContentsEntry, ...]:
        """Return the table of contents, with what content has reported up to now."""
        self.take_over()
        self._lock()
        return self._sequencer.contents()

    def _lock(self) -> None:
        if self._prerequisites:
            known = {name: one.value for name, one in self._sequencer.statuses().items()}
            self._sequencer.lock(
                name for name, is_met in self._prerequisites.items() if not is_met(known)
            )

    def _launched(self, name: str) -> ScormRun:
        activity = self._activities[name]
        launch = Launch(
            learner_id=self._learner.learner_id,
            learner_name=self._learner.name,
            facts=self._sequencer.facts(name),
            settings=activity.launch,
            attempt_duration=activity.sequencing.limits.attempt_duration,
            mode=self._mode,
            kept=self._kept.get(name, {}),
        )
        run = ScormRun(self.dialect, launch, lambda wish: self.valid_requests().allows(wish))
        if self.dialect.remembers and activity.launch.is_sco:
            self._sequencer.take_run(name, run.reported())
        return run


def _prerequisites(tree: ActivityTree) -> dict[str, Test]:
    """Return what must be met before an activity; a script nobody can read locks nobody out."""
    tests: dict[str, Test] = {}
    for activity in tree.root.walk():
        if activity.launch.prerequisites:
            with suppress(PrerequisiteUnreadable):
                tests[activity.activity_id] = prerequisite(activity.launch.prerequisites)
    return tests
