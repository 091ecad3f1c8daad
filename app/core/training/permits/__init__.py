"""May I? Tasks, what each asks for, and whether a person may do one now, with the reasons."""

from app.core.training.permits.answering import answer, missing_of
from app.core.training.permits.errors import GateShut, NoTask, TaskCodeTaken
from app.core.training.permits.kinds import FREE, Holds, Presented, Proved, Stop, Verdict, Watch
from app.core.training.permits.service import Permits
from app.core.training.permits.types import (
    Answer,
    DayPass,
    GateRules,
    Ground,
    KeptCheck,
    KnownVisitor,
    NewVisitor,
    Permit,
    Question,
    Standing,
    Task,
    TaskAsks,
    TaskWords,
    YoungPerson,
)
from app.core.training.permits.words import (
    PROVED,
    VERDICTS,
    gate_in_words,
    reasons_of,
    verdict_in_words,
)

__all__ = [
    "FREE",
    "PROVED",
    "VERDICTS",
    "Answer",
    "DayPass",
    "GateRules",
    "GateShut",
    "Ground",
    "Holds",
    "KeptCheck",
    "KnownVisitor",
    "NewVisitor",
    "NoTask",
    "Permit",
    "Permits",
    "Presented",
    "Proved",
    "Question",
    "Standing",
    "Stop",
    "Task",
    "TaskAsks",
    "TaskCodeTaken",
    "TaskWords",
    "Verdict",
    "Watch",
    "YoungPerson",
    "answer",
    "gate_in_words",
    "missing_of",
    "reasons_of",
    "verdict_in_words",
]
