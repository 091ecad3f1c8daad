"""SCORM 2004 sequencing and navigation, after the pseudo code of the 4th edition's SN book. Pure."""

from app.core.learning.sequencing.sequencer import Sequencer
from app.core.learning.sequencing.state import (
    SCHEMA,
    SequencingState,
    SharedState,
    shared_from_json,
    state_from_json,
    state_to_json,
)
from app.core.learning.sequencing.types import (
    ContentsEntry,
    EntryStatus,
    LaunchFacts,
    Navigation,
    NavigationRequest,
    ObjectiveRun,
    Outcome,
    OutcomeKind,
    RunData,
    Standing,
    StoreFacts,
    ValidRequests,
)

__all__ = [
    "SCHEMA",
    "ContentsEntry",
    "EntryStatus",
    "LaunchFacts",
    "Navigation",
    "NavigationRequest",
    "ObjectiveRun",
    "Outcome",
    "OutcomeKind",
    "RunData",
    "Sequencer",
    "SequencingState",
    "SharedState",
    "Standing",
    "StoreFacts",
    "ValidRequests",
    "shared_from_json",
    "state_from_json",
    "state_to_json",
]
