"""What a unit may say, and when (cmi5 1.0, section 9). Statements arrive checked as statements."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from app.core.learning.cmi5.errors import Cmi5Refused
from app.core.learning.cmi5.standing import (
    CourseStanding,
    Session,
    categories_of,
    scaled_score,
    session_of,
    verb_of,
)
from app.core.learning.cmi5.vocabulary import (
    CMI5_CATEGORY,
    JUDGEMENTS,
    MASTERY,
    MOVE_ON_CATEGORY,
    PLAYER_VERBS,
    LaunchMode,
    Verb,
)
from app.core.learning.statements.exact_json import Json

_IN_UTC = re.compile(r".*([Zz]|\+00(:?00)?)")
_TIMED = JUDGEMENTS | {Verb.TERMINATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTerms:
    """What a session was opened with."""

    id: str
    activity: str
    publisher_id: str
    registration: UUID
    mode: LaunchMode
    mastery_score: Fraction | None


def check_statement(statement: Json, terms: SessionTerms) -> None:
    """Refuse what no session may say, whatever was said before. Raises Cmi5Refused."""
    for clause, why in _faults(statement, terms):
        raise Cmi5Refused(clause, why)


def check_sent(statement: Json) -> None:
    """Refuse a statement that leaves it to the store to name and to date it. Raises Cmi5Refused."""
    if "id" not in statement:
        raise Cmi5Refused("9.1", "a statement has an id")
    if not _IN_UTC.fullmatch(statement.get("timestamp", "")):
        raise Cmi5Refused("9.7", "a statement has a timestamp in UTC")


def check_order(statement: Json, terms: SessionTerms, before: CourseStanding) -> None:
    """Refuse what may not be said at this point. Raises Cmi5Refused."""
    session = before.sessions.get(terms.id)
    if session is None or session.is_over:
        raise Cmi5Refused("9.3.6", "the session has ended")
    verb = verb_of(statement) if CMI5_CATEGORY in categories_of(statement) else None
    if Verb.INITIALIZED not in session.said and verb is not Verb.INITIALIZED:
        raise Cmi5Refused("9.3.2", "the first statement of a session is initialized")
    if verb is not None:
        for clause, why in _repetitions(verb, session, before):
            raise Cmi5Refused(clause, why)


def _faults(statement: Json, terms: SessionTerms) -> Iterator[tuple[str, str]]:
    if statement["actor"].get("objectType", "Agent") != "Agent":
        yield "9.2", "the actor is an agent"
    context = statement.get("context", {})
    if str(context.get("registration", "")).lower() != str(terms.registration):
        yield "9.6.1", "the registration is not that of the launch"
    if session_of(statement) != terms.id:
        yield "9.6.3.1", "the session id is not that of the launch"
    categories = categories_of(statement)
    verb = verb_of(statement)
    if MOVE_ON_CATEGORY in categories and (
        CMI5_CATEGORY not in categories or verb not in JUDGEMENTS
    ):
        yield "9.6.2.2", "only completed, passed and failed have the moveOn category"
    if CMI5_CATEGORY in categories:
        yield from _faults_of_defined(statement, verb, terms)


def _faults_of_defined(
    statement: Json, verb: Verb | None, terms: SessionTerms
) -> Iterator[tuple[str, str]]:
    if verb is None:
        yield "9.3", "cmi5 has no such verb"
        return
    if verb in PLAYER_VERBS:
        yield "9.3", f"{verb.word} is for the player alone to say"
    if statement["object"].get("id") != terms.activity:
        yield "9.4", "the object is not the unit that was launched"
    grouping = statement.get("context", {}).get("contextActivities", {}).get("grouping", ())
    if terms.publisher_id not in {one["id"] for one in grouping}:
        yield "10.2.1", "the context template is not part of the context"
    if verb in JUDGEMENTS:
        yield from _faults_of_judgement(statement, verb, terms)
    result = statement.get("result", {})
    if verb in _TIMED and "duration" not in result:
        yield "9.5.4.1", f"{verb.word} has a duration"
    yield from _faults_of_outcome(verb, result)
    yield from _faults_of_score(statement, verb, terms)


def _faults_of_judgement(
    statement: Json, verb: Verb, terms: SessionTerms
) -> Iterator[tuple[str, str]]:
    if MOVE_ON_CATEGORY not in categories_of(statement):
        yield "9.6.2.2", f"{verb.word} has the moveOn category"
    if terms.mode is not LaunchMode.NORMAL:
        yield "10.2.2", f"nothing is judged in launch mode {terms.mode.value}"


def _faults_of_outcome(verb: Verb, result: Json) -> Iterator[tuple[str, str]]:
    success, completion = result.get("success"), result.get("completion")
    wanted = {Verb.PASSED: True, Verb.FAILED: False}.get(verb)
    if success is not wanted:
        yield "9.5.2", f"success does not fit {verb.word}"
    if completion is not (True if verb is Verb.COMPLETED else None):
        yield "9.5.3", f"completion does not fit {verb.word}"


def _faults_of_score(statement: Json, verb: Verb, terms: SessionTerms) -> Iterator[tuple[str, str]]:
    score = statement.get("result", {}).get("score")
    if score is None:
        return
    if verb not in {Verb.PASSED, Verb.FAILED}:
        yield "9.5.1", f"{verb.word} has no score"
    if "raw" in score and not {"min", "max"} <= score.keys():
        yield "9.5.1", "a raw score has a minimum and a maximum"
    if terms.mastery_score is not None:
        yield from _faults_of_mastery(statement, verb, terms.mastery_score)


def _faults_of_mastery(statement: Json, verb: Verb, mastery: Fraction) -> Iterator[tuple[str, str]]:
    told = statement.get("context", {}).get("extensions", {}).get(MASTERY)
    if not _is_same(told, mastery):
        yield "9.6.3.2", "the mastery score is not that of the launch"
    scaled = scaled_score(statement)
    if scaled is None:
        return
    if verb is Verb.PASSED and scaled < mastery:
        yield "9.3.4", "passed with less than the mastery score"
    if verb is Verb.FAILED and scaled >= mastery:
        yield "9.3.5", "failed with the mastery score or more"


def _is_same(told: object, mastery: Fraction) -> bool:
    return isinstance(told, (int, Decimal)) and Fraction(told) == mastery


def _repetitions(verb: Verb, session: Session, before: CourseStanding) -> Iterator[tuple[str, str]]:
    unit = before.unit(session.activity)
    said = session.said
    if verb in said:
        yield "9.3", f"{verb.word} was said in this session"
    if verb in {Verb.PASSED, Verb.FAILED} and said & {Verb.PASSED, Verb.FAILED}:
        yield "9.3", "a session is passed or failed, not both"
    if verb is Verb.COMPLETED and unit.is_completed:
        yield "9.3", "the unit was completed before"
    if verb in {Verb.PASSED, Verb.FAILED} and unit.is_passed:
        yield "9.3", "the unit was passed before"
