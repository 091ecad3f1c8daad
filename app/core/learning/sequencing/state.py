"""Where one learner is in one tree of activities: plain values that go to JSON and come back exactly.

Measures and scores are kept as text ("0.80", or "2/3" where a rollup made it), never as floats.
"""

from dataclasses import dataclass, field, replace

import msgspec

SCHEMA = 1


@dataclass(slots=True)
class ObjectiveState:
    """What is known of a local or a global objective; None is unknown."""

    satisfied: bool | None = None
    measure: str | None = None
    raw: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    completed: bool | None = None
    progress: str | None = None


@dataclass(slots=True)
class ActivityState:
    """The tracking of one activity (SN 4.2). Its completion is that of the objective that rolls up."""

    objectives: dict[str, ObjectiveState] = field(default_factory=dict)
    attempts: int = 0
    is_active: bool = False
    is_suspended: bool = False
    is_resumed: bool = False
    """Whether its newest delivery went on with an attempt that was suspended."""
    has_old_objectives: bool = False
    """Its objectives are of an earlier attempt on the cluster around it, which asks for current ones."""
    has_old_progress: bool = False
    says_success: bool = False
    """Whether content spoke of success in this attempt, if only to call it unknown."""
    says_completion: bool = False
    available: list[str] | None = None
    """Its children that were selected, in the order drawn; None for all as written."""

    def copied(self) -> "ActivityState":
        """Return an independent copy."""
        objectives = {name: replace(one) for name, one in self.objectives.items()}
        available = None if self.available is None else list(self.available)
        return replace(self, objectives=objectives, available=available)


@dataclass(slots=True)
class SharedState:
    """What a learner's courses share: global objectives and data stores, by their identifiers."""

    objectives: dict[str, ObjectiveState] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)

    def copied(self) -> "SharedState":
        """Return an independent copy."""
        objectives = {name: replace(one) for name, one in self.objectives.items()}
        return SharedState(objectives, dict(self.data))


@dataclass(slots=True)
class SequencingState:
    """One learner in one course."""

    seed: int = 0
    draws: int = 0
    """How many random draws were made so far; with the seed it makes them repeatable."""
    current: str | None = None
    suspended: str | None = None
    activities: dict[str, ActivityState] = field(default_factory=dict)
    own: SharedState = field(default_factory=SharedState)
    """Global objectives and data that the author kept to this course, for one attempt on it."""

    def copied(self) -> "SequencingState":
        """Return an independent copy."""
        activities = {name: one.copied() for name, one in self.activities.items()}
        return replace(self, activities=activities, own=self.own.copied())


def state_to_json(state: SequencingState | SharedState) -> bytes:
    """Return a state as JSON with its schema number."""
    return msgspec.json.encode({"schema": SCHEMA, **msgspec.to_builtins(state)})


def state_from_json(stored: bytes) -> SequencingState:
    """Return the state that `state_to_json` wrote. Raises ValueError."""
    return msgspec.convert(_fields(stored), SequencingState)


def shared_from_json(stored: bytes) -> SharedState:
    """Return the shared state that `state_to_json` wrote. Raises ValueError."""
    return msgspec.convert(_fields(stored), SharedState)


def _fields(stored: bytes) -> dict[str, object]:
    fields = msgspec.json.decode(stored, type=dict[str, object])
    if fields.pop("schema", None) != SCHEMA:
        raise ValueError("not a sequencing state of this schema")
    return fields
