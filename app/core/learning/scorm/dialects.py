"""The two APIs content may look for: names of the functions, error codes, what a run means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from app.core.learning.scorm import run_12, run_2004
from app.core.learning.scorm.durations import Duration
from app.core.learning.scorm.faults import CODES_12, CODES_2004, TEXTS_12, TEXTS_2004, Fault
from app.core.learning.scorm.launch import Launch
from app.core.learning.scorm.model import DataModel
from app.core.learning.sequencing import RunData


class Method(Enum):
    """What content may call."""

    INITIALIZE = "Initialize"
    TERMINATE = "Terminate"
    GET = "GetValue"
    SET = "SetValue"
    COMMIT = "Commit"
    LAST_ERROR = "GetLastError"
    ERROR_STRING = "GetErrorString"
    DIAGNOSTIC = "GetDiagnostic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One book's API."""

    object_name: str
    """What the object is called in the window."""
    methods: Mapping[str, Method]
    codes: Mapping[Fault, str]
    texts: Mapping[str, str]
    remembers: bool
    """Whether a status stays said from one attempt to the next."""
    unset_reads_empty: bool
    """Whether reading what was never set is no error."""
    begun: Callable[[Launch], DataModel]
    settle: Callable[[DataModel], None]
    settle_unfinished: Callable[[DataModel], None]
    reported: Callable[[DataModel], RunData]
    session_time: Callable[[DataModel], Duration]
    kept: Callable[[DataModel], dict[str, str]]


def _nothing(_model: DataModel) -> None:
    """Leave everything as content said it."""


SCORM_2004 = Dialect(
    object_name="API_1484_11",
    methods={one.value: one for one in Method},
    codes=CODES_2004,
    texts=TEXTS_2004,
    remembers=False,
    unset_reads_empty=False,
    begun=run_2004.begun,
    settle=_nothing,
    settle_unfinished=_nothing,
    reported=run_2004.reported,
    session_time=run_2004.session_time,
    kept=run_2004.kept,
)

SCORM_12 = Dialect(
    object_name="API",
    methods={
        "LMSInitialize": Method.INITIALIZE,
        "LMSFinish": Method.TERMINATE,
        **{
            f"LMS{one.value}": one
            for one in Method
            if one not in {Method.INITIALIZE, Method.TERMINATE}
        },
    },
    codes=CODES_12,
    texts=TEXTS_12,
    remembers=True,
    unset_reads_empty=True,
    begun=run_12.begun,
    settle=run_12.settle,
    settle_unfinished=run_12.settle_unfinished,
    reported=run_12.reported,
    session_time=run_12.session_time,
    kept=run_12.kept,
)
