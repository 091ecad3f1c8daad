"""One run of content: the API that a page calls, and what came of it. All in the core, no browser.

The page needs a few lines that hand each call of `API` or `API_1484_11` to `ScormRun.call` and give
back its answer. Every argument is untrusted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.core.learning.scorm.dialects import Dialect, Method
from app.core.learning.scorm.durations import Duration
from app.core.learning.scorm.faults import Fault, Faulty
from app.core.learning.scorm.launch import Launch
from app.core.learning.scorm.model import DataModel
from app.core.learning.scorm.navigation_2004 import asked_about
from app.core.learning.sequencing import NavigationRequest, RunData

_LONGEST_DIAGNOSTIC = 255
_LONGEST_ARGUMENT = 4_000_000
"""How far the content's clock and ours may differ before its claim is doubted."""

Allows = Callable[[NavigationRequest], bool]


class _Phase(Enum):
    """Where the conversation with content is."""

    BEFORE = "before"
    RUNNING = "running"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call gave back."""

    value: str
    error: str = "0"
    saves: bool = False
    """Whether what was reported up to now must be on disk before content goes on."""
    ends: bool = False
    """Whether content has finished."""
    room: int = 0
    """How many characters of any text the element may be set to from now on; 0: each is looked at."""


class ScormRun:
    """Answers one launch's API calls."""

    def __init__(self, dialect: Dialect, launch: Launch, allows: Allows) -> None:
        """Begin a run; `allows` tells which navigation requests would be carried out now."""
        self.dialect = dialect
        self.launch = launch
        self.model: DataModel = dialect.begun(launch)
        self._allows = allows
        self._phase = _Phase.BEFORE
        self._error = "0"
        self._about = ""
        self._asides: dict[Method, Callable[[str], str]] = {
            Method.LAST_ERROR: lambda _first: self._error,
            Method.ERROR_STRING: lambda code: dialect.texts.get(code, ""),
            Method.DIAGNOSTIC: self._diagnostic,
        }
        self._steps: dict[Method, Callable[[str, str], Answer]] = {
            Method.INITIALIZE: self._initialize,
            Method.TERMINATE: self._terminate,
            Method.COMMIT: self._commit,
            Method.GET: self._get,
            Method.SET: self._set,
        }

    @property
    def is_finished(self) -> bool:
        """Tell whether content has called Terminate, or LMSFinish."""
        return self._phase is _Phase.AFTER

    @property
    def has_begun(self) -> bool:
        """Tell whether content has spoken to the API at all; an asset never does."""
        return self._phase is not _Phase.BEFORE

    def call(self, name: str, *untrusted: object) -> Answer:
        """Answer a call by its name in the book. Raises KeyError for a name the API does not have."""
        method = self.dialect.methods[name]
        arguments = [_text(one) for one in untrusted]
        first = arguments[0] if arguments else ""
        if method in self._asides:
            return Answer(self._asides[method](first), self._error)
        second = arguments[1] if len(arguments) > 1 else ""
        try:
            if max(len(first), len(second)) > _LONGEST_ARGUMENT:
                raise Faulty(Fault.ARGUMENT)  # noqa: TRY301  one way out for every fault
            answer = self._steps[method](first, second)
        except Faulty as fault:
            return self._failed(method, first, fault.fault)
        self._error, self._about = "0", ""
        return answer

    def _failed(self, method: Method, first: str, fault: Fault) -> Answer:
        value = "" if method is Method.GET else "false"
        self._error = self.dialect.codes[fault]
        self._about = f"{fault.value}: {first}" if first else fault.value
        return Answer(value, self._error)

    def _expect(self, before: Fault, after: Fault) -> None:
        if self._phase is _Phase.BEFORE:
            raise Faulty(before)
        if self._phase is _Phase.AFTER:
            raise Faulty(after)

    def _initialize(self, first: str, _second: str) -> Answer:
        if first:
            raise Faulty(Fault.ARGUMENT)
        if self._phase is _Phase.RUNNING:
            raise Faulty(Fault.ALREADY_INITIALIZED)
        if self._phase is _Phase.AFTER:
            raise Faulty(Fault.INSTANCE_TERMINATED)
        self._phase = _Phase.RUNNING
        return Answer("true")

    def _terminate(self, first: str, _second: str) -> Answer:
        if first:
            raise Faulty(Fault.ARGUMENT)
        self._expect(Fault.TERMINATE_BEFORE, Fault.TERMINATE_AFTER)
        self._phase = _Phase.AFTER
        self.dialect.settle(self.model)
        return Answer("true", saves=True, ends=True)

    def _commit(self, first: str, _second: str) -> Answer:
        if first:
            raise Faulty(Fault.ARGUMENT)
        self._expect(Fault.COMMIT_BEFORE, Fault.COMMIT_AFTER)
        return Answer("true", saves=True)

    def _get(self, first: str, _second: str) -> Answer:
        self._expect(Fault.GET_BEFORE, Fault.GET_AFTER)
        asked = asked_about(first)
        if asked is not None:
            return Answer("true" if self._allows(asked) else "false")
        try:
            return Answer(self.model.get(first))
        except Faulty as fault:
            if fault.fault is Fault.UNSET and self.dialect.unset_reads_empty:
                return Answer("")
            raise

    def _set(self, first: str, second: str) -> Answer:
        self._expect(Fault.SET_BEFORE, Fault.SET_AFTER)
        if asked_about(first) is not None:
            raise Faulty(Fault.READ_ONLY)
        self.model.set(first, second)
        return Answer("true", room=self.model.room_for(first))

    def _diagnostic(self, code: str) -> str:
        if code:
            return self.dialect.texts.get(code, "")
        said = self.dialect.texts[self._error]
        return (f"{said} ({self._about})" if self._about else said)[:_LONGEST_DIAGNOSTIC]

    def leave(self) -> None:
        """Close the conversation: the page is gone, whether content finished or not."""
        if self._phase is _Phase.RUNNING:
            self._phase = _Phase.AFTER
            self.dialect.settle_unfinished(self.model)

    def reported(self) -> RunData:
        """Return what content has reported so far, for the sequencer."""
        return self.dialect.reported(self.model)

    def kept(self) -> dict[str, str]:
        """Return what the next launch of this activity begins with (`Launch.kept`)."""
        return self.dialect.kept(self.model)

    @property
    def claimed_time(self) -> Duration:
        """Return how long content says that it was open."""
        return self.dialect.session_time(self.model)


def _text(untrusted: object) -> str:
    """Return an argument as JavaScript would write it: content sends numbers as well as texts."""
    if untrusted is None:
        return ""
    if isinstance(untrusted, bool):
        return "true" if untrusted else "false"
    if isinstance(untrusted, float) and untrusted.is_integer():
        return str(int(untrusted))
    return str(untrusted)
