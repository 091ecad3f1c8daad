"""One question looked at: what people answered, and who would cross the mark if it did not count.

Nothing is changed by looking: what was scored stays as it was scored, until somebody decides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import SubjectState
from app.core.assessments import Question, Quizzes, asked_any, question_type
from app.core.assessments.models import (
    AttemptResultRow,
    AttemptRow,
    QuestionRow,
    QuestionVersionRow,
    ResponseRow,
)
from app.core.assessments.stored import question_from_json, response_from_json
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Site
from app.core.people.models import PersonListingRow

_MOST_ATTEMPTS, _AT_ONCE = 5000, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """One answer in words, how many gave it, and whether it earns everything."""

    words: str
    count: int
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Somebody who would pass a quiz, or no longer, if the question did not count."""

    person_id: UUID
    number: str
    name: str
    would_pass: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLook:
    """What is known of a question from attempts that were handed in."""

    question: Question
    is_withdrawn: bool
    left_out: SubjectState
    """Whether it is left out of results: effective; in review while that waits; else a draft."""
    asked: int
    """In how many attempts, of which at most the newest 5,000 are looked at."""
    right: int
    answers: tuple[GivenAnswer, ...]
    """The most given first; who gave none is not among them."""
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True, slots=True)
class _Standing:
    """Whether somebody has passed a quiz, with the question and without it."""

    before: bool = False
    after: bool = False


class QuestionLooks:
    """Reads attempts. Who may: holders of VIEW_RECORDS, of people within their scope."""

    def __init__(self, site: Site, quizzes: Quizzes) -> None:
        self._site = site
        self._quizzes = quizzes

    def look(self, actor: Actor, question_id: UUID) -> QuestionLook:
        """Return how a question was answered in every version of it. Raises NotFound."""
        scope = actor.scope_of(Capability.VIEW_RECORDS)
        with self._site.read() as session:
            row = session.get(QuestionRow, question_id)
            versions = _versions(session, question_id)
            if row is None or not versions:
                raise NotFound(_("The question"))
            attempts = _attempts(session, versions, scope)
            shares, answers = _answers(session, versions, attempts)
            return QuestionLook(
                question=versions[row.current_version_id or max(versions)],
                is_withdrawn=row.withdrawn_at is not None,
                left_out=self._quizzes.rescoring.state_of(session, question_id),
                asked=len(attempts),
                right=sum(share == 1 for share in shares),
                answers=answers,
                crossings=self._crossings(session, versions, attempts),
            )

    def _crossings(
        self, session: Session, versions: Mapping[UUID, Question], attempts: Iterable[UUID]
    ) -> tuple[Crossing, ...]:
        """Return who has passed in one reading alone; the best of somebody's attempts counts."""
        found: dict[tuple[UUID, UUID], _Standing] = {}
        for one in self._quizzes.rescoring.readings(session, attempts, versions.keys()):
            key = one.person_id, one.lesson_id
            stood = found.get(key, _Standing())
            found[key] = _Standing(stood.before or one.before, stood.after or one.after)
        crossed = {
            person_id: stood.after
            for (person_id, _lesson), stood in found.items()
            if stood.before is not stood.after
        }
        listing = PersonListingRow
        rows = session.execute(
            sa.select(listing.person_id, listing.number, listing.name)
            .where(listing.person_id.in_(crossed))
            .order_by(listing.name, listing.number)
        )
        return tuple(
            Crossing(person_id=key, number=number, name=name, would_pass=crossed[key])
            for key, number, name in rows
        )


def _versions(session: Session, question_id: UUID) -> dict[UUID, Question]:
    rows = session.execute(
        sa.select(QuestionVersionRow.id, QuestionVersionRow.question)
        .where(QuestionVersionRow.question_id == question_id)
        .order_by(QuestionVersionRow.number)
    )
    return {key: question_from_json(document) for key, document in rows}


def _attempts(
    session: Session, versions: Mapping[UUID, Question], scope: frozenset[UUID] | None
) -> list[UUID]:
    """Return the attempts that were handed in and asked it, answered or not, the newest first."""
    statement = (
        sa.select(AttemptRow.id)
        .join(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
        .join(PersonListingRow, PersonListingRow.person_id == AttemptRow.person_id)
        .where(asked_any(versions))
        .order_by(AttemptRow.began_at.desc(), AttemptRow.id)
        .limit(_MOST_ATTEMPTS)
    )
    if scope is not None:
        statement = statement.where(PersonListingRow.org_unit_id.in_(scope))
    return list(session.scalars(statement))


def _answers(
    session: Session, versions: Mapping[UUID, Question], attempts: list[UUID]
) -> tuple[list[Fraction], tuple[GivenAnswer, ...]]:
    """Return what each attempt's last answer earned, and the answers in words, the most given first."""
    last: dict[UUID, ResponseRow] = {}
    for start in range(0, len(attempts), _AT_ONCE):
        rows = session.scalars(
            sa.select(ResponseRow)
            .where(
                ResponseRow.attempt_id.in_(attempts[start : start + _AT_ONCE]),
                ResponseRow.question_version_id.in_(versions),
            )
            .order_by(ResponseRow.at, ResponseRow.id)
        )
        last |= {row.attempt_id: row for row in rows}
    counted: Counter[tuple[str, bool]] = Counter()
    for row in last.values():
        question, given = versions[row.question_version_id], response_from_json(row.response)
        words = question_type(question.type).describe_response(question.body, given)
        if words:
            counted[words, row.share == 1] += 1
    answers = (
        GivenAnswer(words=words, count=count, is_right=is_right)
        for (words, is_right), count in counted.most_common()
    )
    return [row.share for row in last.values()], tuple(answers)
