"""A sequencing definition: what an author may say of one activity (SCORM 2004 SN, chapter 3)."""

from dataclasses import dataclass
from fractions import Fraction

from app.core.content.sequencing.vocabulary import (
    Action,
    ChildSet,
    Combination,
    Condition,
    Required,
    RollupAction,
    Timing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlMode:
    """How learners may move among the children of a cluster (SN 3.2)."""

    choice: bool = True
    choice_exit: bool = True
    flow: bool = False
    forward_only: bool = False
    use_current_objective_info: bool = True
    use_current_progress_info: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceLimits:
    """ADL's constrained choice: what may be reached by choosing (SN 3.3)."""

    prevent_activation: bool = False
    constrain_choice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCondition:
    """One question a rule asks. `objective` empty means the objective that rolls up."""

    condition: Condition
    is_negated: bool = False
    objective: str = ""
    threshold: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SequencingRule:
    """If its conditions hold, its action is taken (SN 3.4)."""

    action: Action
    conditions: tuple[RuleCondition, ...]
    combination: Combination = Combination.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitConditions:
    """Bounds on attempts (SN 3.5). Durations in the XML's own notation: SCORM only hands them on."""

    attempts: int | None = None
    attempt_duration: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupRule:
    """If its conditions hold for so many children, the cluster gets its action (SN 3.7)."""

    action: RollupAction
    conditions: tuple[RuleCondition, ...]
    combination: Combination = Combination.ANY
    children: ChildSet = ChildSet.ALL
    minimum_count: int = 0
    minimum_share: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupSettings:
    """Whether and how an activity counts in the rollup of its parent (SN 3.7, 3.8)."""

    rules: tuple[RollupRule, ...] = ()
    satisfies: bool = True
    completes: bool = True
    measure_weight: Fraction = Fraction(1)
    required_for_satisfied: Required = Required.ALWAYS
    required_for_not_satisfied: Required = Required.ALWAYS
    required_for_completed: Required = Required.ALWAYS
    required_for_incomplete: Required = Required.ALWAYS
    measure_satisfaction_if_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveMap:
    """Which values a local objective shares with one global objective (SN 3.9.3, 4th edition)."""

    target: str
    read_satisfied: bool = True
    read_measure: bool = True
    write_satisfied: bool = False
    write_measure: bool = False
    read_raw: bool = False
    read_min: bool = False
    read_max: bool = False
    read_completion: bool = False
    read_progress: bool = False
    write_raw: bool = False
    write_min: bool = False
    write_max: bool = False
    write_completion: bool = False
    write_progress: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A local objective (SN 3.9). An empty id is possible for the one that rolls up alone."""

    objective_id: str = ""
    is_satisfied_by_measure: bool = False
    minimum_measure: Fraction = Fraction(1)
    maps: tuple[ObjectiveMap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Randomization:
    """How many children a cluster offers and in which order (SN 3.10, 3.11)."""

    selection: Timing = Timing.NEVER
    select_count: int | None = None
    randomization: Timing = Timing.NEVER
    reorders: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryControls:
    """What the content itself is trusted to report (SN 3.12)."""

    is_tracked: bool = True
    completion_set_by_content: bool = False
    objective_set_by_content: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionThreshold:
    """When progress alone completes an activity (SN 3.13), and its weight in the parent's progress."""

    by_measure: bool = False
    minimum: Fraction = Fraction(1)
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequencing:
    """Everything said of one activity; what nobody said has the books' defaults."""

    control: ControlMode = ControlMode()
    choice_limits: ChoiceLimits = ChoiceLimits()
    pre_rules: tuple[SequencingRule, ...] = ()
    exit_rules: tuple[SequencingRule, ...] = ()
    post_rules: tuple[SequencingRule, ...] = ()
    limits: LimitConditions = LimitConditions()
    rollup: RollupSettings = RollupSettings()
    primary: Objective = Objective()
    objectives: tuple[Objective, ...] = ()
    """Those that do not roll up."""
    randomization: Randomization = Randomization()
    delivery: DeliveryControls = DeliveryControls()
    completion: CompletionThreshold = CompletionThreshold()

    @property
    def all_objectives(self) -> tuple[Objective, ...]:
        """Return every objective, the one that rolls up first."""
        return (self.primary, *self.objectives)
