"""The sequencer: one learner's way through one tree of activities. No clock, no database."""

from collections.abc import Iterable
from fractions import Fraction

from app.core.content import ActivityTree
from app.core.learning.sequencing import objectives
from app.core.learning.sequencing.menu import contents, status_of, valid_requests
from app.core.learning.sequencing.navigation import planned
from app.core.learning.sequencing.objectives import View
from app.core.learning.sequencing.overall import carry_out
from app.core.learning.sequencing.rollup import roll_up
from app.core.learning.sequencing.selection import prepare
from app.core.learning.sequencing.state import SequencingState, SharedState
from app.core.learning.sequencing.tree import Node, Session, Tree
from app.core.learning.sequencing.types import (
    ContentsEntry,
    EntryStatus,
    LaunchFacts,
    NavigationRequest,
    ObjectiveRun,
    Outcome,
    RunData,
    Standing,
    StoreFacts,
    ValidRequests,
)

_FIELDS = ("satisfied", "measure", "raw", "minimum", "maximum", "completed", "progress")


class Sequencer:
    """Carries out requests by the author's rules. Keep `state` and `shared` after each call."""

    def __init__(
        self,
        tree: ActivityTree,
        state: SequencingState,
        shared: SharedState | None = None,
    ) -> None:
        """Go on from `state`; the states handed in are not changed."""
        shared = SharedState() if shared is None else shared.copied()
        self._session = Session(Tree(tree), state.copied(), shared)

    @classmethod
    def begun(
        cls, tree: ActivityTree, *, seed: int, shared: SharedState | None = None
    ) -> "Sequencer":
        """Return a sequencer for a learner new to the course; the seed makes its draws repeatable."""
        sequencer = cls(tree, SequencingState(seed=seed), shared)
        prepare(sequencer._session)
        return sequencer

    @property
    def state(self) -> SequencingState:
        """Return where the learner is."""
        return self._session.state.copied()

    @property
    def shared(self) -> SharedState:
        """Return what the learner's courses share, as this one left it."""
        return self._session.shared.copied()

    @property
    def current(self) -> str | None:
        """Return the current activity, None while the course is not open."""
        return self._session.state.current

    @property
    def is_delivered(self) -> bool:
        """Tell whether the current activity is open; one that was left can be current for a while."""
        current = self._session.current
        return current is not None and current.is_leaf and self._session.of(current).is_active

    def lock(self, activities: Iterable[str]) -> None:
        """Keep these activities shut, whatever the rules say, until the next call of this."""
        self._session.locked = frozenset(activities)

    def statuses(self) -> dict[str, EntryStatus]:
        """Return how each activity stands."""
        return {
            name: status_of(self._session, node) for name, node in self._session.tree.nodes.items()
        }

    def standing(self) -> Standing:
        """Return how the course stands, with what the open activity has reported up to now."""
        session = self._session.copied()
        if session.current is not None:
            roll_up(session, session.current)
        root = session.root
        return Standing(
            completed=objectives.completed(session, root),
            satisfied=objectives.satisfied(session, root),
            progress=objectives.progress(session, root),
            score=_score(session),
        )

    def objection(self, request: NavigationRequest) -> str:
        """Return the code that refuses a request before anything is ended; empty without one (NB.2.1)."""
        return planned(self._session, request).code

    def request(self, request: NavigationRequest) -> Outcome:
        """Carry out a request (OP.1)."""
        return carry_out(self._session, request)

    def valid_requests(self) -> ValidRequests:
        """Return what may be asked for now."""
        return valid_requests(self._session)

    def contents(self) -> tuple[ContentsEntry, ...]:
        """Return the table of contents as the author's rules let it be seen."""
        return contents(self._session, self.valid_requests())

    def facts(self, activity: str) -> LaunchFacts:
        """Return what an activity is launched with. Raises KeyError for one not in the tree."""
        node = self._session.tree.nodes[activity]
        primary = node.rules.primary
        return LaunchFacts(
            activity=activity,
            is_resumed=self._session.of(node).is_resumed,
            scaled_passing_score=(
                primary.minimum_measure if primary.is_satisfied_by_measure else None
            ),
            completion_threshold=node.activity.launch.completion_threshold,
            objectives=tuple(
                self._objective(node, one.objective_id)
                for one in node.rules.all_objectives
                if one.objective_id
            ),
            stores=tuple(
                StoreFacts(
                    target=one.target,
                    value=self._session.data.get(one.target),
                    may_read=one.may_read,
                    may_write=one.may_write,
                )
                for one in node.activity.launch.stores
            ),
        )

    def _objective(self, node: Node, name: str) -> ObjectiveRun:
        session = self._session

        def text(field: str) -> str | None:
            return objectives.text_value(session, node, name, field, view=View.CONTENT)

        return ObjectiveRun(
            objective_id=name,
            satisfied=objectives.satisfied(session, node, name, view=View.CONTENT),
            completed=objectives.completed(session, node, name, view=View.CONTENT),
            measure=text("measure"),
            raw=text("raw"),
            minimum=text("minimum"),
            maximum=text("maximum"),
            progress=text("progress"),
        )

    def take_run(self, activity: str, run: RunData) -> None:
        """Take over what the delivered activity reported. Raises ValueError when it is not open.

        May be called as often as it reports; rollup follows when the attempt ends.
        """
        if activity != self.current or not self.is_delivered:
            raise ValueError(f"{activity} is not open")
        node = self._session.tree.nodes[activity]
        self._session.of(node).is_suspended = run.is_suspended
        for one in run.objectives:
            self._take_objective(node, one.objective_id, one)
        self._take_objective(node, "", run)
        allowed = {one.target for one in node.activity.launch.stores if one.may_write}
        self._session.data.update((name, text) for name, text in run.stores if name in allowed)

    def _take_objective(self, node: Node, name: str, run: ObjectiveRun | RunData) -> None:
        objective = objectives.objective_of(node, name)
        if objective is None:
            return
        values = {field: getattr(run, field) for field in _FIELDS if field in run.reports}
        objectives.write(self._session, node, name, **values)
        if objective is node.rules.primary:
            tracking = self._session.of(node)
            tracking.says_success |= "satisfied" in values
            tracking.says_completion |= "completed" in values


def _score(session: Session) -> Fraction | None:
    """Return the course's measure; where a single lesson gave points alone, their share."""
    measure = objectives.measure(session, session.root)
    leaves = [node for node in session.root.walk() if node.is_leaf and not node.is_heading]
    if measure is not None or len(leaves) != 1:
        return measure
    raw, low, high = (
        objectives.text_value(session, leaves[0], "", field)
        for field in ("raw", "minimum", "maximum")
    )
    if raw is None or high is None:
        return None
    return _share(Fraction(raw), Fraction(low or 0), Fraction(high))


def _share(points: Fraction, least: Fraction, most: Fraction) -> Fraction | None:
    """Return how far points lie between two bounds; None outside them, and where they are no bounds."""
    return (points - least) / (most - least) if least <= points <= most > least else None
