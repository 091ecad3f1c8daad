"""SCORM 2004 sequencing definitions: what an author may say, and reading it from a manifest."""

from app.core.content.sequencing.activities import Activity, ActivityTree, DataStore, LaunchSettings
from app.core.content.sequencing.definition import (
    ChoiceLimits,
    CompletionThreshold,
    ControlMode,
    DeliveryControls,
    LimitConditions,
    Objective,
    ObjectiveMap,
    Randomization,
    RollupRule,
    RollupSettings,
    RuleCondition,
    Sequencing,
    SequencingRule,
)
from app.core.content.sequencing.errors import SequencingUnreadable
from app.core.content.sequencing.tree_reader import (
    edition_of,
    read_activity_tree,
    read_organization,
)
from app.core.content.sequencing.vocabulary import (
    Action,
    ChildSet,
    Combination,
    Condition,
    Required,
    RollupAction,
    ScormEdition,
    Timing,
)

__all__ = [
    "Action",
    "Activity",
    "ActivityTree",
    "ChildSet",
    "ChoiceLimits",
    "Combination",
    "CompletionThreshold",
    "Condition",
    "ControlMode",
    "DataStore",
    "DeliveryControls",
    "LaunchSettings",
    "LimitConditions",
    "Objective",
    "ObjectiveMap",
    "Randomization",
    "Required",
    "RollupAction",
    "RollupRule",
    "RollupSettings",
    "RuleCondition",
    "ScormEdition",
    "Sequencing",
    "SequencingRule",
    "SequencingUnreadable",
    "Timing",
    "edition_of",
    "read_activity_tree",
    "read_organization",
]
