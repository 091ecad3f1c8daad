"""What the player itself says: launched, abandoned, waived, satisfied (cmi5 1.0, 9.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.core.base.ids import new_id
from app.core.learning.cmi5.course import Node
from app.core.learning.cmi5.durations import written_duration
from app.core.learning.cmi5.rules import SessionTerms
from app.core.learning.cmi5.standing import (
    CourseStanding,
    Session,
    newly_satisfied,
    session_of,
)
from app.core.learning.cmi5.vocabulary import (
    BLOCK_TYPE,
    CMI5_CATEGORY,
    COURSE_TYPE,
    LAUNCH_MODE,
    LAUNCH_PARAMETERS,
    LAUNCH_URL,
    MASTERY,
    MOVE_ON,
    MOVE_ON_CATEGORY,
    REASON,
    SESSION,
    Verb,
)
from app.core.learning.statements import written_instant
from app.core.learning.statements.exact_json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Says what the player says in one registration of one course."""

    learner: Json
    """The learner, as an agent."""
    registration: UUID
    course: Node

    def launched(self, unit: Node, terms: SessionTerms, address: str, now: datetime) -> Json:
        """Return the first statement of a session; `address` is without what a launch adds to it.

        Raises ValueError.
        """
        if unit.terms is None:
            raise ValueError("only a unit is launched")
        told: dict[str, Any] = {
            LAUNCH_MODE: terms.mode.value,
            LAUNCH_URL: address,
            MOVE_ON: unit.terms.move_on.value,
            LAUNCH_PARAMETERS: unit.terms.launch_parameters,
        }
        if terms.mastery_score is not None:
            told[MASTERY] = number(terms.mastery_score)
        return self._statement(Verb.LAUNCHED, unit, terms.id, now, extensions=told)

    def abandoned(self, session: Session, now: datetime) -> Json | None:
        """Return that a session ended without a word; None where its unit is not in the course."""
        unit = self.course.find(session.activity)
        if unit is None:
            return None
        result = {"duration": written_duration(session.last_at - session.launched_at)}
        return self._statement(Verb.ABANDONED, unit, session.id, now, result=result)

    def waived(self, unit: Node, reason: str, now: datetime) -> Json:
        """Return that a unit need not be done. Its session id is of no session (9.3.7)."""
        result = {"success": True, "completion": True, "extensions": {REASON: reason}}
        return self._statement(
            Verb.WAIVED, unit, str(new_id()), now, result=result, categories=(MOVE_ON_CATEGORY,)
        )

    def satisfied(self, holder: Node, session: str, now: datetime) -> Json:
        """Return that a block or the course is satisfied, in the session that brought it about."""
        statement = self._statement(Verb.SATISFIED, holder, session, now)
        kind = COURSE_TYPE if holder is self.course else BLOCK_TYPE
        statement["object"]["definition"]["type"] = kind
        return statement

    def waiving(
        self, unit: Node, reason: str, known: CourseStanding, now: datetime
    ) -> tuple[Json, ...]:
        """Return all that is said when a unit is waived; nothing where that was done before."""
        if known.unit(unit.activity).is_waived:
            return ()
        said = self.waived(unit, reason, now)
        holders = newly_satisfied(self.course, known.after(said))
        session = session_of(said)
        return (said, *(self.satisfied(holder, session, now) for holder in holders))

    def template(self, unit: Node, session: str) -> Json:
        """Return the context that every statement of a session has (10.2.1)."""
        return {
            "contextActivities": {"grouping": [{"id": unit.publisher_id}]},
            "extensions": {SESSION: session},
        }

    def _statement(
        self,
        verb: Verb,
        node: Node,
        session: str,
        now: datetime,
        *,
        result: Json | None = None,
        extensions: Mapping[str, Any] | None = None,
        categories: tuple[str, ...] = (),
    ) -> Json:
        context = self.template(node, session)
        context["registration"] = str(self.registration)
        context["contextActivities"]["category"] = [
            {"id": one} for one in (CMI5_CATEGORY, *categories)
        ]
        context["extensions"] |= extensions or {}
        said: Json = {
            "id": str(new_id()),
            "actor": self.learner,
            "verb": {"id": verb.value, "display": {"en": verb.word}},
            "object": {
                "objectType": "Activity",
                "id": node.activity,
                "definition": {"name": _names(node)},
            },
            "context": context,
            "timestamp": written_instant(now),
        }
        return {**said, "result": result} if result is not None else said


def number(score: Fraction) -> int | Decimal:
    """Return a score as a JSON number: 1 for one, 0.9 for nine tenths."""
    if score.denominator == 1:
        return score.numerator
    return Decimal(score.numerator) / Decimal(score.denominator)


def _names(node: Node) -> dict[str, str]:
    return dict(node.titles) or {"und": node.title}
