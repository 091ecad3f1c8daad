"""The tree of activities that one organization of a package describes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from app.core.content.sequencing.definition import Sequencing
from app.core.content.sequencing.vocabulary import ScormEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStore:
    """A learner's shared data that an activity may see (adlcp:map, 4th edition)."""

    target: str
    may_read: bool = True
    may_write: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchSettings:
    """What a manifest says to the run-time of one activity."""

    resource: str = ""
    """Identifier of the resource; empty for a cluster."""
    parameters: str = ""
    is_sco: bool = False
    time_limit_action: str = ""
    launch_data: str = ""
    maximum_time: str = ""
    """SCORM 1.2's maxtimeallowed, as written."""
    mastery_score: Fraction | None = None
    """SCORM 1.2 only."""
    prerequisites: str = ""
    """SCORM 1.2 only: an aicc_script."""
    completion_threshold: Fraction | None = None
    """What `cmi.completion_threshold` shows; None where progress decides nothing."""
    stores: tuple[DataStore, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One item: a cluster of others, or something that can be delivered."""

    activity_id: str
    title: str
    is_visible: bool = True
    launch: LaunchSettings = LaunchSettings()
    hidden_controls: frozenset[str] = frozenset()
    """Buttons the player must not show: previous, continue, exit, exitAll, abandon, … (adlnav:hideLMSUI)."""
    sequencing: Sequencing = field(default_factory=Sequencing)
    children: tuple["Activity", ...] = ()

    def walk(self) -> Iterator["Activity"]:
        """Yield this activity and all below it, in the order of the manifest."""
        waiting = [self]
        while waiting:
            activity = waiting.pop()
            yield activity
            waiting.extend(reversed(activity.children))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityTree:
    """An organization as the sequencer needs it."""

    root: Activity
    edition: ScormEdition = ScormEdition.SCORM_2004_4TH
    objectives_global_to_system: bool = True
    data_global_to_system: bool = True
