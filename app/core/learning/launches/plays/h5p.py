"""H5P: what its libraries report as xAPI statements, and the state that they go on from."""

import json
from fractions import Fraction
from typing import Any

from typing_extensions import override

from app.core.base.words import _
from app.core.content import Standard
from app.core.learning.launches.plays.one_page import OnePagePlay
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.types import Answer, Opening, Report, Standing, Way

PAGE = ".daksha/h5p/h5p.html"
"""The player's own page, which opens the package."""
_CONTENT = "content"
MAX_STATE = 1_000_000
MAX_ANSWERS = 5_000
_VERBS = "http://adlnet.gov/expapi/verbs/"
_DONE = frozenset({"completed", "answered", "passed", "mastered"})
_FAILED = Answer(value="false", error="101")
_MOST = Fraction(1)
_PLACES = 10_000


class H5pPlay(OnePagePlay):
    """One content. It is done when it says so as a whole: completed, passed, or answered."""

    api = "H5P"

    def __init__(self, seat: Seat) -> None:
        opening = Opening(activity=_CONTENT, title=seat.index.manifest.title, address=PAGE)
        super().__init__(opening, frozenset({Way.EXIT_ALL, Way.SUSPEND_ALL}))
        self._resume = str(seat.state.get("resume", ""))
        self._is_done = seat.state.get("done") is True
        self._is_passed: bool | None = seat.state.get("passed")
        score = seat.state.get("score")
        self._score = None if score is None else Fraction(score)
        self._answers: list[dict[str, Any]] = list(seat.state.get("answers", ()))

    @property
    @override
    def is_through(self) -> bool:
        """Tell whether it said that it is done, passed or not."""
        return self._is_done

    def state(self) -> dict[str, Any]:
        """Return what was reported, and where the content goes on."""
        return {
            "resume": self._resume,
            "done": self._is_done,
            "passed": self._is_passed,
            "score": None if self._score is None else str(self._score),
            "answers": self._answers,
        }

    def call(self, method: str, untrusted_values: tuple[str, ...]) -> Answer:
        """Take a statement or a state, or give the state that was kept."""
        match method, untrusted_values:
            case "GetState", _:
                return Answer(value=self._resume)
            case "SetState", (untrusted_state,) if len(untrusted_state) <= MAX_STATE:
                self._resume = untrusted_state
                return Answer(value="true")
            case "Statement", (untrusted_statement,):
                return self._take(untrusted_statement)
            case "Words", _:
                return Answer(value=json.dumps(_words()))
            case "Initialize", _:
                return Answer(value="true")
        return _FAILED

    @override
    def standing(self) -> Standing:
        """Return what it has said of itself as a whole."""
        return Standing(
            share=_MOST if self._is_done else Fraction(0),
            is_done=self._is_done and self._is_passed is not False,
            is_passed=self._is_passed,
            score=self._score,
        )

    def report(self) -> Report | None:
        """Return what it has reported up to now."""
        if not self._answers and not self._is_done:
            return None
        success = {True: "passed", False: "failed", None: "unknown"}[self._is_passed]
        return Report(
            activity=_CONTENT,
            attempt=1,
            completion="completed" if self._is_done else "incomplete",
            success=success,
            score=self._score,
            data={"interactions": self._answers, "suspend_data": self._resume},
        )

    def _take(self, untrusted_statement: str) -> Answer:
        """Keep what a statement says; what is none is refused."""
        try:
            statement = json.loads(untrusted_statement)
            verb = str(statement["verb"]["id"]).removeprefix(_VERBS)
            result = statement.get("result") or {}
            is_whole = not _parents(statement)
            if verb in _DONE | {"failed"}:
                self._keep(statement, verb, result, is_whole=is_whole)
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
            return _FAILED
        return Answer(value="true", must_keep=verb in _DONE | {"failed"})

    def _keep(
        self, statement: dict[str, Any], verb: str, result: dict[str, Any], *, is_whole: bool
    ) -> None:
        scaled = (result.get("score") or {}).get("scaled")
        score = self._score
        if is_whole and isinstance(scaled, (int, float)):
            score = min(max(Fraction(round(scaled * _PLACES), _PLACES), Fraction(0)), _MOST)
        if len(self._answers) >= MAX_ANSWERS:
            raise ValueError("more answers than any content has questions")
        self._answers.append(
            {
                "verb": verb,
                "object": str(statement.get("object", {}).get("id", ""))[:2000],
                "response": str(result.get("response", ""))[:4000],
                "success": result.get("success"),
                "scaled": None if scaled is None else str(scaled),
            }
        )
        if not is_whole:
            return
        self._is_done = True
        if isinstance(result.get("success"), bool):
            self._is_passed = result["success"]
        self._score = score


class H5pPlayMaker:
    """Plays H5P: its libraries come with the package, what they stand on lies in resources/web/h5p."""

    standards = frozenset({Standard.H5P})

    def make(self, seat: Seat) -> H5pPlay:
        """Return a play."""
        return H5pPlay(seat)


def _words() -> dict[str, str]:
    """Return the words that the player's own parts of an H5P page show, by the names libraries use."""
    return {
        "close": _("Close"),
        "cancelLabel": _("Cancel"),
        "confirmLabel": _("Confirm"),
        "confirmDialogHeader": _("Go on?"),
        "confirmDialogBody": _("This cannot be undone."),
        "cannotShow": _(
            "This content cannot be shown. Tell your trainer, and go on with another lesson."
        ),
    }


def _parents(statement: dict[str, Any]) -> object:
    context = statement.get("context") or {}
    return (context.get("contextActivities") or {}).get("parent")
