"""The data model of SCORM 2004 (RTE book, chapter 4), as a table.

Sizes are the books' smallest permitted maxima or more: where content in the wild writes past them the
table is generous, so that nothing of a learner's work is refused for its length.
"""

from fractions import Fraction

from app.core.learning.scorm import answers_2004
from app.core.learning.scorm.datatypes import (
    either,
    identifier,
    interval,
    language,
    localized,
    real,
    text,
    timestamp,
    word,
)
from app.core.learning.scorm.elements import Access, Address, Element, Table, Values
from app.core.learning.scorm.faults import Fault
from app.core.learning.scorm.navigation_2004 import navigation

_LONG_ID = identifier(16_000)
_MEASURE = real(-1, 1)
_PROGRESS = real(0, 1)
_SUCCESS = word("passed", "failed", "unknown")
_COMPLETION = word("completed", "incomplete", "not attempted", "unknown")
_DONE = ("completed", "incomplete")
_PASSED = ("passed", "failed")
SUSPEND_DATA = 1_000_000
STORE = 1_000_000


def _read(otherwise: str | None = None) -> Element:
    return Element(access=Access.READ, otherwise=otherwise, is_kept=False)


def _stem(address: Address, levels: int = 1) -> str:
    return ".".join(address.written.split(".")[:-levels])


def _named(model: Values, address: Address, _value: str) -> Fault | None:
    """The entry must have its identifier first."""
    collection, place = address.places[0]
    is_named = model.value(f"{collection}.{place}.id") is not None
    return None if is_named else Fault.DEPENDENCY


def _fixed_name(model: Values, address: Address, value: str) -> Fault | None:
    """An objective is named once."""
    before = model.value(address.written)
    if before is not None and before != value:
        return Fault.SET
    return _own_name(model, address, value)


def _own_name(model: Values, address: Address, value: str) -> Fault | None:
    """No other entry of the collection has the identifier."""
    collection, place = address.places[-1]
    others = (n for n in range(model.count(collection)) if n != place)
    is_taken = any(model.value(f"{collection}.{n}.id") == value for n in others)
    return Fault.SET if is_taken else None


def _answer(model: Values, address: Address, value: str) -> Fault | None:
    kind = model.value(f"{_stem(address)}.type")
    if kind is None:
        return Fault.DEPENDENCY
    return None if answers_2004.is_response(kind, value) else Fault.TYPE


def _pattern(model: Values, address: Address, value: str) -> Fault | None:
    """A right answer is of the interaction's type, and not given twice where that makes no sense."""
    kind = model.value(f"{_stem(address, 3)}.type")
    if kind is None:
        return Fault.DEPENDENCY
    collection, place = address.places[-1]
    if place >= answers_2004.MOST_PATTERNS.get(kind, place + 1):
        return Fault.SET
    if not answers_2004.is_pattern(kind, value):
        return Fault.TYPE
    others = (n for n in range(model.count(collection)) if n != place)
    is_twice = any(model.value(f"{collection}.{n}.pattern") == value for n in others)
    return Fault.SET if is_twice and kind in answers_2004.ALIKE else None


def _completion(model: Values) -> str | None:
    """A threshold makes the progress decide, and content no more (RTE 4.2.4.1)."""
    return _decided(model, "cmi.completion_threshold", "cmi.progress_measure", _DONE)


def _success(model: Values) -> str | None:
    """A passing score makes the score decide, and content no more (RTE 4.2.23.1)."""
    return _decided(model, "cmi.scaled_passing_score", "cmi.score.scaled", _PASSED)


def _decided(model: Values, bound: str, reached: str, words: tuple[str, str]) -> str | None:
    low, value = model.value(bound), model.value(reached)
    if low is None:
        return None
    return "unknown" if value is None else words[Fraction(value) < Fraction(low)]


_SCORES = {
    "scaled": _MEASURE,
    "raw": real(),
    "min": real(),
    "max": real(),
}

_ELEMENTS: dict[str, Element] = {
    "cmi.comments_from_learner.n.comment": Element(check=localized(16_000), creates=True),
    "cmi.comments_from_learner.n.location": Element(check=text(1_000), creates=True),
    "cmi.comments_from_learner.n.timestamp": Element(check=timestamp, creates=True),
    "cmi.comments_from_lms.n.comment": _read(),
    "cmi.comments_from_lms.n.location": _read(""),
    "cmi.comments_from_lms.n.timestamp": _read(),
    "cmi.completion_status": Element(check=_COMPLETION, reading=_completion, otherwise="unknown"),
    "cmi.completion_threshold": _read(),
    "cmi.credit": _read("credit"),
    "cmi.entry": _read(""),
    "cmi.exit": Element(
        access=Access.WRITE,
        check=word("time-out", "suspend", "logout", "normal", ""),
        is_kept=False,
    ),
    "cmi.interactions.n.id": Element(check=_LONG_ID, creates=True),
    "cmi.interactions.n.type": Element(check=word(*answers_2004.TYPES), rule=_named),
    "cmi.interactions.n.objectives.n.id": Element(check=_LONG_ID, rule=_own_name, creates=True),
    "cmi.interactions.n.timestamp": Element(check=timestamp, rule=_named),
    "cmi.interactions.n.correct_responses.n.pattern": Element(rule=_pattern, creates=True),
    "cmi.interactions.n.weighting": Element(check=real(), rule=_named),
    "cmi.interactions.n.learner_response": Element(rule=_answer),
    "cmi.interactions.n.result": Element(
        check=either(word("correct", "incorrect", "unanticipated", "neutral"), real()), rule=_named
    ),
    "cmi.interactions.n.latency": Element(check=interval, rule=_named),
    "cmi.interactions.n.description": Element(check=localized(4_000), rule=_named),
    "cmi.launch_data": _read(),
    "cmi.learner_id": _read(),
    "cmi.learner_name": _read(),
    "cmi.learner_preference.audio_level": Element(check=real(0), otherwise="1"),
    "cmi.learner_preference.language": Element(check=language, otherwise=""),
    "cmi.learner_preference.delivery_speed": Element(check=real(0), otherwise="1"),
    "cmi.learner_preference.audio_captioning": Element(check=word("-1", "0", "1"), otherwise="0"),
    "cmi.location": Element(check=text(16_000)),
    "cmi.max_time_allowed": _read(),
    "cmi.mode": _read("normal"),
    "cmi.objectives.n.id": Element(check=_LONG_ID, rule=_fixed_name, creates=True),
    "cmi.objectives.n.success_status": Element(check=_SUCCESS, rule=_named, otherwise="unknown"),
    "cmi.objectives.n.completion_status": Element(
        check=_COMPLETION, rule=_named, otherwise="unknown"
    ),
    "cmi.objectives.n.progress_measure": Element(check=_PROGRESS, rule=_named),
    "cmi.objectives.n.description": Element(check=localized(4_000), rule=_named),
    "cmi.progress_measure": Element(check=_PROGRESS),
    "cmi.scaled_passing_score": _read(),
    "cmi.session_time": Element(access=Access.WRITE, check=interval, is_kept=False),
    "cmi.success_status": Element(check=_SUCCESS, reading=_success, otherwise="unknown"),
    "cmi.suspend_data": Element(check=text(SUSPEND_DATA)),
    "cmi.time_limit_action": _read("continue,no message"),
    "cmi.total_time": _read("PT0H0M0S"),
    "adl.nav.request": Element(check=navigation, otherwise="_none_", is_kept=False),
    "adl.data.n.id": _read(),
    "adl.data.n.store": Element(check=text(STORE), is_nothing_when_empty=True, is_kept=False),
}
_ELEMENTS |= {f"cmi.score.{name}": Element(check=check) for name, check in _SCORES.items()}
_ELEMENTS |= {
    f"cmi.objectives.n.score.{name}": Element(check=check, rule=_named)
    for name, check in _SCORES.items()
}

TABLE_2004 = Table(
    elements=_ELEMENTS,
    children={
        "cmi.comments_from_learner": "comment,location,timestamp",
        "cmi.comments_from_lms": "comment,location,timestamp",
        "cmi.interactions": "id,type,objectives,timestamp,correct_responses,weighting,"
        "learner_response,result,latency,description",
        "cmi.learner_preference": "audio_level,language,delivery_speed,audio_captioning",
        "cmi.objectives": "id,score,success_status,completion_status,progress_measure,description",
        "cmi.objectives.n.score": "scaled,raw,min,max",
        "cmi.score": "scaled,raw,min,max",
        "adl.data": "id,store",
    },
    collections={
        "cmi.comments_from_learner": 1_000,
        "cmi.comments_from_lms": 1_000,
        "cmi.interactions": 2_500,
        "cmi.interactions.n.objectives": 100,
        "cmi.interactions.n.correct_responses": 100,
        "cmi.objectives": 1_000,
        "adl.data": 0,
    },
    root_words={"cmi._version": "1.0"},
)
