"""A cmi5 course for tests of its rules, and statements as units send them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.core.base.ids import new_id
from app.core.content import LaunchMethod, MoveOn
from app.core.learning.cmi5 import (
    CourseStanding,
    LaunchMode,
    Node,
    SessionTerms,
    UnitTerms,
    Verb,
    Voice,
)
from app.core.learning.cmi5.vocabulary import (
    CMI5_CATEGORY,
    JUDGEMENTS,
    MASTERY,
    MOVE_ON_CATEGORY,
)

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REGISTRATION = UUID("11111111-2222-4333-8444-555555555555")
LEARNER = {"objectType": "Agent", "account": {"homePage": "https://site.invalid", "name": "asha"}}
Statement = dict[str, Any]


def a_unit(name: str, move_on: MoveOn = MoveOn.PASSED, mastery: str = "0.8") -> Node:
    """Return a unit."""
    terms = UnitTerms(
        address=f"{name}.html",
        move_on=move_on,
        mastery_score=Fraction(mastery) if mastery else None,
        launch_method=LaunchMethod.ANY_WINDOW,
        launch_parameters="",
        entitlement_key="",
        activity_type="",
    )
    return Node(activity=f"urn:a:{name}", publisher_id=f"urn:p:{name}", title=name, terms=terms)


def a_holder(name: str, *children: Node) -> Node:
    """Return a block, or a course."""
    return Node(
        activity=f"urn:a:{name}", publisher_id=f"urn:p:{name}", title=name, children=children
    )


def terms_of(unit: Node, session: str = "s1", mode: LaunchMode = LaunchMode.NORMAL) -> SessionTerms:
    """Return what a session of a unit is opened with."""
    assert unit.terms is not None
    return SessionTerms(
        id=session,
        activity=unit.activity,
        publisher_id=unit.publisher_id,
        registration=REGISTRATION,
        mode=mode,
        mastery_score=unit.terms.mastery_score,
    )


def voice_of(course: Node) -> Voice:
    """Return what the player says in a course."""
    return Voice(learner=LEARNER, registration=REGISTRATION, course=course)


def launched(course: Node, unit: Node, session: str = "s1", *, minute: int = 0) -> Statement:
    """Return the first statement of a session."""
    at = AT + timedelta(minutes=minute)
    said: Statement = voice_of(course).launched(unit, terms_of(unit, session), "x.html", at)
    return said


def told(unit: Node, verb: Verb, session: str = "s1", scaled: str = "", **result: Any) -> Statement:
    """Return a statement that a unit may send: a right one, whatever the verb."""
    own: dict[str, Any] = {}
    if verb in JUDGEMENTS or verb is Verb.TERMINATED:
        own["duration"] = "PT30S"
    if verb is Verb.COMPLETED:
        own["completion"] = True
    if verb in {Verb.PASSED, Verb.FAILED}:
        own["success"] = verb is Verb.PASSED
    extensions: dict[str, Any] = {}
    if scaled:
        own["score"] = {"scaled": Decimal(scaled)}
        if unit.terms is not None and unit.terms.mastery_score is not None:
            mastery = unit.terms.mastery_score
            extensions[MASTERY] = Decimal(mastery.numerator) / mastery.denominator
    context = voice_of(unit).template(unit, session)
    context["registration"] = str(REGISTRATION)
    categories = [CMI5_CATEGORY, *([MOVE_ON_CATEGORY] if verb in JUDGEMENTS else [])]
    context["contextActivities"]["category"] = [{"id": one} for one in categories]
    context["extensions"] |= extensions
    statement: Statement = {
        "id": str(new_id()),
        "actor": LEARNER,
        "verb": {"id": verb.value},
        "object": {"id": unit.activity},
        "timestamp": AT.isoformat().replace("+00:00", "Z"),
        "context": context,
    }
    own |= result
    return {**statement, "result": own} if own else statement


def after(*statements: Statement) -> CourseStanding:
    """Return how a learner stands after statements."""
    standing = CourseStanding()
    for statement in statements:
        standing = standing.after(statement)
    return standing
